//! What is not there: a switch that turns verification off, and cryptography that nobody looks after.

use std::fs;
use std::path::Path;

use hookproof::{Endpoint, providers};
use http::StatusCode;
use toml::{Table, Value};

use crate::drivers::send_observed;
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::{Scripted, request};
use crate::{lock, sources};

/// openclaw issue 10228: `skipSignatureVerification`, for development, was on in production.
#[tokio::test]
async fn lesson_60_nothing_switches_verification_off() {
    // What weakens says so, and all of it is known.
    let mut dangerous: Vec<_> = sources::holding("fn dangerous_")
        .iter()
        .filter_map(|line| {
            line.split("fn ")
                .nth(1)?
                .split('(')
                .next()
                .map(str::to_owned)
        })
        .collect();
    dangerous.sort();
    assert_eq!(
        dangerous,
        [
            "dangerous_body_unsigned",
            "dangerous_observe_only",
            "dangerous_parts_touch",
            "dangerous_without_window"
        ]
    );
    for word in [
        "skip_verif",
        "skip_sig",
        "insecure",
        "fn disable",
        "without_verif",
        "bypass",
        "allow_unsigned",
        "no_verify",
        "unverified",
        "debug_assertions",
        "cfg!(test)",
    ] {
        assert_eq!(sources::holding(word), Vec::<String>::new(), "{word}");
    }
    // The environment gives secrets and keys, when it is asked for them by name.
    let asks = sources::holding("env::var");
    let known = ["secret.rs: ", "keys/sources.rs: ", "subscribe/api_key.rs: "];
    assert!(
        asks.iter()
            .all(|line| known.iter().any(|known| line.starts_with(known))),
        "{asks:?}"
    );
    // The feature for tests gives a suite for stores, and nothing to the verdict.
    let gated = sources::holding("feature = \"testing\"");
    assert!(
        gated.iter().all(|line| line.starts_with("replay/")),
        "{gated:?}"
    );
    // An endpoint that only observes makes no proof, and no handler that wants one runs behind it.
    let genuine = Delivered::signed(&providers::STRIPE);
    let builder = Endpoint::builder("hooks", genuine.verifier.clone().with_clock(Fixed::at(NOW)));
    let observed = builder
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint");
    let sent = request(genuine.headers.clone(), Scripted::data(&genuine.body));
    let answer = send_observed(&observed, sent).await;
    assert_eq!(answer.0, StatusCode::OK, "and it saw no proof");
}

/// RUSTSEC-2016-0005 (rust-crypto), RUSTSEC-2025-0010 (ring before 0.17): nobody looks after the
/// cryptography any more.
#[test]
fn lesson_61_no_cryptography_is_locked_that_nobody_looks_after() {
    for (name, version) in lock::packages() {
        let abandoned = [
            "rust-crypto",
            "crypto",
            "rustc-serialize",
            "sodiumoxide",
            "gost94",
            "md5",
            "openssl-sys",
        ];
        assert!(!abandoned.contains(&name), "{name} is locked");
        assert!(name != "ring" || version >= [0, 17, 12], "ring {version:?}");
    }
    // Every advisory that is passed over says why.
    let deny = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    let Ok(text) = fs::read_to_string(deny) else {
        return;
    };
    let deny: Table = text.parse().expect("TOML");
    let ignored = deny.get("advisories").and_then(|it| it.get("ignore"));
    for entry in ignored.and_then(Value::as_array).into_iter().flatten() {
        let reason = entry.get("reason").and_then(Value::as_str);
        assert!(
            reason.is_some_and(|it| it.len() > 10),
            "{entry:?} is not explained"
        );
    }
}
