//! The log: one event a refusal, limited for each sort, and what is said at start.

use std::thread;
use std::time::Duration;

use hookproof::replay::ReplayStore;
use hookproof::{Clock as _, Endpoint, Keyring, Secret, SystemClock, Verifier, providers};

use crate::captured::{Captured, captured};
use crate::drivers::Driver;
use crate::moments::{BODY, NOW, builder, genuine, genuine_at, plain, signed_at, unsigned};
use crate::puppet::{Act, Ask, Puppet};
use crate::support::http::{Scripted, request};
use crate::support::shapes::presets;
use crate::tenancy;

/// How long a window of the log is, and how much of one sort is logged in it.
const WINDOW: Duration = Duration::from_secs(10);
const IN_A_WINDOW: usize = 10;

#[test]
fn a_refusal_is_one_event_that_says_where_and_why() {
    let scheme = &providers::SENDMUX_V2;
    for driver in Driver::ALL {
        let endpoint = plain("mail", scheme);
        let captured = captured(async {
            let tampered = request(signed_at(scheme, BODY, NOW), Scripted::data(b"{}"));
            for request in [unsigned(), genuine_at(scheme, NOW - 400), tampered] {
                driver.send(&endpoint, request).await;
            }
        });
        let where_to = [r#"endpoint="mail""#, r#"provider="sendmux-v2""#, "refused"];
        assert_eq!(captured.lines(&where_to).len(), 3, "{driver:?}");
        let whys = [
            (
                r#"kind="missing-header""#,
                "reason=missing header x-sendmux-signature-v2",
            ),
            (
                r#"kind="stale""#,
                "reason=timestamp is 400 s old, tolerance is 300 s",
            ),
            (r#"kind="mismatch""#, "reason=signature does not match"),
        ];
        for (kind, reason) in whys {
            let line = captured.line(&[kind, reason, "WARN", "suppressed=0"]);
            assert!(line.contains(where_to[0]), "{driver:?}: {line}");
        }
    }
}

#[test]
fn a_known_tenant_is_named_and_an_unknown_one_is_not() {
    let scheme = &providers::STRIPE;
    let endpoint = tenancy::endpoint("shop", scheme);
    let captured = captured(async {
        for tenant in [tenancy::KNOWN, "made-up"] {
            let tampered = request(signed_at(scheme, BODY, NOW), Scripted::data(b"{}"));
            let request = tenancy::to(tenant, tampered);
            Driver::Layer.send(&endpoint, request).await;
        }
    });
    captured.line(&[r#"kind="mismatch""#, r#"tenant="acme""#]);
    captured.line(&[r#"kind="unknown-tenant""#]);
    assert!(captured.lines(&["made-up"]).is_empty());
}

/// How many events of a sort were left out before those that were logged.
fn suppressed(lines: &[&str]) -> usize {
    let number = |line: &&str| -> usize {
        let rest = line.split_once("suppressed=").expect("a number").1;
        let digits = rest.split(' ').next().expect("a word");
        digits.parse().expect("a number")
    };
    lines.iter().map(number).sum()
}

fn wait_for_the_next_window() {
    let window = u64::try_from(WINDOW.as_nanos()).expect("small");
    let now = u64::try_from(SystemClock.monotonic().as_nanos()).expect("small");
    thread::sleep(Duration::from_nanos(window - now % window) + Duration::from_millis(50));
}

fn guarded(name: &str, store: impl ReplayStore) -> Endpoint {
    builder(name, &providers::STRIPE)
        .replay(store)
        .build()
        .expect("a sound endpoint")
}

/// At most that often a sort is logged in a flood that may reach into a second window; those that
/// come one by one in later windows are logged each.
#[track_caller]
fn assert_few(captured: &Captured, words: &[&str], later: usize) {
    let logged = captured.lines(words).len();
    assert!(
        (IN_A_WINDOW + later..=2 * IN_A_WINDOW + later).contains(&logged),
        "{words:?} was logged {logged} times"
    );
}

#[test]
fn a_flood_of_one_sort_is_logged_now_and_then_and_drowns_no_other() {
    const FLOOD: usize = 5_000;
    let flooded = guarded("flooded", Puppet::that(Ask::Claim, Act::Fails));
    let other = plain("other", &providers::STRIPE);
    let stale = || genuine_at(&providers::STRIPE, NOW - 400);
    let captured = captured(async {
        for _ in 0..FLOOD {
            Driver::Layer.send(&flooded, unsigned()).await;
        }
        for _ in 0..FLOOD / 10 {
            let request = genuine(&providers::STRIPE);
            Driver::Layer.send(&flooded, request).await;
        }
        Driver::Layer.send(&flooded, stale()).await;
        Driver::Layer.send(&other, unsigned()).await;
        wait_for_the_next_window();
        Driver::Layer.send(&flooded, unsigned()).await;
        let request = genuine(&providers::STRIPE);
        Driver::Layer.send(&flooded, request).await;
    });

    let missing = [r#"endpoint="flooded""#, r#"kind="missing-header""#];
    assert_few(&captured, &missing[..], 1);
    let logged = captured.lines(&missing);
    assert_eq!(logged.len() + suppressed(&logged), FLOOD + 1);
    let last = logged.last().expect("a line");
    assert!(suppressed(&[last]) > 0, "{last}");

    let unavailable = [r#"endpoint="flooded""#, r#"kind="store-unavailable""#];
    let failed = [r#"endpoint="flooded""#, "replay store"];
    for sort in [&unavailable, &failed] {
        assert_few(&captured, sort, 1);
        let logged = captured.lines(sort);
        assert_eq!(
            logged.len() + suppressed(&logged),
            FLOOD / 10 + 1,
            "{sort:?}"
        );
    }

    captured.line(&[r#"endpoint="flooded""#, r#"kind="stale""#]);
    captured.line(&[r#"endpoint="other""#, r#"kind="missing-header""#]);
}

#[test]
fn sources_of_keys_that_fail_are_logged_now_and_then() {
    let endpoint = tenancy::endpoint("shop", &providers::STRIPE);
    let captured = captured(async {
        for _ in 0..500 {
            let request = tenancy::to("broken", genuine(&providers::STRIPE));
            Driver::Layer.send(&endpoint, request).await;
        }
        let request = tenancy::to("slow", genuine(&providers::STRIPE));
        Driver::Layer.send(&endpoint, request).await;
    });
    assert_few(&captured, &["ERROR", "the database is away"], 0);
    captured.line(&["ERROR", r#"endpoint="shop""#, "within its deadline"]);
}

#[test]
fn short_keys_are_warned_of_at_start_by_their_labels() {
    let captured = captured(async {
        let keys = Keyring::new(Secret::new("long-enough-for-a-key"))
            .with_previous(Secret::new("fifteen bytes!!"))
            .with_labelled("old", Secret::new("canary"));
        let verifier = Verifier::new(&providers::GITHUB, keys).expect("taken");
        let endpoint = Endpoint::builder("code", verifier)
            .without_replay_guard()
            .build()
            .expect("a sound endpoint");
        Driver::Layer.send(&endpoint, unsigned()).await;
    });
    let warned = ["WARN", "fewer than 16 bytes", r#"endpoint="code""#];
    assert_eq!(captured.lines(&warned).len(), 2);
    captured.line(&[warned[1], r#"provider="github""#, r#"key="previous""#]);
    captured.line(&[warned[1], r#"key="old""#]);
    assert!(captured.lines(&["canary"]).is_empty());
}

#[test]
fn an_endpoint_that_may_answer_too_late_is_warned_of_at_start() {
    let slack = |handler: u64| {
        captured(async {
            builder("chat", &providers::SLACK)
                .body_deadline(Duration::from_secs(1))
                .handler_deadline(Duration::from_secs(handler))
                .without_replay_guard()
                .build()
                .expect("a sound endpoint");
        })
    };
    // Slack waits three seconds.
    let late = slack(3);
    let warned = ["WARN", r#"endpoint="chat""#, r#"provider="slack""#];
    let line = late.line(&warned);
    assert!(line.contains("longest_secs=4") && line.contains("wanted_secs=3"));
    assert!(slack(2).lines(&["WARN"]).is_empty());
}

#[test]
fn an_endpoint_with_the_defaults_is_not_warned_of() {
    for scheme in presets() {
        let captured = captured(async {
            plain("hooks", scheme);
            let _ = tenancy::endpoint("hooks", scheme);
        });
        let warnings = captured.lines(&["WARN"]);
        assert!(warnings.is_empty(), "{}: {warnings:?}", scheme.slug());
    }
}
