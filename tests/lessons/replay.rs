//! Replay: what a delivery is remembered by, across forms, restarts and processes.

use std::process::Command;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookproof::axum::Verified;
use hookproof::events::sendmux;
use hookproof::replay::{MemoryStore, RedisStore, ReplayGuard};
use hookproof::scheme::{Algorithm, Digest, Encoding, KeyFormat, Place, Scheme};
use hookproof::{Endpoint, Secret, Verifier, providers};
use http::{HeaderMap, StatusCode};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use tower::ServiceExt as _;

use crate::driver::{App, Driver, all, guarded};
use crate::drivers;
use crate::forms::{event, identity, others, presets};
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::{Scripted, request};
use crate::support::redis::{PERSISTENT, RedisServer};
use crate::support::signing::{hex, put};

/// Longer than a store takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// CVE-2026-28449, openclaw PR 25832: inside the window a delivery could be sent again and again.
#[tokio::test]
async fn lesson_35_the_second_of_two_equal_deliveries_is_not_handled_nor_after_a_restart() {
    for driver in all() {
        for scheme in presets().step_by(7) {
            let app = App::quick(driver, &guarded(scheme, MemoryStore::default()));
            assert!(app.send(&event(scheme, 1)).await.is_handlers());
            assert!(
                app.send(&event(scheme, 1)).await.is_duplicate(),
                "{}",
                scheme.slug()
            );
            assert_eq!(app.calls(), 1, "{driver:?} {}", scheme.slug());
        }
    }
    // A store that outlives both: the receiver starts again, then the store does.
    let server = RedisServer::start(&PERSISTENT);
    let receiver = || {
        let store = RedisStore::builder(&server.url()).deadline(PATIENCE);
        let store = store.build().expect("an address");
        let guard = ReplayGuard::new(store).store_deadline(PATIENCE);
        App::quick(Driver::Layer, &guarded(&providers::GITHUB, guard))
    };
    let delivered = event(&providers::GITHUB, 1);
    assert!(receiver().send(&delivered).await.is_handlers());
    assert!(
        receiver().send(&delivered).await.is_duplicate(),
        "the receiver started again"
    );
    server.kill();
    server.start_again();
    assert!(
        receiver().send(&delivered).await.is_duplicate(),
        "the store did"
    );
}

/// openclaw PR 57829: the key of a delivery changed with the form of its header, base64 or base64url.
#[tokio::test]
async fn lesson_36_a_delivery_is_remembered_whatever_form_it_comes_in() {
    for scheme in presets() {
        let delivered = event(scheme, 1);
        let app = App::quick(Driver::Layer, &guarded(scheme, MemoryStore::default()));
        assert!(app.send(&delivered).await.is_handlers());
        for (form, other) in others(&delivered) {
            assert_eq!(
                identity(&other),
                identity(&delivered),
                "{} {form}",
                scheme.slug()
            );
            assert!(
                app.send(&other).await.is_duplicate(),
                "{} {form}",
                scheme.slug()
            );
        }
        // Encoded otherwise it is no signature here, and so no other delivery either.
        let good = delivered.encoded(&delivered.mac(&NOW.to_string()));
        for text in [
            good.replace('=', ""),
            good.replace(['+', '/'], "-"),
            format!("{good}="),
        ] {
            let mut encoded = delivered.clone();
            encoded.write(&[&text]);
            assert!(
                text == good || !app.send(&encoded).await.is_handlers(),
                "{text}"
            );
        }
        assert_eq!(app.calls(), 1, "{}", scheme.slug());
    }
}

/// CVE-2022-35961, GHSA-4h98-2769-gh6h (OpenZeppelin): signatures that were seen were remembered, and
/// every one has a second form.
#[tokio::test]
async fn lesson_37_what_is_remembered_is_the_signed_content_and_not_the_signature() {
    let key = SigningKey::from_slice(&[7; 32]).expect("a key");
    let own = Scheme::builder("own", "own-signature")
        .algorithm(Algorithm::EcdsaP256(Digest::Sha256))
        .key_format(KeyFormat::PublicPem)
        .encoding(Encoding::Hex)
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
        let mut headers = HeaderMap::new();
        let text = hex(form.to_der().as_bytes());
        put(&mut headers, "own-signature", text.as_bytes());
        let sent = request(headers, Scripted::data(b"{\"id\":\"evt_1\"}"));
        let handler = || StatusCode::NO_CONTENT;
        answers.push(
            drivers::Driver::Layer
                .send_to(&endpoint, sent, handler)
                .await
                .0,
        );
    }
    assert_eq!(
        answers,
        [StatusCode::NO_CONTENT, StatusCode::OK],
        "proven twice, handled once"
    );
}

/// The public key as a dashboard shows it.
fn public_pem(key: &SigningKey) -> String {
    /// What comes before the point in a `SubjectPublicKeyInfo` of P-256.
    const PREFIX: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    let point = key.verifying_key().to_sec1_point(false);
    let der = [&PREFIX, point.as_bytes()].concat();
    let text = STANDARD.encode(der);
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n{}\n-----END PUBLIC KEY-----",
        &text[..64],
        &text[64..]
    )
}

/// CVE-2026-32053 (`OpenClaw`): the event's id was made up anew at each reading.
#[test]
fn lesson_38_the_same_bytes_are_the_same_delivery_in_another_process() {
    const TELL: &str = "HOOKPROOF_LESSON_38_TELLS";
    let told: Vec<_> = presets()
        .map(|it| identity(&event(it, 1)).to_string())
        .collect();
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
    assert!(
        text.contains(&format!("told: {}\n", told.join(","))),
        "{text}"
    );
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
        for (nth, id) in [Some("one"), Some("two"), None, Some("")]
            .into_iter()
            .enumerate()
        {
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
    event_types().await;
}

/// The event is what the signed body says, whatever a header does.
async fn event_types() {
    let body = br#"{"id":"evt_1","type":"message.delivered","data":{"recipients":[]}}"#;
    let mut delivered = Delivered::signed(&providers::SENDMUX).with_body(*body);
    delivered.sign();
    let verifier = delivered.verifier.clone();
    let endpoint = Endpoint::builder("hooks", verifier).without_replay_guard();
    let endpoint = endpoint.build().expect("a sound endpoint");
    let handler = |event: Verified<sendmux::Event>| async move {
        assert!(matches!(event.kind, sendmux::EventKind::Delivered(_)));
    };
    let app: Router = Router::new().route("/", post(endpoint.handler(handler)));
    for header in ["message.bounced", "message.delivered", ""] {
        put(
            &mut delivered.headers,
            "x-sendmux-event-type",
            header.as_bytes(),
        );
        let sent = request(delivered.headers.clone(), Body::from(&body[..]));
        let answer = app.clone().oneshot(sent).await.expect("infallible");
        assert_eq!(answer.status(), StatusCode::OK, "{header}");
    }
}
