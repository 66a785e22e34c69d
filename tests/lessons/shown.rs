//! What is shown: by `Debug` and in the log, never a secret, a MAC or a body.

use std::fmt::Debug;

use hookproof::replay::{Identity, Lease, MemoryStore, ReplayGuard};
use hookproof::scheme::Scheme;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{
    Delivery, Endpoint, Head, KeyFile, Keyring, Proven, Secret, Signer, UnixTime, Verifier,
    providers,
};
use http::HeaderMap;
use tower::Layer as _;

use crate::captured::captured;
use crate::drivers::Driver;
use crate::needles::Needles;
use crate::sources;
use crate::support::clock::Fixed;
use crate::support::delivered::{BODY, Delivered, NOW, SECRET};
use crate::support::http::{Scripted, Step, request};
use crate::support::shapes::presets;
use crate::support::signing::key_bytes;

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
    let plain = own()
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let observed = own()
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint");
    let tenants = || Tenants::new(scheme, TenantAt::path("/{tenant}"), no_tenants);
    let begun = || {
        delivered
            .verifier
            .begin_at(&delivered.headers, UnixTime::from_secs(NOW))
    };
    let mut under_way = begun().expect("a sound head");
    under_way.update(BODY.into()).expect("room");
    let proven = delivered.stream(&[BODY]).expect("genuine");
    let lease = Lease::new(Identity::from_bytes([7; 16]), "hooks".into());
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
        Box::new(plain.layer().layer(Inner)),
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
struct Inner;

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
    let secret = [
        "Zeroizing",
        "MacKey",
        "HmacCore",
        "Core",
        "MAC_LEN",
        "Bytes",
        "Candidates",
    ];
    let types = sources::types();
    let holding: Vec<_> = types
        .iter()
        .filter(|it| secret.iter().any(|held| it.holds(held)))
        .collect();
    assert!(holding.len() > 8, "{} types", holding.len());
    for it in holding {
        assert!(!it.derives("Debug"), "{} derives Debug", it.name);
    }
}

/// bolt-python issue 1158 shows such a line: signature and body were logged where they did not match.
#[test]
fn lesson_58_no_level_of_the_log_shows_a_mac_a_secret_or_a_body() {
    for scheme in [
        &providers::STRIPE,
        &providers::GITHUB,
        &providers::STANDARD_WEBHOOKS,
        &providers::SENDMUX_V2,
    ] {
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
        let cases = [
            &genuine, &genuine, &stale, &early, &malformed, &bare, &twice, &changed,
        ];
        let captured = captured(async {
            for delivered in cases {
                for driver in Driver::ALL {
                    let sent = request(delivered.headers.clone(), Scripted::data(&delivered.body));
                    driver.send(&endpoint, sent).await;
                }
                let broken =
                    Scripted::new([Step::Data(delivered.body.clone().into()), Step::Error]);
                let sent = request(delivered.headers.clone(), broken);
                Driver::Layer.send(&endpoint, sent).await;
            }
        });
        let log = captured.log.join("\n");
        assert!(
            log.contains("mismatch") && log.contains("malformed") && log.contains("DEBUG"),
            "{log}"
        );
        let found = needles.found(log.as_bytes());
        assert!(found.is_empty(), "{found:?} in\n{log}");
        assert!(!log.contains("[31m"), "the sender's text");
    }
}
