//! The URL that a provider signed, as it is configured or as proxies report it.

use std::net::{IpAddr, Ipv6Addr};

use http::{HeaderMap, Uri};

use super::url::{host_and_port, pieces};

/// How the URL is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    Base,
    Exact,
    Forwarded,
    XForwarded,
}

/// Whether a text may be configured.
#[must_use]
pub fn may_configure(kind: Kind, text: &str) -> bool {
    let Some(pieces) = pieces(text) else {
        return false;
    };
    text.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.contains('#')
        && is_authority(pieces.authority)
        && (kind == Kind::Exact || pieces.query.is_none())
}

/// The URL of a request; none where it cannot be known. The text is what is configured, and the peer
/// is trusted where it is the proxy.
#[must_use]
pub fn of(
    kind: Kind,
    text: &str,
    (peer, proxy): (Option<IpAddr>, IpAddr),
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<String> {
    let before = match kind {
        Kind::Exact => return Some(text.to_owned()),
        Kind::Base => text.strip_suffix('/').unwrap_or(text).to_owned(),
        Kind::Forwarded | Kind::XForwarded => {
            if peer?.to_canonical() != proxy {
                return None;
            }
            let (proto, host) = if kind == Kind::Forwarded {
                forwarded(&once(headers, "forwarded")?)?
            } else {
                (
                    once(headers, "x-forwarded-proto")?,
                    once(headers, "x-forwarded-host")?,
                )
            };
            if (proto != "http" && proto != "https") || !is_authority(&host) {
                return None;
            }
            format!("{proto}://{host}")
        }
    };
    let path = uri.path();
    let query = uri.query().map(|query| format!("?{query}"));
    path.starts_with('/')
        .then(|| format!("{before}{path}{}", query.unwrap_or_default()))
}

/// A header's only value, in visible ASCII, blanks and tabs.
fn once(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<_> = headers.get_all(name).iter().collect();
    let [value] = values.as_slice() else {
        return None;
    };
    let legal = |byte: &u8| (32..127).contains(byte) || *byte == b'\t';
    let text = value.as_bytes();
    text.iter()
        .all(legal)
        .then(|| String::from_utf8_lossy(text).into_owned())
}

/// A host, and perhaps a port.
fn is_authority(text: &str) -> bool {
    let (host, port) = host_and_port(text);
    let is_port = |port: &str| {
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        digits && !port.starts_with('0') && port.parse::<u16>().is_ok()
    };
    let is_host = match host.strip_prefix('[') {
        Some(address) => {
            let address = address.strip_suffix(']').map(str::parse::<Ipv6Addr>);
            address.is_some_and(|address| address.is_ok())
        }
        None => {
            let host = host.strip_suffix('.').unwrap_or(host);
            let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            host.split('.')
                .all(|label| !label.is_empty() && label.bytes().all(legal))
        }
    };
    text.len() <= 260 && is_host && (port.is_empty() || is_port(&port[1..]))
}

/// `proto` and `host` of the last element of `Forwarded`, a character at a time: outside and inside
/// quotation marks, and behind a backslash.
fn forwarded(line: &str) -> Option<(String, String)> {
    if line.len() > 8 * 1024 {
        return None;
    }
    let mut last = None;
    for element in cut(line, ',')? {
        let mut found: Vec<(String, String)> = Vec::new();
        for pair in cut(element.trim_matches([' ', '\t']), ';')? {
            let at = pair.find('=')?;
            let name = pair[..at].to_ascii_lowercase();
            if !is_token(&name) || found.iter().any(|known| known.0 == name) {
                return None;
            }
            found.push((name, value(&pair[at + 1..])?));
        }
        if found.len() > 16 {
            return None;
        }
        last = Some(found);
    }
    let last = last?;
    let named = |name: &str| {
        let pair = last.iter().find(|pair| pair.0 == name)?;
        Some(pair.1.clone())
    };
    Some((named("proto")?, named("host")?))
}

/// The pieces between separators that stand outside quotation marks.
fn cut(text: &str, separator: char) -> Option<Vec<String>> {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    let mut escaped = false;
    for c in text.chars() {
        if c == separator && !quoted {
            pieces.push(String::new());
            continue;
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        pieces.last_mut()?.push(c);
    }
    (!quoted).then_some(pieces)
}

fn value(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix('"') else {
        return is_token(text).then(|| text.to_owned());
    };
    let mut value = String::new();
    let mut rest = inner.chars();
    loop {
        match rest.next()? {
            '"' => return rest.as_str().is_empty().then_some(value),
            '\\' => value.push(rest.next()?),
            c => value.push(c),
        }
    }
}

fn is_token(text: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(legal)
}
