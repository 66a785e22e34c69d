//! How long what was looked up is kept, by the monotonic clock, and how it is forgotten.

use std::time::Duration;

use hookproof::VerifyErrorKind;
use tokio::time::sleep;

use super::platform::{DRIVERS, Platform};
use super::register::{Act, secret_of};

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn keys_are_kept_for_as_long_as_was_said() {
    for &driver in DRIVERS {
        let default = Platform::new(driver);
        let own = Platform::with(driver, |it| it.cached_for(millis(1_500)));
        for (platform, kept) in [(default, 60_000), (own, 1_500)] {
            platform.register.add("acme");
            assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
            platform.clock.pass(millis(kept - 1));
            assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
            assert_eq!(platform.register.asked(), 1, "{driver:?} {kept}");
            // Being used does not make them last longer.
            platform.clock.pass(millis(1));
            assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
            assert_eq!(platform.register.asked(), 2, "{driver:?} {kept}");
        }
    }
}

#[tokio::test]
async fn a_wall_clock_that_jumps_changes_nothing() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        for jump in [0, 86_400, -172_800, 400 * 86_400] {
            platform.clock.jump(jump);
            assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
            assert!(platform.serve("nobody").await.is_refusal(), "{driver:?}");
            assert_eq!(platform.register.asked(), 2, "{driver:?}");
        }
    }
}

#[tokio::test]
async fn a_secret_that_was_retired_is_refused_once_its_keys_are_too_old() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        let keys = vec![secret_of("new")];
        platform.register.set("acme", Act::Keys(keys));
        platform.clock.pass(millis(59_999));
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        platform.clock.pass(millis(1));
        assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
        let new = platform.delivery_under(&secret_of("new"));
        assert!(
            platform.send("acme", &new).await.is_handlers(),
            "{driver:?}"
        );
    }
}

#[tokio::test]
async fn that_a_tenant_is_unknown_is_kept_for_as_long_as_was_said() {
    for &driver in DRIVERS {
        let default = Platform::new(driver);
        let own = Platform::with(driver, |it| it.unknown_for(millis(70_000)));
        for (platform, kept) in [(default, 10_000), (own, 70_000)] {
            assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
            platform.register.add("acme");
            platform.clock.pass(millis(kept - 1));
            assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
            assert_eq!(platform.register.asked(), 1, "{driver:?} {kept}");
            platform.clock.pass(millis(1));
            assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        }
        let never = Platform::with(driver, |it| it.unknown_for(Duration::ZERO));
        for asked in 1..=3 {
            assert!(never.serve("acme").await.is_refusal(), "{driver:?}");
            assert_eq!(never.register.asked(), asked, "{driver:?}");
        }
    }
}

#[tokio::test]
async fn a_tenant_that_is_gone_is_unknown_once_its_keys_are_too_old() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        platform.register.set("acme", Act::Nobody);
        platform.clock.pass(secs(60));
        for _ in 0..2 {
            assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
            assert_eq!(platform.refusal(), VerifyErrorKind::UnknownTenant);
        }
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
    }
}

#[tokio::test]
async fn failures_are_not_kept_and_do_not_bring_old_keys_back() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.next("acme", [Act::Fails, Act::Fails]);
        for _ in 0..2 {
            assert!(platform.serve("acme").await.is_unavailable(), "{driver:?}");
        }
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked(), 3, "{driver:?}");

        platform.clock.pass(secs(60));
        platform.register.next("acme", [Act::Fails]);
        assert!(platform.serve("acme").await.is_unavailable(), "{driver:?}");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test]
async fn a_tenant_that_is_forgotten_is_looked_up_anew() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.add("bolt");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert!(platform.serve("bolt").await.is_handlers(), "{driver:?}");
        let keys = vec![secret_of("new")];
        platform.register.set("acme", Act::Keys(keys));
        platform.endpoint.forget_tenant("acme");
        platform.endpoint.forget_tenant("never heard of");
        assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
        assert_eq!(platform.refusal(), VerifyErrorKind::Mismatch);
        let new = platform.delivery_under(&secret_of("new"));
        assert!(
            platform.send("acme", &new).await.is_handlers(),
            "{driver:?}"
        );
        assert_eq!(platform.register.asked_for("acme"), 2, "{driver:?}");
        // Nobody else is.
        assert!(platform.serve("bolt").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked_for("bolt"), 1, "{driver:?}");

        // That it is unknown is forgotten too, and so is that it was known.
        for (act, handled) in [
            (Act::Nobody, false),
            (Act::Keys(vec![secret_of("acme")]), true),
        ] {
            platform.register.set("acme", act);
            platform.endpoint.forget_tenant("acme");
            let reply = platform.serve("acme").await;
            assert_eq!(reply.is_handlers(), handled, "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_under_way_when_its_tenant_was_forgotten_is_not_kept() {
    for &driver in DRIVERS {
        // The new look-up ends after the old one, and before it.
        for (old_takes, new_takes) in [(1_000, 1_000), (1_500, 100)] {
            let platform = Platform::new(driver);
            let old = platform.delivery("acme");
            let new = platform.delivery_under(&secret_of("new"));
            platform.register.add("acme");
            platform.register.takes(millis(old_takes));
            let first = tokio::spawn(platform.send("acme", &old));
            sleep(millis(500)).await;

            let keys = vec![secret_of("new")];
            platform.register.set("acme", Act::Keys(keys));
            platform.endpoint.forget_tenant("acme");
            platform.register.takes(millis(new_takes));
            let second = tokio::spawn(platform.send("acme", &new));
            // It came before that, and is judged by what was in force then.
            assert!(first.await.expect("no panic").is_handlers(), "{driver:?}");
            assert!(second.await.expect("no panic").is_handlers(), "{driver:?}");
            assert_eq!(platform.register.asked(), 2, "{driver:?}");

            assert!(platform.send("acme", &old).await.is_refusal(), "{driver:?}");
            assert!(platform.send("acme", &new).await.is_handlers());
            assert_eq!(platform.register.asked(), 2, "{driver:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn nor_is_it_where_nobody_asks_meanwhile() {
    for &driver in DRIVERS {
        for before in [Act::Keys(vec![secret_of("acme")]), Act::Nobody] {
            let platform = Platform::new(driver);
            platform.register.set("acme", before);
            platform.register.takes(millis(1_000));
            let first = platform.spawn("acme");
            sleep(millis(500)).await;
            let keys = vec![secret_of("new")];
            platform.register.set("acme", Act::Keys(keys));
            platform.endpoint.forget_tenant("acme");
            drop(first.await.expect("no panic"));
            let new = platform.delivery_under(&secret_of("new"));
            assert!(
                platform.send("acme", &new).await.is_handlers(),
                "{driver:?}"
            );
            assert_eq!(platform.register.asked(), 2, "{driver:?}");
        }
    }
}

#[tokio::test]
async fn no_more_tenants_are_kept_than_was_said() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.capacity(8));
        let names: Vec<_> = (0..100).map(|nth| format!("tenant-{nth}")).collect();
        for _ in 0..2 {
            for name in &names {
                platform.register.add(name);
                assert!(platform.serve(name).await.is_handlers(), "{driver:?}");
            }
        }
        let asked = platform.register.asked();
        assert!((184..=200).contains(&asked), "{driver:?}: {asked}");
    }
}

#[tokio::test]
async fn a_room_for_one_holds_one() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| it.capacity(1));
        platform.register.add("acme");
        for _ in 0..3 {
            assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        }
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
        for _ in 0..3 {
            assert!(platform.serve("nobody").await.is_refusal(), "{driver:?}");
        }
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
    }
}

#[tokio::test]
async fn ages_without_end_are_kept_without_end() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |it| {
            it.cached_for(Duration::MAX).unknown_for(Duration::MAX)
        });
        platform.register.add("acme");
        for _ in 0..2 {
            assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
            assert!(platform.serve("nobody").await.is_refusal(), "{driver:?}");
            platform.clock.pass(secs(10 * 365 * 86_400));
        }
        assert_eq!(platform.register.asked(), 2, "{driver:?}");
    }
}
