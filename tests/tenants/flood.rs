//! Floods of invented names: what they cost the source, and who is held up by them.

use std::time::Duration;

use hookproof::VerifyErrorKind;
use http::Request;
use tokio::time::sleep;

use super::platform::{DRIVERS, Driver, Platform};
use super::register::Act;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// So many deliveries for names that nobody has, and how many were told to come back later.
async fn flood(platform: &Platform, from: usize, names: usize) -> usize {
    let headers = platform.delivery("a stranger").headers;
    let mut later = 0;
    for nth in from..from + names {
        let mut sent = Request::post(format!("/hooks/invented-{nth}"))
            .body(())
            .expect("a request");
        *sent.headers_mut() = headers.clone();
        let admitted = platform.endpoint.admit(&sent).await;
        match admitted.map(drop).map_err(|error| error.kind()) {
            Err(VerifyErrorKind::Unavailable) => later += 1,
            Err(VerifyErrorKind::UnknownTenant) => {}
            other => panic!("{other:?}"),
        }
    }
    later
}

#[tokio::test]
async fn a_flood_costs_the_source_so_many_look_ups_a_minute_and_no_more() {
    let platform = Platform::new(Driver::Layer);
    assert_eq!(flood(&platform, 0, 20_000).await, 19_000);
    assert_eq!(platform.register.asked(), 1_000);
    // They come back with time, not all at once at a minute's end.
    platform.clock.pass(secs(6));
    assert_eq!(flood(&platform, 20_000, 5_000).await, 4_900);
    assert_eq!(platform.register.asked(), 1_100);
    platform.clock.pass(secs(60));
    assert_eq!(flood(&platform, 30_000, 5_000).await, 4_000);
    assert_eq!(platform.register.asked(), 2_100);
    // And no more than a minute's share gathers.
    platform.clock.pass(secs(86_400));
    assert_eq!(flood(&platform, 40_000, 5_000).await, 4_000);
    assert_eq!(platform.register.asked(), 3_100);
}

#[tokio::test]
async fn a_flood_that_never_ends_gets_its_share_and_no_more() {
    let platform = Platform::with(Driver::Layer, |it| it.unknown_per_minute(60));
    for minute in 0..10 {
        for second in 0..60 {
            flood(&platform, (minute * 60 + second) * 20, 20).await;
            platform.clock.pass(secs(1));
        }
    }
    // Ten minutes' share, and the one that was there at the beginning.
    assert_eq!(platform.register.asked(), 60 + 599);
}

#[tokio::test]
async fn tenants_that_were_known_are_served_during_a_flood() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.add("bolt");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        flood(&platform, 0, 3_000).await;
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked_for("acme"), 1, "{driver:?}");

        // Its keys become too old while the flood goes on.
        platform.clock.pass(secs(60));
        flood(&platform, 10_000, 3_000).await;
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked_for("acme"), 2, "{driver:?}");
        // It is forgotten, on purpose.
        platform.endpoint.forget_tenant("acme");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked_for("acme"), 3, "{driver:?}");

        // One that was never known cannot be told from an invented one.
        assert!(platform.serve("bolt").await.is_unavailable(), "{driver:?}");
        assert_eq!(platform.register.asked_for("bolt"), 0, "{driver:?}");
        platform.clock.pass(secs(60));
        assert!(platform.serve("bolt").await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test]
async fn names_that_turn_out_known_cost_nothing() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.unknown_per_minute(1));
        for nth in 0..50 {
            let tenant = format!("tenant-{nth}");
            platform.register.add(&tenant);
            assert!(platform.serve(&tenant).await.is_handlers(), "{driver:?}");
        }
        assert!(platform.serve("nobody").await.is_refusal(), "{driver:?}");
        assert!(platform.serve("nobody").await.is_refusal(), "{driver:?}");
        assert!(platform.serve("none").await.is_unavailable(), "{driver:?}");
        assert_eq!(platform.refusals().len(), 3);
    }
}

#[tokio::test]
async fn an_unknown_name_in_the_cache_is_refused_during_a_flood_too() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.unknown_per_minute(5));
        assert!(platform.serve("nobody").await.is_refusal(), "{driver:?}");
        assert_eq!(flood(&platform, 0, 10).await, 6, "{driver:?}");
        assert!(platform.serve("none").await.is_unavailable(), "{driver:?}");
    }
}

#[tokio::test]
async fn a_flood_does_not_drive_tenants_out_of_the_cache() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.capacity(64).unknown_per_minute(100_000));
        for nth in 0..16 {
            let tenant = format!("tenant-{nth}");
            platform.register.add(&tenant);
            assert!(platform.serve(&tenant).await.is_handlers(), "{driver:?}");
        }
        let asked = platform.register.asked();
        flood(&platform, 0, 5_000).await;
        assert_eq!(platform.register.asked(), asked + 5_000, "{driver:?}");
        for nth in 0..16 {
            let tenant = format!("tenant-{nth}");
            assert!(platform.serve(&tenant).await.is_handlers(), "{driver:?}");
        }
        assert_eq!(platform.register.asked(), asked + 5_000, "{driver:?}");
    }
}

/// A source that takes its time, and a thousand invented names at once.
async fn slow_flood(
    driver: Driver,
) -> (
    Platform,
    Vec<tokio::task::JoinHandle<super::platform::Reply>>,
) {
    let platform = Platform::new(driver);
    platform.register.add("acme");
    assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
    platform.clock.pass(secs(60));
    platform.register.takes(Duration::from_millis(100));
    let flood = (0..1_000).map(|nth| platform.spawn(&format!("invented-{nth}")));
    let flood = flood.collect();
    sleep(Duration::from_millis(10)).await;
    (platform, flood)
}

#[tokio::test(start_paused = true)]
async fn a_tenant_that_was_known_does_not_wait_behind_a_flood_at_a_slow_source() {
    for &driver in DRIVERS {
        let (platform, flood) = slow_flood(driver).await;
        let reply = platform.serve("acme").await;
        assert!(reply.is_handlers(), "{driver:?}: {reply:?}");
        for answering in flood {
            answering.abort();
        }
    }
}

#[tokio::test]
async fn names_whose_look_up_failed_count_until_they_are_found() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.unknown_per_minute(5));
        for nth in 0..50 {
            let tenant = format!("tenant-{nth}");
            platform.register.set(&tenant, Act::Fails);
            assert!(platform.serve(&tenant).await.is_unavailable(), "{driver:?}");
        }
        // So that a flood does not make things worse for a source that is down already.
        assert_eq!(platform.register.asked(), 5, "{driver:?}");
        platform.clock.pass(secs(12));
        for nth in 0..50 {
            let tenant = format!("tenant-{nth}");
            platform.register.add(&tenant);
            assert!(platform.serve(&tenant).await.is_handlers(), "{driver:?}");
        }
    }
}

#[tokio::test]
async fn a_tenant_whose_secret_is_bad_is_mended_during_a_flood() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.unknown_per_minute(5));
        platform.register.add("acme");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        platform
            .register
            .set("acme", Act::Keys(vec![String::new()]));
        platform.endpoint.forget_tenant("acme");
        assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
        flood(&platform, 0, 10).await;
        platform.register.add("acme");
        platform.endpoint.forget_tenant("acme");
        let reply = platform.serve("acme").await;
        assert!(reply.is_handlers(), "{driver:?}: {reply:?}");
    }
}
