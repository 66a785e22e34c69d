//! How a MAC is written, and what stands beside it.

use hookproof::Verifier;

use super::reading::macs;
use super::vendors::{
    GITHUB, LISTS, SLACK_JS, SLACK_PY, STANDARD_JS, STANDARD_PY, STRIPE_JS, STRIPE_PY, SVIX_JS,
    SVIX_PY,
};
use super::{Class, Difference};
use crate::delivery::{latin1, loose_base64};
use crate::support::signing;

pub(super) const CLASSES: &[Class] = &[
    Class::takes("past-32", LISTS, |it| {
        let good = good_items(it);
        let items = it.delivery.items().into_iter();
        let mut candidates = items.filter(|item| item.starts_with(prefix(it)));
        let at = candidates.position(|item| good.iter().any(|good| good == item));
        it.hookproof == "mismatch" && at.is_some_and(|at| at >= Verifier::MAX_CANDIDATES)
    }),
    Class::takes(
        "tail",
        &[SLACK_JS, STANDARD_JS, STRIPE_JS, STRIPE_PY, SVIX_JS],
        has_tail,
    ),
    Class::takes("loose-base64", &[STANDARD_PY, SVIX_PY], is_loose),
    Class::refuses(
        "capitals",
        &[GITHUB, SLACK_JS, SLACK_PY, STRIPE_JS, STRIPE_PY],
        |it| !has_good_item(it),
    ),
    Class::refuses(
        "odd-item",
        &[STANDARD_PY, STRIPE_JS, STRIPE_PY, SVIX_PY],
        |it| has_good_item(it) && has_odd_item(it),
    ),
];

/// What stands before a MAC's text.
fn prefix<'p>(it: &Difference<'_>) -> &'p [u8] {
    match it.preset() {
        "github" => b"sha256=",
        "slack" => b"v0=",
        "stripe" => b"v1=",
        _ => b"v1,",
    }
}

/// The items that hold the good MAC as the libraries spell it.
fn good_items(it: &Difference<'_>) -> Vec<Vec<u8>> {
    let texts = macs(it).into_iter();
    let texts = texts.map(|mac| signing::encode(it.delivery.scheme.encoding(), &mac));
    texts
        .map(|text| [prefix(it), text.as_bytes()].concat())
        .collect()
}

fn has_good_item(it: &Difference<'_>) -> bool {
    let items = it.delivery.items();
    good_items(it).iter().any(|good| items.contains(&&**good))
}

/// Whether a good item goes on behind another of the signs that cut it in two.
fn has_tail(it: &Difference<'_>) -> bool {
    let cut = &prefix(it)[2..];
    let items = it.delivery.items();
    good_items(it).into_iter().any(|good| {
        let start = [&good, cut].concat();
        items.iter().any(|item| item.starts_with(&start))
    })
}

/// Whether an item reads as the good MAC where other characters and unused bits do not count.
fn is_loose(it: &Difference<'_>) -> bool {
    let (macs, good) = (macs(it), good_items(it));
    let items = it.delivery.items().into_iter();
    let mut odd = items.filter(|item| !good.iter().any(|good| good == item));
    odd.any(|item| {
        let text = item.strip_prefix(b"v1,").unwrap_or_default();
        macs.contains(&loose_base64(&latin1(text)))
    })
}

/// Whether an item is none of the scheme's form.
fn has_odd_item(it: &Difference<'_>) -> bool {
    let (cut, length) = match it.preset() {
        "stripe" => (b'=', 64),
        _ => (b',', 44),
    };
    it.delivery.items().into_iter().any(|item| {
        let halves: Vec<_> = item.splitn(2, |byte| *byte == cut).collect();
        match *halves {
            [b"v1", text] => !text.is_ascii() || text.len() != length,
            [_, text] => text.contains(&cut),
            _ => true,
        }
    })
}
