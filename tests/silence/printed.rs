//! What the public types print of themselves with a secret, a MAC and a body inside.

use std::convert::Infallible;
use std::fmt::Debug;

use bytes::Bytes;
use hookproof::layer::UnprovenBody;
use hookproof::replay::{Lease, MemoryStore, ReplayGuard, StoreError};
use hookproof::scheme::Scheme;
use hookproof::{
    Delivery, Endpoint, Head, KeyFile, Keyring, Proven, Secret, Signer, UnixTime, VerifiedBody,
    Verifier, VerifyError, providers,
};
use http::{HeaderMap, Request, Response};
use http_body_util::Empty;
use tower::{Layer as _, Service as _, service_fn};

use crate::needles::Needles;
use crate::support::clock::Fixed;
use crate::support::delivered::{BODY, Delivered, NOW, SECRET};
use crate::support::http::{Scripted, request};
use crate::support::shapes::presets;
use crate::support::signing::key_bytes;

/// A signed delivery, and what must stay hidden of it.
fn hidden(scheme: &Scheme) -> (Delivered, Needles) {
    let delivered = Delivered::signed(scheme);
    let mut needles = Needles::new();
    let mac = delivered.mac(&delivered.now.to_string());
    needles.hide("the secret", SECRET.as_bytes());
    needles.hide("the key", &key_bytes(scheme.key_format(), SECRET));
    needles.hide("the MAC", &mac);
    needles.hide("the candidate", delivered.encoded(&mac).as_bytes());
    needles.hide("the body", BODY);
    (delivered, needles)
}

#[track_caller]
fn silent(needles: &Needles, what: &dyn Debug) {
    for text in [format!("{what:?}"), format!("{what:#?}")] {
        let found = needles.found(text.as_bytes());
        assert!(found.is_empty(), "{found:?} in {text}");
    }
}

fn proven(delivered: &Delivered) -> Proven {
    delivered.stream(&[&delivered.body]).expect("genuine")
}

fn own(delivered: &Delivered) -> hookproof::EndpointBuilder {
    let clock = Fixed::at(NOW);
    Endpoint::builder("hooks", delivered.verifier.clone().with_clock(clock))
}

fn plain(delivered: &Delivered) -> Endpoint {
    let builder = own(delivered).without_replay_guard();
    builder.build().expect("a sound endpoint")
}

#[test]
fn keys_and_who_holds_them() {
    for scheme in presets() {
        let (delivered, needles) = hidden(scheme);
        let secret = || Secret::new(SECRET);
        silent(&needles, &secret());
        silent(&needles, &Keyring::new(secret()).with_previous(secret()));
        silent(&needles, &Signer::new(scheme, secret()));
        silent(&needles, &delivered.verifier);
        silent(&needles, &Verifier::new(scheme, secret()));
    }
}

#[test]
fn a_file_of_secrets() {
    let (_, needles) = hidden(&providers::GITHUB);
    let name = format!("hookproof-silence-{}", std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, format!("{SECRET}\n{SECRET}-of-last-year")).expect("written");
    let mut file = KeyFile::new(&path);
    silent(&needles, &file);
    silent(&needles, &file.read());
    silent(&needles, &file);
    silent(&needles, &file.read_if_changed());
    std::fs::write(&path, [SECRET.as_bytes(), b"\xff"].concat()).expect("written");
    let error = file.read().expect_err("no text");
    silent(&needles, &error);
    assert!(needles.found(error.to_string().as_bytes()).is_empty());
    std::fs::remove_file(&path).expect("removed");
}

#[test]
fn secrets_that_cannot_be_used() {
    let (_, needles) = hidden(&providers::STRIPE);
    let bad = [
        format!("{SECRET}\n"),
        format!(" {SECRET}"),
        format!("${{{SECRET}}}"),
        format!("{SECRET}!"),
        format!("whsec_{SECRET}="),
    ];
    for scheme in presets() {
        for secret in &bad {
            let keys = Keyring::new(Secret::new(SECRET)).with_previous(Secret::new(secret.clone()));
            for made in [
                Verifier::new(scheme, Secret::new(secret.clone())),
                Verifier::new(scheme, keys),
            ] {
                silent(&needles, &made);
                if let Err(error) = made {
                    assert!(needles.found(error.to_string().as_bytes()).is_empty());
                }
            }
        }
    }
}

#[test]
fn endpoints_and_their_drivers() {
    for scheme in presets() {
        let (delivered, needles) = hidden(scheme);
        silent(&needles, &own(&delivered));
        silent(&needles, &own(&delivered).without_replay_guard());
        silent(&needles, &own(&delivered).replay(MemoryStore::default()));
        silent(&needles, &own(&delivered).dangerous_observe_only());
        silent(
            &needles,
            &own(&delivered).replay(MemoryStore::default()).build(),
        );
        let observed = own(&delivered).dangerous_observe_only().build();
        let observed = observed.expect("a sound endpoint");
        silent(&needles, &observed);
        silent(&needles, &observed.layer());
        let endpoint = plain(&delivered);
        silent(&needles, &endpoint);
        silent(&needles, &endpoint.layer());
        silent(&needles, &endpoint.layer().detached());
        silent(
            &needles,
            &endpoint.handler::<_, _, ()>(|_: Proven| async {}),
        );
        silent(&needles, endpoint.answers());
        silent(&needles, &endpoint.clock_skew());
    }
}

fn sent(delivered: &Delivered) -> Request<Scripted> {
    request(delivered.headers.clone(), Scripted::data(&delivered.body))
}

#[tokio::test]
async fn services_futures_and_bodies() {
    for scheme in presets() {
        let (delivered, needles) = hidden(scheme);
        let (tells, observes) = (needles.clone(), needles.clone());
        let enforced = service_fn(move |request: Request<VerifiedBody>| {
            silent(&tells, &request.body());
            silent(&tells, request.extensions());
            async { Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new())) }
        });
        let watched = service_fn(move |request: Request<UnprovenBody>| {
            silent(&observes, &request.body());
            async { Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new())) }
        });
        let mut service = plain(&delivered).layer().layer(enforced);
        silent(&needles, &service);
        let future = service.call(sent(&delivered));
        silent(&needles, &future);
        silent(&needles, &future.await.expect("infallible"));
        let observed = own(&delivered).dangerous_observe_only().build();
        let mut service = observed.expect("a sound endpoint").layer().layer(watched);
        silent(&needles, &service);
        let answer = service.call(sent(&delivered)).await;
        silent(&needles, &answer.expect("infallible"));
    }
}

#[tokio::test]
async fn verdicts_proofs_and_claims() {
    for scheme in presets() {
        let (delivered, needles) = hidden(scheme);
        let now = UnixTime::from_secs(NOW);
        let begun = delivered.verifier.begin_at(&delivered.headers, now);
        let mut verification = begun.expect("a sound head");
        verification.update(BODY.into()).expect("room");
        silent(&needles, &verification);
        silent(&needles, &delivered.judge());
        let proven = proven(&delivered);
        silent(&needles, &proven);
        silent(&needles, proven.receipt());
        silent(&needles, &proven.identity());
        let forged = delivered.with_body(&b"{}"[..]).judge();
        silent(&needles, &forged);
        let error = VerifyError::body_error(Some("the connection broke".into()));
        silent(&needles, &plain(&delivered).refuse(&error));
        silent(&needles, &error);
        if let Ok(endpoint) = own(&delivered).replay(MemoryStore::default()).build() {
            let claimed = endpoint.claim(&proven).await;
            silent(&needles, &claimed);
            silent(&needles, &endpoint.claim(&proven).await);
            silent(&needles, &claimed.expect("leave").lease());
        }
    }
}

#[test]
fn stores_and_leases() {
    let (delivered, needles) = hidden(&providers::STRIPE);
    let identity = proven(&delivered).identity().expect("an identity");
    silent(&needles, &Lease::new(identity, "hooks".into()));
    silent(&needles, &MemoryStore::default());
    silent(&needles, &MemoryStore::default().stats());
    silent(&needles, &ReplayGuard::new(MemoryStore::default()));
    silent(&needles, &StoreError::new("the store is away"));
}

#[test]
fn what_is_to_be_judged() {
    let (delivered, needles) = hidden(&providers::STRIPE);
    let headers: &HeaderMap = &delivered.headers;
    silent(&needles, &Head::from(headers));
    silent(&needles, &Delivery::new(headers, &delivered.body));
}
