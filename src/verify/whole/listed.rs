//! What the rules take from headers, of which one lists the others: told before the body is there.

use http::{HeaderMap, HeaderName};

use super::headers::{single, text};
use crate::error::VerifyError;
use crate::scheme::{Canonical, Grammar, Part};

use crate::verify::plan::Plan;

/// What the rule takes from headers, told before the body is there; empty without a rule.
pub(super) fn head(
    plan: &Plan,
    headers: &HeaderMap,
    header_limit: usize,
    signatures: &[(&HeaderName, &[u8])],
) -> Result<Vec<u8>, VerifyError> {
    let rule = plan.scheme.content().iter().find_map(|part| match part {
        Part::Canonical(rule) => Some(*rule),
        _ => None,
    });
    let get = |name: &HeaderName| text(name, single(headers, name)?, header_limit);
    match rule {
        Some(Canonical::CoinbaseCdp) => coinbase_headers(plan, signatures, get),
        Some(Canonical::Contentful) => contentful_headers(plan.stamp_header.as_ref(), get),
        Some(Canonical::Mercadopago) => {
            let name = HeaderName::from_static("x-request-id");
            if headers.contains_key(&name) {
                get(&name).map(<[u8]>::to_vec)
            } else {
                Ok(Vec::new())
            }
        }
        _ => Ok(Vec::new()),
    }
}

/// The value of `h` and those of the headers that it lists, joined by dots.
fn coinbase_headers<'h>(
    plan: &Plan,
    signatures: &[(&HeaderName, &'h [u8])],
    get: impl Fn(&HeaderName) -> Result<&'h [u8], VerifyError>,
) -> Result<Vec<u8>, VerifyError> {
    let (
        Some((name, text)),
        Grammar::Pairs {
            separator, assign, ..
        },
    ) = (signatures.first(), plan.scheme.grammar())
    else {
        return Err(VerifyError::unavailable("a signature header of pairs"));
    };
    let mut lists = text.split(|byte| *byte == separator).filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == assign)?;
        (pair.get(..at)? == b"h").then(|| pair.get(at + 1..))?
    });
    let (Some(list), None) = (lists.next(), lists.next()) else {
        let why = "it has no single list of the signed headers";
        return Err(VerifyError::malformed((*name).clone(), why));
    };
    let mut joined = list.to_vec();
    let listed = list
        .split(u8::is_ascii_whitespace)
        .filter(|name| !name.is_empty());
    for header in listed {
        let header = listed_name(name, header)?;
        joined.push(b'.');
        joined.extend_from_slice(get(&header)?);
    }
    Ok(joined)
}

/// The headers that another one lists, as `name:value` joined by semicolons. The list and the
/// timestamp must be among them: else a value could be written to read as both of them, and a captured
/// delivery be given a new timestamp.
fn contentful_headers<'h>(
    stamp: Option<&HeaderName>,
    get: impl Fn(&HeaderName) -> Result<&'h [u8], VerifyError>,
) -> Result<Vec<u8>, VerifyError> {
    let list_name = HeaderName::from_static("x-contentful-signed-headers");
    let list = get(&list_name)?;
    let mut joined = Vec::new();
    let mut listed = Vec::new();
    for (nth, header) in list.split(|byte| *byte == b',').enumerate() {
        let header = listed_name(&list_name, header)?;
        if nth > 0 {
            joined.push(b';');
        }
        joined.extend_from_slice(header.as_str().as_bytes());
        joined.push(b':');
        joined.extend_from_slice(get(&header)?);
        listed.push(header);
    }
    let mut must = core::iter::once(&list_name).chain(stamp);
    if must.any(|name| !listed.contains(name)) {
        let why = "it does not list itself and the timestamp, which would then not be signed";
        return Err(VerifyError::malformed(list_name.clone(), why));
    }
    Ok(joined)
}

fn listed_name(list: &HeaderName, name: &[u8]) -> Result<HeaderName, VerifyError> {
    HeaderName::from_bytes(name)
        .map_err(|_| VerifyError::malformed(list.clone(), "it lists what is no header's name"))
}
