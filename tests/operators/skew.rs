//! How far the clock is off, as deliveries tell: the estimate, the log and the gauge.

use hookproof::scheme::Scheme;
use hookproof::{ClockSkew, Endpoint, providers};

use crate::captured::{Captured, captured};
use crate::drivers::Driver;
use crate::moments::{Moved, NOW, builder, genuine_at, plain, verifier};
use crate::support::delivered::SECRET;

const SCHEME: &Scheme = &providers::STRIPE;

/// A genuine delivery of that age, whatever becomes of it.
async fn send(endpoint: &Endpoint, age: i64) {
    Driver::Layer
        .send(endpoint, genuine_at(SCHEME, NOW - age))
        .await;
}

async fn send_all(endpoint: &Endpoint, ages: impl IntoIterator<Item = i64>) {
    for age in ages {
        send(endpoint, age).await;
    }
}

fn estimate(endpoint: &Endpoint) -> Option<(i64, bool)> {
    let skew: Option<ClockSkew> = endpoint.clock_skew();
    skew.map(|skew| (skew.behind_secs(), skew.is_proven()))
}

fn warnings(captured: &Captured) -> Vec<&str> {
    captured.lines(&["WARN", "your clock is"])
}

fn gauge(captured: &Captured, proven: bool) -> Option<f64> {
    let series = format!("hookproof_clock_behind_seconds{{endpoint=hooks,proven={proven}}}");
    captured.metrics.gauge(&series)
}

#[test]
fn sixteen_accepted_deliveries_make_a_proven_estimate() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        assert_eq!(estimate(&endpoint), None);
        send_all(&endpoint, [-40; 15]).await;
        assert_eq!(estimate(&endpoint), None);
        send(&endpoint, -40).await;
        assert_eq!(estimate(&endpoint), Some((40, true)));
        send_all(&endpoint, [-40; 64]).await;
    });
    let line = captured.line(&["WARN", "your clock is 40 s behind"]);
    for field in [r#"endpoint="hooks""#, "behind_secs=40", "proven=true"] {
        assert!(line.contains(field), "{line}");
    }
    assert_eq!(gauge(&captured, true), Some(40.0));
    assert_eq!(gauge(&captured, false), None);
}

#[test]
fn a_clock_that_is_ahead_is_told_apart() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        send_all(&endpoint, [90; 16]).await;
        assert_eq!(estimate(&endpoint), Some((-90, true)));
    });
    captured.line(&["WARN", "your clock is 90 s ahead"]);
    assert_eq!(gauge(&captured, true), Some(-90.0));
}

#[test]
fn deliveries_under_way_for_a_moment_and_late_retries_are_no_offset() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        let ages = [1, 0, 2, 1, 240, 0, 1, 299, 3, 1, 0, 2, 120, 1, 0, 1];
        for _ in 0..4 {
            send_all(&endpoint, ages).await;
            assert_eq!(estimate(&endpoint), Some((0, true)));
        }
    });
    assert!(warnings(&captured).is_empty());
    assert_eq!(gauge(&captured, true), Some(0.0));
}

#[test]
fn five_refusals_that_claim_the_same_are_said_once() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        send_all(&endpoint, [-312; 4]).await;
        assert_eq!(estimate(&endpoint), None);
        send(&endpoint, -312).await;
        assert_eq!(estimate(&endpoint), Some((312, false)));
        send_all(&endpoint, [-312; 500]).await;
        assert_eq!(estimate(&endpoint), Some((312, false)));
    });
    let line = captured.line(&["WARN", "your clock is 312 s behind"]);
    assert!(line.contains("proven=false"), "{line}");
    assert_eq!(warnings(&captured).len(), 1);
    assert_eq!(gauge(&captured, false), Some(312.0));
    assert_eq!(gauge(&captured, true), None);
}

#[test]
fn refusals_that_are_too_old_claim_a_clock_that_is_ahead() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        // The least is of a delivery that was not under way for long.
        send_all(&endpoint, [612, 600, 625, 601, 607]).await;
        assert_eq!(estimate(&endpoint), Some((-600, false)));
    });
    captured.line(&["your clock is 600 s ahead, as deliveries claim"]);
}

#[test]
fn claims_that_scatter_make_no_estimate() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        let mut random = 0x9E37_79B9_u64;
        for _ in 0..1_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005) >> 1 | 1;
            let age = 400 + i64::try_from(random % 1_000_000).expect("small");
            let sign = if random.is_multiple_of(3) { -1 } else { 1 };
            send(&endpoint, age * sign).await;
        }
        assert_eq!(estimate(&endpoint), None);
    });
    assert!(warnings(&captured).is_empty());
    assert_eq!(gauge(&captured, false), None);
}

#[test]
fn an_accepted_delivery_ends_a_row_of_refusals() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        for _ in 0..10 {
            send_all(&endpoint, [-312, -312, -312, -312, 0]).await;
        }
        assert_eq!(estimate(&endpoint), None);
        for _ in 0..6 {
            send_all(&endpoint, [-312, -312, -312, -312, 0]).await;
        }
        assert_eq!(estimate(&endpoint), Some((0, true)));
    });
    assert!(warnings(&captured).is_empty());
}

#[test]
fn refusals_for_anything_but_age_claim_nothing() {
    let endpoint = plain("hooks", SCHEME);
    captured(async {
        for _ in 0..20 {
            let mut request = genuine_at(SCHEME, NOW + 200);
            let value = format!("t={},v1={}", NOW + 200, "00".repeat(32));
            let value = value.parse().expect("a value");
            request.headers_mut().insert("stripe-signature", value);
            Driver::Layer.send(&endpoint, request).await;
        }
        assert_eq!(estimate(&endpoint), None);
    });
}

#[test]
fn a_scheme_without_a_timestamp_has_no_estimate() {
    let endpoint = plain("code", &providers::GITHUB);
    captured(async {
        for _ in 0..20 {
            let request = genuine_at(&providers::GITHUB, NOW);
            Driver::Layer.send(&endpoint, request).await;
        }
        assert_eq!(estimate(&endpoint), None);
    });
}

/// An endpoint whose clock a test moves.
fn moved() -> (Moved, Endpoint) {
    let clock = Moved::to(NOW);
    let verifier = verifier(SCHEME, SECRET).with_clock(clock.clone());
    let endpoint = Endpoint::builder("hooks", verifier)
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    (clock, endpoint)
}

#[test]
fn once_the_clock_is_right_again_it_can_be_said_again() {
    let (clock, endpoint) = moved();
    let captured = captured(async {
        for off in [312, 400] {
            clock.set(NOW - off);
            send_all(&endpoint, [0; 50]).await;
            assert_eq!(estimate(&endpoint), Some((off, false)));
            clock.set(NOW);
            send_all(&endpoint, [0; 16]).await;
            assert_eq!(estimate(&endpoint), Some((0, true)));
        }
        clock.set(NOW - 50);
        send_all(&endpoint, [0; 16]).await;
    });
    assert_eq!(warnings(&captured).len(), 3);
    for off in [312, 400, 50] {
        captured.line(&[&format!("your clock is {off} s behind")]);
    }
}

// What strangers claim is the newest estimate, and says that it is not proven.
#[test]
fn five_claims_in_a_row_are_newer_than_what_was_proven_and_say_that_they_are_not() {
    let endpoint = plain("hooks", SCHEME);
    captured(async {
        send_all(&endpoint, [0; 16]).await;
        assert_eq!(estimate(&endpoint), Some((0, true)));
        send_all(&endpoint, [-900; 5]).await;
        assert_eq!(estimate(&endpoint), Some((900, false)));
        send_all(&endpoint, [0; 16]).await;
        assert_eq!(estimate(&endpoint), Some((0, true)));
    });
}

#[test]
fn claims_of_strangers_do_not_keep_what_is_proven_out_of_the_log() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        send_all(&endpoint, [900; 5]).await;
        send_all(&endpoint, [-40; 16]).await;
        assert_eq!(estimate(&endpoint), Some((40, true)));
    });
    captured.line(&["WARN", "your clock is 40 s behind", "proven=true"]);
}

#[test]
fn strangers_cannot_fill_the_log_with_clocks_between_genuine_deliveries() {
    let endpoint = plain("hooks", SCHEME);
    let captured = captured(async {
        for _ in 0..100 {
            send_all(&endpoint, [900; 5]).await;
            send_all(&endpoint, [0; 16]).await;
        }
    });
    let lines = warnings(&captured).len();
    assert!(lines <= 20, "the log was told {lines} times");
}

#[test]
fn a_claim_that_has_been_disproved_leaves_the_gauge() {
    let (clock, endpoint) = moved();
    let captured = captured(async {
        clock.set(NOW - 312);
        send_all(&endpoint, [0; 10]).await;
        clock.set(NOW);
        send_all(&endpoint, [0; 16]).await;
        assert_eq!(estimate(&endpoint), Some((0, true)));
    });
    assert_eq!(gauge(&captured, true), Some(0.0));
    assert_eq!(gauge(&captured, false), Some(0.0));
}

#[test]
fn an_endpoint_that_only_observes_knows_its_clock_as_any_other() {
    let observed = builder("hooks", SCHEME)
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint");
    captured(async {
        for _ in 0..16 {
            let request = genuine_at(SCHEME, NOW + 40);
            crate::drivers::send_observed(&observed, request).await;
        }
        let skew = observed.clock_skew().expect("an estimate");
        assert_eq!((skew.behind_secs(), skew.is_proven()), (40, true));
    });
}

#[test]
fn an_endpoint_that_only_observes_hears_claims() {
    let observed = builder("hooks", SCHEME)
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint");
    captured(async {
        for _ in 0..5 {
            let request = genuine_at(SCHEME, NOW + 312);
            crate::drivers::send_observed(&observed, request).await;
        }
        let skew = observed.clock_skew().expect("an estimate");
        assert_eq!((skew.behind_secs(), skew.is_proven()), (312, false));
    });
}
