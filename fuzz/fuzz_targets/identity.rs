//! What a delivery is remembered by: two bodies have one identity exactly where the reference finds
//! the same signed id in them or, where there is none, where they are the same bytes.
//!
//! Input: a scheme's slug and a line end, then two bodies with byte 0 between; without one the body
//! comes twice.
#![no_main]

use std::sync::LazyLock;

use hookproof::scheme::{Place, ReplayId, Scheme};
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::delivery::prove;
use hookproof_fuzz::reference::json::id_at;
use hookproof_fuzz::{first_line, named, schemes};
use libfuzzer_sys::fuzz_target;

static SCHEMES: LazyLock<Vec<&'static Scheme>> = LazyLock::new(|| {
    let schemes = schemes::all().into_iter().chain([&schemes::DEEP]);
    schemes
        .filter(|scheme| {
            let by_body = ReplayId::Body == scheme.replay_id();
            by_body || matches!(scheme.replay_id(), ReplayId::Id(Place::Json(_)))
        })
        .collect()
});

#[derive(Debug, Eq, PartialEq)]
enum Known<'b> {
    ById(String),
    ByBody(&'b [u8]),
}

fuzz_target!(|data: &[u8]| {
    let (slug, bodies) = first_line(data);
    let scheme = named(&SCHEMES, slug, Scheme::slug);
    let zero = bodies.iter().position(|&byte| byte == 0);
    let (one, other) = match zero {
        Some(at) => (&bodies[..at], &bodies[at + 1..]),
        None => (bodies, bodies),
    };
    let identity = |body: &[u8]| {
        let proven = prove(scheme, body);
        let identity = Bound::DELIVERY.check(body.len(), || proven.identity());
        assert_eq!(identity.as_ref().ok(), proven.identity().as_ref().ok());
        identity
    };
    match (identity(one), identity(other)) {
        (Ok(left), Ok(right)) => {
            assert_eq!(left == right, known(scheme, one) == known(scheme, other));
        }
        // A body of JSON always has one. Another may be empty, or a character of it could be moved
        // into the header that it is signed beside.
        (left, right) => {
            for (identity, body) in [(left, one), (right, other)] {
                let open = body.starts_with(b"{") || body.starts_with(b"[");
                let closed = body.ends_with(b"}") || body.ends_with(b"]");
                assert!(identity.is_ok() || !(open && closed), "{body:?}");
            }
        }
    }
});

fn known<'b>(scheme: &Scheme, body: &'b [u8]) -> Known<'b> {
    let id = match scheme.replay_id() {
        ReplayId::Id(Place::Json(pointer)) => id_at(body, pointer),
        _ => None,
    };
    id.map_or(Known::ByBody(body), Known::ById)
}
