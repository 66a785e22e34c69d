//! The two texts that one URL has for senders who cannot decide about the port.

use super::parts::{Parts, host_and_port};

/// The URL without a port, and with the port that is named or else the scheme's own. Twilio signs
/// either, whichever was registered.
///
/// As Twilio's own libraries do, the host is put in lower case, user name and fragment are dropped;
/// path and query stay as they are. What is no `http` or `https` URL comes back twice.
pub(crate) fn port_variants(url: &str) -> [String; 2] {
    let Some(parts) = Parts::of(url) else {
        return [url.to_owned(), url.to_owned()];
    };
    let authority = parts
        .authority
        .rsplit_once('@')
        .map_or(parts.authority, |(_, authority)| authority);
    let (host, port) = host_and_port(authority);
    let named = port.strip_prefix(':').filter(|port| !port.is_empty());
    let port = named.unwrap_or(match parts.scheme {
        "https" => "443",
        _ => "80",
    });
    let origin = format!("{}://{}", parts.scheme, host.to_ascii_lowercase());
    let (mark, query) = parts.query.map_or(("", ""), |query| ("?", query));
    let target = format!("{}{mark}{query}", parts.path);
    [
        format!("{origin}{target}"),
        format!("{origin}:{port}{target}"),
    ]
}

#[cfg(test)]
#[path = "variants_tests.rs"]
mod tests;
