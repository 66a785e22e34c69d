//! Where a request names its tenant, and what is no name.

use hookproof::tenants::{TenantAt, Tenants};
use hookproof::{ConfigErrorKind, Endpoint, Head, VerifyErrorKind, providers};
use http::{HeaderValue, Request};

use super::register::{Register, secret_of};
use crate::support::clock::Fixed;
use crate::support::delivered::{BODY, Delivered, NOW};

/// An endpoint that finds its tenants there, and their source.
fn finding(at: TenantAt) -> (Endpoint, Register) {
    let register = Register::default();
    let tenants = Tenants::new(&providers::STRIPE, at, register.clone()).clock(Fixed::at(NOW));
    let endpoint = Endpoint::for_tenants("hooks", tenants).without_replay_guard();
    (endpoint.build().expect("a sound endpoint"), register)
}

/// A request to that address, signed for that tenant.
fn request(address: &str, tenant: &str) -> Request<()> {
    let mut delivered = Delivered::signed(&providers::STRIPE);
    delivered.secret = secret_of(tenant);
    delivered.sign();
    let mut request = Request::post(address).body(()).expect("a request");
    *request.headers_mut() = delivered.headers;
    request
}

/// Whose delivery it is taken for.
async fn named(endpoint: &Endpoint, request: &Request<()>) -> Result<String, VerifyErrorKind> {
    let admitted = endpoint.admit(request).await;
    let mut verification = admitted.map_err(|error| error.kind())?;
    let taken = verification.update(BODY.into());
    taken.map_err(|error| error.kind())?;
    let proven = verification.finish().map_err(|error| error.kind())?;
    Ok(proven.receipt().tenant().expect("a tenant").to_owned())
}

/// The request is refused as one for an unknown tenant, and the source is not asked.
#[track_caller]
fn is_unasked(found: &Result<String, VerifyErrorKind>, register: &Register, what: &str) {
    assert_eq!(found, &Err(VerifyErrorKind::UnknownTenant), "{what}");
    assert_eq!(register.asked(), 0, "{what}");
}

#[tokio::test]
async fn a_segment_of_the_path_names_the_tenant() {
    let (endpoint, register) = finding(TenantAt::path("/hooks/{tenant}/stripe"));
    for name in ["acme", "Acme", "a%2Fb", "%C3%A9", "acme.example"] {
        register.add(name);
        let address = format!("/hooks/{name}/stripe?tenant=other");
        let found = named(&endpoint, &request(&address, name)).await;
        assert_eq!(found.as_deref(), Ok(name));
    }
    // Whole, in the case that it has.
    assert_eq!(register.asked_for("acme"), 1);
    assert_eq!(register.asked_for("Acme"), 1);
}

#[tokio::test]
async fn a_template_may_stand_at_either_end_of_the_path() {
    for (template, address) in [
        ("/{tenant}", "/acme"),
        ("/{tenant}/", "/acme/"),
        ("/{tenant}/stripe", "/acme/stripe"),
        ("/hooks/{tenant}", "http://host.example/hooks/acme"),
    ] {
        let (endpoint, register) = finding(TenantAt::path(template));
        register.add("acme");
        let found = named(&endpoint, &request(address, "acme")).await;
        assert_eq!(found.as_deref(), Ok("acme"), "{template}");
    }
}

#[tokio::test]
async fn another_path_than_the_templates_names_nobody() {
    let (endpoint, register) = finding(TenantAt::path("/hooks/{tenant}/stripe"));
    register.add("acme");
    for address in [
        "/",
        "/hooks",
        "/hooks/acme",
        "/hooks/acme/",
        "/hooks//stripe",
        "/hooks/acme/stripe/",
        "/hooks/acme/stripe/more",
        "/hooks/acme/github",
        "/Hooks/acme/stripe",
        "/x/hooks/acme/stripe",
        "//hooks/acme/stripe",
        "/hooks/a/b/stripe",
    ] {
        let found = named(&endpoint, &request(address, "acme")).await;
        is_unasked(&found, &register, address);
    }
}

#[tokio::test]
async fn the_host_names_the_tenant_without_port_and_in_lower_case() {
    let (endpoint, register) = finding(TenantAt::host());
    register.add("acme.example");
    register.add("[::1]");
    // As HTTP/2 has it, and HTTP/1 to a proxy.
    let inside = request("https://Acme.Example:8443/hooks", "acme.example");
    assert_eq!(
        named(&endpoint, &inside).await.as_deref(),
        Ok("acme.example")
    );
    for host in ["acme.example", "ACME.example:8443", "Acme.Example:80"] {
        let mut sent = request("/hooks", "acme.example");
        let host = HeaderValue::from_static(host);
        sent.headers_mut().insert("host", host);
        assert_eq!(named(&endpoint, &sent).await.as_deref(), Ok("acme.example"));
    }
    let mut sent = request("/hooks", "[::1]");
    let host = HeaderValue::from_static("[::1]:8443");
    sent.headers_mut().insert("host", host);
    assert_eq!(named(&endpoint, &sent).await.as_deref(), Ok("[::1]"));
}

#[tokio::test]
async fn the_host_of_the_target_goes_before_the_header() {
    let (endpoint, register) = finding(TenantAt::host());
    register.add("acme.example");
    let mut sent = request("https://acme.example/hooks", "acme.example");
    let other = HeaderValue::from_static("other.example");
    sent.headers_mut().insert("host", other);
    assert_eq!(named(&endpoint, &sent).await.as_deref(), Ok("acme.example"));
    assert_eq!(register.asked_for("other.example"), 0);
}

#[tokio::test]
async fn a_host_that_is_none_names_nobody() {
    let (endpoint, register) = finding(TenantAt::host());
    let missing = request("/hooks", "acme.example");
    let found = named(&endpoint, &missing).await;
    is_unasked(&found, &register, "no host");
    for host in ["", ":80", "acme example", "acme/example", "\u{e9}.example"] {
        let mut sent = request("/hooks", "acme.example");
        let value = HeaderValue::from_bytes(host.as_bytes()).expect("a value");
        sent.headers_mut().insert("host", value);
        let found = named(&endpoint, &sent).await;
        is_unasked(&found, &register, host);
    }
    let mut twice = request("/hooks", "acme.example");
    for _ in 0..2 {
        let host = HeaderValue::from_static("acme.example");
        twice.headers_mut().append("host", host);
    }
    let found = named(&endpoint, &twice).await;
    is_unasked(&found, &register, "two hosts");
}

#[tokio::test]
async fn a_header_names_the_tenant_if_it_is_there_once() {
    let (endpoint, register) = finding(TenantAt::header("x-account"));
    let with = |values: &[&[u8]]| {
        let mut sent = request("/", "acme");
        for value in values {
            let value = HeaderValue::from_bytes(value).expect("a value");
            sent.headers_mut().append("X-Account", value);
        }
        sent
    };
    let none: [&[&[u8]]; 7] = [
        &[],
        &[b"acme", b"acme"],
        &[b"acme", b"other"],
        &[b""],
        &[b"ac\xffme"],
        &[b"ac\tme"],
        &["acm\u{e9}".as_bytes()],
    ];
    for values in none {
        let found = named(&endpoint, &with(values)).await;
        is_unasked(&found, &register, &format!("{values:?}"));
    }
    register.add("acme");
    let found = named(&endpoint, &with(&[b"acme"])).await;
    assert_eq!(found.as_deref(), Ok("acme"));
}

#[tokio::test]
async fn a_function_of_the_head_names_the_tenant() {
    let (endpoint, register) = finding(TenantAt::by(|head: Head<'_>| {
        let query = head.uri()?.query()?;
        let agent = head.headers().get("user-agent")?.to_str().ok()?;
        Some(format!("{agent}:{query}"))
    }));
    register.add("agent:acme");
    let mut sent = request("/?acme", "agent:acme");
    let found = named(&endpoint, &sent).await;
    is_unasked(&found, &register, "no agent");
    let agent = HeaderValue::from_static("agent");
    sent.headers_mut().insert("user-agent", agent);
    assert_eq!(named(&endpoint, &sent).await.as_deref(), Ok("agent:acme"));
}

#[tokio::test]
async fn a_name_is_1_to_256_bytes_without_control_characters() {
    let long = |bytes: usize| "a".repeat(bytes);
    let wide = "\u{e9}".repeat(128);
    for name in [long(1), long(256), wide.clone(), "a b/\u{1f600}".to_owned()] {
        let given = name.clone();
        let (endpoint, register) = finding(TenantAt::by(move |_| Some(given.clone())));
        register.add(&name);
        let found = named(&endpoint, &request("/", &name)).await;
        assert_eq!(found.as_deref(), Ok(&*name));
    }
    for name in [
        String::new(),
        long(257),
        format!("{wide}x"),
        long(100_000),
        "a\0".to_owned(),
        "a\nb".to_owned(),
        "\u{7f}".to_owned(),
        "\u{85}".to_owned(),
    ] {
        let given = name.clone();
        let (endpoint, register) = finding(TenantAt::by(move |_| Some(given.clone())));
        register.add(&name);
        let found = named(&endpoint, &request("/", &name)).await;
        is_unasked(&found, &register, &format!("{:.10?}", name));
    }
    let (endpoint, register) = finding(TenantAt::path("/{tenant}"));
    let found = named(&endpoint, &request(&format!("/{}", long(257)), "a")).await;
    is_unasked(&found, &register, "a long path");
}

#[test]
fn a_place_that_can_name_nobody_does_not_start_and_says_why() {
    for template in [
        "",
        "hooks/{tenant}",
        "/hooks",
        "/",
        "{tenant}",
        "/a-{tenant}",
    ] {
        does_not_start(TenantAt::path(template), template);
    }
    for template in ["/{tenant}/{tenant}", "/{Tenant}", "/{tenant }"] {
        does_not_start(TenantAt::path(template), template);
    }
    for name in ["", "X-Account", "x account", "x:account", "x-\u{e9}"] {
        does_not_start(TenantAt::header(name), name);
    }
}

#[track_caller]
fn does_not_start(at: TenantAt, what: &str) {
    let tenants = Tenants::new(&providers::STRIPE, at, Register::default());
    let endpoint = Endpoint::for_tenants("hooks", tenants).without_replay_guard();
    let error = endpoint.build().expect_err("it names nobody");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint, "{what}");
    assert!(error.to_string().contains(what), "{error}");
}
