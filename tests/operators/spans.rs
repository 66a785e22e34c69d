//! Spans: a caller's own, with empty fields that an endpoint fills.

use hookproof::{Endpoint, providers};
use http::Request;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use crate::captured::captured;
use crate::drivers::{Driver, send_observed};
use crate::moments::{BODY, NOW, builder, genuine, genuine_at, plain, signed_at, unsigned};
use crate::support::http::{Scripted, request};
use crate::tenancy;

fn span() -> Span {
    tracing::info_span!(
        "request",
        hookproof.endpoint = Empty,
        hookproof.provider = Empty,
        hookproof.verdict = Empty,
        hookproof.key = Empty,
        hookproof.kind = Empty,
        hookproof.tenant = Empty,
        hookproof.age_secs = Empty,
    )
}

/// The fields of the caller's span after that.
fn filled(run: impl Future<Output = ()>) -> String {
    let captured = captured(async {
        let span = span();
        run.instrument(span.clone()).await;
        span.in_scope(|| tracing::info!("the request is over"));
    });
    let line = captured.line(&["the request is over"]);
    let fields = line.split_once("request{").map_or("", |(_, rest)| rest);
    fields
        .split_once('}')
        .map_or("", |(fields, _)| fields)
        .to_owned()
}

fn sent(driver: Driver, endpoint: &Endpoint, request: Request<Scripted>) -> String {
    filled(async {
        driver.send(endpoint, request).await;
    })
}

#[track_caller]
fn assert_fields(filled: &str, wanted: &[&str]) {
    let mut fields: Vec<&str> = filled.split_whitespace().collect();
    let mut wanted = wanted.to_vec();
    fields.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(fields, wanted);
}

#[test]
fn the_span_of_an_accepted_delivery_has_endpoint_provider_verdict_key_and_age() {
    for driver in Driver::ALL {
        let endpoint = plain("billing", &providers::STRIPE);
        let filled = sent(driver, &endpoint, genuine_at(&providers::STRIPE, NOW - 3));
        let wanted = [
            r#"hookproof.endpoint="billing""#,
            r#"hookproof.provider="stripe""#,
            r#"hookproof.verdict="accepted""#,
            r#"hookproof.key="primary""#,
            "hookproof.age_secs=3",
        ];
        assert_fields(&filled, &wanted);
    }
}

#[test]
fn the_span_of_a_refused_delivery_has_endpoint_provider_verdict_and_kind() {
    for driver in Driver::ALL {
        let endpoint = plain("billing", &providers::STRIPE);
        let wanted = |kind| {
            [
                r#"hookproof.endpoint="billing""#,
                r#"hookproof.provider="stripe""#,
                r#"hookproof.verdict="refused""#,
                kind,
            ]
        };
        let filled = sent(driver, &endpoint, unsigned());
        assert_fields(&filled, &wanted(r#"hookproof.kind="missing-header""#));
        let headers = signed_at(&providers::STRIPE, BODY, NOW);
        let tampered = request(headers, Scripted::data(b"{}"));
        let filled = sent(driver, &endpoint, tampered);
        assert_fields(&filled, &wanted(r#"hookproof.kind="mismatch""#));
    }
}

#[test]
fn the_span_has_the_tenant_where_it_is_known() {
    let scheme = &providers::GITHUB;
    let common = [
        r#"hookproof.endpoint="code""#,
        r#"hookproof.provider="github""#,
    ];
    for driver in Driver::ALL {
        let endpoint = tenancy::endpoint("code", scheme);
        let accepted = tenancy::to(tenancy::KNOWN, genuine(scheme));
        let accepted = sent(driver, &endpoint, accepted);
        let wanted = [
            r#"hookproof.verdict="accepted""#,
            r#"hookproof.key="primary""#,
            r#"hookproof.tenant="acme""#,
        ];
        assert_fields(&accepted, &[&common[..], &wanted].concat());

        let tampered = request(signed_at(scheme, BODY, NOW), Scripted::data(b"{}"));
        let refused = sent(driver, &endpoint, tenancy::to(tenancy::KNOWN, tampered));
        let wanted = [
            r#"hookproof.verdict="refused""#,
            r#"hookproof.kind="mismatch""#,
            r#"hookproof.tenant="acme""#,
        ];
        assert_fields(&refused, &[&common[..], &wanted].concat());

        let unknown = tenancy::to("made-up", genuine(scheme));
        let unknown = sent(driver, &endpoint, unknown);
        let wanted = [
            r#"hookproof.verdict="refused""#,
            r#"hookproof.kind="unknown-tenant""#,
        ];
        assert_fields(&unknown, &[&common[..], &wanted].concat());
    }
}

#[test]
fn a_span_is_filled_where_the_log_is_limited() {
    let endpoint = plain("billing", &providers::STRIPE);
    let filled = filled(async {
        let flood = async {
            for _ in 0..100 {
                Driver::Layer.send(&endpoint, unsigned()).await;
            }
        };
        flood.instrument(tracing::info_span!("before")).await;
        Driver::Layer.send(&endpoint, unsigned()).await;
    });
    assert!(filled.contains("hookproof.verdict"), "{filled}");
}

#[test]
fn a_span_without_the_fields_is_left_alone() {
    let endpoint = plain("billing", &providers::STRIPE);
    let captured = captured(async {
        let span = tracing::info_span!("request", id = 7);
        let sending = Driver::Layer.send(&endpoint, genuine(&providers::STRIPE));
        sending.instrument(span.clone()).await;
        span.in_scope(|| tracing::info!("the request is over"));
    });
    captured.line(&["request{id=7}: ", "the request is over"]);
}

#[test]
fn the_span_of_a_delivery_that_is_let_through_says_what_would_become_of_it() {
    let observed = builder("billing", &providers::STRIPE)
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint");
    for (request, verdict) in [
        (unsigned(), "would-refuse"),
        (genuine(&providers::STRIPE), "would-accept"),
    ] {
        let filled = filled(async {
            send_observed(&observed, request).await;
        });
        let wanted = format!(r#"hookproof.verdict="{verdict}""#);
        assert!(filled.contains(&wanted), "{filled}");
    }
}
