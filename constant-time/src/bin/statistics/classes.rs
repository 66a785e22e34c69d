//! What is compared: two classes of candidates for one delivery, judged by one verifier.
//!
//! The classes are drawn by a coin. A candidate is made in the same way for both, in memory that was
//! used for the one before, and only the verification is timed.

use std::cell::Cell;
use std::hint::black_box;
use std::time::Instant;

use hookproof::scheme::{
    Algorithm, Encoding, Grammar, Part, ReplayId, Scheme, SchemeBuilder, Timestamp,
};
use hookproof::{Delivery, Secret, Verifier};
use hookproof_constant_time::leaky::{is_same_until_it_differs, mac};
use hookproof_constant_time::{BODY, NOW, Signed};

const SECRET: &str = "the-secret-of-this-year-0123456789";

/// So many candidates of each class, taken in turns.
const CANDIDATES: usize = 64;

pub struct Comparison {
    pub name: &'static str,
    /// Whether the classes must be told apart.
    pub must_leak: bool,
    /// Nanoseconds of a verification of that class.
    pub measure: Box<dyn Fn(usize, usize) -> f64>,
}

/// A bit by chance: xorshift, since only the order of the classes hangs on it.
pub fn coin() -> bool {
    random() >> 63 == 1
}

fn random() -> u64 {
    thread_local!(static STATE: Cell<u64> = const { Cell::new(0x9e37_79b9_7f4a_7c15) });
    STATE.with(|state| {
        let mut x = state.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        state.set(x);
        x.wrapping_mul(0x2545_f491_4f6c_dd1d)
    })
}

pub fn all() -> Vec<Comparison> {
    let hex = || Scheme::builder("own", "x-signature");
    let base64 = || hex().encoding(Encoding::Base64);
    let pairs = || {
        hex()
            .grammar(Grammar::Pairs {
                signature: "v1",
                separator: b',',
                assign: b'=',
            })
            .timestamp(Timestamp::Pair("t"))
            .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    };
    let token = || {
        hex()
            .algorithm(Algorithm::Token)
            .content(&[Part::Secret])
            .dangerous_body_unsigned("credentials sign nothing")
            .replay_id(ReplayId::UnsignedBody)
    };
    vec![
        whole(
            "hex: wrong first byte, wrong last byte",
            hex(),
            [at(0), at(-1)],
        ),
        whole(
            "pairs: wrong first byte, wrong last byte",
            pairs(),
            [at(0), at(-1)],
        ),
        whole(
            "base64: wrong first byte, wrong last byte",
            base64(),
            [at(0), at(-1)],
        ),
        whole(
            "hex: all but the last byte right, random",
            hex(),
            [at(-1), any],
        ),
        whole(
            "base64: all but the last byte right, random",
            base64(),
            [at(-1), any],
        ),
        whole(
            "token: all but the last byte right, random",
            token(),
            [at(-1), any],
        ),
        control(),
    ]
}

/// Makes a wrong candidate's bytes of the right one's.
type Spoil = fn(&mut [u8]);

/// Wrong in one bit of that byte.
const fn at(byte: isize) -> Spoil {
    if byte == 0 {
        |bytes| bytes[0] ^= 1
    } else {
        |bytes| *bytes.last_mut().expect("bytes") ^= 1
    }
}

/// Wrong everywhere, and different each time.
fn any(bytes: &mut [u8]) {
    for byte in bytes {
        // As a token is written, too.
        *byte = b'A' + (random() % 26) as u8;
    }
}

fn spoilt(right: &[u8], spoil: Spoil) -> Vec<Vec<u8>> {
    let one = |_| {
        let mut bytes = right.to_vec();
        spoil(&mut bytes);
        bytes
    };
    (0..CANDIDATES).map(one).collect()
}

/// A whole verification.
fn whole(name: &'static str, scheme: SchemeBuilder, classes: [Spoil; 2]) -> Comparison {
    let scheme = scheme.try_build().expect("a scheme that can be built");
    let signed = Signed::new(&scheme, SECRET);
    let verifier = Verifier::new(&scheme, Secret::new(SECRET)).expect("a good secret");
    let right = signed.decoded();
    let texts = classes.map(|spoil| {
        let candidates = spoilt(&right, spoil).into_iter();
        candidates
            .map(|bytes| signed.encoded(&bytes))
            .collect::<Vec<_>>()
    });
    let measure = move |class: usize, nth: usize| {
        let headers = signed.with(&[texts[class][nth % CANDIDATES].clone()]);
        timed(|| {
            verifier
                .verify_at(Delivery::new(&headers, BODY), NOW)
                .is_ok()
        })
    };
    Comparison {
        name,
        must_leak: false,
        measure: Box::new(measure),
    }
}

/// The same MAC, compared as it should not be.
fn control() -> Comparison {
    let right = mac(SECRET.as_bytes(), BODY);
    let candidates = [at(0), at(-1)].map(|spoil| spoilt(&right, spoil));
    let measure = move |class: usize, nth: usize| {
        let candidate = &candidates[class][nth % CANDIDATES];
        let candidate = candidate
            .as_slice()
            .try_into()
            .expect("the length of a MAC");
        timed(|| is_same_until_it_differs(&mac(SECRET.as_bytes(), BODY), candidate))
    };
    Comparison {
        name: "control: wrong first byte, wrong last byte, and an early exit",
        must_leak: true,
        measure: Box::new(measure),
    }
}

fn timed(run: impl FnOnce() -> bool) -> f64 {
    let began = Instant::now();
    black_box(run());
    began.elapsed().as_nanos() as f64
}
