//! Metrics of accepted and refused deliveries: their names, labels and values.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use hookproof::axum::Verified;
use hookproof::events::sendmux;
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, Keyring, Secret, Verifier, providers};
use http::{HeaderMap, Request};
use tower::ServiceExt as _;

use crate::captured::{Captured, captured};
use crate::drivers::Driver;
use crate::moments::{
    BODY, NOW, builder, genuine, genuine_at, plain, signed_as, signed_at, unsigned, verifier,
};
use crate::support::clock::Fixed;
use crate::support::delivered::SECRET;
use crate::support::http::{Scripted, Step, request};
use crate::tenancy;

fn sent(driver: Driver, endpoint: &Endpoint, request: Request<Scripted>) -> Captured {
    captured(async {
        driver.send(endpoint, request).await;
    })
}

#[test]
fn an_accepted_delivery_is_counted_with_its_bytes_key_time_and_age() {
    for driver in Driver::ALL {
        let endpoint = plain("billing", &providers::STRIPE);
        let request = genuine_at(&providers::STRIPE, NOW - 7);
        let metrics = sent(driver, &endpoint, request).metrics;
        let wanted = [
            "hookproof_age_seconds{endpoint=billing}",
            "hookproof_body_bytes_total{endpoint=billing}",
            "hookproof_deliveries_total{endpoint=billing,verdict=accepted}",
            "hookproof_key_matches_total{endpoint=billing,key=primary}",
            "hookproof_verification_seconds{endpoint=billing}",
        ];
        assert!(metrics.names().into_iter().eq(wanted), "{metrics:?}");
        assert_eq!(metrics.values(wanted[0]), [7.0]);
        assert_eq!(metrics.count(wanted[1]), BODY.len() as u64);
        assert_eq!(metrics.count(wanted[2]), 1);
        assert_eq!(metrics.count(wanted[3]), 1);
        let took = metrics.values(wanted[4]);
        assert!(
            took.len() == 1 && (0.0..60.0).contains(&took[0]),
            "{took:?}"
        );
    }
}

#[test]
fn a_delivery_stamped_ahead_has_a_negative_age() {
    let endpoint = plain("billing", &providers::STRIPE);
    let ahead = genuine_at(&providers::STRIPE, NOW + 5);
    let metrics = sent(Driver::Layer, &endpoint, ahead).metrics;
    let ages = metrics.values("hookproof_age_seconds{endpoint=billing}");
    assert_eq!(ages, [-5.0]);
}

#[test]
fn a_scheme_without_a_timestamp_has_no_ages() {
    let endpoint = plain("code", &providers::GITHUB);
    let request = genuine(&providers::GITHUB);
    let metrics = sent(Driver::Layer, &endpoint, request).metrics;
    let accepted = "hookproof_deliveries_total{endpoint=code,verdict=accepted}";
    assert_eq!(metrics.count(accepted), 1);
    let age = |name: &&str| name.starts_with("hookproof_age_seconds");
    assert!(!metrics.names().iter().any(age), "{metrics:?}");
}

#[test]
fn key_matches_tell_which_key_is_still_in_use() {
    let secrets = [
        "whsec_the-newest-of-all",
        "whsec_the-one-before",
        "whsec_oldest-of-all",
    ];
    let keys = Keyring::new(Secret::new(secrets[0]))
        .with_previous(Secret::new(secrets[1]))
        .with_labelled("spring", Secret::new(secrets[2]));
    let verifier = Verifier::new(&providers::STRIPE, keys).expect("usable secrets");
    let endpoint = Endpoint::builder("billing", verifier.with_clock(Fixed::at(NOW)))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let metrics = captured(async {
        for (secret, times) in secrets.into_iter().zip([1, 2, 3]) {
            for _ in 0..times {
                let headers = signed_as(&providers::STRIPE, secret, "id_1", BODY, NOW);
                let request = request(headers, Scripted::data(BODY));
                Driver::Layer.send(&endpoint, request).await;
            }
        }
    })
    .metrics;
    let wanted = [
        ("endpoint=billing,key=previous", 2),
        ("endpoint=billing,key=primary", 1),
        ("endpoint=billing,key=spring", 3),
    ];
    let matches = metrics.counts("hookproof_key_matches_total");
    assert_eq!(matches, BTreeMap::from(wanted));
}

/// A delivery that is refused, and of what kind.
type Refused = (&'static str, Endpoint, Request<Scripted>);

fn refused_by_head(scheme: &Scheme) -> Vec<Refused> {
    let endpoint = || plain("hooks", scheme);
    let signed = || signed_at(scheme, BODY, NOW);
    let with = |name: &'static str, value: &str| {
        let mut headers = signed();
        headers.insert(name, value.parse().expect("a value"));
        request(headers, Scripted::data(BODY))
    };
    let mut twice = signed();
    twice.append("stripe-signature", "t=1,v1=00".parse().expect("a value"));
    let broken_clock = verifier(scheme, SECRET).with_clock(Fixed::broken());
    let broken_clock = Endpoint::builder("hooks", broken_clock)
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    vec![
        ("missing-header", endpoint(), unsigned()),
        (
            "duplicate-header",
            endpoint(),
            request(twice, Scripted::data(BODY)),
        ),
        ("malformed", endpoint(), with("stripe-signature", "v1=00")),
        ("stale", endpoint(), genuine_at(scheme, NOW - 301)),
        ("future", endpoint(), genuine_at(scheme, NOW + 301)),
        (
            "too-large",
            endpoint(),
            with("content-length", "9999999999"),
        ),
        ("unavailable", broken_clock, genuine(scheme)),
        (
            "unknown-tenant",
            tenancy::endpoint("hooks", scheme),
            tenancy::to("nobody", genuine(scheme)),
        ),
        (
            "bad-secret",
            tenancy::endpoint("hooks", scheme),
            tenancy::to("blank", genuine(scheme)),
        ),
    ]
}

fn refused_by_body(scheme: &Scheme) -> Vec<Refused> {
    let endpoint = || plain("hooks", scheme);
    let with_body = |body| request(signed_at(scheme, BODY, NOW), body);
    let small = builder("hooks", scheme)
        .body_limit(BODY.len() - 1)
        .body_deadline(Duration::from_secs(1))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let begun = || Step::Data(Bytes::from_static(b"{"));
    vec![
        ("mismatch", endpoint(), with_body(Scripted::data(b"{}"))),
        ("too-large", small, with_body(Scripted::data(BODY))),
        (
            "body-error",
            endpoint(),
            with_body(Scripted::new([begun(), Step::Error])),
        ),
        (
            "timeout",
            endpoint(),
            with_body(Scripted::new([begun(), Step::Never])),
        ),
    ]
}

#[test]
fn a_refused_delivery_is_counted_by_its_kind() {
    for driver in Driver::ALL {
        let scheme = &providers::STRIPE;
        let refused = refused_by_head(scheme).into_iter();
        for (kind, endpoint, request) in refused.chain(refused_by_body(scheme)) {
            let metrics = sent(driver, &endpoint, request).metrics;
            let mut wanted = vec![
                "hookproof_deliveries_total{endpoint=hooks,verdict=refused}".to_owned(),
                format!("hookproof_refusals_total{{endpoint=hooks,kind={kind}}}"),
            ];
            if kind == "bad-secret" {
                let fault = "hookproof_source_errors_total{endpoint=hooks,fault=bad-secret}";
                wanted.push(fault.to_owned());
            }
            let names = metrics.names();
            assert!(names.iter().eq(&wanted), "{driver:?}: {kind}: {metrics:?}");
            for series in wanted {
                assert_eq!(metrics.count(&series), 1, "{driver:?}: {kind}: {series}");
            }
        }
    }
}

#[test]
fn endpoints_of_one_provider_are_counted_apart() {
    let endpoints = ["shop", "donations"].map(|name| plain(name, &providers::STRIPE));
    let metrics = captured(async {
        for endpoint in &endpoints {
            Driver::Layer.send(endpoint, unsigned()).await;
        }
        let request = genuine(&providers::STRIPE);
        Driver::Layer.send(&endpoints[0], request).await;
    })
    .metrics;
    let wanted = [
        ("endpoint=donations,verdict=refused", 1),
        ("endpoint=shop,verdict=accepted", 1),
        ("endpoint=shop,verdict=refused", 1),
    ];
    let verdicts = metrics.counts("hookproof_deliveries_total");
    assert_eq!(verdicts, BTreeMap::from(wanted));
}

#[test]
fn what_is_wrong_with_a_source_of_keys_is_counted() {
    let scheme = &providers::STRIPE;
    let few = tenancy::tenants(scheme).unknown_per_minute(1);
    let few = Endpoint::for_tenants("few", few)
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let endpoint = tenancy::endpoint("hooks", scheme);
    let metrics = captured(async {
        for tenant in ["broken", "slow", "blank", "nobody", tenancy::KNOWN] {
            let request = tenancy::to(tenant, genuine(scheme));
            Driver::Layer.send(&endpoint, request).await;
        }
        for tenant in ["nobody", "nobody-else"] {
            let request = tenancy::to(tenant, genuine(scheme));
            Driver::Layer.send(&few, request).await;
        }
    })
    .metrics;
    let wanted = [
        ("endpoint=few,fault=flooded", 1),
        ("endpoint=hooks,fault=bad-secret", 1),
        ("endpoint=hooks,fault=failed", 1),
        ("endpoint=hooks,fault=timeout", 1),
    ];
    let faults = metrics.counts("hookproof_source_errors_total");
    assert_eq!(faults, BTreeMap::from(wanted));
}

#[test]
fn a_proven_body_that_does_not_parse_is_counted_as_accepted_and_unparsable() {
    let endpoint = plain("mail", &providers::SENDMUX);
    let metrics = captured(async {
        let handler = endpoint.handler(|_: Verified<sendmux::Event>| async {});
        let app: axum::Router = axum::Router::new().fallback(handler);
        let body = b"not json";
        let headers: HeaderMap = signed_as(&providers::SENDMUX, SECRET, "id_1", body, NOW);
        let request = request(headers, axum::body::Body::from(&body[..]));
        app.oneshot(request).await.expect("infallible");
    })
    .metrics;
    assert_eq!(
        metrics.count("hookproof_unparsable_total{endpoint=mail}"),
        1
    );
    let accepted = "hookproof_deliveries_total{endpoint=mail,verdict=accepted}";
    assert_eq!(metrics.count(accepted), 1);
}
