//! Endpoints with tenants: what does not start, and what works as on any other.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use hookproof::layer::UnprovenBody;
use hookproof::tenants::{TenantAt, Tenants};
use hookproof::{
    ConfigErrorKind, Endpoint, EndpointBuilder, Tolerance, VerifyErrorKind, providers,
};
use http::{Request, Response};
use http_body_util::Empty;
use tower::{Layer, ServiceExt, service_fn};

use super::platform::{Driver, Platform, addressed};
use super::register::{Act, Register};
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW};
use crate::support::http::endpoint as without_tenants;

fn tenants(register: &Register) -> Tenants {
    let at = TenantAt::path("/hooks/{tenant}");
    Tenants::new(&providers::STRIPE, at, register.clone()).clock(Fixed::at(NOW))
}

fn builder() -> EndpointBuilder {
    Endpoint::for_tenants("hooks", tenants(&Register::default()))
}

#[test]
fn limits_under_which_nothing_would_pass_do_not_start() {
    type Set = fn(Tenants) -> Tenants;
    let cases: [(Set, &str); 5] = [
        (|it| it.cached_for(Duration::ZERO), "age of cached keys"),
        (|it| it.capacity(0), "capacity for tenants"),
        (|it| it.look_ups_at_once(0), "look-ups at once"),
        (
            |it| it.look_up_deadline(Duration::ZERO),
            "deadline of a look-up",
        ),
        (
            |it| it.unknown_per_minute(0),
            "look-ups for unknown tenants",
        ),
    ];
    for (set, what) in cases {
        let tenants = set(tenants(&Register::default()));
        let endpoint = Endpoint::for_tenants("hooks", tenants).without_replay_guard();
        let error = endpoint.build().expect_err(what);
        assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint, "{what}");
        let said = error.to_string();
        assert!(
            said.contains(what) && said.ends_with("nothing would pass"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn limits_as_wide_as_they_go_start_and_serve() {
    let platform = Platform::with(Driver::Layer, |it| {
        it.cached_for(Duration::MAX)
            .unknown_for(Duration::MAX)
            .look_ups_at_once(usize::MAX)
            .look_up_deadline(Duration::MAX)
            .unknown_per_minute(u32::MAX)
    });
    platform.register.add("acme");
    assert!(platform.serve("acme").await.is_handlers());
    assert!(platform.serve("nobody").await.is_refusal());
}

#[test]
fn a_scheme_that_contradicts_itself_does_not_start() {
    let endpoint = builder().body_limit(0).without_replay_guard().build();
    let error = endpoint.expect_err("nothing would pass");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    let at = TenantAt::host();
    let tenants = Tenants::new(&providers::GITHUB, at, Register::default());
    let endpoint = Endpoint::for_tenants("hooks", tenants)
        .tolerance(Tolerance::symmetric(10))
        .without_replay_guard()
        .build();
    let error = endpoint.expect_err("no timestamp is signed");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
}

#[test]
fn a_beginning_without_a_wait_is_unavailable() {
    let endpoint = builder().without_replay_guard().build().expect("sound");
    let delivered = Delivered::signed(&providers::STRIPE);
    let error = endpoint.begin(&delivered.headers).expect_err("no keys");
    assert_eq!(error.kind(), VerifyErrorKind::Unavailable);
    assert!(error.to_string().contains("Endpoint::admit"), "{error}");
    assert!(endpoint.verifier().is_none());
    assert_eq!(endpoint.scheme().slug(), "stripe");
    assert_eq!(endpoint.name(), "hooks");
}

#[tokio::test]
async fn endpoints_without_tenants_admit_too() {
    use crate::support::http::signed;
    let endpoint = without_tenants(&providers::STRIPE);
    let headers = signed(&providers::STRIPE, b"{}");
    let mut verification = endpoint.admit(&headers).await.expect("a good head");
    verification
        .update(Bytes::from_static(b"{}"))
        .expect("room");
    let proven = verification.finish().expect("a good delivery");
    assert_eq!(proven.receipt().tenant(), None);
    endpoint.forget_tenant("acme");
    assert!(endpoint.verifier().is_some());
}

#[tokio::test]
async fn a_header_map_alone_names_no_path() {
    let platform = Platform::new(Driver::Layer);
    platform.register.add("acme");
    let delivered = platform.delivery("acme");
    let error = platform.endpoint.admit(&delivered.headers).await;
    let error = error.expect_err("it says nothing of the path");
    assert_eq!(error.kind(), VerifyErrorKind::UnknownTenant);
    let (parts, _) = addressed("acme", &delivered).into_parts();
    assert!(platform.endpoint.admit(&parts).await.is_ok());
    assert_eq!(platform.register.asked(), 1);
}

#[test]
fn the_longest_answer_counts_the_look_up() {
    const SECOND: Duration = Duration::from_secs(1);
    let looking_up = |scheme, deadline: Option<Duration>| {
        let mut tenants = Tenants::new(scheme, TenantAt::host(), Register::default());
        if let Some(deadline) = deadline {
            tenants = tenants.look_up_deadline(deadline);
        }
        let endpoint = Endpoint::for_tenants("hooks", tenants).without_replay_guard();
        let endpoint = endpoint.build().expect("sound");
        endpoint.longest_answer() - endpoint.body_deadline()
    };
    assert_eq!(Tenants::DEFAULT_LOOK_UP_DEADLINE, 2 * SECOND);
    assert_eq!(looking_up(&providers::STRIPE, None), 2 * SECOND);
    assert_eq!(looking_up(&providers::STRIPE, Some(7 * SECOND)), 7 * SECOND);
    // A fifth of the three seconds that Slack waits.
    assert_eq!(looking_up(&providers::SLACK, None), 3 * SECOND / 5);
    assert_eq!(looking_up(&providers::SLACK, Some(SECOND)), SECOND);
}

#[tokio::test]
async fn the_endpoints_own_window_and_limits_hold_for_tenants() {
    let platform = Platform::built(
        &providers::STRIPE,
        Driver::Layer,
        |tenants| tenants,
        |endpoint| {
            endpoint
                .tolerance(Tolerance::symmetric(10))
                .body_limit(16)
                .without_replay_guard()
        },
    );
    platform.register.add("acme");
    assert_eq!(platform.serve("acme").await.status, 413);
    let mut short = platform.delivery("acme").with_body(*b"{}");
    short.sign();
    assert!(platform.send("acme", &short).await.is_handlers());
    platform.clock.pass(Duration::from_secs(11));
    assert!(platform.send("acme", &short).await.is_refusal());
}

#[tokio::test]
async fn an_endpoint_that_only_observes_lets_through_and_reports() {
    for hidden in [false, true] {
        let register = Register::default();
        register.add("acme");
        register.set("down", Act::Fails);
        let mut tenants = tenants(&register);
        if hidden {
            tenants = tenants.hide_tenants();
        }
        let told: Arc<Mutex<Vec<VerifyErrorKind>>> = Arc::default();
        let hears = Arc::clone(&told);
        let observed = Endpoint::for_tenants("hooks", tenants)
            .on_refusal(move |refusal| {
                assert!(refusal.is_observed());
                let kind = refusal.error().kind();
                hears.lock().expect("not poisoned").push(kind);
            })
            .dangerous_observe_only()
            .build()
            .expect("sound");
        let service = observed
            .layer()
            .layer(service_fn(|_: Request<UnprovenBody>| async {
                Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
            }));
        let acme = Platform::new(Driver::Layer).delivery("acme");
        for tenant in ["acme", "nobody", "down"] {
            let answering = service.clone().oneshot(addressed(tenant, &acme));
            let answer = answering.await.expect("infallible");
            assert_eq!(answer.status(), 200, "{tenant}");
        }
        let told = told.lock().expect("not poisoned").clone();
        let expected = [VerifyErrorKind::UnknownTenant, VerifyErrorKind::Unavailable];
        assert_eq!(told, expected, "hidden: {hidden}");
    }
}

#[test]
fn nothing_that_is_printed_shows_a_secret() {
    let platform = Platform::new(Driver::Layer);
    platform.register.add("acme");
    let printed = format!("{:?} {:?}", platform.endpoint, builder());
    assert!(!printed.contains("whsec_"), "{printed}");
    assert!(printed.contains("/hooks/{tenant}"), "{printed}");
}
