//! The deliveries: the same ones in every run.

use fastrand::Rng;
use hookproof::providers;
use hookproof::scheme::Scheme;

use crate::changes::{self, Change, When};
use crate::delivery::{Incoming, is_header_value};
use crate::draft::Draft;
use crate::support::rows::deliveries;

const SEED: u64 = 0x686f_6f6b_7072_6f6f;

/// The presets whose vendors publish a library that verifies.
pub(crate) const PRESETS: [&Scheme; 6] = [
    &providers::GITHUB,
    &providers::SLACK,
    &providers::STANDARD_WEBHOOKS,
    &providers::STRIPE,
    &providers::SVIX,
    &providers::TWILIO,
];

/// So many of each preset, beside those of the vector files.
pub(crate) const OF_EACH: usize = 2_000;

pub(crate) fn all() -> Vec<Incoming> {
    let generated = PRESETS.into_iter().flat_map(|scheme| of(scheme, OF_EACH));
    generated.chain(kept()).collect()
}

/// The first so many of a preset.
pub(crate) fn of(scheme: &'static Scheme, count: usize) -> Vec<Incoming> {
    let mut rng = Rng::with_seed(SEED);
    let changes = changes::of(scheme);
    (0..count)
        .map(|nth| generated(scheme, &changes, nth, &mut rng))
        .collect()
}

/// Every change in turn, alone or with others; and every so often none.
fn generated(scheme: &'static Scheme, changes: &[Change], nth: usize, rng: &mut Rng) -> Incoming {
    let others = match rng.u8(0..10) {
        0..6 => 0,
        6..9 => 1,
        _ => 2,
    };
    let mut made: Vec<Change> = changes
        .get(nth % (changes.len() + 1))
        .copied()
        .into_iter()
        .collect();
    if !made.is_empty() {
        made.extend((0..others).map(|_| changes[rng.usize(..changes.len())]));
    }
    made.sort_by_key(|change| change.when);
    let names: Vec<_> = made.iter().map(|change| change.name).collect();
    let id = format!("{} {nth}: {}", scheme.slug(), names.join(", then "));

    let mut draft = Draft::new(scheme, rng);
    let mut make = |draft: &mut Draft, when| {
        for change in made.iter().filter(|change| change.when == when) {
            (change.make)(draft, rng);
        }
    };
    make(&mut draft, When::Content);
    draft.sign();
    make(&mut draft, When::Items);
    draft.dress();
    make(&mut draft, When::Headers);
    // As an HTTP server hands it over: without blanks at the ends, and without what is no value.
    for (_, value) in &mut draft.headers {
        *value = value.trim_ascii().to_vec();
    }
    draft.headers.retain(|(_, value)| is_header_value(value));
    draft.incoming(id, made.is_empty())
}

/// The deliveries of the vector files, published ones among them.
fn kept() -> Vec<Incoming> {
    let files = ["providers.jsonl", "hostile.jsonl"];
    let rows = files.into_iter().flat_map(|file| {
        deliveries(&format!(
            "{}/tests/data/vectors/{file}",
            env!("CARGO_MANIFEST_DIR")
        ))
    });
    rows.filter(|row| {
        PRESETS
            .iter()
            .any(|scheme| row["provider"] == scheme.slug())
    })
    .map(|row| Incoming::of_row(&row))
    .filter(|delivery| {
        delivery
            .headers
            .iter()
            .all(|(_, value)| is_header_value(value))
    })
    .collect()
}
