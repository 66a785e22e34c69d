//! Where a URL points to: a loopback address that it names itself, or nowhere.

use std::net::{IpAddr, SocketAddr};

use http::Uri;
use url::{Position, Url};

use crate::loopback;

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
    /// Reads a subscription's URL, or says in words why it is never called.
    pub(super) fn read(url: &str) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|error| format!("its URL cannot be read: {error}"))?;
        let addresses = loopback::addresses(&url);
        if addresses.is_empty() {
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

fn with_port(addresses: &[IpAddr], port: u16) -> Vec<SocketAddr> {
    let addresses = addresses.iter();
    addresses
        .map(|address| SocketAddr::new(*address, port))
        .collect()
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
