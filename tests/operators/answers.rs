//! What senders are told: one answer to every refusal of authenticity, and never success.

use std::time::Duration;

use axum::Router;
use axum::routing::post;
use hookproof::axum::VerifiedBytes;
use hookproof::scheme::{Scheme, Timestamp};
use hookproof::{
    Answers, ConfigErrorKind, Endpoint, EndpointBuilder, ReplayDecided, VerifyErrorKind, providers,
};
use http::{HeaderMap, Request, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::drivers::Driver;
use crate::moments::{BODY, NOW, builder, signed_as, signed_at};
use crate::support::http::{Scripted, request};
use crate::support::reading::window;
use crate::support::shapes::presets;
use crate::support::signing::signed_headers;
use crate::tenancy;

/// Deliveries that prove nothing, each for a reason of its own, and where they are sent.
fn forged(scheme: &Scheme) -> Vec<(&'static str, HeaderMap, &'static [u8], &'static str)> {
    let good = || signed_at(scheme, BODY, NOW);
    let signature = scheme.signature_header().expect("a signature in a header");
    // Of another key under every format.
    let other = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    let wrong = signed_as(scheme, other, "id_1", BODY, NOW);
    let (mut missing, mut malformed, mut twice) = (good(), good(), good());
    missing.remove(signature);
    malformed.insert(signature, "=,=".parse().expect("a value"));
    twice.append(signature, good()[signature].clone());
    let known = tenancy::KNOWN;
    let mut forged = vec![
        ("a wrong key", wrong, BODY, known),
        ("a tampered body", good(), &b"{}"[..], known),
        ("no header", HeaderMap::new(), BODY, known),
        ("no signature", missing, BODY, known),
        ("a malformed signature", malformed, BODY, known),
        ("two signatures", twice, BODY, known),
        ("an unknown tenant", good(), BODY, "nobody"),
        ("a tenant without a usable secret", good(), BODY, "blank"),
    ];
    if let Some((past, future)) = window(scheme) {
        for at in [NOW - past - 1, NOW + future + 1] {
            let stale = signed_at(scheme, BODY, at);
            forged.push(("a stale stamp", stale, BODY, known));
        }
    }
    let stamp = match scheme.timestamp() {
        Some(Timestamp::Header(name)) => Some(name),
        _ => None,
    };
    for name in stamp.into_iter().chain(signed_headers(scheme)) {
        let mut without = good();
        without.remove(name);
        forged.push(("without a header that is signed", without, BODY, known));
    }
    forged
}

fn sent(headers: &HeaderMap, body: &[u8], tenant: &str) -> Request<Scripted> {
    tenancy::to(tenant, request(headers.clone(), Scripted::data(body)))
}

fn answers(scheme: &Scheme, not_authentic: Option<StatusCode>) -> Answers {
    let answers = Answers::for_scheme(scheme);
    not_authentic.map_or(answers, |status| answers.not_authentic(status))
}

/// The endpoints of a scheme: with keys of its own, with tenants, with tenants that are hidden.
fn endpoints(scheme: &Scheme, not_authentic: Option<StatusCode>) -> [Endpoint; 3] {
    let hidden = tenancy::tenants(scheme).hide_tenants();
    [
        builder("hooks", scheme),
        tenancy::builder("hooks", scheme),
        Endpoint::for_tenants("hooks", hidden),
    ]
    .map(|builder| {
        builder
            .answers(answers(scheme, not_authentic))
            .without_replay_guard()
            .build()
            .expect("a sound endpoint")
    })
}

async fn one_answer(scheme: &Scheme, not_authentic: Option<StatusCode>) {
    let mut all = Vec::new();
    for driver in [Driver::Layer, Driver::Adapter] {
        for (nth, endpoint) in endpoints(scheme, not_authentic).iter().enumerate() {
            for (what, headers, body, tenant) in forged(scheme) {
                if nth == 0 && tenant != tenancy::KNOWN {
                    continue;
                }
                let answer = driver.send(endpoint, sent(&headers, body, tenant)).await;
                all.push((format!("{driver:?}: {what}"), answer));
            }
        }
    }
    let told = answers(scheme, not_authentic).to(VerifyErrorKind::Mismatch);
    for (what, (status, headers, body)) in &all {
        let slug = scheme.slug();
        assert_eq!(*status, told.status(), "{slug}: {what}");
        assert_eq!(*headers, all[0].1.1, "{slug}: {what}");
        assert!(body.is_empty(), "{slug}: {what}");
        let retry = headers
            .get("retry-after")
            .map(|it| it.to_str().expect("ASCII"));
        let wanted = told.retry_after_secs().map(|secs| secs.to_string());
        assert_eq!(retry, wanted.as_deref(), "{slug}: {what}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_refusal_of_authenticity_is_one_answer_for_every_preset() {
    for scheme in presets() {
        assert!(forged(scheme).len() >= 8, "{}", scheme.slug());
        one_answer(scheme, None).await;
    }
}

#[tokio::test(start_paused = true)]
async fn that_answer_is_changed_as_a_whole() {
    for scheme in presets() {
        for status in [StatusCode::FORBIDDEN, StatusCode::SERVICE_UNAVAILABLE] {
            one_answer(scheme, Some(status)).await;
        }
    }
}

/// The raw bytes of a server's answer, but for its clock.
async fn on_the_wire(port: u16, path: &str, headers: &HeaderMap, body: &[u8]) -> Vec<String> {
    let mut head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {}\r\n", value.to_str().expect("ASCII")));
    }
    let mut stream = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("a server");
    let whole = [head.as_bytes(), b"\r\n", body].concat();
    stream.write_all(&whole).await.expect("written");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("read");
    let answer = String::from_utf8(answer).expect("ASCII");
    let lines = answer.split_inclusive("\r\n");
    lines
        .filter(|line| !line.starts_with("date: "))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn on_the_wire_they_are_the_same_bytes() {
    let scheme = &providers::STRIPE;
    let endpoint = tenancy::endpoint("hooks", scheme);
    let adapted = post(endpoint.handler(|_: VerifiedBytes| async {}));
    let layered = post(|| async {}).route_layer(endpoint.layer());
    for route in [adapted, layered] {
        let app: Router = Router::new().route("/hooks/{tenant}", route);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let mut answers = Vec::new();
        for (what, headers, body, tenant) in forged(scheme) {
            let path = format!("/hooks/{tenant}");
            let answer = on_the_wire(port, &path, &headers, body);
            let answer = tokio::time::timeout(Duration::from_secs(20), answer).await;
            answers.push((what, answer.expect("an answer")));
        }
        let good = signed_at(scheme, BODY, NOW);
        let answer = on_the_wire(port, "/hooks/acme", &good, BODY).await;
        server.abort();
        assert_eq!(answer[0], "HTTP/1.1 200 OK\r\n");
        assert_eq!(answers[0].1[0], "HTTP/1.1 401 Unauthorized\r\n");
        for (what, answer) in &answers {
            assert_eq!(*answer, answers[0].1, "{what}");
        }
    }
}

fn with(answers: Answers) -> EndpointBuilder<ReplayDecided> {
    let builder = builder("hooks", &providers::STRIPE);
    builder.answers(answers).without_replay_guard()
}

#[test]
fn a_refusal_cannot_be_answered_with_anything_but_an_error() {
    type Setter = fn(Answers, StatusCode) -> Answers;
    let setters: [Setter; 6] = [
        Answers::not_authentic,
        Answers::too_large,
        Answers::timeout,
        Answers::body_error,
        Answers::unavailable,
        Answers::unparsable,
    ];
    for code in 100..1_000 {
        let status = StatusCode::from_u16(code).expect("three digits");
        let answers = Answers::for_scheme(&providers::STRIPE);
        for set in setters {
            let built = with(set(answers, status)).build();
            if (400..600).contains(&code) {
                built.expect("an error is a refusal");
                continue;
            }
            let error = built.expect_err("no error is no refusal");
            assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint, "{code}");
            assert!(error.to_string().contains(&code.to_string()), "{error}");
        }
        let built = with(answers.duplicate(status)).build();
        assert_eq!(built.is_ok(), (200..300).contains(&code), "{code}");
    }
}

#[test]
fn an_endpoint_that_only_observes_is_held_to_the_same() {
    let silent = Answers::for_scheme(&providers::STRIPE).too_large(StatusCode::OK);
    let built = builder("hooks", &providers::STRIPE)
        .answers(silent)
        .dangerous_observe_only()
        .build();
    let error = built.expect_err("no error is no refusal");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
}
