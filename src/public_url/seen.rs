//! What a request tells of its URL: its headers, its target and the peer of its connection.

use std::net::IpAddr;
#[cfg(feature = "proxies")]
use std::net::SocketAddr;

use http::{Extensions, HeaderMap, Uri};

/// What must be known of a request to know its URL.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    #[cfg_attr(
        not(feature = "proxies"),
        allow(dead_code, reason = "read for proxies alone")
    )]
    pub(crate) headers: &'a HeaderMap,
    pub(crate) uri: Option<&'a Uri>,
    #[cfg_attr(
        not(feature = "proxies"),
        allow(dead_code, reason = "read for proxies alone")
    )]
    pub(crate) peer: Option<IpAddr>,
}

/// The address at the other end of the connection, in a request's extensions: the server puts it
/// there, for [`TrustedProxies`](crate::TrustedProxies) to know who speaks.
///
/// Under axum it need not: `Router::into_make_service_with_connect_info::<SocketAddr>()` tells the
/// peer too. Where both are there, this one counts.
///
/// It must come from the socket, or from a PROXY protocol header that the server was told to
/// expect; never from a header of the request, which anyone can write.
///
/// # Example
///
/// ```
/// use std::net::SocketAddr;
/// use hookproof::PeerAddr;
///
/// fn accepted<B>(mut request: http::Request<B>, peer: SocketAddr) -> http::Request<B> {
///     request.extensions_mut().insert(PeerAddr(peer));
///     request
/// }
/// # let peer = SocketAddr::from(([127, 0, 0, 1], 4711));
/// # assert!(accepted(http::Request::new(()), peer).extensions().get::<PeerAddr>().is_some());
/// ```
#[cfg(feature = "proxies")]
#[cfg_attr(docsrs, doc(cfg(feature = "proxies")))]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "servers make it")]
pub struct PeerAddr(pub SocketAddr);

/// The address at the other end of the connection, where the server tells it.
#[cfg(feature = "proxies")]
pub(crate) fn peer(extensions: &Extensions) -> Option<IpAddr> {
    let told = extensions.get::<PeerAddr>().map(|peer| peer.0);
    told.or_else(|| connect_info(extensions))
        .map(|peer| peer.ip())
}

#[cfg(all(feature = "proxies", feature = "axum"))]
fn connect_info(extensions: &Extensions) -> Option<SocketAddr> {
    use axum::extract::ConnectInfo;
    extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0)
}

#[cfg(all(feature = "proxies", not(feature = "axum")))]
const fn connect_info(_: &Extensions) -> Option<SocketAddr> {
    None
}

/// Nothing asks for it.
#[cfg(not(feature = "proxies"))]
pub(crate) const fn peer(_: &Extensions) -> Option<IpAddr> {
    None
}

/// The target as it was sent: axum's `Router::nest` takes the part of the path that it matched off
/// the request's own.
#[cfg(feature = "axum")]
pub(crate) fn uri_as_sent<'a>(uri: &'a Uri, extensions: &'a Extensions) -> &'a Uri {
    use axum::extract::OriginalUri;
    extensions
        .get::<OriginalUri>()
        .map_or(uri, |original| &original.0)
}

/// The target as it was sent.
#[cfg(not(feature = "axum"))]
pub(crate) const fn uri_as_sent<'a>(uri: &'a Uri, _: &'a Extensions) -> &'a Uri {
    uri
}

#[cfg(test)]
#[path = "seen_tests.rs"]
mod tests;
