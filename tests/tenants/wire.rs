//! What the sender is told: one answer to whatever is not authentic, another where nobody can say.

use std::time::Duration;

use hookproof::scheme::Scheme;
use hookproof::{VerifyErrorKind, providers};

use super::platform::{DRIVERS, Driver, Platform, Reply, addressed};
use super::register::{Act, secret_of};

/// Every way of not being authentic, and what is answered.
async fn refusals(scheme: &Scheme, driver: Driver) -> Vec<(&'static str, Reply)> {
    let platform = Platform::of(scheme, driver, |tenants| tenants);
    let register = &platform.register;
    register.add("acme");
    register.set("blank", Act::Keys(vec![" ".to_owned()]));
    register.set("deleted", Act::Nobody);
    let genuine = platform.delivery("acme");
    let mut replies = vec![
        ("unknown", platform.serve("nobody").await),
        ("unknown, cached", platform.serve("nobody").await),
        ("deleted", platform.serve("deleted").await),
        ("bad secret", platform.serve("blank").await),
        ("bad secret, cached", platform.serve("blank").await),
        ("elsewhere", {
            let mut sent = addressed("acme", &genuine);
            *sent.uri_mut() = "/elsewhere".parse().expect("a path");
            platform.post(sent).await
        }),
        ("a name too long", platform.serve(&"a".repeat(257)).await),
        (
            "another's key",
            platform.send("acme", &platform.delivery("bolt")).await,
        ),
        (
            "tampered",
            platform.send("acme", &genuine.with_body(*b"{}")).await,
        ),
    ];
    let mut unsigned = genuine.clone();
    unsigned.headers.remove(genuine.signature_header());
    for tenant in ["acme", "nobody", "blank"] {
        replies.push(("unsigned", platform.send(tenant, &unsigned).await));
    }
    if scheme.timestamp().is_some() {
        platform.clock.pass(Duration::from_secs(301));
        for tenant in ["acme", "nobody", "blank"] {
            replies.push(("stale", platform.send(tenant, &genuine).await));
        }
    }
    assert_eq!(platform.handled(), 0);
    replies
}

#[tokio::test]
async fn whatever_is_not_authentic_gets_one_answer_byte_for_byte() {
    for &driver in DRIVERS {
        for scheme in [&providers::STRIPE, &providers::GITHUB, &providers::SVIX] {
            let replies = refusals(scheme, driver).await;
            for (what, reply) in &replies {
                assert!(reply.is_refusal(), "{driver:?} {what}: {reply:?}");
                assert_eq!(reply, &replies[0].1, "{driver:?} {what}");
            }
        }
    }
}

#[tokio::test]
async fn where_a_4xx_loses_the_event_that_answer_is_503() {
    for &driver in DRIVERS {
        let replies = refusals(&providers::JETEMAIL, driver).await;
        for (what, reply) in &replies {
            assert!(reply.is_unavailable(), "{driver:?} {what}: {reply:?}");
            assert_eq!(reply, &replies[0].1, "{driver:?} {what}");
        }
    }
}

#[tokio::test]
async fn the_operator_is_told_what_the_sender_is_not() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform
            .register
            .set("blank", Act::Keys(vec![" ".to_owned()]));
        platform.register.set("down", Act::Fails);
        for (tenant, kind, told) in [
            ("nobody", VerifyErrorKind::UnknownTenant, None),
            ("blank", VerifyErrorKind::BadSecret, None),
            ("down", VerifyErrorKind::Unavailable, None),
            ("acme", VerifyErrorKind::Mismatch, Some("acme".to_owned())),
        ] {
            let forged = platform.delivery_under(&secret_of("a stranger"));
            platform.send(tenant, &forged).await;
            assert_eq!(platform.refusals(), [(kind, told)], "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn where_nobody_can_say_whose_keys_they_are_it_is_503_with_retry_after() {
    for &driver in DRIVERS {
        for scheme in [&providers::STRIPE, &providers::JETEMAIL] {
            let platform = Platform::of(scheme, driver, |tenants| tenants);
            platform.register.set("down", Act::Fails);
            platform.register.set("slow", Act::Hangs);
            for tenant in ["down", "slow"] {
                let reply = platform.serve(tenant).await;
                assert!(reply.is_unavailable(), "{driver:?} {tenant}: {reply:?}");
                assert_eq!(platform.refusal(), VerifyErrorKind::Unavailable);
            }
        }
    }
}

#[test]
fn without_a_runtime_a_look_up_is_503_not_a_panic() {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    let platform = Platform::new(Driver::Layer);
    platform.register.add("acme");
    let answering = pin!(platform.serve("acme"));
    let mut cx = Context::from_waker(Waker::noop());
    let Poll::Ready(reply) = answering.poll(&mut cx) else {
        panic!("the answer is there at once");
    };
    assert!(reply.is_unavailable());
    assert_eq!(platform.register.asked(), 0);
}
