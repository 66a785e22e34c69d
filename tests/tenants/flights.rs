//! One look-up for all who wait for the same tenant, whoever of them gives up.

use std::time::Duration;

use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{Endpoint, Keyring, Secret, VerifyErrorKind, providers};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::platform::{DRIVERS, Driver, Platform};
use super::register::{Act, Register, secret_of};
use crate::support::clock::Fixed;
use crate::support::delivered::NOW;

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// So many deliveries at once, and how many were handled.
async fn crowd(platform: &Platform, tenant: &str, deliveries: usize) -> usize {
    let mut answering = JoinSet::new();
    for _ in 0..deliveries {
        answering.spawn(platform.serve(tenant));
    }
    let replies = answering.join_all().await;
    replies.iter().filter(|reply| reply.is_handlers()).count()
}

#[tokio::test(start_paused = true)]
async fn a_hundred_deliveries_for_one_cold_tenant_cost_one_look_up() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(millis(100));
        assert_eq!(crowd(&platform, "acme", 100).await, 100, "{driver:?}");
        assert_eq!(platform.register.asked(), 1, "{driver:?}");

        // The same where nobody is found, or the ring has become too old.
        assert_eq!(crowd(&platform, "nobody", 100).await, 0, "{driver:?}");
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
        platform.clock.pass(Duration::from_secs(60));
        assert_eq!(crowd(&platform, "acme", 100).await, 100, "{driver:?}");
        assert_eq!(platform.register.asked(), 3, "{driver:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_several_threads_they_cost_one_look_up_too() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(millis(300));
        assert_eq!(crowd(&platform, "acme", 100).await, 100, "{driver:?}");
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_several_threads_all_are_served_though_many_hang_up() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        for tenant in 0..20 {
            platform.register.add(&tenant.to_string());
        }
        platform.register.takes(millis(2));
        let mut staying = JoinSet::new();
        for nth in 0..600_u32 {
            let tenant = (nth % 20).to_string();
            let answering = platform.spawn(&tenant);
            if nth % 3 == 0 {
                tokio::task::yield_now().await;
                answering.abort();
            } else {
                staying.spawn(answering);
            }
        }
        for reply in staying.join_all().await {
            assert!(reply.expect("no panic").is_handlers(), "{driver:?}");
        }
        assert_eq!(platform.register.under_way(), 0, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn where_the_first_gives_up_half_way_another_takes_over() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(millis(200));
        let first = platform.spawn("acme");
        sleep(millis(100)).await;
        let others: Vec<_> = (0..30).map(|_| platform.spawn("acme")).collect();
        sleep(millis(50)).await;
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
        first.abort();
        for other in others {
            let reply = other.await.expect("no panic");
            assert!(reply.is_handlers(), "{driver:?}");
        }
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn where_one_after_the_other_gives_up_the_last_is_served() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(millis(200));
        let mut all: Vec<_> = (0..10).map(|_| platform.spawn("acme")).collect();
        let last = all.pop().expect("ten");
        for answering in all {
            sleep(millis(50)).await;
            answering.abort();
        }
        assert!(last.await.expect("no panic").is_handlers(), "{driver:?}");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.under_way(), 0, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_waits_and_gives_up_disturbs_nobody() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(millis(200));
        let first = platform.spawn("acme");
        sleep(millis(50)).await;
        let others: Vec<_> = (0..10).map(|_| platform.spawn("acme")).collect();
        sleep(millis(50)).await;
        for other in others {
            other.abort();
        }
        assert!(first.await.expect("no panic").is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_that_panics_for_one_request_serves_the_next() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.next("acme", [Act::Panics]);
        platform.register.takes(millis(100));
        let first = platform.spawn("acme");
        sleep(millis(50)).await;
        let waiting: Vec<_> = (0..10).map(|_| platform.spawn("acme")).collect();
        assert!(first.await.expect_err("the panic").is_panic(), "{driver:?}");
        for other in waiting {
            assert!(other.await.expect("no panic").is_handlers(), "{driver:?}");
        }
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test]
async fn a_source_that_panics_before_its_first_await_leaks_no_place() {
    let keys = |tenant: String| {
        assert_ne!(tenant, "panics", "as told");
        let keys = Keyring::new(Secret::new(secret_of(&tenant)));
        async { Ok::<_, SourceError>(Some(keys)) }
    };
    let at = TenantAt::header("user-agent");
    let tenants = Tenants::new(&providers::STRIPE, at, keys)
        .clock(Fixed::at(NOW))
        .look_ups_at_once(1);
    let endpoint = Endpoint::for_tenants("hooks", tenants).without_replay_guard();
    let endpoint = endpoint.build().expect("a sound endpoint");
    let admitted = |tenant: &'static str| {
        let endpoint = endpoint.clone();
        let delivered = Platform::new(Driver::Layer).delivery(tenant);
        let mut headers = delivered.headers;
        headers.insert("user-agent", tenant.parse().expect("a value"));
        tokio::spawn(async move { endpoint.admit(&headers).await.map(drop) })
    };
    for _ in 0..3 {
        assert!(admitted("panics").await.expect_err("it panics").is_panic());
    }
    assert!(admitted("acme").await.expect("no panic").is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_failure_of_a_look_up_is_shared_by_those_who_waited() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.set("acme", Act::Fails);
        platform.register.takes(millis(100));
        let begun = Instant::now();
        let all: Vec<_> = (0..50).map(|_| platform.spawn("acme")).collect();
        for answering in all {
            let reply = answering.await.expect("no panic");
            assert!(reply.is_unavailable(), "{driver:?}");
        }
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
        assert_eq!(begun.elapsed(), millis(100), "{driver:?}");
        let told = platform.refusals();
        assert_eq!(told.len(), 50, "{driver:?}");
        assert!(
            told.iter()
                .all(|it| *it == (VerifyErrorKind::Unavailable, None))
        );

        // It is not kept for those who come later.
        platform.register.add("acme");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_comes_later_asks_anew_though_one_who_waited_has_not_heard_yet() {
    use std::task::{Context, Waker};
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.next("acme", [Act::Fails]);
        platform.register.takes(millis(100));
        let first = platform.spawn("acme");
        sleep(millis(50)).await;
        let mut waiting = platform.serve("acme");
        let mut cx = Context::from_waker(Waker::noop());
        assert!(waiting.as_mut().poll(&mut cx).is_pending(), "{driver:?}");
        assert!(first.await.expect("no panic").is_unavailable());
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert!(waiting.await.is_unavailable(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn tenants_are_looked_up_side_by_side() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.set("slow", Act::Hangs);
        platform.register.add("acme");
        let slow = platform.spawn("slow");
        sleep(millis(10)).await;
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert!(!slow.is_finished(), "{driver:?}");
    }
}

#[test]
fn a_source_is_shared_between_threads_and_copies_of_an_endpoint() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    fn sent<T: Send>(_: &T) {}
    let platform = Platform::new(Driver::Layer);
    shared(&platform.endpoint);
    let headers = platform.delivery("acme").headers;
    sent(&platform.endpoint.admit(&headers));
    let tenants = Tenants::new(&providers::STRIPE, TenantAt::host(), Register::default());
    assert!(format!("{tenants:?}").contains("host"));
}
