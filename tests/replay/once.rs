//! A delivery is handled once, whoever sends it again and in whatever form.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookproof::providers;
use http::HeaderMap;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::driver::{ATTACHED, App, Reply, all, builder, guarded};
use super::forms::{event, others, presets};
use super::puppet::{Act, Ask, Puppet};
use crate::support::delivered::Delivered;

async fn together(app: &App, delivered: &Delivered, senders: usize) -> Vec<Reply> {
    let mut sent = JoinSet::new();
    for _ in 0..senders {
        sent.spawn(app.send(delivered));
    }
    sent.join_all().await
}

#[tokio::test(start_paused = true)]
async fn a_delivery_that_comes_twice_is_handled_once_and_acknowledged_twice() {
    for driver in all() {
        for scheme in presets() {
            let app = App::quick(driver, &guarded(scheme, Puppet::default()));
            let first = app.send(&event(scheme, 1)).await;
            assert_eq!(first.status, 200, "{driver:?}");
            assert!(first.is_handlers(), "{driver:?}");
            for _ in 0..3 {
                let second = app.send(&event(scheme, 1)).await;
                assert!(second.is_duplicate(), "{driver:?}: {second:?}");
            }
            assert_eq!(app.calls(), 1, "{driver:?} {}", scheme.slug());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_delivery_that_comes_again_in_another_form_is_handled_once() {
    for driver in all() {
        for scheme in presets() {
            let app = App::quick(driver, &guarded(scheme, Puppet::default()));
            let delivered = event(scheme, 1);
            assert!(app.send(&delivered).await.is_handlers());
            for (form, other) in others(&delivered) {
                let again = app.send(&other).await;
                let what = format!("{driver:?} {} {form}", scheme.slug());
                assert!(again.is_duplicate(), "{what}: {again:?}");
                assert_eq!(app.calls(), 1, "{what}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn two_events_are_two() {
    for driver in all() {
        for scheme in presets() {
            let bodies = Arc::new(Mutex::new(Vec::new()));
            let app = {
                let bodies = Arc::clone(&bodies);
                App::new(driver, &guarded(scheme, Puppet::default()), move |job| {
                    let body = job.proven.body().to_vec();
                    bodies.lock().expect("no panic").push(body);
                    async { 200 }
                })
            };
            for nth in 0..5 {
                let reply = app.send(&event(scheme, nth)).await;
                assert!(reply.is_handlers(), "{driver:?} {}", scheme.slug());
            }
            let sent: Vec<_> = (0..5).map(|nth| event(scheme, nth).body).collect();
            let handled = bodies.lock().expect("no panic").clone();
            assert_eq!(handled, sent, "{driver:?} {}", scheme.slug());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn of_many_at_the_same_time_one_is_handled_and_the_others_come_back_soon() {
    for driver in all() {
        let endpoint = guarded(&providers::GITHUB, Puppet::default());
        let app = App::new(driver, &endpoint, |_| async {
            sleep(Duration::from_secs(3)).await;
            200
        });
        let delivered = event(&providers::GITHUB, 1);
        let replies = together(&app, &delivered, 32).await;
        let (handled, others): (Vec<_>, Vec<_>) = replies.iter().partition(|it| it.is_handlers());
        assert_eq!(handled.len(), 1, "{driver:?}");
        assert_eq!(handled[0].status, 200, "{driver:?}");
        assert!(others.iter().all(|it| it.is_not_now()), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
        assert!(app.send(&delivered).await.is_duplicate(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn of_many_to_a_slow_store_one_is_handled() {
    for driver in all() {
        let store = Puppet::that(Ask::Claim, Act::Late(Duration::from_millis(300)));
        let app = App::quick(driver, &guarded(&providers::GITHUB, store));
        let delivered = event(&providers::GITHUB, 1);
        let replies = together(&app, &delivered, 32).await;
        let others = replies.iter().filter(|it| it.is_not_now());
        assert_eq!((app.calls(), others.count()), (1, 31), "{driver:?}");
    }
}

#[cfg(feature = "memory-store")]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_in_several_threads_one_is_handled() {
    use hookproof::replay::MemoryStore;

    for driver in all() {
        let app = App::quick(driver, &guarded(&providers::GITHUB, MemoryStore::default()));
        for nth in 0..20 {
            let replies = together(&app, &event(&providers::GITHUB, nth), 32).await;
            let handled = replies.iter().filter(|it| it.is_handlers()).count();
            let others = replies
                .iter()
                .filter(|it| it.is_not_now() || it.is_duplicate());
            assert_eq!((handled, others.count()), (1, 31), "{driver:?}");
        }
        assert_eq!(app.calls(), 20, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_first_that_fails_a_later_one_is_handled() {
    for driver in all() {
        let endpoint = guarded(&providers::GITHUB, Puppet::default());
        let app = App::new(driver, &endpoint, |job| async move {
            sleep(Duration::from_secs(1)).await;
            if job.nth == 1 { 500 } else { 200 }
        });
        let delivered = event(&providers::GITHUB, 1);
        let replies = together(&app, &delivered, 32).await;
        let failed = replies.iter().filter(|it| it.status == 500).count();
        let others = replies.iter().filter(|it| it.is_not_now()).count();
        assert_eq!((failed, others, app.calls()), (1, 31, 1), "{driver:?}");

        let second = app.send(&delivered).await;
        assert_eq!(second.status, 200, "{driver:?}");
        assert!(second.is_handlers(), "{driver:?}");
        assert!(app.send(&delivered).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 2, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn senders_who_come_back_as_they_are_asked_get_their_event_handled_once() {
    for driver in all() {
        let endpoint = guarded(&providers::GITHUB, Puppet::default());
        // Two attempts fail, the third is slow.
        let app = App::new(driver, &endpoint, |job| async move {
            sleep(Duration::from_secs(7)).await;
            if job.nth < 3 { 503 } else { 204 }
        });
        let handled = Arc::new(AtomicUsize::new(0));
        let mut senders = JoinSet::new();
        for _ in 0..16 {
            let (app, handled) = (app.clone(), Arc::clone(&handled));
            senders.spawn(async move {
                loop {
                    let reply = app.send(&event(&providers::GITHUB, 1)).await;
                    match reply.status {
                        204 => handled.fetch_add(1, Ordering::SeqCst),
                        200 => return,
                        _ => 0,
                    };
                    sleep(Duration::from_secs(reply.retry_after.unwrap_or(1))).await;
                }
            });
        }
        senders.join_all().await;
        assert_eq!(handled.load(Ordering::SeqCst), 1, "{driver:?}");
        assert_eq!(app.calls(), 3, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_never_reaches_the_store() {
    let scheme = &providers::SVIX;
    let genuine = event(scheme, 1);
    let mut stale = genuine.at(genuine.now - 301);
    stale.sign();
    let mut future = genuine.at(genuine.now + 301);
    future.sign();
    let mut unsigned = genuine.clone();
    unsigned.headers = HeaderMap::new();
    let mut twice = genuine.clone();
    let signature = twice.headers["svix-signature"].clone();
    twice.headers.append("svix-signature", signature);
    let mut other_id = genuine.clone();
    other_id
        .headers
        .insert("svix-id", "id_2".parse().expect("a value"));
    let mut large = genuine.with_body(vec![b'x'; 4_097]);
    large.sign();
    let refused = [
        (genuine.with_body("{}"), 401),
        (stale, 401),
        (future, 401),
        (unsigned, 401),
        (twice, 401),
        (other_id, 401),
        (large, 413),
    ];
    for driver in all() {
        let store = Puppet::default();
        let endpoint = builder(scheme, store.clone()).body_limit(4_096);
        let app = App::quick(driver, &endpoint.build().expect("sound"));
        for (delivered, status) in &refused {
            assert_eq!(app.send(delivered).await.status, *status, "{driver:?}");
        }
        assert_eq!((app.calls(), store.calls()), (0, 0), "{driver:?}");
        assert!(app.send(&genuine).await.is_handlers(), "{driver:?}");
        assert_eq!(store.calls(), 2, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_forgery_of_a_handled_delivery_is_told_nothing_of_it() {
    for driver in all() {
        let app = App::quick(driver, &guarded(&providers::GITHUB, Puppet::default()));
        let delivered = event(&providers::GITHUB, 1);
        assert!(app.send(&delivered).await.is_handlers(), "{driver:?}");
        let mut forged = delivered.clone();
        forged.write(&[&forged.encoded(&[7; 32])]);
        assert_eq!(app.send(&forged).await.status, 401, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_claim_comes_before_the_handler_and_the_mark_before_the_answer() {
    for &driver in ATTACHED {
        let store = Puppet::default();
        let order = Arc::new(Mutex::new(Vec::new()));
        let endpoint = guarded(&providers::GITHUB, store.clone());
        let app = {
            let (store, order) = (store.clone(), Arc::clone(&order));
            App::new(driver, &endpoint, move |_| {
                let calls = (store.asked(Ask::Claim), store.asked(Ask::Complete));
                order.lock().expect("no panic").push(calls);
                async { 200 }
            })
        };
        app.send(&event(&providers::GITHUB, 1)).await;
        let calls = (store.asked(Ask::Claim), store.asked(Ask::Complete));
        order.lock().expect("no panic").push(calls);
        let order = order.lock().expect("no panic").clone();
        assert_eq!(order, [(1, 0), (1, 1)], "{driver:?}");
        assert_eq!(store.calls(), 2, "{driver:?}");
    }
}
