//! Reading the header: once, in bounded time, whatever bytes it has.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use hookproof::VerifyErrorKind::{DuplicateHeader, Malformed, Mismatch};
use hookproof::scheme::Encoding;
use hookproof::{UnixTime, Verifier, providers};
use http::{HeaderValue, StatusCode};

use crate::drivers::Driver;
use crate::signatures::of_several;
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::{Scripted, endpoint, request, signed};
use crate::support::shapes;
use crate::support::signing::put;
use crate::{sources, wire};

/// tide issue 853, http-types issue 519, reqwest issue 354: bytes above 0x7F in a header panicked the
/// server.
#[tokio::test]
async fn lesson_22_bytes_above_ascii_in_a_header_are_a_refusal() {
    for (nth, scheme) in shapes::presets().into_iter().enumerate() {
        // All of them for some schemes, for the others every tenth.
        let step = if nth < 10 { 1 } else { 10 };
        let delivered = Delivered::signed(scheme);
        for name in delivered.read_headers() {
            let value = delivered.value(name);
            for byte in (0x80..=0xff_u8).step_by(step) {
                let places = [
                    [&value[..], &[byte]].concat(),
                    [&[byte], &value[..]].concat(),
                ];
                for text in places.iter().chain([&vec![byte]]) {
                    let changed = delivered.with(name, text).expect("a value");
                    let refused = changed.verdict().expect_err("other bytes");
                    // An id is text of any kind: it is signed, and so other bytes are another id.
                    let is_id = Some(name) != delivered.timestamp_header()
                        && name != delivered.signature_header();
                    assert!(
                        refused == Malformed || (is_id && refused == Mismatch),
                        "{name} {byte}"
                    );
                }
            }
        }
    }
    // Signed as it is, such an id is proven, and no text.
    let mut own = Delivered::signed(&providers::STANDARD_WEBHOOKS);
    put(&mut own.headers, "webhook-id", b"id_\xff");
    own.sign();
    assert_eq!(own.judge().expect("genuine").signed_id(), None);
    let server = wire::Server::start().await;
    for byte in 0x80..=0xff_u8 {
        let mut sent = server.genuine(b"{}");
        let at = sent
            .windows(3)
            .position(|it| it == b"v1=")
            .expect("a signature");
        sent[at + 9] = byte;
        assert_eq!(server.send(&sent).await.statuses(), [401], "{byte:#x}");
    }
    assert_eq!(server.handled(), 0);
}

/// RUSTSEC-2026-0229 (nostr): a header of any size was decoded before anything was checked.
#[tokio::test]
async fn lesson_23_a_long_header_is_refused_unread() {
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        let name = delivered.signature_header();
        let good = String::from_utf8(delivered.value(name)).expect("a text");
        let pairs = format!("{good},{}", "a=b,".repeat(10_000));
        let items = format!("{good} {}", "v1,x ".repeat(10_000));
        let long = format!("{good}{}", "0".repeat(64 * 1024));
        let just = format!("{good:0<width$}", width = Verifier::MAX_HEADER + 1);
        for text in [pairs, items, long, just] {
            let changed = delivered.with(name, text.as_bytes()).expect("a value");
            // Before the body is there to be hashed.
            let now = UnixTime::from_secs(NOW);
            let refused = changed.verifier.begin_at(&changed.headers, now);
            assert_eq!(
                refused.expect_err("too long").kind(),
                Malformed,
                "{}",
                scheme.slug()
            );
        }
    }
    // The check stands before the reading, and one pass reads.
    let source = sources::file("verify/judged.rs").text();
    let limit = source
        .find("text(signature_name, signature, header_limit)?")
        .expect("the limit");
    assert!(limit < source.find("grammar::parse").expect("the parser"));
}

/// openai-node PR 2475, the review of routecraft PR 523: each of any number of candidates was verified
/// on its own, and such of an impossible length bought a hash of the whole body.
#[tokio::test]
async fn lesson_24_a_header_buys_one_mac_a_key_and_none_where_nothing_can_match() {
    // No candidate that could match: refused before a byte of the body is there to be hashed.
    for scheme in of_several() {
        let mut delivered = Delivered::signed(&scheme);
        delivered.write(&["0123456789"; 10]);
        let now = UnixTime::from_secs(NOW);
        let refused = delivered.verifier.begin_at(&delivered.headers, now);
        assert_eq!(
            refused.expect_err("no candidate").kind(),
            Malformed,
            "{}",
            scheme.slug()
        );
    }
    let endpoint = endpoint(&providers::STRIPE);
    let mut headers = signed(&providers::STRIPE, b"{}");
    let text = headers["stripe-signature"]
        .to_str()
        .expect("a text")
        .to_owned();
    let stamp = text.split(',').next().expect("a timestamp");
    let short = format!("{stamp}{}", ",v1=0123456789".repeat(10));
    headers.insert(
        "stripe-signature",
        HeaderValue::from_str(&short).expect("a value"),
    );
    let body = Scripted::data(&vec![b'x'; 1 << 20]);
    let polls = Arc::clone(&body.polls);
    let answer = Driver::Layer.send(&endpoint, request(headers, body)).await;
    assert_eq!(answer.0, StatusCode::UNAUTHORIZED);
    assert_eq!(polls.load(Ordering::SeqCst), 0);

    // Past 32 candidates none is compared, be it the good one.
    for scheme in of_several().filter(|it| it.encoding() == Encoding::Hex) {
        let mut delivered = Delivered::signed(&scheme);
        let good = delivered.encoded(&delivered.mac(&NOW.to_string()));
        let bogus = delivered.encoded(&[7; 32]);
        for (before, verdict) in [(31, Ok(())), (32, Err(Mismatch))] {
            let mut all = vec![bogus.as_str(); before];
            all.push(&good);
            delivered.write(&all);
            assert_eq!(delivered.verdict(), verdict, "{}: {before}", scheme.slug());
        }
    }
    // The MAC is made from the key and the content, and then looked for among all candidates: no
    // loop over candidates makes one.
    let source = sources::file("mac.rs").text();
    assert_eq!(source.matches("finalize_fixed_core(").count(), 1);
    assert!(source.contains("candidates.have(&self.mac(feed))"));
    assert!(source.contains("candidates.have(&output(&mut self.core, &mut self.buffer))"));
    let compare = sources::file("verify/whole/compare.rs").text();
    for computed in [
        "is_among(&key.mac(",
        "is_among(&digest.hmac(",
        "is_among(&digest.of(",
    ] {
        assert_eq!(compare.matches(computed).count(), 1, "{computed}");
    }
}

/// A class: proxies join two lines, frameworks take the first, verifiers the last.
#[test]
fn lesson_25_two_lines_of_one_header_are_refused() {
    for scheme in shapes::all() {
        let delivered = Delivered::signed(&scheme);
        let bogus = delivered
            .with(delivered.signature_header(), b"bogus")
            .expect("a value");
        for name in delivered.read_headers() {
            for (first, second) in [
                (&delivered, &delivered),
                (&delivered, &bogus),
                (&bogus, &delivered),
            ] {
                let mut twice = first.clone();
                let line = HeaderValue::from_bytes(&second.value(name)).expect("a value");
                twice.headers.append(name, line);
                assert_eq!(
                    twice.verdict(),
                    Err(DuplicateHeader),
                    "{}: {name}",
                    scheme.slug()
                );
            }
        }
    }
}
