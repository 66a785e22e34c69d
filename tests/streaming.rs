//! Verifying while the body arrives: however it is cut, the verdict and the bytes are the same.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use bytes::Bytes;
use hookproof::VerifyErrorKind::{self, DuplicateHeader, Mismatch, MissingHeader, Stale, TooLarge};
use hookproof::scheme::Scheme;
use hookproof::{UnixTime, Verification, Verifier, VerifyError, providers};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request};
use support::delivered::{BODY, Delivered, NOW, kind};
use support::shapes;

const FORTY: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz\r\n\0\xff";

fn of(scheme: &Scheme, body: &[u8]) -> Delivered {
    let mut delivered = Delivered::signed(scheme).with_body(body);
    delivered.sign();
    delivered
}

fn limited(limit: usize, body: &[u8]) -> Delivered {
    let mut delivered = of(&providers::STRIPE, body);
    delivered.verifier = delivered.verifier.with_body_limit(limit);
    delivered
}

fn begin(delivered: &Delivered) -> Result<Verification, VerifyError> {
    let now = UnixTime::from_secs(delivered.now);
    delivered.verifier.begin_at(&delivered.headers, now)
}

/// A good delivery in these frames: it verifies, and the bytes come back as one piece. With a byte
/// changed it does not.
#[track_caller]
fn proves(delivered: &Delivered, frames: &[&[u8]]) {
    assert_eq!(frames.concat(), delivered.body, "the frames are the body");
    let proven = delivered.stream(frames).expect("a good delivery");
    assert_eq!(proven.body(), &delivered.body);
    assert_eq!(proven.receipt().key(), "primary");
}

#[test]
fn any_two_pieces_are_the_body() {
    for scheme in shapes::all() {
        let delivered = of(&scheme, FORTY);
        for at in 0..=FORTY.len() {
            let (left, right) = FORTY.split_at(at);
            proves(&delivered, &[left, right]);
        }
    }
}

#[test]
fn any_three_pieces_are_the_body() {
    for scheme in [&providers::GITHUB, &providers::STRIPE, &providers::SENT] {
        let delivered = of(scheme, FORTY);
        for second in 0..=FORTY.len() {
            for first in 0..=second {
                let (left, right) = FORTY.split_at(second);
                let (left, middle) = left.split_at(first);
                proves(&delivered, &[left, middle, right]);
            }
        }
    }
}

#[test]
fn pieces_in_another_order_are_another_body() {
    let delivered = of(&providers::STRIPE, FORTY);
    for at in 1..FORTY.len() {
        let (left, right) = FORTY.split_at(at);
        for frames in [
            &[right, left][..],
            &[left],
            &[right],
            &[left, right, right],
            &[left, left],
        ] {
            assert_eq!(kind(&delivered.stream(frames)), Err(Mismatch), "at {at}");
        }
    }
}

#[test]
fn a_body_may_trickle_in_byte_by_byte() {
    let body: Vec<u8> = (0..5 * 1024_u32).map(|nth| nth.to_le_bytes()[0]).collect();
    for announced in [false, true] {
        let mut delivered = of(&providers::STRIPE, &body);
        if announced {
            delivered
                .headers
                .insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        let frames: Vec<&[u8]> = body.chunks(1).collect();
        proves(&delivered, &frames);
    }
}

#[test]
fn a_body_of_every_size_around_the_first_buffer_is_whole() {
    for size in [65_535, 65_536, 65_537, 98_304, 131_073, 400_000] {
        let body: Vec<u8> = b"0123456789abcdefg"
            .iter()
            .copied()
            .cycle()
            .take(size)
            .collect();
        let delivered = of(&providers::GITHUB, &body);
        let frames: Vec<&[u8]> = body.chunks(10_000).collect();
        proves(&delivered, &frames);
    }
}

#[test]
fn empty_frames_make_no_difference() {
    let delivered = of(&providers::STRIPE, FORTY);
    for at in 0..=FORTY.len() {
        let (left, right) = FORTY.split_at(at);
        proves(&delivered, &[b"", left, b"", b"", right, b""]);
    }
    let mut frames: Vec<&[u8]> = vec![b""; 10_000];
    frames.push(FORTY);
    proves(&delivered, &frames);
}

#[test]
fn an_empty_body_needs_no_frame() {
    for scheme in shapes::all() {
        let delivered = of(&scheme, b"");
        proves(&delivered, &[]);
        proves(&delivered, &[b""]);
        assert_eq!(kind(&delivered.stream(&[b"x"])), Err(Mismatch));
        let with_a_body = of(&scheme, b"x");
        assert_eq!(kind(&with_a_body.stream(&[])), Err(Mismatch));
    }
}

#[test]
fn a_body_at_the_limit_is_proven() {
    for size in [0, 1, 40, 1000] {
        let body = vec![b'x'; size];
        let delivered = limited(size, &body);
        let frames: Vec<&[u8]> = body.chunks(7).collect();
        proves(&delivered, &frames);
        proves(&delivered, &[&body]);
    }
}

/// Feeds frames until one is refused, and then on: nothing is taken any more, and the end of it
/// is `too-large`, though the MAC of what was taken or of the whole would match.
#[track_caller]
fn stays_too_large(delivered: &Delivered, frames: &[&[u8]], taken: usize) {
    let mut verification = begin(delivered).expect("a good head");
    for (nth, frame) in frames.iter().enumerate() {
        let update = verification.update(Bytes::copy_from_slice(frame));
        let verdict = if nth < taken { Ok(()) } else { Err(TooLarge) };
        assert_eq!(kind(&update), verdict, "frame {nth}");
    }
    let error = verification.finish().expect_err("too large");
    assert_eq!(error.kind(), TooLarge);
}

#[test]
fn a_body_past_the_limit_stays_refused() {
    let whole = limited(39, FORTY);
    stays_too_large(&whole, &[FORTY], 0);
    stays_too_large(&whole, &[&FORTY[..39], &FORTY[39..]], 1);
    stays_too_large(&whole, &[&FORTY[..39], &FORTY[39..], b"", b"x"], 1);
    let ones: Vec<&[u8]> = FORTY.chunks(1).collect();
    stays_too_large(&whole, &ones, 39);

    // What was taken before the frame that is refused has the right MAC by itself.
    let half = limited(20, &FORTY[..20]);
    stays_too_large(&half, &[&FORTY[..20], &FORTY[20..]], 1);
    stays_too_large(&half, &[&FORTY[20..], b"x", &FORTY[..0]], 1);
    // A frame that is refused leaves no room for a smaller one.
    stays_too_large(&half, &[FORTY, &FORTY[..20]], 0);
    stays_too_large(&limited(0, b""), &[b"x", b""], 0);
}

#[test]
fn the_limit_is_1_mib_unless_told_otherwise() {
    assert_eq!(Verifier::DEFAULT_BODY_LIMIT, 1024 * 1024);
    let body = vec![b'x'; Verifier::DEFAULT_BODY_LIMIT];
    let delivered = of(&providers::GITHUB, &body);
    proves(&delivered, &[&body]);
    stays_too_large(&delivered, &[&body, b"x"], 1);
}

/// What `begin` says where `Content-Length` is that text.
fn announced(limit: usize, length: &[u8]) -> Result<(), VerifyErrorKind> {
    let mut delivered = limited(limit, FORTY);
    let value = HeaderValue::from_bytes(length).expect("a value");
    delivered.headers.insert(CONTENT_LENGTH, value);
    kind(&begin(&delivered))
}

#[test]
fn an_announced_length_over_the_limit_is_refused_unread() {
    assert_eq!(announced(40, b"40"), Ok(()));
    assert_eq!(announced(40, b"0"), Ok(()));
    for over in [
        "41",
        "1048577",
        "10000000000",
        "18446744073709551615",
        "00000041",
    ] {
        assert_eq!(announced(40, over.as_bytes()), Err(TooLarge), "{over}");
    }
}

/// A number is a number, however long: it lies past every limit.
#[test]
fn an_announced_length_past_every_integer_is_refused_unread() {
    for over in [
        "18446744073709551616",
        "99999999999999999999999999999999",
        &"9".repeat(400),
    ] {
        assert_eq!(announced(40, over.as_bytes()), Err(TooLarge), "{over}");
    }
}

/// What is no length is the server's to refuse. The cap holds in any case, and a length that is
/// too small or too large spoils nothing.
#[test]
fn a_length_that_lies_or_is_none_changes_nothing() {
    let lengths: [&[u8]; 11] = [
        b"-1", b"", b"abc", b"4 0", b"40, 40", b"0x28", b"4.0", b"\xff", b"39", b"1", b"0",
    ];
    for length in lengths {
        for frame in [1, 7, 40] {
            let mut delivered = limited(40, FORTY);
            let value = HeaderValue::from_bytes(length).expect("a value");
            delivered.headers.insert(CONTENT_LENGTH, value);
            let frames: Vec<&[u8]> = FORTY.chunks(frame).collect();
            proves(&delivered, &frames);
            let past: Vec<&[u8]> = frames.iter().copied().chain([&b"x"[..]]).collect();
            stays_too_large(&delivered, &past, frames.len());
        }
    }
}

/// The head is judged before the length: who proves nothing is told nothing of limits.
#[test]
fn a_bad_head_is_refused_before_its_length() {
    let mut delivered = limited(1, FORTY);
    delivered
        .headers
        .insert(CONTENT_LENGTH, HeaderValue::from(40));
    assert_eq!(kind(&begin(&delivered)), Err(TooLarge));
    assert_eq!(kind(&begin(&delivered.at(NOW + 301))), Err(Stale));
    let name = delivered.signature_header();
    delivered
        .headers
        .append(name, HeaderValue::from_static("x"));
    assert_eq!(kind(&begin(&delivered)), Err(DuplicateHeader));
    delivered.headers.remove(name);
    assert_eq!(kind(&begin(&delivered)), Err(MissingHeader));
}

#[test]
fn a_body_of_one_frame_is_handed_back_without_a_copy() {
    for scheme in shapes::all() {
        let delivered = of(&scheme, FORTY);
        for empty_frames in [0, 1, 3] {
            let frame = Bytes::copy_from_slice(FORTY);
            let mut verification = begin(&delivered).expect("a good head");
            for _ in 0..empty_frames {
                verification.update(Bytes::new()).expect("empty");
            }
            verification
                .update(frame.clone())
                .expect("within the limit");
            for _ in 0..empty_frames {
                verification.update(Bytes::new()).expect("empty");
            }
            let (_, body) = verification.finish().expect("a good delivery").into_parts();
            assert_eq!(body.as_ptr(), frame.as_ptr());
            assert_eq!(body, frame);
        }
    }
}

#[test]
fn dropping_midway_says_nothing() {
    let delivered = of(&providers::STRIPE, FORTY);
    drop(begin(&delivered).expect("a good head"));
    let mut verification = begin(&delivered).expect("a good head");
    verification
        .update(Bytes::from_static(&FORTY[..20]))
        .expect("within the limit");
    drop(verification);
    // Another of the same verifier knows nothing of it.
    proves(&delivered, &[FORTY]);
}

/// Many at once, of one verifier: each has its own state.
#[test]
fn verifications_do_not_touch_each_other() {
    let one = of(&providers::STRIPE, b"one, whole");
    let mut two = of(&providers::STRIPE, b"two, whole");
    two.verifier = one.verifier.clone();
    let mut first = begin(&one).expect("a good head");
    let mut second = begin(&two).expect("a good head");
    for (left, right) in one.body.chunks(3).zip(two.body.chunks(3)) {
        first.update(Bytes::copy_from_slice(left)).expect("taken");
        second.update(Bytes::copy_from_slice(right)).expect("taken");
    }
    assert_eq!(first.finish().expect("one").body(), "one, whole");
    assert_eq!(second.finish().expect("two").body(), "two, whole");
}

/// A verifier takes a map, a request's parts, or a request, and reads the same headers.
#[test]
fn a_head_is_a_map_parts_or_a_request() {
    let delivered = of(&providers::STRIPE, BODY);
    let mut request = Request::new("not looked at");
    *request.headers_mut() = delivered.headers.clone();
    let now = UnixTime::from_secs(NOW);
    let verifier = &delivered.verifier;
    for mut verification in [
        verifier.begin_at(&delivered.headers, now).expect("a map"),
        verifier.begin_at(&request, now).expect("a request"),
        verifier
            .begin_at(&request.into_parts().0, now)
            .expect("parts"),
    ] {
        verification
            .update(Bytes::from_static(BODY))
            .expect("taken");
        assert_eq!(verification.finish().expect("a good delivery").body(), BODY);
    }
}

#[test]
fn debug_tells_how_much_has_come_and_nothing_of_it() {
    let mut verification = begin(&of(&providers::STRIPE, FORTY)).expect("a good head");
    verification
        .update(Bytes::from_static(&FORTY[..17]))
        .expect("taken");
    assert_eq!(
        format!("{verification:?}"),
        "Verification { bytes: 17, .. }"
    );
}
