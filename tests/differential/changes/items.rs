//! The items of a signature: their order, their spelling and what stands beside the good one.

use fastrand::Rng;
use hookproof::scheme::Encoding;

use super::When::Items;
use super::{Change, any, is_list};
use crate::draft::{Draft, one};
use crate::support::signing;

pub(crate) const CHANGES: &[Change] = &[
    Change::new("in capitals", Items, any, capitals),
    Change::new("cut short", Items, any, cut),
    Change::new("with a tail", Items, any, tail),
    Change::new("in loose base64", Items, any, loose),
    Change::new("in another encoding", Items, any, other_encoding),
    Change::new("without its prefix", Items, any, without_prefix),
    Change::new("under another prefix", Items, any, other_prefix),
    Change::new("no MAC of this", Items, any, no_mac),
    Change::new("several candidates", Items, is_list, several),
    Change::new("very many candidates", Items, is_list, very_many),
    Change::new("a candidate twice", Items, is_list, twice),
    Change::new("an odd item beside", Items, is_list, odd_beside),
    Change::new("shuffled", Items, is_list, shuffled),
    Change::new("blanks around", Items, any, blanks),
    Change::new("two timestamps", Items, is_stripe, two_stamps),
    Change::new("no timestamp", Items, is_stripe, no_stamp),
];

fn is_stripe(scheme: &hookproof::scheme::Scheme) -> bool {
    scheme.slug() == "stripe"
}

fn set(draft: &mut Draft, text: &str) {
    let good = draft.good();
    draft.items[good] = draft.item(text);
}

fn good_text(draft: &Draft) -> String {
    draft.text(&draft.mac())
}

fn capitals(draft: &mut Draft, rng: &mut Rng) {
    let text = good_text(draft);
    let capital = |nth: usize, character: char| match nth {
        0..16 => character.to_ascii_uppercase(),
        _ => character,
    };
    if rng.bool() {
        set(draft, &text.to_ascii_uppercase());
    } else {
        let text: String = text
            .chars()
            .enumerate()
            .map(|(nth, it)| capital(nth, it))
            .collect();
        set(draft, &text);
    }
}

fn cut(draft: &mut Draft, rng: &mut Rng) {
    let text = good_text(draft);
    set(draft, &text[..rng.usize(..text.len())]);
}

fn tail(draft: &mut Draft, rng: &mut Rng) {
    let tail = one(
        rng,
        &["0", "00", "=", "=x", ",x", ";", " ", "é", "AAAA", "=="],
    );
    let text = format!("{}{tail}", good_text(draft));
    set(draft, &text);
}

fn loose(draft: &mut Draft, rng: &mut Rng) {
    let text = good_text(draft);
    let (start, end) = text.split_at(rng.usize(1..20));
    let text = match rng.u8(0..5) {
        0 => text.replace('+', "-").replace('/', "_"),
        1 => text.trim_end_matches('=').to_owned(),
        2 => format!("{start}-{end}"),
        3 => format!("{start}*{end}"),
        // The last character of 32 bytes has two unused bits; every fourth character has none set.
        _ => unused_bit(&text),
    };
    set(draft, &text);
}

fn unused_bit(text: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bare = text.trim_end_matches('=');
    let (start, last) = bare.split_at(bare.len() - 1);
    let at = ALPHABET.find(last).unwrap_or_default();
    let other = &ALPHABET[(at | 1)..=(at | 1)];
    format!("{start}{other}{}", &text[bare.len()..])
}

fn other_encoding(draft: &mut Draft, _: &mut Rng) {
    let encoding = match draft.is_hex() {
        true => Encoding::Base64,
        false => Encoding::Hex,
    };
    let text = signing::encode(encoding, &draft.mac());
    set(draft, &text);
}

fn without_prefix(draft: &mut Draft, _: &mut Rng) {
    let good = draft.good();
    draft.items[good] = good_text(draft).into_bytes();
}

fn other_prefix(draft: &mut Draft, rng: &mut Rng) {
    let prefixes = [
        "v0=", "v2=", "V1=", "V0=", "v0:", "v1=", "v1a,", "v2,", "V1,", "sha1=", "SHA256=",
        "sha256:", " v1=",
    ];
    let good = draft.good();
    draft.items[good] = format!("{}{}", one(rng, &prefixes), good_text(draft)).into_bytes();
}

fn no_mac(draft: &mut Draft, rng: &mut Rng) {
    let length = draft.mac().len();
    let mac = match rng.u8(0..3) {
        0 => vec![0; length],
        1 => draft.sent.mac(draft.scheme, b""),
        _ => (0..length).map(|_| rng.u8(..)).collect(),
    };
    let text = draft.text(&mac);
    set(draft, &text);
}

fn several(draft: &mut Draft, rng: &mut Rng) {
    for _ in 0..rng.usize(1..5) {
        let at = rng.usize(..=draft.items.len());
        let wrong = draft.wrong(rng);
        draft.items.insert(at, wrong);
    }
}

fn very_many(draft: &mut Draft, rng: &mut Rng) {
    let good = draft.good();
    for _ in 0..one(rng, &[30, 31, 32, 33, 60, 200]) {
        let wrong = draft.wrong(rng);
        draft.items.insert(good, wrong);
    }
}

fn twice(draft: &mut Draft, _: &mut Rng) {
    let good = draft.items[draft.good()].clone();
    draft.items.push(good);
}

fn odd_beside(draft: &mut Draft, rng: &mut Rng) {
    let items = [
        "", "v1", "v1=", "v1,", "=", ",", "v1=zz", "v1,zz", "v1=é", "v1,é", "v0=00", "v1a,AAAA",
        "x", "v1,a,b", "v1=a=b", " ",
    ];
    let at = rng.usize(..=draft.items.len());
    let odd = one(rng, &items).as_bytes().to_vec();
    draft.items.insert(at, odd);
}

fn shuffled(draft: &mut Draft, rng: &mut Rng) {
    several(draft, rng);
    rng.shuffle(&mut draft.items);
}

fn blanks(draft: &mut Draft, rng: &mut Rng) {
    let at = rng.usize(..draft.items.len());
    let item = String::from_utf8_lossy(&draft.items[at]).into_owned();
    let items = [
        format!(" {item}"),
        format!("{item} "),
        item.replace('=', " = "),
        item.replacen('=', "= ", 1),
        item.replacen(',', ", ", 1),
    ];
    draft.items[at] = items[rng.usize(..items.len())].clone().into_bytes();
}

fn two_stamps(draft: &mut Draft, rng: &mut Rng) {
    let stamp = one(rng, &[draft.now, draft.now - 10_000, 0]);
    let at = rng.usize(..=draft.items.len());
    draft.items.insert(at, format!("t={stamp}").into_bytes());
}

fn no_stamp(draft: &mut Draft, rng: &mut Rng) {
    draft.items[0] = one(rng, &[&b"t"[..], b"t=", b"T=1", b"", b"ts=1"]).to_vec();
}
