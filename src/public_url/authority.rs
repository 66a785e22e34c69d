//! What may stand between the scheme and the path: a host, and perhaps a port.

use std::net::Ipv6Addr;

use super::parts::host_and_port;

/// The longest: a name of 253 characters, the dot of the root, and `:65535`.
const MAX: usize = 260;

/// Whether the text is a host, and perhaps a port, and nothing else.
///
/// Narrower than the grammar of URLs: no percent-encoding and no sub-delimiters, which no host that
/// is reached has, and which the readers of a URL understand in different ways.
pub(super) fn is_authority(text: &str) -> bool {
    if text.len() > MAX {
        return false;
    }
    let (host, port) = host_and_port(text);
    let legal_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    is_host(host) && legal_port
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        return address
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    name.split('.').all(is_label)
}

/// An underscore is no host's in the standards, but in the networks of containers it is.
fn is_label(label: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !label.is_empty() && label.bytes().all(legal)
}

/// One number has one spelling, and nobody listens at 0.
fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
        && !text.starts_with('0')
        && text.parse::<u16>().is_ok()
}

#[cfg(test)]
#[path = "authority_tests.rs"]
mod tests;
