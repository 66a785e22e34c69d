//! Schemes that sign the URL: it comes from the configuration and from nowhere else.

use hookproof::VerifyErrorKind::{Malformed, Mismatch, MissingHeader, Unavailable};
use hookproof::scheme::{Part, Scheme};
use hookproof::{ConfigErrorKind, Delivery, Endpoint, Head, PublicUrl, Verifier};
use http::{HeaderMap, Method};

#[cfg(all(feature = "axum", feature = "tenants"))]
use super::kit::KEY;
use super::kit::{Sent, mac, rotating, verifier, with_keys};
use crate::support::delivered::kind;

const BODY: &str = r#"{"id":"evt_1"}"#;

static URL: Scheme = Scheme::builder("url", "own-signature")
    .content(&[Part::Url, Part::Literal("|"), Part::Body])
    .build();

static METHOD_AND_PATH: Scheme = Scheme::builder("path", "own-signature")
    .content(&[
        Part::Method,
        Part::Literal(" "),
        Part::Path,
        Part::Literal("?"),
        Part::RawQuery,
        Part::Literal("\n"),
        Part::Body,
    ])
    .build();

static WITHOUT_QUERY: Scheme = Scheme::builder("without-query", "own-signature")
    .content(&[Part::UrlWithoutQuery, Part::Literal("|"), Part::Body])
    .build();

static PORTS: Scheme = Scheme::builder("ports", "own-signature")
    .content(&[Part::Url, Part::Literal("|"), Part::Body])
    .port_variants()
    .build();

static METHOD: Scheme = Scheme::builder("method", "own-signature")
    .content(&[Part::Method, Part::Literal(" "), Part::Body])
    .build();

fn base(scheme: &Scheme, url: &str) -> Verifier {
    verifier(scheme).with_public_url(PublicUrl::base(url).expect("a URL"))
}

fn exact(scheme: &Scheme, url: &str) -> Verifier {
    verifier(scheme).with_public_url(PublicUrl::exact(url).expect("a URL"))
}

/// A delivery to that target whose sender signed that URL.
fn signed(target: &str, url: &str) -> Sent {
    Sent::to(target)
        .with("own-signature", mac(format!("{url}|{BODY}")))
        .body(BODY)
}

#[test]
fn an_endpoint_that_does_not_know_its_url_is_not_built() {
    for scheme in [&URL, &METHOD_AND_PATH, &WITHOUT_QUERY, &PORTS] {
        let endpoint = Endpoint::builder("shop", verifier(scheme)).without_replay_guard();
        let error = endpoint.build().expect_err("the URL is not known");
        assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
        assert!(error.to_string().contains(".with_public_url("), "{error}");
        let known = base(scheme, "https://hooks.example.com");
        let endpoint = Endpoint::builder("shop", known).without_replay_guard();
        assert!(endpoint.build().is_ok(), "{}", scheme.slug());
    }
    let endpoint = Endpoint::builder("method", verifier(&METHOD)).without_replay_guard();
    assert!(endpoint.build().is_ok(), "a method needs no URL");
}

#[test]
fn a_verifier_that_does_not_know_its_url_says_so() {
    let sent = signed("/shop", "https://hooks.example.com/shop");
    assert_eq!(sent.verdict(&verifier(&URL)), Err(Unavailable));
    let unsigned = sent.without("own-signature");
    assert_eq!(unsigned.verdict(&verifier(&URL)), Err(Unavailable));
}

#[test]
fn path_and_query_of_the_request_follow_the_base() {
    let verifier = base(&URL, "https://hooks.example.com/in");
    let right = [
        ("/shop", "https://hooks.example.com/in/shop"),
        (
            "/shop?a=1&b=%20",
            "https://hooks.example.com/in/shop?a=1&b=%20",
        ),
        ("/shop?", "https://hooks.example.com/in/shop?"),
        ("/", "https://hooks.example.com/in/"),
        (
            "http://evil.example/shop",
            "https://hooks.example.com/in/shop",
        ),
    ];
    for (target, url) in right {
        assert_eq!(signed(target, url).verdict(&verifier), Ok(()), "{target}");
    }
    let genuine = signed("/shop?a=1", "https://hooks.example.com/in/shop?a=1");
    assert_eq!(genuine.verdict(&verifier), Ok(()));
    for other in [
        "/shop?a=2",
        "/shop",
        "/shop/?a=1",
        "/Shop?a=1",
        "/shop?a=1&",
        "/shop?a=%31",
    ] {
        let moved = genuine.clone().uri(other);
        assert_eq!(moved.verdict(&verifier), Err(Mismatch), "{other}");
    }
    for other in [
        "http://hooks.example.com/in/shop",
        "https://hooks.example.com/shop",
    ] {
        assert_eq!(signed("/shop", other).verdict(&verifier), Err(Mismatch));
    }
}

#[test]
fn no_header_of_the_request_has_any_say() {
    let verifier = base(&URL, "https://hooks.example.com");
    let genuine = signed("/shop", "https://hooks.example.com/shop");
    let elsewhere = signed("/shop", "https://evil.example/shop");
    let headers = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-port", "8080"),
        ("x-forwarded-prefix", "/evil"),
        ("x-original-url", "/evil"),
        ("forwarded", "proto=https;host=evil.example"),
    ];
    let mut told = elsewhere.clone();
    for (name, value) in headers {
        let changed = genuine.clone().with(name, value);
        assert_eq!(changed.verdict(&verifier), Ok(()), "{name}");
        told = told.with(name, value).with("x-forwarded-proto", "https");
        assert_eq!(told.verdict(&verifier), Err(Mismatch), "{name}");
    }
}

#[test]
fn an_exact_url_stands_whatever_the_target_is() {
    let url = "https://hooks.example.com/shop?tenant=7";
    let verifier = exact(&URL, url);
    for target in ["/shop?tenant=7", "/", "/other?tenant=8"] {
        assert_eq!(signed(target, url).verdict(&verifier), Ok(()), "{target}");
    }
    let other = signed("/shop", "https://hooks.example.com/shop");
    assert_eq!(other.verdict(&verifier), Err(Mismatch));
}

#[test]
fn the_url_that_a_caller_states_wins() {
    let stated = "https://stated.example/shop?n=1";
    let sent = signed("/shop", stated).stated(stated);
    assert_eq!(sent.verdict(&verifier(&URL)), Ok(()));
    for known in [
        base(&URL, "https://hooks.example.com"),
        exact(&URL, "https://hooks.example.com/shop"),
    ] {
        assert_eq!(sent.verdict(&known), Ok(()));
        let configured = signed("/shop", "https://hooks.example.com/shop");
        assert_eq!(configured.verdict(&known), Ok(()));
        assert_eq!(configured.stated(stated).verdict(&known), Err(Mismatch));
    }
}

#[test]
fn a_base_needs_the_requests_target_and_an_exact_url_does_not() {
    let url = "https://hooks.example.com/shop";
    let headers: HeaderMap = signed("/shop", url).headers().clone();
    let judge = |verifier: &Verifier| kind(&verifier.verify(Delivery::new(&headers, BODY)));
    assert_eq!(
        judge(&base(&URL, "https://hooks.example.com")),
        Err(Unavailable)
    );
    assert_eq!(judge(&exact(&URL, url)), Ok(()));
}

#[test]
fn a_method_that_is_signed_must_be_known() {
    let verifier = verifier(&METHOD);
    let headers = Sent::to("/").with("own-signature", mac(format!("PUT {BODY}")));
    let headers = headers.headers();
    let judge = |head| kind(&verifier.verify(Delivery::new(head, BODY)));
    assert_eq!(judge(Head::from(headers)), Err(Unavailable));
    assert_eq!(judge(Head::from(headers).with_method(&Method::PUT)), Ok(()));
    let post = Head::from(headers).with_method(&Method::POST);
    assert_eq!(judge(post), Err(Mismatch));
    let sent = Sent::to("/")
        .with("own-signature", mac(format!("PUT {BODY}")))
        .body(BODY);
    assert_eq!(sent.verdict(&verifier), Err(Mismatch));
    assert_eq!(sent.method(Method::PUT).verdict(&verifier), Ok(()));
}

#[test]
fn method_path_and_raw_query_are_signed_each() {
    let verifier = base(&METHOD_AND_PATH, "https://hooks.example.com");
    let sent = Sent::to("/shop/%C3%A9?b=2&a=%31+1")
        .with(
            "own-signature",
            mac(format!("POST /shop/%C3%A9?b=2&a=%31+1\n{BODY}")),
        )
        .body(BODY);
    assert_eq!(sent.verdict(&verifier), Ok(()));
    assert_eq!(
        sent.clone().method(Method::PUT).verdict(&verifier),
        Err(Mismatch)
    );
    for other in [
        "/shop/é?b=2&a=%31+1",
        "/shop/%C3%A9?a=%31+1&b=2",
        "/shop/%c3%a9?b=2&a=%31+1",
    ] {
        let Ok(uri) = other.parse::<http::Uri>() else {
            continue;
        };
        let moved = sent.clone().uri(&uri.to_string());
        assert_eq!(moved.verdict(&verifier), Err(Mismatch), "{other}");
    }
    let bare = Sent::to("/shop")
        .with("own-signature", mac(format!("POST /shop?\n{BODY}")))
        .body(BODY);
    assert_eq!(bare.verdict(&verifier), Ok(()));
}

#[test]
fn a_url_up_to_its_query_lets_the_query_change() {
    let verifier = base(&WITHOUT_QUERY, "https://hooks.example.com");
    let sent = signed("/shop?a=1", "https://hooks.example.com/shop");
    assert_eq!(sent.verdict(&verifier), Ok(()));
    assert_eq!(sent.clone().uri("/shop?a=2").verdict(&verifier), Ok(()));
    assert_eq!(sent.clone().uri("/shop").verdict(&verifier), Ok(()));
    assert_eq!(sent.uri("/shops").verdict(&verifier), Err(Mismatch));
}

#[test]
fn either_port_variant_is_taken_and_no_other_port() {
    let variants = [
        (
            "https://hooks.example.com",
            "https://hooks.example.com:443",
            "https://hooks.example.com:80",
        ),
        (
            "http://hooks.example.com",
            "http://hooks.example.com:80",
            "http://hooks.example.com:443",
        ),
        (
            "https://hooks.example.com:8443",
            "https://hooks.example.com",
            "https://hooks.example.com:443",
        ),
        ("https://[::1]", "https://[::1]:443", "https://[::1]:80"),
    ];
    for (configured, other, wrong) in variants {
        let verifier = base(&PORTS, configured);
        for good in [configured, other] {
            let sent = signed("/shop?n=1", &format!("{good}/shop?n=1"));
            assert_eq!(sent.verdict(&verifier), Ok(()), "{configured} {good}");
        }
        let sent = signed("/shop?n=1", &format!("{wrong}/shop?n=1"));
        assert_eq!(
            sent.verdict(&verifier),
            Err(Mismatch),
            "{configured} {wrong}"
        );
        let strict = base(&URL, configured);
        let sent = signed("/shop", &format!("{other}/shop"));
        assert_eq!(sent.verdict(&strict), Err(Mismatch), "{configured}");
    }
}

#[test]
fn port_variants_are_tried_under_every_key() {
    let url = PublicUrl::base("https://hooks.example.com").expect("a URL");
    let verifier = with_keys(&PORTS, rotating()).with_public_url(url);
    let sent = signed("/shop", "https://hooks.example.com:443/shop");
    assert_eq!(sent.proven(&verifier).receipt().key(), "previous");
}

#[test]
fn the_signature_header_is_judged_once_the_url_is_known() {
    let verifier = base(&URL, "https://hooks.example.com");
    let sent = signed("/shop", "https://hooks.example.com/shop");
    let unsigned = sent.clone().without("own-signature");
    assert_eq!(unsigned.verdict(&verifier), Err(MissingHeader));
    assert_eq!(
        sent.with("own-signature", "zz").verdict(&verifier),
        Err(Malformed)
    );
}

#[cfg(feature = "axum")]
mod served {
    use axum::Router;
    use axum::body::Body;
    use axum::routing::post;
    use hookproof::scheme::Scheme;
    use hookproof::{Endpoint, Proven, Verifier};
    use http::StatusCode;
    use tower::ServiceExt as _;

    use super::{Sent, URL, base, signed};

    fn app(verifier: Verifier) -> Router {
        let endpoint = Endpoint::builder("shop", verifier)
            .without_replay_guard()
            .build()
            .expect("a sound endpoint");
        let handler = endpoint.handler(|_: Proven| async { StatusCode::NO_CONTENT });
        let inner = Router::new().route("/shop", post(handler.clone()));
        Router::new()
            .nest("/in", inner)
            .route("/shop", post(handler))
    }

    async fn status(app: &Router, sent: &Sent) -> StatusCode {
        let request = sent.request.clone().map(Body::from);
        let answer = app.clone().oneshot(request).await.expect("infallible");
        answer.status()
    }

    fn scheme() -> &'static Scheme {
        &URL
    }

    #[tokio::test]
    async fn a_nested_router_knows_the_path_that_was_sent() {
        let app = app(base(scheme(), "https://hooks.example.com"));
        let whole = signed("/in/shop?a=1", "https://hooks.example.com/in/shop?a=1");
        assert_eq!(status(&app, &whole).await, StatusCode::NO_CONTENT);
        let short = signed("/in/shop?a=1", "https://hooks.example.com/shop?a=1");
        assert_eq!(status(&app, &short).await, StatusCode::UNAUTHORIZED);
        let flat = signed("/shop", "https://hooks.example.com/shop");
        assert_eq!(status(&app, &flat).await, StatusCode::NO_CONTENT);
        let lying = whole.with("host", "evil.example");
        assert_eq!(status(&app, &lying).await, StatusCode::NO_CONTENT);
    }

    #[cfg(feature = "proxies")]
    mod behind_proxies {
        use std::net::SocketAddr;

        use hookproof::{PeerAddr, PublicUrl, TrustedProxies};
        use http::StatusCode;

        use super::super::{PORTS, Sent, URL, signed, verifier};
        use super::{app, status};

        fn from(mut sent: Sent, peer: &str) -> Sent {
            let peer: SocketAddr = peer.parse().expect("an address");
            sent.request.extensions_mut().insert(PeerAddr(peer));
            sent
        }

        fn told(sent: Sent) -> Sent {
            sent.with("x-forwarded-proto", "https")
                .with("x-forwarded-host", "hooks.example.com")
        }

        fn proxies() -> PublicUrl {
            let proxies = TrustedProxies::x_forwarded(["10.20.0.0/16", "::1"]);
            PublicUrl::forwarded(proxies.expect("proxies"))
        }

        #[tokio::test]
        async fn the_word_of_named_proxies_counts_and_nobody_elses() {
            let app = app(verifier(&URL).with_public_url(proxies()));
            let sent = told(signed("/in/shop", "https://hooks.example.com/in/shop"));
            for peer in ["10.20.3.4:5000", "[::1]:5000", "[::ffff:10.20.0.1]:5000"] {
                let sent = from(sent.clone(), peer);
                assert_eq!(status(&app, &sent).await, StatusCode::NO_CONTENT, "{peer}");
            }
            for peer in ["10.21.3.4:5000", "[::2]:5000", "203.0.113.9:443"] {
                let sent = from(sent.clone(), peer);
                let refused = status(&app, &sent).await;
                assert_eq!(refused, StatusCode::SERVICE_UNAVAILABLE, "{peer}");
            }
            let unknown = status(&app, &sent).await;
            assert_eq!(unknown, StatusCode::SERVICE_UNAVAILABLE, "no peer at all");
        }

        #[tokio::test]
        async fn what_a_named_proxy_reports_is_what_is_verified() {
            let app = app(verifier(&URL).with_public_url(proxies()));
            let peer = "10.20.3.4:5000";
            let sent = from(
                told(signed("/shop", "https://hooks.example.com/shop")),
                peer,
            );
            assert_eq!(status(&app, &sent).await, StatusCode::NO_CONTENT);
            let other = sent.clone().with("x-forwarded-host", "other.example.com");
            assert_eq!(status(&app, &other).await, StatusCode::UNAUTHORIZED);
            let other = sent.clone().with("x-forwarded-proto", "http");
            assert_eq!(status(&app, &other).await, StatusCode::UNAUTHORIZED);
            let other = sent.clone().and("x-forwarded-host", "hooks.example.com");
            assert_eq!(status(&app, &other).await, StatusCode::SERVICE_UNAVAILABLE);
            let other = sent.clone().without("x-forwarded-host");
            assert_eq!(status(&app, &other).await, StatusCode::SERVICE_UNAVAILABLE);
            let other = sent.with("forwarded", "proto=http;host=evil.example");
            assert_eq!(status(&app, &other).await, StatusCode::NO_CONTENT);
        }

        #[test]
        fn no_spelling_of_a_reported_host_makes_a_second_identity() {
            let verifier = verifier(&PORTS).with_public_url(proxies());
            let url = "https://hooks.example.com/shop";
            let sent = from(told(signed("/shop", url)), "10.20.3.4:5000");
            let first = sent.identity(&verifier);
            for host in ["HOOKS.example.com", "hooks.example.com:443"] {
                let other = sent.clone().with("x-forwarded-host", host);
                assert_eq!(other.identity(&verifier), first, "{host}");
            }
        }

        #[test]
        fn no_spelling_of_a_reported_host_makes_a_second_content() {
            use hookproof::scheme::{Part, ReplayId, Scheme};
            static CONTENT: Scheme = Scheme::builder("ports-content", "own-signature")
                .content(&[Part::Url, Part::Literal("|"), Part::Body])
                .port_variants()
                .replay_id(ReplayId::ContentWithoutTimestamp)
                .build();
            let verifier = verifier(&CONTENT).with_public_url(proxies());
            let url = "https://hooks.example.com/shop";
            let sent = from(told(signed("/shop", url)), "10.20.3.4:5000");
            let first = sent.identity(&verifier);
            for host in [
                "HOOKS.example.com",
                "hooks.example.com:443",
                "hooks.example.com:8443",
            ] {
                let other = sent.clone().with("x-forwarded-host", host);
                assert_eq!(other.identity(&verifier), first, "{host}");
            }
        }
    }

    #[cfg(feature = "tenants")]
    mod by_tenant {
        use axum::Router;
        use axum::routing::post;
        use hookproof::tenants::{SourceError, TenantAt, Tenants};
        use hookproof::{
            ConfigErrorKind, Endpoint, EndpointBuilder, Keyring, Proven, PublicUrl, Secret,
        };
        use http::StatusCode;

        use super::super::{KEY, URL, signed};
        use super::status;

        async fn keys(tenant: String) -> Result<Option<Keyring>, SourceError> {
            Ok((tenant == "acme").then(|| Keyring::new(Secret::new(KEY))))
        }

        fn tenants() -> Tenants {
            Tenants::new(&URL, TenantAt::path("/hooks/{tenant}"), keys)
        }

        fn builder(tenants: Tenants) -> EndpointBuilder {
            Endpoint::for_tenants("shop", tenants)
        }

        #[test]
        fn an_endpoint_with_tenants_is_not_built_without_its_url() {
            let error = builder(tenants()).without_replay_guard().build();
            let error = error.expect_err("the URL is not known");
            assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
            assert!(error.to_string().contains("public_url("), "{error}");
        }

        #[tokio::test]
        async fn tenants_share_the_public_url() {
            let url = PublicUrl::base("https://hooks.example.com").expect("a URL");
            let endpoint = builder(tenants().public_url(url)).without_replay_guard();
            let endpoint = endpoint.build().expect("a sound endpoint");
            let handler = endpoint.handler(|proven: Proven| async move {
                assert_eq!(proven.receipt().tenant(), Some("acme"));
                StatusCode::NO_CONTENT
            });
            let app = Router::new().route("/hooks/{tenant}", post(handler));
            let genuine = signed("/hooks/acme", "https://hooks.example.com/hooks/acme");
            assert_eq!(status(&app, &genuine).await, StatusCode::NO_CONTENT);
            let lying = genuine.clone().with("host", "evil.example");
            assert_eq!(status(&app, &lying).await, StatusCode::NO_CONTENT);
            let other = signed("/hooks/acme", "https://hooks.example.com/hooks/other");
            assert_eq!(status(&app, &other).await, StatusCode::UNAUTHORIZED);
            let moved = genuine.uri("/hooks/acme?n=1");
            assert_eq!(status(&app, &moved).await, StatusCode::UNAUTHORIZED);
        }
    }
}
