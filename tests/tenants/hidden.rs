//! Which tenants exist, where that is to be a secret.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use hookproof::replay::ReplayGuard;
use hookproof::{Endpoint, Verifier, VerifyErrorKind, providers};
use http::{HeaderMap, HeaderValue, Request};
use tokio::time::Instant;

use super::platform::{DRIVERS, Driver, Platform, Reply, addressed};
use super::puppet::Puppet;
use super::register::{Act, secret_of};
use crate::support::delivered::{BODY, Delivered};
use crate::support::http::{Scripted, Step};

/// A known tenant, and all that is to look like it.
const ADDRESSES: [&str; 6] = [
    "/hooks/acme",
    "/hooks/nobody",
    "/hooks/gone",
    "/hooks/blank",
    "/elsewhere",
    "/hooks/",
];

fn hiding(driver: Driver) -> Platform {
    let platform = Platform::with(driver, |tenants| tenants.hide_tenants());
    let ring = ["acme", "older", "oldest"].map(secret_of);
    platform.register.set("acme", Act::Keys(ring.to_vec()));
    platform
        .register
        .set("blank", Act::Keys(vec![String::new()]));
    platform
}

fn data(bytes: &'static [u8]) -> Step {
    Step::Data(Bytes::from_static(bytes))
}

type Attempt = (&'static str, HeaderMap, fn() -> Scripted);

/// What a stranger may send: bodies that misbehave, and heads that do.
fn attempts() -> Vec<Attempt> {
    let with = |name: &'static str, value: &'static str| {
        HeaderMap::from_iter([(
            name.parse().expect("a name"),
            HeaderValue::from_static(value),
        )])
    };
    let plain = HeaderMap::new;
    vec![
        ("whole", plain(), || Scripted::data(BODY)),
        ("empty", plain(), || Scripted::new([])),
        ("in pieces", plain(), || Scripted::pieces(BODY, 3)),
        ("late", plain(), || {
            Scripted::new([Step::Later, data(BODY), Step::Later])
        }),
        ("with trailers", plain(), || {
            Scripted::new([data(BODY), Step::Trailers])
        }),
        ("broken", plain(), || {
            Scripted::new([data(b"{"), Step::Error])
        }),
        ("broken at once", plain(), || Scripted::new([Step::Error])),
        ("stalled", plain(), || {
            Scripted::new([data(b"{"), Step::Never])
        }),
        ("too long", plain(), || {
            Scripted::new((0..2_000).map(|_| data(&[b'a'; 1_024])))
        }),
        (
            "announced too long",
            with("content-length", "9999999999"),
            || Scripted::data(BODY),
        ),
        ("malformed", with("stripe-signature", "nonsense"), || {
            Scripted::data(BODY)
        }),
        ("stale", with("stripe-signature", "t=1,v1=00"), || {
            Scripted::data(BODY)
        }),
    ]
}

/// One attempt: the answer, how long it took, and how often the body was polled.
async fn attempt(
    platform: &Platform,
    address: &str,
    forged: &Delivered,
    changed: &HeaderMap,
    body: Scripted,
) -> (Reply, Duration, usize) {
    let mut sent = Request::post(address).body(body).expect("a request");
    *sent.headers_mut() = forged.headers.clone();
    for (name, value) in changed {
        sent.headers_mut().insert(name.clone(), value.clone());
    }
    let polls = Arc::clone(&sent.body().polls);
    let begun = Instant::now();
    let reply = platform.post(sent).await;
    (reply, begun.elapsed(), polls.load(Ordering::SeqCst))
}

#[tokio::test(start_paused = true)]
async fn known_and_unknown_tenants_cannot_be_told_apart() {
    for &driver in DRIVERS {
        let platform = hiding(driver);
        let forged = platform.delivery_under(&secret_of("a stranger"));
        let mut statuses = Vec::new();
        for (what, changed, body) in attempts() {
            let mut seen = Vec::new();
            // Cold, then from the cache.
            for _ in 0..2 {
                for address in ADDRESSES {
                    seen.push(attempt(&platform, address, &forged, &changed, body()).await);
                }
            }
            for (nth, one) in seen.iter().enumerate() {
                assert_eq!(one, &seen[0], "{driver:?} {what} {nth}");
            }
            statuses.push((what, seen[0].0.status, seen[0].2));
        }
        assert_eq!(platform.handled(), 0);
        let frames = BODY.len().div_ceil(3);
        let expected = [
            ("whole", 401, 1),
            ("empty", 401, 1),
            ("in pieces", 401, frames),
            ("late", 401, 4),
            ("with trailers", 401, 2),
            ("broken", 400, 2),
            ("broken at once", 400, 1),
            ("stalled", 408, 3),
            ("too long", 413, 1_025),
            ("announced too long", 413, 0),
            ("malformed", 401, 0),
            ("stale", 401, 0),
        ];
        assert_eq!(statuses, expected, "{driver:?}");
    }
}

#[tokio::test]
async fn the_operator_is_told_nonetheless() {
    for &driver in DRIVERS {
        let platform = hiding(driver);
        let forged = platform.delivery_under(&secret_of("a stranger"));
        for (address, kind, tenant) in [
            ("/hooks/acme", VerifyErrorKind::Mismatch, Some("acme")),
            ("/hooks/nobody", VerifyErrorKind::UnknownTenant, None),
            ("/hooks/blank", VerifyErrorKind::BadSecret, None),
            ("/elsewhere", VerifyErrorKind::UnknownTenant, None),
        ] {
            for _ in 0..2 {
                let body = Scripted::data(BODY);
                attempt(&platform, address, &forged, &HeaderMap::new(), body).await;
                let told = platform.refusals();
                assert_eq!(told, [(kind, tenant.map(str::to_owned))], "{driver:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_tenant_that_is_known_is_served() {
    for &driver in DRIVERS {
        let platform = hiding(driver);
        for secret in ["acme", "older", "oldest"] {
            let delivered = platform.delivery_under(&secret_of(secret));
            assert!(platform.send("acme", &delivered).await.is_handlers());
            let others = platform.send("nobody", &delivered).await;
            assert!(others.is_refusal(), "{driver:?}");
        }
        assert_eq!(platform.receipts()[0].tenant(), Some("acme"));
    }
}

#[tokio::test]
async fn nothing_is_claimed_for_a_tenant_that_is_not() {
    for &driver in DRIVERS {
        let store = Puppet::default();
        let guard = ReplayGuard::new(store.clone());
        let platform = Platform::built(
            &providers::GITHUB,
            driver,
            |tenants| tenants.hide_tenants(),
            |endpoint| endpoint.replay(guard),
        );
        platform.register.add("acme");
        platform
            .register
            .set("blank", Act::Keys(vec![String::new()]));
        for tenant in ["nobody", "blank"] {
            assert!(platform.serve(tenant).await.is_refusal(), "{driver:?}");
        }
        let mut nameless = addressed("acme", &platform.delivery("acme"));
        *nameless.uri_mut() = "/elsewhere".parse().expect("a path");
        assert!(platform.post(nameless).await.is_refusal(), "{driver:?}");
        assert_eq!(store.calls(), 0, "{driver:?}");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_ne!(store.calls(), 0, "{driver:?}");
    }
}

#[tokio::test]
async fn a_tenant_that_is_gone_is_hidden_with_its_own_signature() {
    for &driver in DRIVERS {
        let platform = hiding(driver);
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        platform.register.set("acme", Act::Nobody);
        platform.endpoint.forget_tenant("acme");
        let genuine = platform.delivery("acme");
        let forged = platform.delivery_under(&secret_of("a stranger"));
        let own = platform.send("acme", &genuine).await;
        assert!(own.is_refusal(), "{driver:?}");
        assert_eq!(own, platform.send("acme", &forged).await, "{driver:?}");
        assert_eq!(platform.handled(), 1, "{driver:?}");
    }
}

#[tokio::test]
async fn a_body_with_many_frames_is_read_to_its_end_before_the_answer() {
    for &driver in DRIVERS {
        let platform = hiding(driver);
        for tenant in ["acme", "nobody"] {
            let forged = platform.delivery_under(&secret_of("a stranger"));
            let mut sent = addressed(tenant, &forged);
            let mut steps: Vec<Step> = Vec::new();
            for piece in BODY.chunks(1) {
                steps.extend([Step::Later, Step::Data(Bytes::copy_from_slice(piece))]);
            }
            let all = steps.len();
            *sent.body_mut() = Scripted::new(steps);
            let polls = Arc::clone(&sent.body().polls);
            assert!(platform.post(sent).await.is_refusal(), "{driver:?}");
            assert_eq!(polls.load(Ordering::SeqCst), all, "{driver:?} {tenant}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn where_nobody_can_say_it_is_503_for_all_alike() {
    for &driver in DRIVERS {
        let platform = hiding(driver);
        for (name, act) in [
            ("acme", Act::Fails),
            ("nobody", Act::Fails),
            ("gone", Act::Hangs),
        ] {
            platform.register.set(name, act);
        }
        let acme = platform.serve("acme").await;
        assert!(acme.is_unavailable(), "{driver:?}");
        assert_eq!(acme, platform.serve("nobody").await, "{driver:?}");
        assert_eq!(acme, platform.serve("gone").await, "{driver:?}");
    }
}

#[tokio::test]
async fn a_decoy_is_begun_and_never_finished_by_a_driver_of_ones_own() {
    let platform = hiding(Driver::Layer);
    let endpoint: &Endpoint = &platform.endpoint;
    let delivered = platform.delivery("nobody");
    for _ in 0..2 {
        let sent = addressed("nobody", &delivered);
        let mut verification = endpoint
            .admit(&sent)
            .await
            .expect("it looks like any other");
        verification
            .update(delivered.body.clone().into())
            .expect("room");
        let error = verification.finish().expect_err("nobody's");
        assert_eq!(error.kind(), VerifyErrorKind::UnknownTenant);
        assert_eq!(error.tenant(), None);
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_for_a_decoy_stays_so_for_a_driver_of_ones_own() {
    let platform = hiding(Driver::Layer);
    let endpoint: &Endpoint = &platform.endpoint;
    for tenant in ["nobody", "acme"] {
        let sent = addressed(tenant, &platform.delivery(tenant));
        let mut verification = endpoint.admit(&sent).await.expect("a sound head");
        let too_long = vec![b'a'; Verifier::DEFAULT_BODY_LIMIT + 1];
        let refused = verification.update(too_long.into()).expect_err("no room");
        assert_eq!(refused.kind(), VerifyErrorKind::TooLarge, "{tenant}");
        let finished = verification.finish().expect_err("not all of it");
        assert_eq!(finished.kind(), VerifyErrorKind::TooLarge, "{tenant}");
    }
}
