//! Bodies and ids.

use fastrand::Rng;

use super::When::Content;
use super::{Change, any, has_base64_secret, signs_bytes};
use crate::delivery::latin1;
use crate::draft::{Draft, one, word};

const BOM: &[u8] = b"\xef\xbb\xbf";

pub(crate) const CHANGES: &[Change] = &[
    Change::new("a bit of the body flipped", Content, any, flipped),
    Change::new("the body cut", Content, any, cut),
    Change::new("a byte added to the body", Content, any, added),
    Change::new("a mark added to the body", Content, any, mark_added),
    Change::new("a body with a mark", Content, any, with_mark),
    Change::new("a body that is no UTF-8", Content, any, not_utf8),
    Change::new("a body signed as text", Content, any, signed_as_text),
    Change::new("an empty body", Content, any, empty),
    Change::new("a large body", Content, any, large),
    Change::new("a body that is no JSON", Content, signs_bytes, not_json),
    Change::new(
        "a check of TLS",
        Content,
        |it| it.slug() == "slack",
        ssl_check,
    ),
    Change::new("another id", Content, has_base64_secret, other_id),
    Change::new("an odd id", Content, has_base64_secret, odd_id),
    Change::new("an id above 0x7f", Content, has_base64_secret, high_id),
    Change::new(
        "an id signed as text",
        Content,
        has_base64_secret,
        id_signed_as_text,
    ),
];

fn place(draft: &Draft, rng: &mut Rng) -> usize {
    rng.usize(..=draft.sent.body.len())
}

fn flipped(draft: &mut Draft, rng: &mut Rng) {
    draft.keep_signed();
    if let Some(byte) = draft.sent.body.last_mut() {
        *byte ^= 1;
    }
    let at = place(draft, rng);
    if let Some(byte) = draft.sent.body.get_mut(at) {
        *byte ^= 1 << rng.u8(0..8);
    }
}

fn cut(draft: &mut Draft, rng: &mut Rng) {
    draft.keep_signed();
    let at = place(draft, rng);
    draft.sent.body.truncate(at);
}

fn added(draft: &mut Draft, rng: &mut Rng) {
    draft.keep_signed();
    let at = one(rng, &[0, draft.sent.body.len()]);
    let byte = one(rng, b"\n \0}&=\r");
    draft.sent.body.insert(at, byte);
}

fn mark_added(draft: &mut Draft, _: &mut Rng) {
    draft.keep_signed();
    draft.sent.body = [BOM, &draft.sent.body].concat();
}

fn with_mark(draft: &mut Draft, _: &mut Rng) {
    draft.sent.body = [BOM, &draft.sent.body].concat();
}

fn not_utf8(draft: &mut Draft, rng: &mut Rng) {
    let at = place(draft, rng);
    let bytes = one(rng, &[&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f"]);
    draft.sent.body.splice(at..at, bytes.iter().copied());
}

/// Signed by who took the body for text, and put the replacement character for what is none.
fn signed_as_text(draft: &mut Draft, rng: &mut Rng) {
    not_utf8(draft, rng);
    let text = String::from_utf8_lossy(&draft.sent.body).into_owned();
    draft.keep_signed().body = text.into_bytes();
}

fn empty(draft: &mut Draft, _: &mut Rng) {
    draft.sent.body.clear();
}

fn large(draft: &mut Draft, rng: &mut Rng) {
    let filler = vec![b'x'; rng.usize(5_000..20_000)];
    let at = draft.sent.body.len().saturating_sub(3);
    draft.sent.body.splice(at..at, filler);
}

fn not_json(draft: &mut Draft, rng: &mut Rng) {
    let texts = [
        &b"plain"[..],
        b"[1,2]",
        b"null",
        b"{\"a\":1}x",
        b"\"\0\"",
        b"{\"object\":\"v2.core.event\"}",
    ];
    draft.sent.body = one(rng, &texts).to_vec();
}

fn ssl_check(draft: &mut Draft, rng: &mut Rng) {
    draft.content_type = "application/x-www-form-urlencoded";
    let text = format!("ssl_check=1&token={}", word(rng));
    if rng.bool() {
        draft.keep_signed();
    }
    draft.sent.body = text.into_bytes();
}

fn other_id(draft: &mut Draft, rng: &mut Rng) {
    draft.keep_signed();
    draft.sent.id = word(rng).into_bytes();
}

fn odd_id(draft: &mut Draft, rng: &mut Rng) {
    let long = "x".repeat(300);
    let ids = ["a.b", "a,b", "a b", "1.2.3", "{}", "v1,a", &long];
    draft.sent.id = one(rng, &ids).as_bytes().to_vec();
}

fn high_id(draft: &mut Draft, rng: &mut Rng) {
    let ids = ["msg_é".as_bytes(), b"msg_\xe9", b"\xff", "日".as_bytes()];
    draft.sent.id = one(rng, &ids).to_vec();
}

/// Signed by who read the header as Latin-1, and wrote that as UTF-8.
fn id_signed_as_text(draft: &mut Draft, rng: &mut Rng) {
    high_id(draft, rng);
    let text = latin1(&draft.sent.id);
    draft.keep_signed().id = text.into_bytes();
}
