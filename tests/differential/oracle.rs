//! What was signed, told without hookproof and without the libraries.

use hookproof::UnixTime;

use crate::delivery::{Content, Incoming, is_twilio};
use crate::form;
use crate::support::reading::window;

/// Whether the signature holds the MAC of what came in, under the receiver's secret, and was made in
/// the window: what must be so for whatever is taken, however its signature is written.
pub(crate) fn is_proven(delivery: &Incoming) -> bool {
    let contents = contents(delivery).into_iter();
    let mut macs = contents.map(|content| delivery.mac(&content));
    is_fresh(delivery) && macs.any(|mac| delivery.holds(&mac))
}

/// The content as it came in; several where the URL has several forms.
fn contents(delivery: &Incoming) -> Vec<Content> {
    let content = delivery.content();
    if !is_twilio(delivery.scheme) {
        return vec![content];
    }
    let digest =
        crate::support::signing::hex(&<sha2::Sha256 as sha2::Digest>::digest(&delivery.body));
    let query = delivery.url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let digests = form::fields(query.as_bytes()).into_iter();
    let mut digests = digests.filter(|(name, _)| name == b"bodySHA256");
    let is_signed = match digests.next() {
        Some((_, value)) => value == digest.as_bytes() && digests.next().is_none(),
        None => delivery.is_form() || delivery.body.is_empty(),
    };
    let urls = form::urls(&delivery.url).into_iter().filter(|_| is_signed);
    urls.map(|url| Content {
        url,
        ..content.clone()
    })
    .collect()
}

fn is_fresh(delivery: &Incoming) -> bool {
    let Some((past, future)) = window(delivery.scheme) else {
        return true;
    };
    let stamp = core::str::from_utf8(delivery.stamps().first().copied().unwrap_or_default());
    let Some(at) = stamp.ok().and_then(|text| text.parse::<i64>().ok()) else {
        return false;
    };
    let age = UnixTime::from_secs(at).age_at(UnixTime::from_secs(delivery.now));
    (-future..=past).contains(&age)
}
