//! Label sets stay what they are, whatever senders write.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::Body;
use hookproof::axum::Verified;
use hookproof::events::sendmux;
use hookproof::replay::MemoryStore;
use hookproof::tenants::{TenantAt, Tenants};
use hookproof::{Endpoint, providers};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use tower::ServiceExt as _;

use crate::captured::{Captured, captured};
use crate::drivers::Driver;
use crate::moments::{NOW, builder, plain, signed_as};
use crate::support::clock::Fixed;
use crate::support::delivered::SECRET;
use crate::support::http::{Scripted, request};
use crate::tenancy::{KNOWN, source};

/// Stands in every text that a sender makes up here.
const CANARY: &str = "canary";

/// Texts without end, the same in every run.
struct Texts(u64);

impl Texts {
    fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn text(&mut self) -> String {
        format!("{CANARY}-{:x}", self.number())
    }

    /// What no text holds, too.
    fn value(&mut self) -> HeaderValue {
        let text = self.text();
        let bytes = match self.number() % 3 {
            0 => text.into_bytes(),
            1 => [text.as_bytes(), b"\t\xff\xfe"].concat(),
            _ => text.repeat(40).into_bytes(),
        };
        HeaderValue::from_bytes(&bytes).expect("a value")
    }

    /// Headers that nobody reads, under random names, and the usual ones.
    fn noise(&mut self, headers: &mut HeaderMap) {
        let name = format!("x-{}", self.text());
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        headers.append(name, self.value());
        for name in [
            "user-agent",
            "x-event-type",
            "x-request-id",
            "x-github-event",
        ] {
            headers.append(name, self.value());
        }
    }
}

struct Endpoints {
    hooks: Endpoint,
    mail: Endpoint,
    by_path: Endpoint,
    by_host: Endpoint,
    by_header: Endpoint,
}

impl Endpoints {
    fn new() -> Self {
        let tenants = |name: &str, at| {
            let tenants = Tenants::new(&providers::STRIPE, at, source)
                .unknown_per_minute(1_000_000)
                .clock(Fixed::at(NOW));
            Endpoint::for_tenants(name, tenants)
                .without_replay_guard()
                .build()
                .expect("a sound endpoint")
        };
        Self {
            hooks: builder("hooks", &providers::STANDARD_WEBHOOKS)
                .replay(MemoryStore::default())
                .build()
                .expect("a sound endpoint"),
            mail: plain("mail", &providers::SENDMUX),
            by_path: tenants("by-path", TenantAt::path("/hooks/{tenant}")),
            by_host: tenants("by-host", TenantAt::host()),
            by_header: tenants("by-header", TenantAt::header("x-tenant")),
        }
    }
}

/// A delivery of the nth sort, and where it is sent.
fn delivery<'e>(
    nth: usize,
    endpoints: &'e Endpoints,
    texts: &mut Texts,
) -> (&'e Endpoint, Request<Scripted>) {
    let scheme = &providers::STANDARD_WEBHOOKS;
    let body = format!(r#"{{"id":"{}","type":"{}"}}"#, texts.text(), texts.text());
    let body = body.as_bytes();
    let id = texts.text();
    let mut headers = signed_as(scheme, SECRET, &id, body, NOW);
    let stripe = |at| signed_as(&providers::STRIPE, SECRET, "id_1", body, at);
    let mut uri = format!("/{}?{}", texts.text(), texts.text());
    let far = i64::try_from(texts.number() % 1_000_000).expect("small");
    let endpoint = match nth % 12 {
        0 => {
            headers.clear();
            &endpoints.hooks
        }
        1 => {
            headers.insert("webhook-signature", texts.value());
            &endpoints.hooks
        }
        2 => {
            headers.insert("webhook-id", texts.value());
            &endpoints.hooks
        }
        3 => {
            headers = signed_as(scheme, SECRET, &id, body, NOW - 1_000 - far);
            &endpoints.hooks
        }
        4 => {
            headers = signed_as(scheme, SECRET, &id, body, NOW + 1_000 + far);
            &endpoints.hooks
        }
        5 => {
            headers.append("webhook-signature", texts.value());
            &endpoints.hooks
        }
        6 => {
            headers.insert(
                "content-length",
                HeaderValue::from(texts.number() | 1 << 40),
            );
            &endpoints.hooks
        }
        7 => {
            headers = stripe(NOW);
            uri = format!("/hooks/{}", texts.text());
            &endpoints.by_path
        }
        8 => {
            headers = stripe(NOW);
            let host = format!("{}.example", texts.text());
            headers.insert("host", host.parse().expect("a value"));
            &endpoints.by_host
        }
        9 => {
            headers = stripe(NOW);
            headers.insert("x-tenant", texts.value());
            &endpoints.by_header
        }
        10 => {
            headers = stripe(NOW - 1);
            let value = format!("t={NOW},v1={:064x}", texts.number());
            headers.insert("stripe-signature", value.parse().expect("a value"));
            uri = format!("/hooks/{KNOWN}");
            &endpoints.by_path
        }
        _ => &endpoints.hooks,
    };
    texts.noise(&mut headers);
    let mut request = request(headers, Scripted::data(body));
    *request.uri_mut() = uri.parse().expect("a target");
    (endpoint, request)
}

/// What is proven and is no event, or one of a random type.
async fn mail(nth: usize, endpoint: &Endpoint, texts: &mut Texts) {
    let handler = endpoint.handler(|_: Verified<sendmux::Event>| async {});
    let app: Router = Router::new().fallback(handler);
    let body = match nth % 2 {
        0 => format!(r#"{{"id":"{}","type":"{}"}}"#, texts.text(), texts.text()),
        _ => texts.text(),
    };
    let mut headers = signed_as(&providers::SENDMUX, SECRET, "id_1", body.as_bytes(), NOW);
    texts.noise(&mut headers);
    let sent = request(headers, Body::from(body));
    app.oneshot(sent).await.expect("infallible");
}

fn flood(deliveries: usize) -> Captured {
    let endpoints = Endpoints::new();
    let mut texts = Texts(0x9E37_79B9_7F4A_7C15);
    captured(async {
        // As many as it takes for the clock's offset to be known.
        for _ in 0..16 {
            let (endpoint, request) = delivery(11, &endpoints, &mut texts);
            Driver::Layer.send(endpoint, request).await;
        }
        for nth in 0..deliveries {
            let (endpoint, request) = delivery(nth, &endpoints, &mut texts);
            Driver::ALL[nth / 12 % 3].send(endpoint, request).await;
            if nth % 12 == 0 {
                mail(nth / 12, &endpoints.mail, &mut texts).await;
            }
        }
    })
}

/// The words that label values are made of: the operator's and the crate's.
const WORDS: [&str; 19] = [
    "accepted",
    "by-header",
    "by-host",
    "by-path",
    "claimed",
    "duplicate",
    "duplicate-header",
    "future",
    "hooks",
    "mail",
    "malformed",
    "mismatch",
    "missing-header",
    "primary",
    "refused",
    "stale",
    "too-large",
    "true",
    "unknown-tenant",
];

#[test]
fn senders_add_no_series_however_many_texts_they_make_up() {
    let (few, many) = (flood(100), flood(5_000));
    assert_eq!(few.metrics.names(), many.metrics.names());
    let kinds = many.metrics.counts("hookproof_refusals_total");
    assert!(kinds.len() >= 10, "the flood is not what it was: {kinds:?}");
    let words: BTreeSet<&str> = WORDS.into();
    for series in many.metrics.names() {
        let (_, labels) = series.split_once('{').expect("labels");
        for label in labels.trim_end_matches('}').split(',') {
            let (_, value) = label.split_once('=').expect("a value");
            assert!(words.contains(value), "{series}");
        }
    }
}

#[test]
fn what_senders_make_up_does_not_reach_the_log() {
    let captured = flood(1_000);
    assert!(!captured.log.is_empty());
    let told = captured.lines(&[CANARY]);
    assert!(told.is_empty(), "{told:?}");
}
