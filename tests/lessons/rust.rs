//! Tower and Rust: readiness, results that cannot be misread, and what is printed.

use std::convert::Infallible;
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::{Verified, VerifiedJson};
use hookproof::events::sendmux;
use hookproof::replay::{Lease, MemoryStore, ReplayGuard};
use hookproof::scheme::Scheme;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{
    Delivery, Endpoint, Head, KeyFile, Keyring, Proven, Receipt, Secret, Signer, UnixTime,
    VerifiedBody, Verification, Verifier, VerifyError, providers,
};
use http::{HeaderMap, Request, Response, StatusCode};
use tower::{Layer as _, Service, ServiceExt as _};

use crate::captured::captured;
use crate::drivers::Driver;
use crate::needles::Needles;
use crate::support::clock::Fixed;
use crate::support::delivered::{BODY, Delivered, NOW, SECRET};
use crate::support::http::{Answer, Scripted, Step, endpoint, request, signed, verifier};
use crate::support::shapes::presets;
use crate::support::signing::key_bytes;

/// Takes one call at a time, and panics where it is called without having said that it is ready.
#[derive(Default)]
struct OneAtATime {
    ready: bool,
    busy: Arc<AtomicUsize>,
}

impl Clone for OneAtATime {
    fn clone(&self) -> Self {
        Self {
            ready: false,
            busy: Arc::clone(&self.busy),
        }
    }
}

impl Drop for OneAtATime {
    fn drop(&mut self) {
        if self.ready {
            self.busy.store(0, Ordering::SeqCst);
        }
    }
}

impl Service<Request<VerifiedBody>> for OneAtATime {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if !self.ready && self.busy.swap(1, Ordering::SeqCst) == 1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<VerifiedBody>) -> Self::Future {
        assert!(std::mem::take(&mut self.ready), "called without being ready");
        self.busy.store(0, Ordering::SeqCst);
        std::future::ready(Ok(Response::new(Answer::new())))
    }
}

/// tower PR 548 and issue 547, tower-http PR 561, tower-resilience issue 286: a clone was called that
/// had never said that it was ready.
#[tokio::test]
async fn lesson_55_the_service_that_was_ready_is_the_one_that_is_called() {
    let scheme = &providers::STRIPE;
    let body = || Scripted::new([Step::Later, Step::Data(Bytes::from_static(BODY)), Step::Later]);
    let service = endpoint(scheme).layer().layer(OneAtATime::default());
    let answering = [(); 2].map(|()| {
        let sent = request(signed(scheme, BODY), body());
        tokio::spawn(service.clone().oneshot(sent))
    });
    for answer in answering {
        let answer = answer.await.expect("no panic").expect("infallible");
        assert_eq!(answer.status(), StatusCode::OK);
    }
    // Polled ready itself, and called twice.
    let mut service = endpoint(scheme).layer().layer(OneAtATime::default());
    for _ in 0..2 {
        let ready = ServiceExt::<Request<Scripted>>::ready(&mut service).await.expect("ready");
        let answer = ready.call(request(signed(scheme, BODY), body())).await;
        assert_eq!(answer.expect("infallible").status(), StatusCode::OK);
    }
}

/// enarx PR 546, josekit-rs PR 3; discussed in rust-openssl issue 2105 and merkle-mountain-range issue
/// 46: a verification that gave a bool, which was dropped, let everything in. That a dropped receipt
/// does not compile under `deny(unused_must_use)`, `tests/compile_fail` shows.
#[test]
fn lesson_56_verification_gives_a_proof_and_no_bool() {
    let _: fn(&Verifier, Delivery<'_>) -> Result<Receipt, VerifyError> = Verifier::verify;
    let _: fn(&Verifier, Delivery<'_>, UnixTime) -> Result<Receipt, VerifyError> = Verifier::verify_at;
    let _: fn(&mut Verification, Bytes) -> Result<(), VerifyError> = Verification::update;
    let _: fn(Verification) -> Result<Proven, VerifyError> = Verification::finish;
    for name in ["Receipt", "Proven", "Verification"] {
        let types = crate::sources::types();
        let it = types.iter().find(|it| it.name == name).expect("a type");
        assert!(it.attributes.contains("#[must_use"), "{name}");
    }
    for verb in ["verif", "check", "valid", "matches", "agrees", "authent", "is_signed", "accept"] {
        for line in crate::sources::holding("pub fn ").iter().chain(&crate::sources::holding("pub const fn ")) {
            let names_it = line.split("fn ").nth(1).is_some_and(|it| it.starts_with(verb));
            assert!(!(names_it && line.contains("-> bool")), "{line}");
        }
    }
}

/// What must stay hidden of a delivery.
fn hidden(delivered: &Delivered) -> Needles {
    let mut needles = Needles::new();
    let mac = delivered.mac(&delivered.now.to_string());
    needles.hide("the secret", SECRET.as_bytes());
    needles.hide("the key", &key_bytes(delivered.scheme.key_format(), SECRET));
    needles.hide("the MAC", &mac);
    needles.hide("the candidate", delivered.encoded(&mac).as_bytes());
    needles.hide("the body", &delivered.body);
    needles
}

async fn no_tenants(_: String) -> Result<Option<Keyring>, SourceError> {
    Ok(Some(Keyring::new(Secret::new(SECRET))))
}

/// All that a user holds of a delivery and its keys.
fn holders(scheme: &Scheme) -> Vec<Box<dyn Debug>> {
    let secret = || Secret::new(SECRET);
    let delivered = Delivered::signed(scheme);
    let own = || {
        let verifier = delivered.verifier.clone().with_clock(Fixed::at(NOW));
        Endpoint::builder("hooks", verifier)
    };
    let plain = own().without_replay_guard().build().expect("a sound endpoint");
    let observed = own().dangerous_observe_only().build().expect("a sound endpoint");
    let tenants = || Tenants::new(scheme, TenantAt::path("/{tenant}"), no_tenants);
    let begun = || delivered.verifier.begin_at(&delivered.headers, UnixTime::from_secs(NOW));
    let mut under_way = begun().expect("a sound head");
    under_way.update(BODY.into()).expect("room");
    let proven = delivered.stream(&[BODY]).expect("genuine");
    let lease = Lease::new(hookproof::replay::Identity::from_bytes([7; 16]), "hooks".into());
    let guarded = own().replay(MemoryStore::default()).build();
    vec![
        Box::new(secret()),
        Box::new(Keyring::new(secret()).with_previous(secret())),
        Box::new(KeyFile::new("/nowhere")),
        Box::new(Signer::new(scheme, secret())),
        Box::new(delivered.verifier.clone()),
        Box::new(Verifier::new(scheme, Secret::new(format!("{SECRET}\n")))),
        Box::new(own()),
        Box::new(tenants()),
        Box::new(Endpoint::for_tenants("hooks", tenants())),
        Box::new(plain.layer()),
        Box::new(plain.layer().layer(OneAtATimeShown)),
        Box::new(plain.handler::<_, _, ()>(|_: Proven| async {})),
        Box::new(plain),
        Box::new(observed.layer()),
        Box::new(observed),
        Box::new(guarded),
        Box::new(begun()),
        Box::new(under_way),
        Box::new(proven.identity()),
        Box::new(proven.receipt().clone()),
        Box::new(proven),
        Box::new(delivered.judge()),
        Box::new(delivered.with_body("{}").judge()),
        Box::new(lease),
        Box::new(ReplayGuard::new(MemoryStore::default())),
    ]
}

/// A service that can be shown.
#[derive(Debug)]
struct OneAtATimeShown;

/// RUSTSEC-2022-0086, RUSTSEC-2022-0087 (slack-morphism), RUSTSEC-2023-0125 (aws-sigv4),
/// RUSTSEC-2026-0225 (nostr): secrets stood in what `Debug` printed.
#[test]
fn lesson_57_nothing_that_is_printed_shows_a_secret_a_mac_or_a_body() {
    for scheme in presets() {
        let delivered = Delivered::signed(scheme);
        let needles = hidden(&delivered);
        let mut all = holders(scheme);
        let (headers, body) = (delivered.headers.clone(), delivered.body.clone());
        let head: &'static HeaderMap = Box::leak(Box::new(headers));
        let body: &'static Vec<u8> = Box::leak(Box::new(body));
        all.push(Box::new(Head::from(head)));
        all.push(Box::new(Delivery::new(head, body)));
        for it in all {
            for text in [format!("{it:?}"), format!("{it:#?}")] {
                assert!(needles.found(text.as_bytes()).is_empty(), "{text}");
            }
        }
    }
    // What holds a secret, a key or unproven bytes has its `Debug` by hand.
    let secret = ["Zeroizing", "MacKey", "HmacCore", "Core", "MAC_LEN", "Bytes", "Candidates"];
    let types = crate::sources::types();
    let holding: Vec<_> = types.iter().filter(|it| secret.iter().any(|held| it.holds(held))).collect();
    assert!(holding.len() > 8, "{} types", holding.len());
    for it in holding {
        assert!(!it.derives("Debug"), "{} derives Debug", it.name);
    }
}

/// bolt-python issue 1158 shows such a line: signature and body were logged where they did not match.
#[test]
fn lesson_58_no_level_of_the_log_shows_a_mac_a_secret_or_a_body() {
    for scheme in [&providers::STRIPE, &providers::GITHUB, &providers::STANDARD_WEBHOOKS, &providers::SENDMUX_V2] {
        let genuine = Delivered::signed(scheme);
        let needles = hidden(&genuine);
        let verifier = genuine.verifier.clone().with_clock(Fixed::at(NOW));
        let build = Endpoint::builder("hooks", verifier).replay(MemoryStore::default());
        let endpoint = build.build().expect("a sound endpoint");
        let mut stale = genuine.at(NOW - 400);
        stale.sign();
        let mut early = genuine.at(NOW + 400);
        early.sign();
        let mut malformed = genuine.clone();
        malformed.write(&["\"\u{fc}ber\" \\x1b[31m"]);
        let mut bare = genuine.clone();
        bare.headers.clear();
        let mut twice = genuine.clone();
        let name = genuine.signature_header();
        twice.headers.append(name, genuine.headers[name].clone());
        let changed = genuine.with_body([&genuine.body[..], b" "].concat());
        let cases = [&genuine, &genuine, &stale, &early, &malformed, &bare, &twice, &changed];
        let captured = captured(async {
            for delivered in cases {
                for driver in Driver::ALL {
                    let sent = request(delivered.headers.clone(), Scripted::data(&delivered.body));
                    driver.send(&endpoint, sent).await;
                }
                let broken = Scripted::new([Step::Data(delivered.body.clone().into()), Step::Error]);
                let sent = request(delivered.headers.clone(), broken);
                Driver::Layer.send(&endpoint, sent).await;
            }
        });
        let log = captured.log.join("\n");
        assert!(log.contains("mismatch") && log.contains("malformed") && log.contains("DEBUG"), "{log}");
        let found = needles.found(log.as_bytes());
        assert!(found.is_empty(), "{found:?} in\n{log}");
        assert!(!log.contains("[31m"), "the sender's text");
    }
}

/// RUSTSEC-2026-0226 (nostr): events were parsed before their signatures were checked.
#[tokio::test]
async fn lesson_59_no_byte_of_a_body_is_parsed_before_it_is_proven() {
    let unparsable = Arc::new(AtomicUsize::new(0));
    let scheme = &providers::SENDMUX;
    let heard = Arc::clone(&unparsable);
    let endpoint = Endpoint::builder("hooks", verifier(scheme))
        .on_unparsable(move |_, _| {
            heard.fetch_add(1, Ordering::SeqCst);
        })
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let app: Router = Router::new()
        .route("/typed", post(endpoint.handler(|_: Verified<sendmux::Event>| async {})))
        .route("/own", post(endpoint.handler(|_: VerifiedJson<String>| async {})));
    let bodies = ["{}".to_owned(), "no JSON".to_owned(), "[".repeat(100_000), "\u{feff}".to_owned()];
    for (headers, status, told) in [(true, 422, 8), (false, 401, 0)] {
        unparsable.store(0, Ordering::SeqCst);
        for path in ["/typed", "/own"] {
            for body in &bodies {
                let signs = if headers { body.as_bytes() } else { b"another body" };
                let mut sent = request(signed(scheme, signs), Body::from(body.clone()));
                *sent.uri_mut() = path.parse().expect("a path");
                let answer = app.clone().oneshot(sent).await.expect("infallible");
                let is_event = headers && path == "/typed" && body == "{}";
                if !is_event {
                    assert_eq!(answer.status(), status, "{path}: {:.10}", body);
                }
            }
        }
        let heard = unparsable.load(Ordering::SeqCst);
        assert!(heard <= told && (heard > 0) == headers, "{heard}");
    }
    // A signature in the body is one field, looked for under bounds: nothing beside it decides.
    let in_body = hookproof::scheme::Place::Json("/signature");
    let own = Scheme::builder_at("own", in_body)
        .content(&[hookproof::scheme::Part::Json("/id")])
        .dangerous_body_unsigned("for a lesson")
        .try_build()
        .expect("sound");
    let verifier = Verifier::new(&own, Secret::new(SECRET)).expect("usable");
    let headers = HeaderMap::new();
    let verdict = |body: &str| {
        let judged = verifier.verify(Delivery::new(&headers, body.as_bytes()));
        judged.map(drop).map_err(|error| error.kind().as_str())
    };
    let bogus = "0".repeat(64);
    for beside in ["1", "1e400", "\"x\"", "[1,2,3]", "null"] {
        let body = format!(r#"{{"id":"evt_1","signature":"{bogus}","beside":{beside}}}"#);
        assert_eq!(verdict(&body), Err("mismatch"), "{beside}");
    }
    for deep in [128, 100_000] {
        let beside = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
        let body = format!(r#"{{"id":"evt_1","signature":"{bogus}","beside":{beside}}}"#);
        assert_eq!(verdict(&body), Err("malformed"), "{deep} levels");
    }
}

/// openclaw issue 10228: `skipSignatureVerification`, for development, was on in production.
#[test]
fn lesson_60_nothing_switches_verification_off() {
    // What weakens says so, and all of it is known.
    let mut dangerous: Vec<_> = crate::sources::holding("fn dangerous_")
        .iter()
        .filter_map(|line| line.split("fn ").nth(1)?.split('(').next().map(str::to_owned))
        .collect();
    dangerous.sort();
    assert_eq!(
        dangerous,
        ["dangerous_body_unsigned", "dangerous_observe_only", "dangerous_parts_touch", "dangerous_without_window"]
    );
    for word in ["skip_verif", "skip_sig", "insecure", "disable", "bypass", "allow_unsigned", "no_verify", "unverified", "debug_assertions", "cfg!(test)"] {
        assert_eq!(crate::sources::holding(word), Vec::<String>::new(), "{word}");
    }
    // The environment gives secrets and keys, when it is asked for them by name.
    let asks = crate::sources::holding("env::var");
    let known = ["secret.rs: ", "keys/sources.rs: ", "subscribe/api_key.rs: "];
    assert!(asks.iter().all(|line| known.iter().any(|known| line.starts_with(known))), "{asks:?}");
    // The feature for tests gives a suite for stores, and nothing to the verdict.
    let gated = crate::sources::holding("feature = \"testing\"");
    assert!(gated.iter().all(|line| line.starts_with("replay/")), "{gated:?}");
    // An endpoint that only observes makes no proof, and no handler that wants one runs behind it.
    let genuine = Delivered::signed(&providers::STRIPE);
    let builder = Endpoint::builder("hooks", genuine.verifier.clone().with_clock(Fixed::at(NOW)));
    let observed = builder.dangerous_observe_only().build().expect("a sound endpoint");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let sent = request(genuine.headers.clone(), Scripted::data(&genuine.body));
    let answer = runtime.block_on(crate::drivers::send_observed(&observed, sent));
    assert_eq!(answer.0, StatusCode::OK, "and it saw no proof");
}

/// RUSTSEC-2016-0005 (rust-crypto), RUSTSEC-2025-0010 (ring before 0.17): nobody looks after the
/// cryptography any more.
#[test]
fn lesson_61_no_cryptography_is_locked_that_nobody_looks_after() {
    for (name, version) in crate::lock::packages() {
        let abandoned = ["rust-crypto", "crypto", "rustc-serialize", "sodiumoxide", "gost94", "md5", "openssl-sys"];
        assert!(!abandoned.contains(&name), "{name} is locked");
        assert!(name != "ring" || version >= [0, 17, 12], "ring {version:?}");
    }
    // Every advisory that is passed over says why.
    let deny = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let Ok(text) = std::fs::read_to_string(deny) else {
        return;
    };
    let deny: toml::Table = text.parse().expect("TOML");
    let ignored = deny.get("advisories").and_then(|it| it.get("ignore"));
    for entry in ignored.and_then(toml::Value::as_array).into_iter().flatten() {
        let reason = entry.get("reason").and_then(toml::Value::as_str);
        assert!(reason.is_some_and(|it| it.len() > 10), "{entry} is not explained");
    }
}
