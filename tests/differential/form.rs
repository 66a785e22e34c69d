//! What Twilio signs, written anew from its documentation: URL and fields of a form.

use http::Uri;

/// The fields of a form, decoded, in the order in which they were sent.
pub(crate) fn fields(body: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    body.split(|byte| *byte == b'&')
        .filter(|field| !field.is_empty())
        .map(|field| {
            let at = field.iter().position(|byte| *byte == b'=');
            let (name, value) = field.split_at(at.unwrap_or(field.len()));
            (decoded(name), decoded(value.get(1..).unwrap_or_default()))
        })
        .collect()
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let digits = text
            .get(at + 1..at + 3)
            .and_then(|two| core::str::from_utf8(two).ok())
            .filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match (byte, digits) {
            (b'%', Some(escaped)) => {
                decoded.push(escaped);
                at += 3;
                continue;
            }
            (b'+', _) => decoded.push(b' '),
            (other, _) => decoded.push(*other),
        }
        at += 1;
    }
    decoded
}

/// Names and values, each pair once, sorted.
pub(crate) fn sorted(body: &[u8]) -> Vec<u8> {
    let mut fields = fields(body);
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .flat_map(|(name, value)| [name, value].concat())
        .collect()
}

/// The texts that a URL may have been signed as: without a port and with one.
pub(crate) fn urls(url: &str) -> Vec<String> {
    let uri: Uri = url.parse().expect("a URL");
    let scheme = uri.scheme_str().expect("an absolute URL");
    let host = uri.host().expect("a host").to_ascii_lowercase();
    let target = uri.path_and_query().expect("a path").as_str();
    let port = uri.port_u16().unwrap_or(match scheme {
        "https" => 443,
        _ => 80,
    });
    vec![
        format!("{scheme}://{host}{target}"),
        format!("{scheme}://{host}:{port}{target}"),
    ]
}
