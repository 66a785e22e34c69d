//! Senders that hang up: at every await, and nothing is left behind.

use std::task::{Context, Waker};
use std::time::Duration;

use tokio::time::sleep;

use super::platform::{DRIVERS, Driver, Later, Platform, Reply, addressed};
use super::register::Act;
use crate::support::http::{Scripted, Step};

const AT_ONCE: usize = 2;

fn platform(driver: Driver) -> Platform {
    let platform = Platform::with(driver, |it| it.look_ups_at_once(AT_ONCE));
    for tenant in ["acme", "bolt", "cask", "dune"] {
        platform.register.add(tenant);
    }
    platform.register.set("slow", Act::Hangs);
    platform.register.set("slower", Act::Hangs);
    platform
}

fn poll(answering: &mut Later<Reply>) {
    let mut cx = Context::from_waker(Waker::noop());
    assert!(answering.as_mut().poll(&mut cx).is_pending());
}

/// All places are there, and whoever comes is served.
async fn is_whole(platform: &Platform, what: &str) {
    assert_eq!(platform.register.under_way(), 0, "{what}");
    for tenant in ["acme", "bolt", "cask", "dune"] {
        platform.endpoint.forget_tenant(tenant);
    }
    platform.register.takes(Duration::from_millis(50));
    let asked = platform.register.asked();
    let all = ["acme", "bolt", "cask", "dune"].map(|tenant| platform.spawn(tenant));
    sleep(Duration::from_millis(10)).await;
    assert_eq!(platform.register.under_way(), AT_ONCE, "{what}");
    for answering in all {
        assert!(answering.await.expect("no panic").is_handlers(), "{what}");
    }
    assert_eq!(platform.register.asked(), asked + 4, "{what}");
    platform.register.takes(Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn dropped_before_it_is_polled_nothing_is_looked_up() {
    for &driver in DRIVERS {
        let platform = platform(driver);
        for _ in 0..10 {
            drop(platform.serve("acme"));
        }
        assert_eq!(platform.register.asked(), 0, "{driver:?}");
        is_whole(&platform, "never polled").await;
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_in_its_look_up_it_leaves_its_place() {
    for &driver in DRIVERS {
        let platform = platform(driver);
        for _ in 0..10 {
            let mut answering = platform.serve("slow");
            poll(&mut answering);
            assert_eq!(platform.register.under_way(), 1, "{driver:?}");
            drop(answering);
        }
        is_whole(&platform, "in the look-up").await;
        assert_eq!(platform.handled(), 4, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_while_it_waits_for_a_place_it_takes_none() {
    for &driver in DRIVERS {
        let platform = platform(driver);
        let mut first = platform.serve("slow");
        let mut second = platform.serve("slower");
        poll(&mut first);
        poll(&mut second);
        for tenant in ["acme", "bolt", "acme"] {
            let mut third = platform.serve(tenant);
            poll(&mut third);
            assert_eq!(platform.register.under_way(), AT_ONCE, "{driver:?}");
            drop(third);
        }
        // A place falls free while one waits for it that then gives up.
        let mut third = platform.serve("acme");
        poll(&mut third);
        drop(first);
        drop(third);
        drop(second);
        is_whole(&platform, "waiting for a place").await;
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_while_it_waits_for_anothers_look_up_it_disturbs_nothing() {
    for &driver in DRIVERS {
        let platform = platform(driver);
        let mut leading = platform.serve("slow");
        poll(&mut leading);
        let mut waiting: Vec<_> = (0..5).map(|_| platform.serve("slow")).collect();
        waiting.iter_mut().for_each(poll);
        // In the middle, then the one that leads, then one that has been handed the lead.
        drop(waiting.remove(2));
        drop(leading);
        drop(waiting.remove(0));
        poll(&mut waiting[0]);
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
        drop(waiting);
        is_whole(&platform, "waiting for another's look-up").await;
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_in_its_body_nothing_is_handled() {
    for &driver in DRIVERS {
        let platform = platform(driver);
        for steps in [vec![Step::Never], vec![Step::Data("{".into()), Step::Never]] {
            let mut sent = addressed("acme", &platform.delivery("acme"));
            *sent.body_mut() = Scripted::new(steps);
            let mut answering = platform.post(sent);
            poll(&mut answering);
            drop(answering);
        }
        assert_eq!(platform.handled(), 0, "{driver:?}");
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
        is_whole(&platform, "in the body").await;
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_after_any_number_of_polls_it_leaves_nothing_behind() {
    for &driver in DRIVERS {
        let platform = platform(driver);
        for polls in 0..12 {
            platform.endpoint.forget_tenant("acme");
            platform.register.takes(Duration::from_millis(3));
            let mut sent = addressed("acme", &platform.delivery("acme"));
            let mut steps: Vec<Step> = (0..4).map(|_| Step::Later).collect();
            steps.push(Step::Never);
            *sent.body_mut() = Scripted::new(steps);
            let mut answering = platform.post(sent);
            for _ in 0..polls {
                poll(&mut answering);
                sleep(Duration::from_millis(1)).await;
            }
            drop(answering);
            is_whole(&platform, &format!("{driver:?} after {polls} polls")).await;
        }
    }
}
