//! Endpoints that only observe: what they let through, and what they report of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{ObservedEndpoint, providers};
use http::{Request, StatusCode};

use crate::captured::captured;
use crate::drivers::send_observed;
use crate::moments::{BODY, NOW, builder, genuine, genuine_at, signed_at, unsigned};
use crate::support::http::{Scripted, Step, request};
use crate::tenancy;

/// What hooks were told.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn add(&self, what: String) {
        self.0.lock().expect("not poisoned").push(what);
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().expect("not poisoned").clone()
    }

    fn listen(&self, builder: hookproof::EndpointBuilder) -> ObservedEndpoint {
        let (refused, accepted) = (self.clone(), self.clone());
        builder
            .on_refusal(move |refusal| {
                let observed = if refusal.is_observed() {
                    "would be"
                } else {
                    "is"
                };
                let (kind, status) = (refusal.error().kind(), refusal.answer().status());
                refused.add(format!("{observed} refused: {kind}, {}", status.as_u16()));
            })
            .on_accept(move |_| accepted.add("accepted".into()))
            .dangerous_observe_only()
            .build()
            .expect("a sound endpoint")
    }
}

fn observed(scheme: &Scheme) -> (ObservedEndpoint, Heard) {
    let heard = Heard::default();
    (heard.listen(builder("hooks", scheme)), heard)
}

#[track_caller]
fn through(answer: &crate::drivers::Outward, body: &[u8]) {
    assert_eq!((answer.0, &answer.2[..]), (StatusCode::OK, body));
}

#[test]
fn what_would_be_refused_goes_through_byte_for_byte_and_is_reported() {
    let scheme = &providers::STRIPE;
    let forged: &[u8] = b"{\"id\":\"evt_2\"}\n\0\xff";
    let with = |body| request(signed_at(scheme, BODY, NOW), body);
    let mut twice = signed_at(scheme, BODY, NOW);
    twice.append("stripe-signature", "t=1".parse().expect("a value"));
    let cases: [(Request<Scripted>, &[u8], &str); 7] = [
        (unsigned(), BODY, "missing-header"),
        (genuine_at(scheme, NOW - 301), BODY, "stale"),
        (genuine_at(scheme, NOW + 301), BODY, "future"),
        (
            request(twice, Scripted::data(BODY)),
            BODY,
            "duplicate-header",
        ),
        (with(Scripted::data(forged)), forged, "mismatch"),
        (with(Scripted::pieces(forged, 3)), forged, "mismatch"),
        (with(Scripted::new([])), b"", "mismatch"),
    ];
    for (request, body, kind) in cases {
        let (endpoint, heard) = observed(scheme);
        let captured = captured(async {
            through(&send_observed(&endpoint, request).await, body);
        });
        assert_eq!(heard.all(), [format!("would be refused: {kind}, 401")]);
        let verdicts = captured.metrics.counts("hookproof_deliveries_total");
        let wanted = [("endpoint=hooks,verdict=would-refuse", 1)];
        assert_eq!(verdicts, BTreeMap::from(wanted), "{kind}");
        let series = format!("hookproof_refusals_total{{endpoint=hooks,kind={kind}}}");
        assert_eq!(captured.metrics.count(&series), 1);
        captured.line(&["WARN", "let through unproven", &format!("kind=\"{kind}\"")]);
    }
}

#[test]
fn a_genuine_delivery_goes_through_and_is_counted_and_no_hook_runs() {
    for body in [Scripted::data(BODY), Scripted::pieces(BODY, 5)] {
        let (endpoint, heard) = observed(&providers::STRIPE);
        let captured = captured(async {
            let headers = signed_at(&providers::STRIPE, BODY, NOW);
            through(
                &send_observed(&endpoint, request(headers, body)).await,
                BODY,
            );
        });
        assert!(heard.all().is_empty(), "{:?}", heard.all());
        let verdicts = captured.metrics.counts("hookproof_deliveries_total");
        let wanted = [("endpoint=hooks,verdict=would-accept", 1)];
        assert_eq!(verdicts, BTreeMap::from(wanted));
        assert!(captured.lines(&["WARN"]).is_empty());
    }
}

/// What limits refuse: the delivery, the kind and the status.
fn limited(scheme: &Scheme) -> Vec<(Request<Scripted>, &'static str, u16)> {
    let with = |body| request(signed_at(scheme, BODY, NOW), body);
    let begun = || Step::Data(Bytes::from_static(b"{"));
    let mut announced = unsigned();
    let length = "99999999".parse().expect("a value");
    announced.headers_mut().insert("content-length", length);
    let long = [BODY, b" "].concat();
    let mut unannounced = unsigned();
    *unannounced.body_mut() = Scripted::pieces(&long, 4);
    vec![
        (announced, "too-large", 413),
        (unannounced, "too-large", 413),
        (with(Scripted::pieces(&long, 4)), "too-large", 413),
        (
            with(Scripted::new([begun(), Step::Error])),
            "body-error",
            400,
        ),
        (with(Scripted::new([begun(), Step::Never])), "timeout", 408),
        (
            request(
                http::HeaderMap::new(),
                Scripted::new([begun(), Step::Never]),
            ),
            "timeout",
            408,
        ),
        (with(Scripted::new([Step::EmptyForEver])), "timeout", 408),
    ]
}

#[test]
fn limits_and_deadlines_refuse_as_ever() {
    let scheme = &providers::STRIPE;
    for (request, kind, status) in limited(scheme) {
        let heard = Heard::default();
        let mut endpoint = builder("hooks", scheme).body_limit(BODY.len());
        if kind == "timeout" {
            // Real time: empty frames without end let no timer run out by itself.
            endpoint = endpoint.body_deadline(std::time::Duration::from_millis(50));
        }
        let endpoint = heard.listen(endpoint);
        let captured = captured(async {
            tokio::time::resume();
            let answer = send_observed(&endpoint, request).await;
            assert_eq!(answer.0.as_u16(), status, "{kind}");
            assert!(answer.2.is_empty());
        });
        assert_eq!(heard.all(), [format!("is refused: {kind}, {status}")]);
        let verdicts = captured.metrics.counts("hookproof_deliveries_total");
        let wanted = [("endpoint=hooks,verdict=refused", 1)];
        assert_eq!(verdicts, BTreeMap::from(wanted), "{kind}");
    }
}

#[test]
fn limits_answer_as_the_endpoint_is_told() {
    let scheme = &providers::JETEMAIL;
    for (request, kind, _) in limited(scheme) {
        let endpoint = Heard::default().listen(
            builder("hooks", scheme)
                .body_limit(BODY.len())
                .body_deadline(std::time::Duration::from_millis(50)),
        );
        captured(async {
            tokio::time::resume();
            let answer = send_observed(&endpoint, request).await;
            let status = if kind == "too-large" { 413 } else { 503 };
            assert_eq!(answer.0.as_u16(), status, "{kind}");
        });
    }
}

#[test]
fn unknown_tenants_and_failing_sources_let_through_and_are_reported() {
    let scheme = &providers::STRIPE;
    let cases = [
        ("nobody", "unknown-tenant", 401),
        ("blank", "bad-secret", 401),
        ("broken", "unavailable", 503),
        ("slow", "unavailable", 503),
    ];
    for (tenant, kind, status) in cases {
        let heard = Heard::default();
        let endpoint = heard.listen(tenancy::builder("hooks", scheme));
        let captured = captured(async {
            let request = tenancy::to(tenant, genuine(scheme));
            through(&send_observed(&endpoint, request).await, BODY);
        });
        let told = format!("would be refused: {kind}, {status}");
        assert_eq!(heard.all(), [told]);
        let verdicts = captured.metrics.counts("hookproof_deliveries_total");
        let wanted = [("endpoint=hooks,verdict=would-refuse", 1)];
        assert_eq!(verdicts, BTreeMap::from(wanted), "{tenant}");
    }
}

#[test]
fn tenants_are_judged_by_their_own_keys() {
    let scheme = &providers::STRIPE;
    for hidden in [false, true] {
        let heard = Heard::default();
        let tenants = tenancy::tenants(scheme);
        let tenants = if hidden {
            tenants.hide_tenants()
        } else {
            tenants
        };
        let endpoint = heard.listen(hookproof::Endpoint::for_tenants("hooks", tenants));
        captured(async {
            let known = tenancy::to(tenancy::KNOWN, genuine(scheme));
            through(&send_observed(&endpoint, known).await, BODY);
            assert!(heard.all().is_empty());
            let headers = signed_at(scheme, BODY, NOW);
            let tampered = request(headers, Scripted::data(b"{}"));
            let tampered = tenancy::to(tenancy::KNOWN, tampered);
            through(&send_observed(&endpoint, tampered).await, b"{}");
            let unknown = tenancy::to("nobody", genuine(scheme));
            through(&send_observed(&endpoint, unknown).await, BODY);
        });
        let told =
            ["mismatch", "unknown-tenant"].map(|kind| format!("would be refused: {kind}, 401"));
        assert_eq!(heard.all(), told);
    }
}

#[test]
fn nothing_of_it_is_told_to_a_hook_of_claims() {
    let endpoint = builder("hooks", &providers::STRIPE)
        .on_unhandled(|_| panic!("there are no claims"))
        .dangerous_observe_only()
        .build()
        .expect("a sound endpoint");
    let captured = captured(async {
        for _ in 0..2 {
            let request = genuine(&providers::STRIPE);
            through(&send_observed(&endpoint, request).await, BODY);
        }
    });
    let claims = captured.metrics.counts("hookproof_claims_total");
    assert!(claims.is_empty(), "{claims:?}");
}
