//! Many deliveries for a tenant whose look-up does not come back.

use std::time::Duration;

use tokio::time::sleep;

use super::platform::{DRIVERS, Platform};
use super::register::Act;

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_a_source_that_hangs_cost_one_look_up() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.set("acme", Act::Hangs);
        let all: Vec<_> = (0..50).map(|_| platform.spawn("acme")).collect();
        for answering in all {
            let reply = answering.await.expect("no panic");
            assert!(reply.is_unavailable(), "{driver:?}");
        }
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_is_asked_once_a_deadline_however_many_wait() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.look_up_deadline(millis(2_000)));
        platform.register.set("acme", Act::Hangs);
        let mut all = Vec::new();
        for _ in 0..300 {
            all.push(platform.spawn("acme"));
            sleep(millis(10)).await;
        }
        for answering in all {
            assert!(answering.await.expect("no panic").is_unavailable());
        }
        // Three seconds of arrivals: a look-up a deadline, and one to spare.
        let asked = platform.register.asked();
        assert!(asked <= 3, "{driver:?}: {asked} look-ups");
    }
}

// before it, 10 ms, and leaves no more to the next.
#[tokio::test(start_paused = true)]
async fn a_busy_tenant_recovers_from_one_look_up_that_hung() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.look_up_deadline(millis(2_000)));
        platform.register.add("acme");
        platform.register.takes(millis(50));
        platform.register.next("acme", [Act::Hangs]);
        let mut all = Vec::new();
        // A delivery every 10 ms, while a look-up takes 50.
        for _ in 0..1_000 {
            all.push(platform.spawn("acme"));
            sleep(millis(10)).await;
        }
        let mut late = 0;
        for answering in all.drain(500..) {
            let reply = answering.await.expect("no panic");
            late += usize::from(!reply.is_handlers());
        }
        assert_eq!(late, 0, "{driver:?}: of those that came 5 s after it hung");
    }
}
