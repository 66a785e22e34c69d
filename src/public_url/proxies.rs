//! Whose word about the public URL is taken, and by which headers.

use std::net::IpAddr;

use http::HeaderMap;
use ipnet::{IpNet, Ipv4Net};

use super::authority::is_authority;
use super::forwarded;
use super::seen::Seen;
use crate::error::ConfigError;

/// Proxies that say under which scheme and host a request came to them: named by their addresses,
/// with the one kind of header that they set.
///
/// The address is that of the connection, which no header can change: axum's `ConnectInfo`, or
/// `PeerAddr` under other servers. From anyone else, and where the server does not tell the
/// address, the URL is unknown and the delivery is refused.
///
/// | made with | what is read |
/// |---|---|
/// | [`x_forwarded`](Self::x_forwarded) | `X-Forwarded-Proto` and `X-Forwarded-Host` |
/// | [`forwarded`](Self::forwarded) | `proto` and `host` in the last element of `Forwarded` (RFC 7239) |
///
/// Only the headers of the chosen kind are read, never whichever are there: a proxy removes or
/// replaces the headers that it sets and passes the others on as the sender wrote them.
///
/// What is read must be there once and must be complete: `http` or `https`, and a host with its
/// port if that stands in the URL. All else makes the URL unknown. `X-Forwarded-Port` and
/// `X-Forwarded-Prefix` are not read; where a proxy shortens the path, the URL is known by
/// [`PublicUrl::base`](crate::PublicUrl::base).
///
/// # What the proxies must do
///
/// The proxy that connects to this receiver must set these headers itself, to what was sent to the
/// public address. One that passes a sender's `X-Forwarded-Host` on lets the sender choose the URL,
/// and with it replay here what the provider signed for another.
///
/// # Example
///
/// ```
/// use hookproof::{PublicUrl, TrustedProxies};
///
/// let proxies = TrustedProxies::x_forwarded(["10.20.0.0/16", "127.0.0.1", "::1"])?;
/// let url = PublicUrl::forwarded(proxies);
///
/// // Everyone is nobody.
/// assert!(TrustedProxies::x_forwarded(["0.0.0.0/0"]).is_err());
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "proxies")))]
#[derive(Clone, Debug)]
pub struct TrustedProxies {
    peers: Box<[IpNet]>,
    headers: Family,
}

#[derive(Clone, Copy, Debug)]
enum Family {
    Forwarded,
    XForwarded,
}

impl TrustedProxies {
    /// Proxies that set `X-Forwarded-Proto` and `X-Forwarded-Host`, each once and with one value.
    /// A list, such as `evil.example, hooks.example.com`, is refused, and so are two lines: the
    /// sender may have written the first.
    ///
    /// Peers are addresses (`127.0.0.1`, `::1`) or networks (`10.20.0.0/16`). An IPv4 peer that a
    /// server shows as IPv6 (`::ffff:10.20.0.1`) is the IPv4 address that it is.
    ///
    /// # Errors
    ///
    /// No peer at all; text that is no address and no network; a network whose address has bits
    /// that the length cuts off; everyone (`0.0.0.0/0`, `::/0`).
    pub fn x_forwarded<P: AsRef<str>>(
        peers: impl IntoIterator<Item = P>,
    ) -> Result<Self, ConfigError> {
        Self::new(Family::XForwarded, peers)
    }

    /// Proxies that add an element to `Forwarded`, with `proto` and `host`. The last element is
    /// theirs; those before it are what the proxy was sent, and are not believed. The header must
    /// be one line that is correct from its start, because a quotation mark that is left open ahead
    /// changes where the last element begins; and of two lines a proxy may have extended either.
    ///
    /// Peers are as in [`x_forwarded`](Self::x_forwarded).
    ///
    /// # Errors
    ///
    /// As in [`x_forwarded`](Self::x_forwarded).
    pub fn forwarded<P: AsRef<str>>(
        peers: impl IntoIterator<Item = P>,
    ) -> Result<Self, ConfigError> {
        Self::new(Family::Forwarded, peers)
    }

    fn new<P: AsRef<str>>(
        headers: Family,
        peers: impl IntoIterator<Item = P>,
    ) -> Result<Self, ConfigError> {
        let peers: Box<[IpNet]> = peers
            .into_iter()
            .map(|peer| network(peer.as_ref()))
            .collect::<Result<_, _>>()?;
        if peers.is_empty() {
            return Err(ConfigError::endpoint(
                "the list of trusted proxies is empty: name the proxies",
            ));
        }
        Ok(Self { peers, headers })
    }

    /// Scheme and host, such as `https://hooks.example.com`, on the word of the peer.
    pub(super) fn origin(&self, request: &Seen<'_>) -> Result<String, &'static str> {
        let peer = request
            .peer
            .ok_or("the server does not tell the address of the connection's peer")?;
        if !self.trusts(peer) {
            return Err("the connection's peer is not among the trusted proxies");
        }
        match self.headers {
            Family::Forwarded => by_forwarded(request.headers),
            Family::XForwarded => by_x_forwarded(request.headers),
        }
    }

    fn trusts(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.peers.iter().any(|network| network.contains(&peer))
    }
}

fn by_x_forwarded(headers: &HeaderMap) -> Result<String, &'static str> {
    let proto = once(headers, "x-forwarded-proto")
        .ok_or("x-forwarded-proto is not there once, in printable ASCII")?;
    let host = once(headers, "x-forwarded-host")
        .ok_or("x-forwarded-host is not there once, in printable ASCII")?;
    if proto.contains(',') || host.contains(',') {
        return Err(
            "x-forwarded-proto or x-forwarded-host is a list, whose start the sender may have written",
        );
    }
    origin(proto, host)
}

fn by_forwarded(headers: &HeaderMap) -> Result<String, &'static str> {
    let line = once(headers, "forwarded")
        .ok_or("the header forwarded is not there once, in printable ASCII")?;
    let last = forwarded::last(line).ok_or("the header forwarded is malformed")?;
    let (Some(proto), Some(host)) = (last.proto, last.host) else {
        return Err("the last element of the header forwarded has not both proto and host");
    };
    origin(&proto, &host)
}

fn origin(proto: &str, host: &str) -> Result<String, &'static str> {
    if !matches!(proto, "http" | "https") {
        return Err("the proxy reports a scheme that is neither http nor https");
    }
    if !is_authority(host) {
        return Err("the proxy reports a host that is not legal");
    }
    Ok(format!("{proto}://{host}"))
}

/// The value of a header that is there in one line, all of it printable ASCII.
fn once<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut lines = headers.get_all(name).iter();
    let (line, None) = (lines.next()?, lines.next()) else {
        return None;
    };
    line.to_str().ok()
}

fn network(text: &str) -> Result<IpNet, ConfigError> {
    let Some(network) = parsed(text) else {
        return Err(ConfigError::endpoint(format!(
            "{text:?} is neither an address nor a network"
        )));
    };
    // Somebody who means one proxy and writes /8 must not trust 16 million.
    if network.trunc() != network {
        return Err(ConfigError::endpoint(format!(
            "the network {network} has an address inside it: name the address, or {}",
            network.trunc()
        )));
    }
    let network = canonical(network);
    if network.addr().is_unspecified() {
        return Err(ConfigError::endpoint(format!(
            "{network} names nobody: name the proxies"
        )));
    }
    Ok(network)
}

/// The standard library judges the address: it refuses `010.0.0.1`, which some read as 8.0.0.1.
fn parsed(text: &str) -> Option<IpNet> {
    let Some((address, _)) = text.split_once('/') else {
        return text.parse::<IpAddr>().ok().map(IpNet::from);
    };
    address.parse::<IpAddr>().ok()?;
    text.parse().ok()
}

/// An IPv4 network that is written as IPv6 is IPv4, as a peer's address is.
fn canonical(network: IpNet) -> IpNet {
    let bare = match network {
        IpNet::V6(mapped) => mapped.addr().to_ipv4_mapped().and_then(|address| {
            let length = mapped.prefix_len().checked_sub(96)?;
            Ipv4Net::new(address, length).ok()
        }),
        IpNet::V4(_) => None,
    };
    bare.map_or(network, IpNet::V4)
}

#[cfg(test)]
#[path = "proxies_tests.rs"]
mod tests;
