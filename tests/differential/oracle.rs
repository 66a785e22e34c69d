//! What was signed, told without hookproof and without the libraries.

use hookproof::scheme::Encoding;
use sha2::{Digest as _, Sha256};

use crate::delivery::{Content, Incoming, is_twilio, latin1};
use crate::form;
use crate::support::reading::{candidates, window};
use crate::support::signing;

/// Whether a candidate is the MAC of what came in, under the receiver's secret, and was made in the
/// window: what must be so for whatever is taken.
pub(crate) fn is_proven(delivery: &Incoming) -> bool {
    let contents = contents(delivery).into_iter();
    let mut macs = contents.map(|content| delivery.mac(&content));
    is_single(delivery) && is_fresh(delivery) && macs.any(|mac| is_candidate(delivery, &mac))
}

/// Whether every header that is read is there once.
fn is_single(delivery: &Incoming) -> bool {
    let mut names = signing::signed_headers(delivery.scheme);
    names.extend(delivery.scheme.signature_header());
    let stamps = usize::from(delivery.scheme.timestamp().is_some());
    names.iter().all(|name| delivery.values(name).len() == 1) && delivery.stamps().len() == stamps
}

fn is_candidate(delivery: &Incoming, mac: &[u8]) -> bool {
    let (scheme, signature) = (delivery.scheme, latin1(delivery.signature()));
    let text = signing::encode(scheme.encoding(), mac);
    let is_hex = scheme.encoding() == Encoding::Hex;
    let mut candidates = candidates(scheme.grammar(), &signature).into_iter();
    candidates.any(|it| it == text || is_hex && it.eq_ignore_ascii_case(&text))
}

/// A number in its one spelling, and in the window.
fn is_fresh(delivery: &Incoming) -> bool {
    let Some((past, future)) = window(delivery.scheme) else {
        return true;
    };
    let stamp = delivery.content().stamp;
    let at: i64 = stamp.parse().unwrap_or(-1);
    let window = delivery.now - past..=delivery.now + future;
    stamp == at.to_string() && window.contains(&at)
}

/// The content as it came in; several where the URL has several forms, none where what came is not
/// signed at all.
fn contents(delivery: &Incoming) -> Vec<Content> {
    let content = delivery.content();
    if !is_twilio(delivery.scheme) {
        return vec![content];
    }
    if !agrees_with_digest(delivery) {
        return Vec::new();
    }
    let with = |url| Content {
        url,
        ..content.clone()
    };
    form::urls(&delivery.url).into_iter().map(with).collect()
}

/// Whether the digest in the URL is that of the body. A form, and no body, need none.
fn agrees_with_digest(delivery: &Incoming) -> bool {
    let url = delivery.url.split('#').next().unwrap_or_default();
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let mut digests = form::fields(query.as_bytes());
    digests.retain(|(name, _)| name == b"bodySHA256");
    match &*digests {
        [] => delivery.is_form() || delivery.body.is_empty(),
        [(_, digest)] => *digest == signing::hex(&Sha256::digest(&delivery.body)).into_bytes(),
        _ => false,
    }
}
