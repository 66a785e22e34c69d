//! Which URLs are this machine: by the name or address that they hold, and by nothing else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// The loopback addresses that a URL's host is, to be tried one after the other; none where it is
/// something else. No name is looked up: whatever a name leads to today, it may lead elsewhere
/// tomorrow.
pub(crate) fn addresses(url: &Url) -> Vec<IpAddr> {
    let addresses = match url.host() {
        Some(Host::Ipv4(address)) => vec![IpAddr::V4(address)],
        Some(Host::Ipv6(address)) => vec![IpAddr::V6(address)],
        Some(Host::Domain("localhost")) => {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        }
        Some(Host::Domain(_)) | None => Vec::new(),
    };
    // As the address is written, and as one of IPv4 is inside of IPv6.
    let loopback = |address: &IpAddr| address.to_canonical().is_loopback();
    addresses.into_iter().filter(loopback).collect()
}
