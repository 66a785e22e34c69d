//! How many look-ups are under way at once, and how long a delivery waits for its keys.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::platform::{DRIVERS, Platform, addressed};
use super::register::Act;
use crate::support::http::{Scripted, Step};

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[tokio::test(start_paused = true)]
async fn no_more_look_ups_are_under_way_at_once_than_may_be() {
    for &driver in DRIVERS {
        for at_once in [1, 3, 100] {
            let platform = Platform::with(driver, |it| it.look_ups_at_once(at_once));
            platform.register.takes(millis(50));
            let begun = Instant::now();
            let answering = |nth: usize| {
                let tenant = nth.to_string();
                platform.register.add(&tenant);
                platform.spawn(&tenant)
            };
            let all: Vec<_> = (0..30).map(answering).collect();
            for answering in all {
                let reply = answering.await.expect("no panic");
                assert!(reply.is_handlers(), "{driver:?} {at_once}");
            }
            let most = platform.register.most();
            assert_eq!(most, at_once.min(30), "{driver:?}");
            let rounds = u32::try_from(30_usize.div_ceil(at_once)).expect("few");
            assert_eq!(begun.elapsed(), millis(50) * rounds, "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn by_default_32_are_under_way_at_once() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.takes(millis(10));
        let all: Vec<_> = (0..100).map(|it| platform.spawn(&it.to_string())).collect();
        for answering in all {
            assert!(answering.await.expect("no panic").is_refusal());
        }
        assert_eq!(platform.register.most(), 32, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_is_503_at_the_deadline() {
    for &driver in DRIVERS {
        let default = Platform::new(driver);
        let short = Platform::with(driver, |it| it.look_up_deadline(millis(300)));
        for (platform, deadline) in [(default, 2_000), (short, 300)] {
            platform.register.set("acme", Act::Hangs);
            let begun = Instant::now();
            assert!(platform.serve("acme").await.is_unavailable(), "{driver:?}");
            let waited = begun.elapsed();
            let deadline = millis(deadline);
            assert!(
                (deadline..deadline + millis(5)).contains(&waited),
                "{waited:?}"
            );
            assert_eq!(platform.register.under_way(), 0, "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_look_up_just_within_the_deadline_is_in_time() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.look_up_deadline(millis(300)));
        platform.register.add("acme");
        platform.register.takes(millis(299));
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_place_counts() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| {
            it.look_ups_at_once(1).look_up_deadline(millis(500))
        });
        platform.register.set("slow", Act::Hangs);
        platform.register.add("acme");
        let begun = Instant::now();
        let slow = platform.spawn("slow");
        sleep(millis(100)).await;
        // It gets the place when that falls free, and has waited no longer than its own deadline.
        let acme = platform.spawn("acme");
        assert!(slow.await.expect("no panic").is_unavailable());
        assert!(acme.await.expect("no panic").is_handlers(), "{driver:?}");
        assert!(begun.elapsed() < millis(505), "{driver:?}");

        // Look-ups that take up one deadline after the other leave none for the last.
        platform.register.takes(millis(400));
        let begun = Instant::now();
        let all = ["1", "2", "3"].map(|tenant| platform.spawn(tenant));
        let mut statuses = Vec::new();
        for answering in all {
            statuses.push(answering.await.expect("no panic").status);
        }
        assert_eq!(statuses, [401, 503, 503], "{driver:?}");
        assert!(begun.elapsed() < millis(505), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_anothers_look_up_counts() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.look_up_deadline(millis(500)));
        platform.register.set("acme", Act::Hangs);
        let first = platform.spawn("acme");
        sleep(millis(400)).await;
        let begun = Instant::now();
        assert!(platform.serve("acme").await.is_unavailable(), "{driver:?}");
        assert!(begun.elapsed() < millis(505), "{driver:?}");
        assert!(first.await.expect("no panic").is_unavailable());
    }
}

#[tokio::test(start_paused = true)]
async fn the_look_up_leaves_the_body_its_own_deadline() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(millis(1_500));
        let mut sent = addressed("acme", &platform.delivery("acme"));
        *sent.body_mut() = Scripted::new([Step::Never]);
        let begun = Instant::now();
        assert_eq!(platform.post(sent).await.status, 408, "{driver:?}");
        let waited = begun.elapsed();
        let whole = millis(1_500) + platform.endpoint.body_deadline();
        assert!((whole..whole + millis(5)).contains(&waited), "{waited:?}");
        assert!(waited <= platform.endpoint.longest_answer());
    }
}

#[tokio::test(start_paused = true)]
async fn a_bounded_wait_outlasts_a_source_that_blocks_a_place_forever() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.look_ups_at_once(2));
        for tenant in ["a", "b", "c", "d", "e", "f"] {
            platform.register.set(tenant, Act::Hangs);
        }
        let all = ["a", "b", "c", "d", "e", "f"].map(|tenant| platform.spawn(tenant));
        for answering in all {
            assert!(answering.await.expect("no panic").is_unavailable());
        }
        platform.register.add("acme");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.most(), 2, "{driver:?}");
    }
}
