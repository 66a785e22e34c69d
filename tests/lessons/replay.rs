//! Replay: a delivery is handled once, whoever sends it again, and lost by nobody.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hookproof::replay::{MemoryStore, RedisStore};
use hookproof::scheme::{Place, Scheme};
use hookproof::{Answers, Endpoint, Secret, VerifiedBody, Verifier, providers};
use http::{Request, Response, StatusCode};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::{Layer as _, Service, ServiceExt as _};

use crate::driver::{ATTACHED, App, DETACHED, Driver, all, builder, guarded};
use crate::forms::{event, identity, others, presets, rewritten};
use crate::puppet::{Act, Ask, Puppet};
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::{Answer, Scripted, request};
use crate::support::redis::{PERSISTENT, RedisServer};
use crate::support::signing::put;

const SECOND: Duration = Duration::from_secs(1);

/// CVE-2026-28449, openclaw PR 25832: inside the window a delivery could be sent again and again.
#[tokio::test]
async fn lesson_35_the_second_of_two_equal_deliveries_is_not_handled_nor_after_a_restart() {
    for driver in all() {
        for scheme in presets() {
            let app = App::quick(driver, &guarded(scheme, MemoryStore::default()));
            assert!(app.send(&event(scheme, 1)).await.is_handlers());
            assert!(app.send(&event(scheme, 1)).await.is_duplicate(), "{}", scheme.slug());
            assert_eq!(app.calls(), 1, "{driver:?} {}", scheme.slug());
        }
    }
    // A store that outlives both: the receiver starts again, then the store does.
    let server = RedisServer::start(&PERSISTENT);
    let receiver = || {
        let store = RedisStore::builder(server.url()).deadline(20 * SECOND);
        let store = store.build().expect("an address");
        let guard = hookproof::replay::ReplayGuard::new(store).store_deadline(20 * SECOND);
        App::quick(Driver::Layer, &guarded(&providers::GITHUB, guard))
    };
    let delivered = event(&providers::GITHUB, 1);
    assert!(receiver().send(&delivered).await.is_handlers());
    assert!(receiver().send(&delivered).await.is_duplicate(), "the receiver started again");
    server.kill();
    server.start_again();
    assert!(receiver().send(&delivered).await.is_duplicate(), "the store did");
}

/// openclaw PR 57829: the key of a delivery changed with the form of its header, base64 or base64url.
#[tokio::test]
async fn lesson_36_a_delivery_is_remembered_whatever_form_it_comes_in() {
    for scheme in presets() {
        let delivered = event(scheme, 1);
        let app = App::quick(Driver::Layer, &guarded(scheme, MemoryStore::default()));
        assert!(app.send(&delivered).await.is_handlers());
        for (form, other) in others(&delivered) {
            assert_eq!(identity(&other), identity(&delivered), "{} {form}", scheme.slug());
            assert!(app.send(&other).await.is_duplicate(), "{} {form}", scheme.slug());
        }
        // Encoded otherwise it is no signature here, and so no other delivery either.
        let good = delivered.encoded(&delivered.mac(&NOW.to_string()));
        for text in [good.replace('=', ""), good.replace(['+', '/'], "-"), format!("{good}=")] {
            let mut encoded = delivered.clone();
            encoded.write(&[&text]);
            assert!(text == good || !app.send(&encoded).await.is_handlers(), "{text}");
        }
        assert_eq!(app.calls(), 1, "{}", scheme.slug());
    }
}

/// CVE-2022-35961, GHSA-4h98-2769-gh6h (OpenZeppelin): signatures that were seen were remembered, and
/// every one has a second form.
#[tokio::test]
async fn lesson_37_what_is_remembered_is_the_signed_content_and_not_the_signature() {
    use p256::ecdsa::signature::Signer as _;
    use p256::ecdsa::{Signature, SigningKey};

    let key = SigningKey::from_slice(&[7; 32]).expect("a key");
    let own = Scheme::builder("own", "own-signature")
        .algorithm(hookproof::scheme::Algorithm::EcdsaP256(hookproof::scheme::Digest::Sha256))
        .key_format(hookproof::scheme::KeyFormat::PublicPem)
        .encoding(hookproof::scheme::Encoding::Hex)
        .build();
    let pem = public_pem(&key);
    let signature: Signature = key.sign(b"{\"id\":\"evt_1\"}");
    let (r, s) = signature.split_scalars();
    let second = Signature::from_scalars(r, -s).expect("its other form");
    assert_ne!(signature, second);

    let verifier = Verifier::new(&own, Secret::new(pem)).expect("a public key");
    let endpoint = Endpoint::builder("hooks", verifier).replay(MemoryStore::default());
    let endpoint = endpoint.build().expect("a sound endpoint");
    let mut answers = Vec::new();
    for form in [signature, second] {
        let mut headers = http::HeaderMap::new();
        let text = crate::support::signing::hex(form.to_der().as_bytes());
        put(&mut headers, "own-signature", text.as_bytes());
        let sent = request(headers, Scripted::data(b"{\"id\":\"evt_1\"}"));
        let handler = || StatusCode::NO_CONTENT;
        answers.push(crate::drivers::Driver::Layer.send_to(&endpoint, sent, handler).await.0);
    }
    assert_eq!(answers, [StatusCode::NO_CONTENT, StatusCode::OK], "proven twice, handled once");
}

/// The public key as a dashboard shows it.
fn public_pem(key: &p256::ecdsa::SigningKey) -> String {
    use base64::Engine as _;

    /// What comes before the point in a `SubjectPublicKeyInfo` of P-256.
    const PREFIX: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    let point = key.verifying_key().to_sec1_point(false);
    let der = [&PREFIX, point.as_bytes()].concat();
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN PUBLIC KEY-----\n{}\n{}\n-----END PUBLIC KEY-----", &text[..64], &text[64..])
}

/// CVE-2026-32053 (`OpenClaw`): the event's id was made up anew at each reading.
#[test]
fn lesson_38_the_same_bytes_are_the_same_delivery_in_another_process() {
    const TELL: &str = "HOOKPROOF_LESSON_38_TELLS";
    let told: Vec<_> = presets().map(|it| identity(&event(it, 1)).to_string()).collect();
    if std::env::var_os(TELL).is_some() {
        println!("told: {}", told.join(","));
        return;
    }
    let program = std::env::current_exe().expect("this program");
    let name = "replay::lesson_38_the_same_bytes_are_the_same_delivery_in_another_process";
    let other = Command::new(program)
        .args(["--exact", name, "--nocapture"])
        .env(TELL, "yes")
        .output()
        .expect("it runs");
    let text = String::from_utf8(other.stdout).expect("a text");
    assert!(text.contains(&format!("told: {}\n", told.join(","))), "{text}");
}

/// Counts what is asked of it.
#[derive(Clone, Default)]
struct Inner(Arc<AtomicUsize>);

impl Service<Request<VerifiedBody>> for Inner {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<VerifiedBody>) -> Self::Future {
        self.0.fetch_add(1, Ordering::SeqCst);
        std::future::ready(Ok(Response::new(http_body_util::Empty::<Bytes>::new())))
    }
}

/// openclaw issue 87497: a side effect came before the check for replay.
#[tokio::test(start_paused = true)]
async fn lesson_39_nothing_behind_runs_before_the_store_has_answered() {
    let delivered = event(&providers::GITHUB, 1);
    let sent = || request(delivered.headers.clone(), Scripted::data(&delivered.body));
    for (act, calls) in [
        (Act::Late(SECOND), 1),
        (Act::FailsAfter(SECOND), 0),
        (Act::Refuses, 0),
        (Act::Hangs, 0),
    ] {
        let store = Puppet::that(Ask::Claim, act);
        let inner = Inner::default();
        let service = guarded(&providers::GITHUB, store.clone()).layer().layer(inner.clone());
        let answering = tokio::spawn(service.oneshot(sent()));
        sleep(SECOND / 2).await;
        assert_eq!(store.asked(Ask::Claim), 1, "{act:?}");
        assert_eq!(inner.0.load(Ordering::SeqCst), 0, "{act:?}: while the store is asked");
        answering.await.expect("no panic").expect("infallible");
        assert_eq!(inner.0.load(Ordering::SeqCst), calls, "{act:?}");
    }
}

/// KiroCrew PR 819 tells of a store that put out keys that were still fresh.
#[tokio::test]
async fn lesson_40_a_full_store_refuses_and_forgets_nothing() {
    const ROOM: usize = 8;
    let scheme = &providers::GITHUB;
    for driver in all() {
        let store = MemoryStore::with_quota(NonZeroUsize::new(ROOM).expect("not zero"));
        let app = App::quick(driver, &guarded(scheme, store));
        for nth in 0..ROOM {
            assert!(app.send(&event(scheme, nth)).await.is_handlers(), "{driver:?} {nth}");
        }
        for nth in ROOM..ROOM + 4 {
            let reply = app.send(&event(scheme, nth)).await;
            assert_eq!(reply.status, 503, "{driver:?} {nth}");
            assert!(reply.retry_after.is_some());
        }
        for nth in 0..ROOM {
            assert!(app.send(&event(scheme, nth)).await.is_duplicate(), "{driver:?} {nth}");
        }
        assert_eq!(app.calls(), ROOM, "{driver:?}");
    }
    // No less than the window, or it does not start.
    let remembered = |seconds| {
        let guard = hookproof::replay::ReplayGuard::new(MemoryStore::default());
        let guard = guard.retention(Duration::from_secs(seconds));
        builder(&providers::STRIPE, guard).build().map(|it| it.retention())
    };
    assert!(remembered(0).is_err() && remembered(60).is_err() && remembered(599).is_err());
    let least = (600..700).find_map(|seconds| remembered(seconds).ok().flatten());
    assert!(least.expect("soon after") >= Duration::from_secs(600));
}

/// openclaw PR 100263: duplicates answered with 4xx are sent again for hours, or the endpoint is
/// switched off.
#[tokio::test]
async fn lesson_41_a_duplicate_is_answered_with_success() {
    for driver in all() {
        for scheme in presets() {
            let app = App::quick(driver, &guarded(scheme, MemoryStore::default()));
            for nth in 0..3 {
                let reply = app.send(&event(scheme, 1)).await;
                assert_eq!(reply.status, 200, "{driver:?} {}", scheme.slug());
                assert_eq!(reply.is_handlers(), nth == 0);
            }
            assert_eq!(app.calls(), 1, "{driver:?} {}", scheme.slug());
        }
    }
    for status in [StatusCode::CONFLICT, StatusCode::BAD_REQUEST, StatusCode::SERVICE_UNAVAILABLE] {
        let answers = Answers::for_scheme(&providers::GITHUB).duplicate(status);
        let built = builder(&providers::GITHUB, MemoryStore::default()).answers(answers).build();
        assert!(built.is_err(), "{status}");
    }
}

/// unicon issue 42, AI-Shipping-Labs/website issue 285, the review of hackerai PR 270: an event was
/// marked as seen before its work was done, and lost with it.
#[tokio::test(start_paused = true)]
async fn lesson_42_a_failure_a_panic_and_a_hang_up_give_the_delivery_back() {
    let delivered = event(&providers::GITHUB, 1);
    for driver in all() {
        let app = |first: u16| {
            let endpoint = guarded(&providers::GITHUB, Puppet::default());
            App::new(driver, &endpoint, move |job| async move {
                sleep(5 * SECOND).await;
                assert!(job.nth > 1 || first != 0, "the first attempt panics");
                if job.nth == 1 { first } else { 200 }
            })
        };
        let failing = app(500);
        assert_eq!(failing.send(&delivered).await.status, 500, "{driver:?}");
        let panicking = app(0);
        assert!(panicking.spawn(&delivered).await.is_err(), "{driver:?}");
        let dropped = app(500);
        assert!(timeout(SECOND, dropped.send(&delivered)).await.is_err(), "{driver:?}");
        sleep(10 * SECOND).await;
        for app in [failing, panicking, dropped] {
            assert!(app.send(&delivered).await.is_handlers(), "{driver:?}");
            assert!(app.send(&delivered).await.is_duplicate(), "{driver:?}");
            assert_eq!(app.calls(), 2, "{driver:?}");
        }
        let slow = app(200);
        let mut sent = JoinSet::new();
        for _ in 0..32 {
            sent.spawn(slow.send(&delivered));
        }
        let replies = sent.join_all().await;
        let handled = replies.iter().filter(|it| it.is_handlers()).count();
        let later = replies.iter().filter(|it| it.is_not_now()).count();
        assert_eq!((handled, later, slow.calls()), (1, 31, 1), "{driver:?}");
    }
    assert_eq!(ATTACHED.len() + DETACHED.len(), 4);
}

/// pr-agent issue 476, the review of shipfox PR 709, open-mercato PR 1394: an id that nobody signed was
/// the key, or no id meant no check.
#[tokio::test]
async fn lesson_43_an_unsigned_id_neither_tells_deliveries_apart_nor_names_them() {
    let named_unsigned = |it: &&Scheme| {
        let id = it.delivery_id();
        matches!(id, Some(Place::Header(_))) && id.is_some_and(|id| !it.covers(id))
    };
    let mut judged = 0;
    for scheme in presets().filter(named_unsigned) {
        let Some(place @ Place::Header(name)) = scheme.delivery_id() else {
            continue;
        };
        judged += 1;
        let app = App::quick(Driver::Layer, &guarded(scheme, MemoryStore::default()));
        for (nth, id) in [Some("one"), Some("two"), None, Some("")].into_iter().enumerate() {
            let mut again = event(scheme, 1);
            again.headers.remove(name);
            if let Some(id) = id {
                put(&mut again.headers, name, id.as_bytes());
            }
            let receipt = again.judge().expect("genuine");
            assert_eq!(receipt.signed_id(), None, "{}", scheme.slug());
            assert!(!scheme.covers(place));
            let reply = app.send(&again).await;
            assert_eq!(reply.is_duplicate(), nth > 0, "{}: {id:?}", scheme.slug());
        }
        // Two events of one unsigned id are two.
        let mut other = event(scheme, 2);
        put(&mut other.headers, name, b"one");
        assert!(app.send(&other).await.is_handlers(), "{}", scheme.slug());
    }
    assert!(judged > 5, "{judged} schemes");
    // A signed one that is changed is refused, and one that is absent.
    let genuine = event(&providers::SVIX, 1);
    let changed = genuine.with("svix-id", b"id_2").expect("a value");
    assert!(changed.verdict().is_err());
    let mut absent = genuine.clone();
    absent.headers.remove("svix-id");
    assert!(absent.verdict().is_err());
    assert_eq!(genuine.judge().expect("genuine").signed_id(), Some("id_1"));
    assert!(rewritten(&genuine).len() > 1);
    event_types().await;
}

/// The event is what the signed body says, whatever a header does.
async fn event_types() {
    use hookproof::axum::Verified;
    use hookproof::events::sendmux;

    let body = br#"{"id":"evt_1","type":"message.delivered","data":{"recipients":[]}}"#;
    let mut delivered = Delivered::signed(&providers::SENDMUX).with_body(*body);
    delivered.sign();
    let endpoint = crate::support::http::endpoint(&providers::SENDMUX);
    drop(endpoint);
    let verifier = delivered.verifier.clone();
    let endpoint = Endpoint::builder("hooks", verifier).without_replay_guard();
    let endpoint = endpoint.build().expect("a sound endpoint");
    let handler = |event: Verified<sendmux::Event>| async move {
        assert!(matches!(event.kind, sendmux::EventKind::Delivered(_)));
    };
    let app: axum::Router = axum::Router::new().route("/", axum::routing::post(endpoint.handler(handler)));
    for header in ["message.bounced", "message.delivered", ""] {
        put(&mut delivered.headers, "x-sendmux-event-type", header.as_bytes());
        let sent = request(delivered.headers.clone(), axum::body::Body::from(&body[..]));
        let answer = app.clone().oneshot(sent).await.expect("infallible");
        assert_eq!(answer.status(), StatusCode::OK, "{header}");
    }
}
