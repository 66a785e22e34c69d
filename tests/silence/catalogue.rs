//! The whole hostile catalogue, through every way in: nothing that anybody is told of it holds a
//! secret, a key, a MAC, a candidate or a body.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use hookproof::layer::UnprovenBody;
use hookproof::replay::MemoryStore;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{
    Delivery, Endpoint, EndpointBuilder, Keyring, Proven, Secret, UnixTime, VerifiedBody, Verifier,
    providers,
};
use http::{HeaderMap, Request, Response};
use http_body_util::Empty;
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::captured::captured;
use crate::drivers::{Driver, Outward};
use crate::needles::Needles;
use crate::puppet::{Act, Ask, Puppet};
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, SECRET as OTHER};
use crate::support::http::{Scripted, Step, outward, request};
use crate::support::signing::{decode, key_bytes};
use crate::support::vectors::{Vector, load};
use crate::told::{Told, collect_panics, show_panics};

/// Shorter texts of a signature header are prefixes, stamps and marks.
const CANDIDATE: usize = 16;

/// Everything of a row that must stay hidden.
fn hide(vector: &Vector, needles: &mut Needles) {
    let id = &vector.id;
    let secret = &vector.secret;
    needles.hide(&format!("{id}: the secret"), secret.as_bytes());
    needles.hide(&format!("{id}: the other secret"), OTHER.as_bytes());
    needles.hide(&format!("{id}: the body"), &vector.body());
    let Some(delivered) = Delivered::of(vector) else {
        return;
    };
    let format = delivered.scheme.key_format();
    let keys = [secret, OTHER].map(|secret| key_bytes(format, secret));
    for key in &keys {
        needles.hide(&format!("{id}: a key"), key);
    }
    let signature = delivered
        .scheme
        .signature_header()
        .expect("a signature in a header");
    let names = [&[signature], delivered.scheme.aliases()].concat();
    let values = names
        .iter()
        .flat_map(|name| delivered.headers.get_all(*name));
    for value in values {
        let pieces = value.as_bytes().split(|byte| b",;= ".contains(byte));
        let long = |piece: &&[u8]| {
            let number = piece
                .iter()
                .all(|byte| byte.is_ascii_digit() || b"+-._".contains(byte));
            piece.len() >= CANDIDATE && !number
        };
        for piece in pieces.filter(long) {
            needles.hide(&format!("{id}: a candidate"), piece);
            let text = core::str::from_utf8(piece).unwrap_or_default();
            let padded = format!("{text}{}", "=".repeat(text.len().wrapping_neg() % 4));
            for text in [text, &padded] {
                if let Some(mac) = decode(delivered.scheme.encoding(), text) {
                    needles.hide(&format!("{id}: a candidate's bytes"), &mac);
                }
            }
        }
    }
    let signed = delivered.signed_headers();
    if signed
        .iter()
        .all(|name| delivered.headers.contains_key(*name))
    {
        for stamp in [vector.now.to_string(), String::new()] {
            for key in &keys {
                needles.hide(&format!("{id}: a MAC"), &delivered.mac_under(key, &stamp));
            }
        }
    }
}

fn keyring(vector: &Vector) -> Keyring {
    Keyring::new(Secret::new(OTHER)).with_previous(Secret::new(vector.secret.as_str()))
}

/// Every endpoint that a row is sent to; those that its scheme or secret does not allow are told
/// of and left out.
fn endpoints(vector: &Vector, told: &Told) -> Vec<Endpoint> {
    let scheme = providers::find(&vector.provider).expect("a preset");
    let clock = Fixed::at(vector.now);
    let verifier = match Verifier::new(scheme, keyring(vector)) {
        Ok(verifier) => verifier.with_clock(clock),
        Err(error) => {
            told.error(&error);
            return endpoints_with_tenants(vector, told);
        }
    };
    told.print(&verifier);
    let own = || told.by_hooks(Endpoint::builder("own", verifier.clone()));
    let failing = Puppet::default();
    for ask in [Ask::Claim, Ask::Complete, Ask::Release, Ask::Renew] {
        failing.always(ask, Act::Fails);
    }
    let forgetful = Puppet::that(Ask::Complete, Act::Fails);
    let mut all = endpoints_with_tenants(vector, told);
    for built in [
        own().without_replay_guard().build(),
        own().replay(MemoryStore::default()).build(),
        own().replay(failing).build(),
        own().replay(forgetful).build(),
    ] {
        match built {
            Ok(endpoint) => all.push(endpoint),
            Err(error) => told.error(&error),
        }
    }
    all
}

fn tenants(vector: &Vector) -> Tenants {
    let scheme = providers::find(&vector.provider).expect("a preset");
    let secret = vector.secret.clone();
    let source = move |tenant: String| {
        let keys = Keyring::new(Secret::new(OTHER)).with_previous(Secret::new(secret.as_str()));
        async move {
            match tenant.as_str() {
                "known" => Ok(Some(keys)),
                "broken" => Err(SourceError::from("the database is away")),
                _ => Ok(None),
            }
        }
    };
    Tenants::new(scheme, TenantAt::path("/hooks/{tenant}"), source).clock(Fixed::at(vector.now))
}

fn endpoints_with_tenants(vector: &Vector, told: &Told) -> Vec<Endpoint> {
    let all = [tenants(vector), tenants(vector).hide_tenants()];
    let build = |tenants: Tenants| {
        told.print(&tenants);
        let builder: EndpointBuilder = Endpoint::for_tenants("tenants", tenants);
        let builder = told.by_hooks(builder).without_replay_guard();
        builder.build().expect("a sound endpoint")
    };
    all.map(build).into()
}

fn sent(vector: &Vector, headers: &HeaderMap, tenant: &str, body: Scripted) -> Request<Scripted> {
    let mut request = request(headers.clone(), body);
    let path = format!("/hooks/{tenant}?of={}", vector.id);
    *request.uri_mut() = path.parse().expect("a path");
    request
}

/// Without an endpoint: in one call and streamed.
fn verified(vector: &Vector, headers: &HeaderMap, told: &Told) {
    let scheme = providers::find(&vector.provider).expect("a preset");
    let Ok(verifier) = Verifier::new(scheme, keyring(vector)) else {
        return;
    };
    let (body, now) = (vector.body(), UnixTime::from_secs(vector.now));
    let receipt = verifier.verify_at(Delivery::new(headers, &body), now);
    told.print(&receipt);
    let streamed = verifier
        .begin_at(headers, now)
        .and_then(|mut verification| {
            verification.update(Bytes::from(body.clone()))?;
            told.print(&verification);
            verification.finish()
        });
    told.print(&streamed);
    if let Err(error) = &streamed {
        told.error(error);
    }
    // What is said where neither outcome was reckoned with.
    let unexpected = catch_unwind(AssertUnwindSafe(|| match streamed {
        Ok(proven) => panic!("no refusal: {proven:?}"),
        Err(error) => panic!("no acceptance: {error:?}"),
    }));
    assert!(unexpected.is_err());
}

/// A handler that panics with all it has; the answer, where it was never called.
async fn to_a_panic(endpoint: &Endpoint, request: Request<Scripted>) -> Option<Outward> {
    let inner = service_fn(|request: Request<VerifiedBody>| async move {
        let proven = Proven::of(request.extensions()).cloned();
        match proven {
            Some(proven) => panic!("{proven:?} {:?} {:?}", request.extensions(), request.body()),
            None => Ok::<_, std::convert::Infallible>(Response::new(Empty::<Bytes>::new())),
        }
    });
    let service = endpoint.layer().layer(inner);
    let answer = tokio::spawn(service.oneshot(request)).await.ok()?;
    Some(outward(answer.expect("infallible")).await)
}

async fn observe(vector: &Vector, request: Request<Scripted>, told: &Told) {
    let observed = told
        .by_hooks(Endpoint::for_tenants("observed", tenants(vector)))
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint");
    told.print(&observed);
    let seen = told.clone();
    let inner = service_fn(move |request: Request<UnprovenBody>| {
        seen.print(request.body());
        async { Ok::<_, std::convert::Infallible>(Response::new(Empty::<Bytes>::new())) }
    });
    let answer = observed.layer().layer(inner).oneshot(request).await;
    told.answer(&outward(answer.expect("infallible")).await);
}

async fn run(vector: &Vector, told: &Told) {
    // What `http` does not hold never gets here.
    let Some(headers) = vector.headers() else {
        return;
    };
    verified(vector, &headers, told);
    let body = || Scripted::data(&vector.body());
    let broken = || Scripted::new([Step::Data(vector.body().into()), Step::Error]);
    for endpoint in endpoints(vector, told) {
        told.print(&endpoint);
        let tenants: &[&str] = match endpoint.name() {
            "tenants" => &["known", "unknown", "broken"],
            _ => &["known"],
        };
        for tenant in tenants {
            for driver in Driver::ALL {
                let request = sent(vector, &headers, tenant, body());
                told.answer(&driver.send(&endpoint, request).await);
            }
        }
        let request = sent(vector, &headers, "known", broken());
        told.answer(&Driver::Layer.send(&endpoint, request).await);
        let request = sent(vector, &headers, "known", body());
        if let Some(answer) = to_a_panic(&endpoint, request).await {
            told.answer(&answer);
        }
    }
    for tenant in ["known", "unknown", "broken"] {
        observe(vector, sent(vector, &headers, tenant, body()), told).await;
    }
}

/// Everything that was said in a run, by place.
fn said(told: &Told, run: impl Future<Output = ()>) -> [(&'static str, Vec<u8>); 4] {
    let panics = Told::default();
    collect_panics(&panics);
    let captured = captured(run);
    show_panics();
    [
        ("what hooks, callers and senders were told", told.all()),
        ("messages of panics", panics.all()),
        ("the log", captured.log.join("\n").into_bytes()),
        ("metrics", format!("{:?}", captured.metrics).into_bytes()),
    ]
}

#[test]
fn nobody_is_told_a_secret_a_key_a_mac_a_candidate_or_a_body_of_the_catalogue() {
    let vectors = load("hostile.jsonl");
    let mut needles = Needles::new();
    for vector in &vectors {
        hide(vector, &mut needles);
    }
    assert!(needles.count() > 1_000, "the catalogue has changed");

    let told = Told::default();
    let said = said(&told, async {
        for vector in &vectors {
            run(vector, &told).await;
        }
    });
    for (place, text) in &said {
        let found = needles.found(text);
        let some = &found[..found.len().min(20)];
        assert!(some.is_empty(), "{place}: {some:?}");
        assert!(text.len() > 1_000, "{place}: nothing was said");
    }
    // What came of the catalogue, so that it is known to have been sent.
    let metrics = String::from_utf8_lossy(&said[3].1);
    for word in [
        "verdict=accepted",
        "verdict=refused",
        "verdict=would-accept",
        "verdict=would-refuse",
        "key=previous",
        "kind=bad-secret",
        "kind=body-error",
        "kind=duplicate-header",
        "kind=future",
        "kind=malformed",
        "kind=mismatch",
        "kind=missing-header",
        "kind=stale",
        "kind=unavailable",
        "kind=unknown-tenant",
        "outcome=claimed",
        "outcome=duplicate",
        "outcome=store-unavailable",
        "fault=failed",
    ] {
        assert!(metrics.contains(word), "{word} is not in {metrics}");
    }
}

#[test]
fn a_leak_in_any_place_is_found() {
    let vectors = load("hostile.jsonl");
    let (vector, mut needles) = (&vectors[0], Needles::new());
    hide(vector, &mut needles);
    let secret = vector.secret.clone();
    let told = Told::default();
    let hears = told.clone();
    let said = said(&told, async {
        hears.print(&vector.body());
        tracing::info!(secret, "a leak");
        metrics::counter!("leaks", "of" => secret.clone()).increment(1);
        let panics = tokio::spawn(async move { panic!("{secret:?}") });
        assert!(panics.await.is_err());
    });
    for (place, text) in said {
        assert!(!needles.found(&text).is_empty(), "{place}");
    }
}
