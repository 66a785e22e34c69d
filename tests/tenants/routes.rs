//! Tenants that axum's router found in the path.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use axum::routing::post;
use hookproof::axum::VerifiedBytes;
use hookproof::tenants::{TenantAt, Tenants};
use hookproof::{Endpoint, Receipt, providers};
use tower::ServiceExt;

use super::register::{Register, secret_of};
use crate::support::clock::Fixed;
use crate::support::delivered::{BODY, Delivered, NOW};
use crate::support::http::outward;

fn finding(at: TenantAt) -> (Endpoint, Register) {
    let register = Register::default();
    let tenants = Tenants::new(&providers::STRIPE, at, register.clone()).clock(Fixed::at(NOW));
    let endpoint = Endpoint::for_tenants("hooks", tenants).without_replay_guard();
    (endpoint.build().expect("a sound endpoint"), register)
}

async fn tell(_: VerifiedBytes, receipt: Receipt) -> String {
    receipt.tenant().unwrap_or("nobody").to_owned()
}

/// An endpoint as an adapter and as a layer, on that route.
fn mounted(endpoint: &Endpoint, route: &str) -> [Router; 2] {
    [
        Router::new().route(route, post(endpoint.handler(tell))),
        Router::new()
            .route(route, post(tell))
            .route_layer(endpoint.layer()),
    ]
}

async fn send(app: Router, address: &str, tenant: &str) -> (StatusCode, String) {
    let mut delivered = Delivered::signed(&providers::STRIPE);
    delivered.secret = secret_of(tenant);
    delivered.sign();
    let mut sent = Request::post(address)
        .body(Body::from(BODY))
        .expect("a request");
    *sent.headers_mut() = delivered.headers;
    let (status, _, body) = outward(app.oneshot(sent).await.expect("infallible")).await;
    (status, String::from_utf8_lossy(&body).into_owned())
}

fn served(tenant: &str) -> (StatusCode, String) {
    (StatusCode::OK, tenant.to_owned())
}

fn refused() -> (StatusCode, String) {
    (StatusCode::UNAUTHORIZED, String::new())
}

#[tokio::test]
async fn a_parameter_of_the_route_names_the_tenant_decoded() {
    let (endpoint, register) = finding(TenantAt::path_param("tenant"));
    for tenant in ["acme", "a/b", "\u{e9}"] {
        register.add(tenant);
    }
    for app in mounted(&endpoint, "/hooks/{other}/{tenant}/stripe") {
        for (address, tenant) in [
            ("/hooks/acme/acme/stripe", "acme"),
            ("/hooks/x/a%2Fb/stripe", "a/b"),
            ("/hooks/x/%C3%A9/stripe", "\u{e9}"),
        ] {
            assert_eq!(send(app.clone(), address, tenant).await, served(tenant));
        }
        let elses = send(app, "/hooks/acme/a%2Fb/stripe", "acme").await;
        assert_eq!(elses, refused());
    }
}

#[tokio::test]
async fn a_parameter_is_found_inside_a_nest_and_from_outside_of_it() {
    let (endpoint, register) = finding(TenantAt::path_param("tenant"));
    register.add("acme");
    for inside in mounted(&endpoint, "/{tenant}/stripe") {
        let app = Router::new().nest("/api/hooks", inside);
        let sent = send(app, "/api/hooks/acme/stripe", "acme").await;
        assert_eq!(sent, served("acme"));
    }
    for inside in mounted(&endpoint, "/stripe") {
        let app = Router::new().nest("/hooks/{tenant}", inside);
        let sent = send(app, "/hooks/acme/stripe", "acme").await;
        assert_eq!(sent, served("acme"));
    }
    assert_eq!(register.asked(), 1);
}

#[tokio::test]
async fn a_layer_around_a_whole_router_finds_no_parameter() {
    let (endpoint, register) = finding(TenantAt::path_param("tenant"));
    register.add("acme");
    let routed = Router::new().route("/{tenant}", post(tell));
    let app = Router::new().fallback_service(
        tower::ServiceBuilder::new()
            .layer(endpoint.layer())
            .map_request(|request: Request<hookproof::VerifiedBody>| request.map(Body::new))
            .service(routed),
    );
    assert_eq!(send(app, "/acme", "acme").await, refused());
    assert_eq!(register.asked(), 0);
}

#[tokio::test]
async fn a_parameter_that_is_not_there_or_no_name_is_unknown() {
    let (endpoint, register) = finding(TenantAt::path_param("tenant"));
    register.add("acme");
    for app in mounted(&endpoint, "/{account}") {
        assert_eq!(send(app, "/acme", "acme").await, refused());
    }
    let long = format!("/{}", "a".repeat(257));
    for address in ["/%FF", "/a%00b", "/a%0Ab", &long] {
        for app in mounted(&endpoint, "/{tenant}") {
            let (status, body) = send(app, address, "acme").await;
            assert_eq!((status, body), refused(), "{address}");
        }
    }
    assert_eq!(register.asked(), 0);
}

#[tokio::test]
async fn a_template_sees_the_path_that_the_service_sees() {
    for (template, address) in [
        ("/{tenant}/stripe", "/api/acme/stripe"),
        ("/api/{tenant}/stripe", "/api/api/acme/stripe"),
    ] {
        let (endpoint, register) = finding(TenantAt::path(template));
        register.add("acme");
        for inside in mounted(&endpoint, template) {
            let app = Router::new().nest("/api", inside);
            assert_eq!(send(app, address, "acme").await, served("acme"));
        }
    }
}

#[tokio::test]
async fn the_handler_may_take_the_same_parameter() {
    let (endpoint, register) = finding(TenantAt::path_param("tenant"));
    register.add("acme");
    let handler = endpoint.handler(
        |_: VerifiedBytes, receipt: Receipt, Path(tenant): Path<String>| async move {
            assert_eq!(receipt.tenant(), Some(&*tenant));
            tenant
        },
    );
    let app = Router::new().route("/{tenant}", post(handler));
    assert_eq!(send(app, "/acme", "acme").await, served("acme"));
}
