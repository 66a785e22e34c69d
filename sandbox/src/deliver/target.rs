//! Where a URL points to: a loopback address that it names itself, or nowhere.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use http::Uri;
use url::{Host, Position, Url};

/// A receiver that may be called.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Target {
    /// Tried one after the other.
    pub(super) addresses: Vec<SocketAddr>,
    /// What the header `Host` says.
    pub(super) host: String,
    pub(super) path: Uri,
}

impl Target {
    /// Reads a subscription's URL, or says in words why it is never called. No name is looked up:
    /// whatever a name leads to today, it may lead elsewhere tomorrow.
    pub(super) fn read(url: &str) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|error| format!("its URL cannot be read: {error}"))?;
        let addresses = match url.host() {
            Some(Host::Ipv4(address)) => vec![IpAddr::V4(address)],
            Some(Host::Ipv6(address)) => vec![IpAddr::V6(address)],
            Some(Host::Domain("localhost")) => {
                vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
            }
            _ => Vec::new(),
        };
        if addresses.is_empty() || !addresses.iter().all(is_loopback) {
            return Err("the sandbox calls loopback addresses alone, and this is none".to_owned());
        }
        if url.scheme() != "http" {
            return Err("the sandbox calls loopback addresses over http alone".to_owned());
        }
        let port = url.port_or_known_default().unwrap_or(80);
        let path = url[Position::BeforePath..Position::AfterQuery].parse();
        Ok(Self {
            addresses: with_port(&addresses, port),
            host: url[Position::BeforeHost..Position::AfterPort].to_owned(),
            path: path.map_err(|error| format!("its path cannot be asked for: {error}"))?,
        })
    }
}

/// As the address is written, and as one of IPv4 is inside of IPv6.
fn is_loopback(address: &IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn with_port(addresses: &[IpAddr], port: u16) -> Vec<SocketAddr> {
    let addresses = addresses.iter();
    addresses
        .map(|address| SocketAddr::new(*address, port))
        .collect()
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
