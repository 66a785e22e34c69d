//! Timestamps: their age, and how a number can be spelled.

use fastrand::Rng;

use super::When::Content;
use super::{Change, has_stamp};
use crate::draft::{Draft, one};

pub(crate) const CHANGES: &[Change] = &[
    Change::new("at an edge of the window", Content, has_stamp, edge),
    Change::new("far from now", Content, has_stamp, far),
    Change::new("another timestamp than signed", Content, has_stamp, other),
    Change::new("an odd timestamp, signed as it is", Content, has_stamp, odd),
    Change::new(
        "an odd timestamp, signed as its number",
        Content,
        has_stamp,
        odd_number,
    ),
    Change::new("no timestamp but a text", Content, has_stamp, no_number),
];

fn edge(draft: &mut Draft, rng: &mut Rng) {
    let age = one(rng, &[-301, -300, -299, 0, 299, 300, 301]);
    draft.sent.stamp = (draft.now - age).to_string();
}

fn far(draft: &mut Draft, rng: &mut Rng) {
    let age = one(
        rng,
        &[
            -1_000_000_000,
            -86_400,
            -3_600,
            3_600,
            86_400,
            1_767_000_000,
        ],
    );
    draft.sent.stamp = (draft.now - age).to_string();
}

fn other(draft: &mut Draft, rng: &mut Rng) {
    draft.keep_signed();
    draft.sent.stamp = (draft.now - rng.i64(0..300)).to_string();
}

fn spelled(stamp: &str, rng: &mut Rng) -> String {
    let (first, rest) = stamp.split_at(stamp.len().min(1));
    let spellings = [
        format!("0{stamp}"),
        format!("+{stamp}"),
        format!("{stamp}.0"),
        format!("{stamp}.5"),
        format!("{stamp}e0"),
        format!("{first}.{rest}e9"),
        format!(" {stamp}"),
        format!("{stamp} "),
        format!("{stamp}x"),
        format!("{stamp};"),
        format!("{first}_{rest}"),
        format!("{stamp}000"),
        format!("-{stamp}"),
        format!("0x{:x}", stamp.parse::<i64>().unwrap_or_default()),
    ];
    spellings[rng.usize(..spellings.len())].clone()
}

fn odd(draft: &mut Draft, rng: &mut Rng) {
    draft.sent.stamp = spelled(&draft.sent.stamp, rng);
}

fn odd_number(draft: &mut Draft, rng: &mut Rng) {
    draft.keep_signed();
    odd(draft, rng);
}

fn no_number(draft: &mut Draft, rng: &mut Rng) {
    let texts = [
        "",
        "NaN",
        "nan",
        "Infinity",
        "now",
        "2026-01-01T00:00:00Z",
        "0",
        "-0",
        "1e400",
    ];
    draft.sent.stamp = one(rng, &texts).to_owned();
    if rng.bool() {
        draft.keep_signed().stamp = one(rng, &["NaN", "0", "Infinity"]).to_owned();
    }
}
