//! A flood of invented tenants takes no memory. In a program of its own: it reads the whole one's.
#![cfg(all(feature = "tenants", target_os = "linux"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[allow(dead_code, reason = "made for another test, which needs more of it")]
#[path = "replay/clock.rs"]
mod clock;
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clock::Moved;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{Endpoint, Keyring, Secret, VerifyErrorKind, providers};
use http::{HeaderMap, HeaderValue};
use support::delivered::{Delivered, NOW, SECRET};

/// Mebibytes that this program takes up: pages are of 4 KiB or more.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.expect("a line").trim().trim_end_matches(" kB");
    kib.parse::<usize>().expect("a number") / 1_024
}

/// A source that knows one tenant, and how often it was asked.
fn endpoint(clock: &Moved, asked: &Arc<AtomicUsize>, hidden: bool) -> Endpoint {
    let asked = Arc::clone(asked);
    let keys = move |tenant: String| {
        asked.fetch_add(1, Ordering::SeqCst);
        async move {
            let keys = (tenant == "acme").then(|| Keyring::new(Secret::new(SECRET)));
            Ok::<_, SourceError>(keys)
        }
    };
    let at = TenantAt::header("x-tenant");
    let mut tenants = Tenants::new(&providers::GITHUB, at, keys).clock(clock.clone());
    if hidden {
        tenants = tenants.hide_tenants();
    }
    let endpoint = Endpoint::for_tenants("hooks", tenants).without_replay_guard();
    endpoint.build().expect("a sound endpoint")
}

fn named(headers: &mut HeaderMap, tenant: &str) {
    let value = HeaderValue::from_str(tenant).expect("a value");
    headers.insert("x-tenant", value);
}

/// Invented names; the clock passes a minute with each `a_minute` of them.
async fn flood(endpoint: &Endpoint, clock: &Moved, names: usize, a_minute: usize) {
    let mut headers = Delivered::signed(&providers::GITHUB).headers;
    for nth in 0..names {
        named(&mut headers, &format!("invented-{nth}-{}", "x".repeat(200)));
        match endpoint.admit(&headers).await {
            // Where tenants are hidden the refusal comes at the end.
            Ok(verification) => drop(verification),
            Err(error) => assert!(
                matches!(
                    error.kind(),
                    VerifyErrorKind::UnknownTenant | VerifyErrorKind::Unavailable
                ),
                "{error}"
            ),
        }
        if nth % a_minute == a_minute - 1 {
            clock.pass(Duration::from_secs(60));
        }
    }
}

async fn serves_acme(endpoint: &Endpoint) {
    let mut delivered = Delivered::signed(&providers::GITHUB);
    named(&mut delivered.headers, "acme");
    let mut verification = endpoint.admit(&delivered.headers).await.expect("admitted");
    verification.update(delivered.body.into()).expect("room");
    let proven = verification.finish().expect("a good delivery");
    assert_eq!(proven.receipt().tenant(), Some("acme"));
}

#[tokio::test]
async fn a_flood_of_invented_names_takes_no_memory_and_a_thousand_look_ups_a_minute() {
    for hidden in [false, true] {
        let clock = Moved::at(NOW);
        let asked = Arc::default();
        let endpoint = endpoint(&clock, &asked, hidden);
        serves_acme(&endpoint).await;
        // Of some 220 bytes each: kept, they would be 20 MiB and more. What a full cache of unknown
        // names takes is taken before the first reading.
        flood(&endpoint, &clock, 10_000, 1_000).await;
        let (before, asked_before) = (resident(), asked.load(Ordering::SeqCst));
        flood(&endpoint, &clock, 100_000, 20_000).await;
        let grown = resident().saturating_sub(before);
        assert!(grown < 10, "{grown} MiB more, hidden: {hidden}");
        // Five minutes' shares, and what was left of the one before.
        let cost = asked.load(Ordering::SeqCst) - asked_before;
        assert!((4_500..=6_000).contains(&cost), "{cost} look-ups");
        serves_acme(&endpoint).await;
    }
}
