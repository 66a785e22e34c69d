//! Keys that rotate, and how many there may be.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use hookproof::{ConfigErrorKind, Endpoint, Keyring, Secret, Verifier, VerifyErrorKind, providers};
use http::HeaderMap;
use serde_json::Value;

use crate::captured::captured;
use crate::driver::{App, all};
use crate::forms::event;
use crate::platform::{DRIVERS, Platform};
use crate::register::{Act, secret_of};
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW, SECRET, kind};
use crate::support::http::{Scripted, request};

const NEXT: &str = "the secret of next year, of thirty bytes";

fn delivery() -> Delivered {
    event(&providers::MAILINGAPI, 1)
}

fn verifier(keys: impl Into<Keyring>) -> Verifier {
    let verifier = Verifier::new(&providers::MAILINGAPI, keys).expect("a sound keyring");
    verifier.with_clock(Fixed::at(NOW))
}

fn endpoint(verifier: &Verifier) -> Endpoint {
    let endpoint = Endpoint::builder("hooks", verifier.clone()).without_replay_guard();
    endpoint.build().expect("a sound endpoint")
}

/// hx-s-024, previous key during the overlap: receipt, log and metric say which key matched.
#[test]
fn hx_s_024_the_previous_key_during_the_overlap() {
    for driver in all() {
        let captured = captured(async move {
            let keys = Keyring::new(Secret::new(NEXT)).with_previous(Secret::new(SECRET));
            let app = App::new(driver, &endpoint(&verifier(keys)), |job| async move {
                assert_eq!(job.proven.receipt().key(), "previous");
                200
            });
            assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        });
        captured.line(&["DEBUG", "key=\"previous\""]);
        let series = "hookproof_key_matches_total{endpoint=hooks,key=previous}";
        assert_eq!(captured.metrics.count(series), 1, "{driver:?}");
    }
}

/// hx-s-025, revoked key: refused from the next delivery on. A tenant's key is cached, for a minute
/// unless `Endpoint::forget_tenant` is called (`docs/operating.md`, Tenants).
#[tokio::test]
async fn hx_s_025_a_revoked_key() {
    for driver in all() {
        let both = Keyring::new(Secret::new(NEXT)).with_previous(Secret::new(SECRET));
        let verifier = verifier(both);
        let app = App::quick(driver, &endpoint(&verifier));
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        verifier.rotate(Secret::new(NEXT)).expect("a sound keyring");
        assert_eq!(app.send(&delivery()).await.status, 401, "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("a");
        assert!(platform.serve("a").await.is_handlers(), "{driver:?}");
        platform
            .register
            .set("a", Act::Keys(vec![secret_of("anew")]));
        platform.endpoint.forget_tenant("a");
        assert!(platform.serve("a").await.is_refusal(), "{driver:?}");
        assert_eq!(platform.refusal(), VerifyErrorKind::Mismatch);
        let anew = platform.delivery("anew");
        assert!(platform.send("a", &anew).await.is_handlers(), "{driver:?}");
    }
}

/// How many keyrings of so many keys take the delivery, each with the right one in another place.
fn taken(keys: usize) -> usize {
    let taken = (0..keys).filter(|&right| {
        let secret = |nth: usize| match nth {
            nth if nth == right => Secret::new(SECRET),
            nth => Secret::new(secret_of(&nth.to_string())),
        };
        let ring = Keyring::from_list((0..keys).map(secret)).expect("secrets");
        let mut delivered = delivery();
        delivered.verifier = Verifier::new(&providers::MAILINGAPI, ring).expect("sound");
        delivered.verdict().is_ok()
    });
    taken.count()
}

/// hx-s-026, many keys: an unsigned delivery is refused with its body unread, so that there is nothing
/// to compute a MAC over; a badly signed one costs one for each key, of which there are 16 at most.
/// How many SHA-256 blocks that takes, `scripts/counts.sh` counts: none for the first.
#[tokio::test]
async fn hx_s_026_many_keys() {
    assert_eq!((taken(16), Keyring::MAX_KEYS), (16, 16));
    let many = |keys: usize| {
        let secrets = (0..keys).map(|nth| Secret::new(secret_of(&nth.to_string())));
        let ring = Keyring::from_list(secrets).expect("secrets");
        Verifier::new(&providers::MAILINGAPI, ring)
    };
    let refused = many(17).expect_err("too many");
    assert_eq!(refused.kind(), ConfigErrorKind::BadKeyring);

    let sixteen = many(16).expect("sound").with_clock(Fixed::at(NOW));
    let endpoint = endpoint(&sixteen);
    let body = Scripted::data(&delivery().body);
    let polls = Arc::clone(&body.polls);
    let (parts, _) = request(HeaderMap::new(), body).into_parts();
    let unsigned = endpoint.admit(&parts).await;
    assert_eq!(kind(&unsigned), Err(VerifyErrorKind::MissingHeader));
    assert_eq!(polls.load(Ordering::SeqCst), 0, "the body was read");
    for driver in all() {
        let app = App::quick(driver, &endpoint);
        assert_eq!(app.send(&delivery()).await.status, 401, "{driver:?}");
    }

    let counts: Value = serde_json::from_str(include_str!("../../benches/counts.json"))
        .expect("the counts are part of the repository");
    for (machine, rows) in counts.as_object().expect("counts by machine") {
        let blocks = |row: &str| rows[row]["blocks"].as_u64().expect("counted");
        assert_eq!(blocks("refused: header missing"), 0, "{machine}");
        assert_eq!(blocks("refused: header malformed"), 0, "{machine}");
        let one = blocks("kv, 1 KiB");
        assert_eq!(blocks("refused: wrong signature, 1 KiB"), one, "{machine}");
        assert_eq!(
            blocks("refused: 100 bogus candidates, 1 KiB"),
            one,
            "{machine}"
        );
    }
}
