//! How the libraries read what is signed, where that is not the bytes as they came.

use super::Difference;
use crate::delivery::{Content, latin1};
use crate::form;
use crate::judges::Registry::{Npm, PyPi};

/// The body without a byte order mark.
pub(super) fn unmarked(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

pub(super) fn is_utf8(bytes: &[u8]) -> bool {
    core::str::from_utf8(bytes).is_ok()
}

/// The content as texts, which the library makes of the bytes: headers are Latin-1 to it, and in the
/// body a replacement character stands for what is no UTF-8, or the library gives up.
pub(super) fn as_text(it: &Difference<'_>) -> Content {
    let content = it.delivery.content();
    let body = match (it.preset(), it.registry) {
        ("github" | "stripe", Npm) => lossy(unmarked(&content.body)),
        (_, Npm) | ("twilio", PyPi) => lossy(&content.body),
        (_, PyPi) => content.body.clone(),
    };
    Content {
        id: latin1(&content.id).into_bytes(),
        body,
        ..content
    }
}

fn lossy(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).into_owned().into_bytes()
}

/// The MACs that the library may have compared: of the bytes, of the texts, for each form of the URL.
pub(super) fn macs(it: &Difference<'_>) -> Vec<Vec<u8>> {
    let contents = [it.delivery.content(), as_text(it)];
    contents
        .iter()
        .flat_map(|it_is| macs_of(it, it_is))
        .collect()
}

fn macs_of(it: &Difference<'_>, content: &Content) -> Vec<Vec<u8>> {
    let urls = match it.preset() {
        "twilio" => form::urls(&content.url),
        _ => vec![content.url.clone()],
    };
    let with = |url| Content {
        url,
        ..content.clone()
    };
    urls.into_iter()
        .map(|url| it.delivery.mac(&with(url)))
        .collect()
}

/// Whether the signature holds the MAC of this content, for one of the forms of its URL.
pub(super) fn holds(it: &Difference<'_>, content: &Content) -> bool {
    macs_of(it, content)
        .iter()
        .any(|mac| it.delivery.holds(mac))
}
