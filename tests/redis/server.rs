//! A server that hangs, dies, starts late, is still loading, or forgets nothing.

use std::time::{Duration, Instant};

use hookproof::replay::{Claim, RedisStore, Renewal, ReplayStore};

use crate::support::redis::{PERSISTENT, RedisServer, eventually, fresh, once, rival, timed};
use crate::{DEADLINE, LONG, SLACK, hasty};

#[tokio::test]
async fn a_server_that_hangs_is_an_error_at_the_deadline_and_works_again_by_itself() {
    let server = RedisServer::start(&[]);
    let store = hasty(&server.url());
    let lease = fresh();
    assert_eq!(store.claim(&lease, LONG).await.ok(), Some(Claim::Claimed));

    server.pause();
    for _ in 0..2 {
        let (answer, took) = timed(store.claim(&fresh(), LONG)).await;
        assert!(answer.is_err(), "it hangs");
        assert!(took < DEADLINE + SLACK, "{took:?}");
    }
    let (answer, took) = timed(store.complete(&lease, LONG)).await;
    assert!(answer.is_err() && took < DEADLINE + SLACK, "{took:?}");

    server.resume();
    let held = store.complete(&lease, LONG).await;
    assert_eq!(held.ok(), Some(Renewal::Held));
    let again = store.claim(&rival(&lease), LONG).await;
    assert_eq!(again.ok(), Some(Claim::Done));
}

#[tokio::test]
async fn the_deadline_is_a_second_unless_told_otherwise() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    assert_eq!(RedisStore::DEFAULT_DEADLINE, Duration::from_secs(1));
    let claimed = store.claim(&fresh(), LONG).await;
    assert_eq!(claimed.ok(), Some(Claim::Claimed));
    server.pause();
    let (answer, took) = timed(store.claim(&fresh(), LONG)).await;
    assert!(answer.is_err());
    assert!(
        (Duration::from_millis(950)..Duration::from_secs(1) + SLACK).contains(&took),
        "{took:?}"
    );
}

#[tokio::test]
async fn a_server_that_died_remembers_through_its_append_only_file() {
    let server = RedisServer::start(&PERSISTENT);
    let store = hasty(&server.url());
    let (done, held, released) = (fresh(), fresh(), fresh());
    for lease in [&done, &held, &released] {
        assert_eq!(store.claim(lease, LONG).await.ok(), Some(Claim::Claimed));
    }
    let completed = store.complete(&done, LONG).await;
    assert_eq!(completed.ok(), Some(Renewal::Held));
    store.release(&released).await.expect("an answer");

    server.kill();
    let (answer, took) = timed(store.claim(&fresh(), LONG)).await;
    assert!(answer.is_err());
    assert!(took < DEADLINE + SLACK, "{took:?}");
    server.start_again();

    let again = store.claim(&rival(&done), LONG).await;
    assert_eq!(again.ok(), Some(Claim::Done));
    assert!(matches!(
        store.claim(&rival(&held), LONG).await,
        Ok(Claim::InProgress { retry_after }) if retry_after <= LONG
    ));
    assert_eq!(store.renew(&held, LONG).await.ok(), Some(Renewal::Held));
    let again = store.claim(&rival(&released), LONG).await;
    assert_eq!(again.ok(), Some(Claim::Claimed));
    for lease in [&done, &held, &released] {
        let key = format!("{}{}", RedisStore::DEFAULT_KEY_PREFIX, lease.identity());
        let left: i64 = server.ask(&["PTTL", &key]);
        assert!((1..=60_000).contains(&left), "{left}");
    }
}

#[tokio::test]
async fn a_server_that_was_restarted_between_two_calls_is_not_noticed() {
    let server = RedisServer::start(&PERSISTENT);
    let store = hasty(&server.url());
    let lease = fresh();
    assert_eq!(store.claim(&lease, LONG).await.ok(), Some(Claim::Claimed));
    server.kill();
    server.start_again();
    let held = store.complete(&lease, LONG).await;
    assert_eq!(held.ok(), Some(Renewal::Held));
}

#[tokio::test]
async fn a_store_is_built_while_its_server_is_down_and_works_once_it_is_up() {
    let server = RedisServer::start(&[]);
    server.kill();
    let store = hasty(&server.url());
    let (answer, took) = timed(store.claim(&fresh(), LONG)).await;
    assert!(answer.is_err());
    assert!(took < DEADLINE + SLACK, "{took:?}");
    server.start_again();
    let claimed = store.claim(&fresh(), LONG).await;
    assert_eq!(claimed.ok(), Some(Claim::Claimed));
}

#[tokio::test]
async fn a_server_that_is_still_loading_is_an_error_and_then_remembers() {
    let server = RedisServer::start(&[]);
    let store = hasty(&server.url());
    let lease = fresh();
    let held = store.complete(&lease, LONG).await;
    assert_eq!(held.ok(), Some(Renewal::Held));
    let filler = "for i = 1, 300 do redis.call('SET', 'filler' .. i, string.rep('x', 20, i)) end";
    let () = server.ask(&["EVAL", filler, "0"]);
    let () = server.ask(&["SAVE"]);
    server.kill();
    // Three milliseconds a key, and a look at its clients at each kilobyte.
    server.begin_again(&[
        "--key-load-delay",
        "3000",
        "--loading-process-events-interval-bytes",
        "1024",
    ]);
    let since = Instant::now();
    let mut loading = 0;
    loop {
        let (answer, took) = timed(store.claim(&rival(&lease), LONG)).await;
        assert!(took < DEADLINE + SLACK, "{took:?}");
        match answer {
            Ok(claim) => {
                assert_eq!(claim, Claim::Done);
                break;
            }
            Err(error) if error.to_string().to_lowercase().contains("loading") => loading += 1,
            Err(_) => {}
        }
        assert!(since.elapsed() < Duration::from_secs(20), "it never loads");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(loading > 0, "it was not seen loading");
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced() {
    let server = RedisServer::start(&[]);
    let store = hasty(&server.url());
    for _ in 0..5 {
        let claimed = store.claim(&fresh(), LONG).await;
        assert_eq!(claimed.ok(), Some(Claim::Claimed));
        let _: i64 = server.ask(&["CLIENT", "KILL", "TYPE", "normal"]);
    }
    eventually("no connection is left over", Duration::from_secs(5), || {
        let clients: String = server.ask(&["CLIENT", "LIST", "TYPE", "normal"]);
        clients.lines().count() == 1
    })
    .await;
}

#[test]
fn a_runtime_that_ended_took_its_connection_with_it() {
    let server = RedisServer::start(&[]);
    let store = hasty(&server.url());
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let claimed = runtime.block_on(store.claim(&fresh(), LONG));
        assert_eq!(claimed.ok(), Some(Claim::Claimed));
    }
}

#[test]
fn a_runtime_that_stands_still_costs_one_call_its_deadline() {
    let server = RedisServer::start(&[]);
    let store = hasty(&server.url());
    let runtimes = [(); 2].map(|()| {
        let runtime = tokio::runtime::Builder::new_current_thread();
        { runtime }.enable_all().build().expect("a runtime")
    });
    let claim = |nth: usize| runtimes[nth].block_on(store.claim(&fresh(), LONG)).ok();
    assert_eq!(claim(0), Some(Claim::Claimed));
    assert_eq!(claim(1), None, "who drives the connection stands still");
    assert_eq!(claim(1), Some(Claim::Claimed));
}

#[test]
fn a_runtime_that_stands_still_while_it_connects_is_not_waited_for_for_ever() {
    let server = RedisServer::start(&[]);
    let store = hasty(&server.url());
    let runtimes = [(); 2].map(|()| {
        let runtime = tokio::runtime::Builder::new_current_thread();
        { runtime }.enable_all().build().expect("a runtime")
    });
    runtimes[0].block_on(async {
        let mut call = store.claim(&fresh(), LONG);
        assert!(once(&mut call).await.is_none(), "it connects first");
    });
    let since = Instant::now();
    let claim = || runtimes[1].block_on(store.claim(&fresh(), LONG)).ok();
    while claim() != Some(Claim::Claimed) {
        assert!(since.elapsed() < DEADLINE * 5, "it is waited for");
    }
}
