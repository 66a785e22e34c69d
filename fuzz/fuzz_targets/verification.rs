//! Whole deliveries: the library accepts what the plain reference accepts, by the same key, and
//! nothing else; and however the body is cut into frames, streaming says what one call says.
//!
//! Input: a scheme's slug and a line end; a [`Shape`], 10 bytes, numbers with the low byte first;
//! header lines, an empty line and the body (see `delivery`).
#![no_main]

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{Delivery, Proven, UnixTime, Verification, Verifier, VerifyError, VerifyErrorKind};
use hookproof_fuzz::delivery::{self, Headers, LABELS, NOW, same_step};
use hookproof_fuzz::{first_line, named, reference, schemes};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Shape {
    /// How many keys besides the newest.
    older: u8,
    /// By how many seconds the stamp lies ahead of the clock.
    ahead: i16,
    /// By how many bytes the body's limit differs from its length.
    room: i8,
    /// The lengths of frames, over and over; the last takes the rest where all are zero.
    frames: [u8; 6],
}

impl Shape {
    const BYTES: usize = 10;
}

static SCHEMES: LazyLock<Vec<&'static Scheme>> = LazyLock::new(schemes::all);

fuzz_target!(|data: &[u8]| {
    let (slug, rest) = first_line(data);
    let scheme = named(&SCHEMES, slug, Scheme::slug);
    let Some((head, rest)) = rest.split_at_checked(Shape::BYTES) else {
        return;
    };
    let Ok(shape) = Shape::arbitrary(&mut Unstructured::new(head)) else {
        return;
    };
    let stamp = NOW + i64::from(shape.ahead);
    let Some((headers, body)) = Headers::from_lines(scheme, rest, stamp) else {
        return;
    };
    let count = 1 + usize::from(shape.older) % LABELS.len();
    let limit = body.len().saturating_add_signed(shape.room.into());
    let verifier = Verifier::new(scheme, delivery::keyring(scheme, count))
        .expect("good secrets")
        .with_body_limit(limit);
    let now = UnixTime::from_secs(NOW);

    let expected = reference::judge(
        scheme,
        &delivery::keys(scheme, count),
        &headers.plain,
        body,
        NOW,
    );
    match (
        verifier.verify_at(Delivery::new(&headers.map, body), now),
        &expected,
    ) {
        (Ok(receipt), Ok(nth)) => assert_eq!(receipt.key(), LABELS[*nth]),
        (Err(error), Err(kind)) => assert!(same_step(error.kind(), *kind), "{error:?} {kind:?}"),
        (verdict, expected) => panic!("{verdict:?}, where the reference says {expected:?}"),
    }

    let announced = reference::first(&headers.plain, "content-length");
    let announces_more = exceeds(&announced, limit);
    let body_counts = !matches!(&expected, Err(kind) if *kind != VerifyErrorKind::Mismatch);
    let proven = match verifier.begin_at(&headers.map, now) {
        Ok(verification) => {
            assert!(!announces_more);
            feed(verification, body, &shape.frames, limit)
        }
        Err(error) if error.kind() == VerifyErrorKind::TooLarge => {
            assert!(announces_more && body_counts);
            return;
        }
        Err(error) => {
            assert!(!body_counts, "{error:?}");
            Err(error)
        }
    };
    match (proven, expected) {
        (Err(error), _) if body_counts && body.len() > limit => {
            assert_eq!(error.kind(), VerifyErrorKind::TooLarge);
        }
        (Ok(proven), Ok(nth)) => {
            assert!(body.len() <= limit);
            assert_eq!(&proven.body()[..], body);
            assert_eq!(proven.receipt().key(), LABELS[nth]);
        }
        (Err(error), Err(kind)) => assert!(same_step(error.kind(), kind), "{error:?} {kind:?}"),
        (verdict, expected) => panic!("{verdict:?}, where the reference says {expected:?}"),
    }
});

/// Whether the value is a number beyond the limit. No number is too long to be one.
fn exceeds(value: &[u8], limit: usize) -> bool {
    let number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    let digits = std::str::from_utf8(value).unwrap_or_default();
    number && digits.parse().unwrap_or(usize::MAX) > limit
}

/// Cuts the body into frames. A refusal under way must be `finish`'s too.
fn feed(
    mut verification: Verification,
    mut body: &[u8],
    frames: &[u8],
    limit: usize,
) -> Result<Proven, VerifyError> {
    let (mut taken, mut refused) = (0, false);
    let some = frames.iter().any(|&length| length > 0);
    for &length in frames.iter().cycle() {
        if body.is_empty() {
            break;
        }
        let length = if some {
            usize::from(length).min(body.len())
        } else {
            body.len()
        };
        let (frame, rest) = body.split_at(length);
        body = rest;
        taken += length;
        refused |= verification.update(Bytes::copy_from_slice(frame)).is_err();
        assert_eq!(refused, taken > limit);
    }
    let verdict = verification.finish();
    assert!(!refused || verdict.is_err());
    verdict
}
