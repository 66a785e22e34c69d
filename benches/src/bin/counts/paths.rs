//! The hot paths that are counted.

use std::hint::black_box;

use bytes::Bytes;
use hookproof::{Secret, Signer, UnixTime, VerifyErrorKind};
use hookproof_benches::arms::signed::{self, SECRET, Shape, Signed};
use hookproof_benches::rows::{store, tenants};
use http::HeaderMap;

/// Calls that are counted together. Divided by it, what hashing by a random seed adds or saves is
/// less than the bound.
pub const TIMES: u64 = 256;

const SIZE: usize = 1024;
const STRIPE: &str = "stripe-signature";

/// What a block of SHA-256 takes is told by FLOOR: 1 KiB after eleven bytes, and the outer hash.
pub const FLOOR: &str = "FLOOR, 1 KiB";
pub const FLOOR_BLOCKS: u64 = 18;

type Call = Box<dyn FnMut()>;
type Path = (&'static str, fn() -> Call);

pub const PATHS: [Path; 13] = [
    (FLOOR, floor),
    ("kv, 1 KiB", || accepted(Shape::Kv)),
    ("sha256=, 1 KiB", || accepted(Shape::Sha256)),
    ("standard webhooks, 1 KiB", || accepted(Shape::Standard)),
    ("kv, streamed in one frame, 1 KiB", streamed),
    ("refused: header missing", missing),
    ("refused: header malformed", malformed),
    ("refused: stale", stale),
    ("refused: wrong signature, 1 KiB", || forged(1)),
    ("refused: 32 bogus candidates, 1 KiB", || forged(32)),
    ("refused: 100 bogus candidates, 1 KiB", || forged(100)),
    ("a cached tenant, kv, streamed, 1 KiB", || {
        Box::new(tenants::cached())
    }),
    ("memory store: claim and complete", || {
        Box::new(store::claims())
    }),
];

/// Makes a path ready, calls it once for what is made once in a process, and then for the count.
pub fn run(name: &str) {
    let path = PATHS.iter().find(|(path, _)| *path == name);
    let (_, make) = path.expect("a path by its name");
    let mut call = make();
    call();
    counted(&mut call);
}

/// What callgrind counts: it knows this function by its name.
#[inline(never)]
fn counted(call: &mut Call) {
    for _ in 0..TIMES {
        call();
    }
}

fn floor() -> Call {
    let signed = Signed::new(Shape::Kv, SIZE);
    Box::new(move || assert!(black_box(&signed).verify_floor()))
}

fn accepted(shape: Shape) -> Call {
    let signed = Signed::new(shape, SIZE);
    Box::new(move || assert!(black_box(&signed).verify()))
}

fn streamed() -> Call {
    let signed = Signed::new(Shape::Kv, SIZE);
    let frame = Bytes::from(signed.frames(SIZE).concat());
    Box::new(move || assert!(black_box(&signed).stream([frame.clone()]).is_some()))
}

fn forged(candidates: usize) -> Call {
    let signed = Signed::new(Shape::Kv, SIZE).forged(candidates);
    Box::new(move || assert!(!black_box(&signed).verify()))
}

fn missing() -> Call {
    let headers = signed::request_headers(1 << 20);
    refused(headers, VerifyErrorKind::MissingHeader)
}

fn malformed() -> Call {
    let mut headers = signed::request_headers(1 << 20);
    let text = format!("t={},v1=not-hexadecimal", signed::now());
    headers.insert(STRIPE, text.parse().expect("plain text"));
    refused(headers, VerifyErrorKind::Malformed)
}

fn stale() -> Call {
    let hour_ago = UnixTime::from_secs(signed::now().as_secs() - 3_600);
    let headers = Signer::new(Shape::Kv.scheme(), Secret::new(SECRET))
        .expect("a good secret")
        .sign_at(&signed::request_headers(1 << 20), b"{}", hour_ago)
        .expect("all that is signed is given");
    refused(headers, VerifyErrorKind::Stale)
}

/// Refused on the head alone.
fn refused(headers: HeaderMap, kind: VerifyErrorKind) -> Call {
    let verifier = signed::verifier(Shape::Kv, Secret::new(SECRET));
    Box::new(move || {
        let begun = verifier.begin(black_box(&headers));
        assert!(begun.is_err_and(|error| error.kind() == kind));
    })
}
