//! A network that swallows bytes or breaks connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hookproof::replay::{Claim, Lease, RedisStore, Renewal, ReplayStore};
use tokio::time::timeout;

use crate::support::proxy::{Proxy, Weather};
use crate::support::redis::{RedisServer, eventually, fresh, once, rival, timed};
use crate::{DEADLINE, LONG, SLACK, hasty};

async fn claim(store: &impl ReplayStore, lease: &Lease) -> Option<Claim> {
    store.claim(lease, LONG).await.ok()
}

#[tokio::test]
async fn a_connection_that_went_silent_is_dropped_at_the_deadline() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    let store = hasty(&proxy.url());
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    assert_eq!((proxy.accepted(), proxy.open()), (1, 1));

    proxy.turn(Weather::Silent);
    let lease = fresh();
    let (answer, took) = timed(store.claim(&lease, LONG)).await;
    let error = answer.expect_err("nothing came back");
    assert!(error.to_string().contains("deadline"), "{error}");
    assert!(took < DEADLINE + SLACK, "{took:?}");

    // What was silent stays so; what comes new is served.
    proxy.turn(Weather::Fair);
    let (answer, took) = timed(claim(&store, &lease)).await;
    assert_eq!(answer, Some(Claim::Claimed));
    assert!(took < DEADLINE, "{took:?}");
    assert_eq!(proxy.accepted(), 2);
    eventually("the silent connection is closed", LONG / 12, || {
        proxy.open() == 1
    })
    .await;
}

#[tokio::test]
async fn a_network_that_is_silent_from_the_start_costs_each_call_its_deadline_and_no_more() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    proxy.turn(Weather::Silent);
    let store = hasty(&proxy.url());
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { timed(store.claim(&fresh(), LONG)).await })
        })
        .collect();
    for call in calls {
        let (answer, took) = call.await.expect("no panic");
        assert!(answer.is_err());
        assert!(took < DEADLINE + SLACK, "{took:?}");
    }
    proxy.turn(Weather::Fair);
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    eventually("the silent connections are closed", LONG / 12, || {
        proxy.open() == 1
    })
    .await;
}

#[tokio::test]
async fn callers_that_keep_coming_do_not_keep_a_silent_network_from_being_reached_again() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    let store = hasty(&proxy.url());
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    proxy.turn(Weather::Silent);
    let came_back = Arc::new(AtomicBool::new(false));
    let since = Instant::now();
    while since.elapsed() < DEADLINE * 10 && !came_back.load(Ordering::SeqCst) {
        if since.elapsed() > DEADLINE * 3 {
            // Connecting takes longer than it takes until the next caller comes.
            proxy.turn(Weather::Slow(DEADLINE / 6));
        }
        let (store, came_back) = (store.clone(), Arc::clone(&came_back));
        tokio::spawn(async move {
            if claim(&store, &fresh()).await.is_some() {
                came_back.store(true, Ordering::SeqCst);
            }
        });
        tokio::time::sleep(DEADLINE / 30).await;
    }
    assert!(
        came_back.load(Ordering::SeqCst),
        "no call was answered after {:?}, through {} connections",
        since.elapsed(),
        proxy.accepted()
    );
}

#[tokio::test]
async fn a_silent_connection_is_dropped_at_the_deadline_of_a_hastier_caller() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    let store = hasty(&proxy.url());
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));

    proxy.turn(Weather::Silent);
    let call = timeout(DEADLINE / 2, store.claim(&fresh(), LONG)).await;
    assert!(call.is_err(), "the caller gave up");
    proxy.turn(Weather::Fair);
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    assert_eq!(proxy.accepted(), 2);
}

#[tokio::test]
async fn a_call_that_nobody_polls_holds_up_nobody() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    proxy.turn(Weather::Slow(DEADLINE));
    // Time enough for two slow steps, and for a busy machine.
    let store = RedisStore::builder(&proxy.url())
        .deadline(DEADLINE * 8)
        .build()
        .expect("a usable address");
    let mut left_alone = store.claim(&fresh(), LONG);
    assert!(timeout(DEADLINE / 3, &mut left_alone).await.is_err());
    // It has begun to connect; its task is busy with something else from now on.
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    drop(left_alone);
}

#[tokio::test]
async fn calls_that_are_given_up_at_once_do_not_cost_a_sound_connection() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    let store = hasty(&proxy.url());
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    for _ in 0..50 {
        let mut call = store.claim(&fresh(), LONG);
        assert!(once(&mut call).await.is_none());
        // It is sent meanwhile.
        tokio::task::yield_now().await;
        let _ = once(&mut call).await;
    }
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    assert_eq!((proxy.accepted(), proxy.open()), (1, 1));
}

#[tokio::test]
async fn a_call_whose_connection_breaks_is_tried_once_more() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    let store = hasty(&proxy.url());
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    for cut in [Weather::CutBefore, Weather::CutAfter] {
        let lease = fresh();
        proxy.turn(cut);
        assert_eq!(claim(&store, &lease).await, Some(Claim::Claimed), "{cut:?}");
        proxy.turn(cut);
        let held = store.renew(&lease, LONG).await;
        assert_eq!(held.ok(), Some(Renewal::Held), "{cut:?}");
        proxy.turn(cut);
        let held = store.complete(&lease, LONG).await;
        assert_eq!(held.ok(), Some(Renewal::Held), "{cut:?}");
        proxy.turn(cut);
        store.release(&fresh()).await.expect("an answer");
        assert_eq!(claim(&store, &lease).await, Some(Claim::Done), "{cut:?}");
    }
    assert_eq!(proxy.accepted(), 9, "a new connection for each that broke");
}

#[tokio::test]
async fn a_claim_that_arrives_after_it_was_given_up_is_free_when_its_lease_ends() {
    const LATE: Duration = Duration::from_secs(3);
    const LEASE: Duration = Duration::from_secs(2);
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    let store = hasty(&proxy.url());
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    proxy.turn(Weather::Slow(LATE));
    let lease = fresh();
    assert!(store.claim(&lease, LEASE).await.is_err(), "it is late");
    proxy.turn(Weather::Fair);
    store.release(&lease).await.expect("an answer");

    let key = format!("{}{}", RedisStore::DEFAULT_KEY_PREFIX, lease.identity());
    eventually("the claim arrives", LONG, || server.ask(&["EXISTS", &key])).await;
    let since = Instant::now();
    while claim(&store, &rival(&lease)).await != Some(Claim::Claimed) {
        assert!(since.elapsed() < LEASE + SLACK, "it is refused for longer");
        tokio::time::sleep(DEADLINE / 30).await;
    }
}

#[tokio::test]
async fn a_network_that_breaks_every_connection_is_an_error_at_once() {
    let server = RedisServer::start(&[]);
    let proxy = Proxy::to(server.port()).await;
    let store = hasty(&proxy.url());
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
    proxy.turn(Weather::Broken);
    let (answer, took) = timed(store.claim(&fresh(), LONG)).await;
    assert!(answer.is_err());
    assert!(took < DEADLINE, "{took:?}");
    assert!(proxy.accepted() <= 3, "{} connections", proxy.accepted());
    proxy.turn(Weather::Fair);
    assert_eq!(claim(&store, &fresh()).await, Some(Claim::Claimed));
}

#[tokio::test]
async fn what_is_no_redis_server_is_an_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    std::thread::spawn(move || {
        use std::io::Write as _;
        for client in listener.incoming().take(8) {
            let mut client = client.expect("a client");
            let _ = client.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    let store = hasty(&format!("redis://127.0.0.1:{port}/0"));
    let (answer, took) = timed(store.claim(&fresh(), LONG)).await;
    assert!(answer.is_err(), "{answer:?}");
    assert!(took < DEADLINE + SLACK, "{took:?}");
}
