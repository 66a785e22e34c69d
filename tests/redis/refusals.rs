//! A server that answers, and does not do what it is asked.

use std::error::Error as _;

use hookproof::replay::{Claim, RedisStore, Renewal, ReplayStore};

use crate::LONG;
use crate::support::redis::{RedisServer, fresh, rival};

fn key(lease: &hookproof::replay::Lease) -> String {
    format!("{}{}", RedisStore::DEFAULT_KEY_PREFIX, lease.identity())
}

#[tokio::test]
async fn a_server_without_memory_refuses_claims_alone() {
    let server = RedisServer::start(&["--maxmemory-policy", "noeviction"]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let [done, released, marked] = [(); 3].map(|()| fresh());
    for lease in [&done, &released, &marked] {
        assert_eq!(store.claim(lease, LONG).await.ok(), Some(Claim::Claimed));
    }
    let held = store.complete(&marked, LONG).await;
    assert_eq!(held.ok(), Some(Renewal::Held));
    // Not even what the server knows of scripts is there.
    let () = server.ask(&["SCRIPT", "FLUSH"]);
    let () = server.ask(&["CONFIG", "SET", "maxmemory", "1"]);

    let new = fresh();
    assert_eq!(store.claim(&new, LONG).await.ok(), Some(Claim::Full));
    assert_eq!(server.ask::<i64>(&["EXISTS", &key(&new)]), 0);
    assert_eq!(store.renew(&done, LONG).await.ok(), Some(Renewal::Held));
    assert_eq!(store.complete(&done, LONG).await.ok(), Some(Renewal::Held));
    assert_eq!(store.complete(&done, LONG).await.ok(), Some(Renewal::Held));
    let again = store.claim(&rival(&done), LONG).await;
    assert_eq!(again.ok(), Some(Claim::Done));
    let again = store.claim(&rival(&marked), LONG).await;
    assert_eq!(again.ok(), Some(Claim::Done));
    assert!(matches!(
        store.claim(&rival(&released), LONG).await,
        Ok(Claim::InProgress { .. })
    ));
    store.release(&released).await.expect("an answer");
    assert_eq!(store.claim(&new, LONG).await.ok(), Some(Claim::Full));
    // A claim that was forgotten leaves nothing to mark: the guard asks again until there is room.
    let forgotten = fresh();
    assert!(store.complete(&forgotten, LONG).await.is_err());

    let () = server.ask(&["CONFIG", "SET", "maxmemory", "0"]);
    assert_eq!(store.claim(&new, LONG).await.ok(), Some(Claim::Claimed));
    let held = store.complete(&forgotten, LONG).await;
    assert_eq!(held.ok(), Some(Renewal::Held));
}

#[tokio::test]
async fn a_server_that_became_a_replica_is_an_error_until_it_is_one_no_more() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let (held, done) = (fresh(), fresh());
    for lease in [&held, &done] {
        assert_eq!(store.claim(lease, LONG).await.ok(), Some(Claim::Claimed));
    }
    let marked = store.complete(&done, LONG).await;
    assert_eq!(marked.ok(), Some(Renewal::Held));

    // Nobody listens there.
    let () = server.ask(&["REPLICAOF", "127.0.0.1", "1"]);
    for _ in 0..2 {
        let error = store.claim(&fresh(), LONG).await.expect_err("read-only");
        assert!(error.source().is_some(), "{error}");
        assert!(store.complete(&held, LONG).await.is_err());
        assert!(store.renew(&held, LONG).await.is_err());
        assert!(store.release(&held).await.is_err());
    }
    let () = server.ask(&["REPLICAOF", "NO", "ONE"]);

    assert_eq!(store.renew(&held, LONG).await.ok(), Some(Renewal::Held));
    let again = store.claim(&rival(&done), LONG).await;
    assert_eq!(again.ok(), Some(Claim::Done));
    let claimed = store.claim(&fresh(), LONG).await;
    assert_eq!(claimed.ok(), Some(Claim::Claimed));
}

#[tokio::test]
async fn a_replica_is_left_for_whatever_stands_at_its_address_now() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let connections = || -> u64 {
        let stats: String = server.ask(&["INFO", "stats"]);
        let line = stats
            .lines()
            .find_map(|line| line.strip_prefix("total_connections_received:"));
        line.expect("the line").trim().parse().expect("a number")
    };
    let claimed = store.claim(&fresh(), LONG).await;
    assert_eq!(claimed.ok(), Some(Claim::Claimed));
    let () = server.ask(&["REPLICAOF", "127.0.0.1", "1"]);
    assert!(store.claim(&fresh(), LONG).await.is_err());
    let before = connections();
    assert!(store.claim(&fresh(), LONG).await.is_err());
    assert_eq!(
        connections() - before,
        2,
        "the store's, and the one that asks"
    );
}

#[tokio::test]
async fn what_another_put_at_a_key_is_an_error_and_stays() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let lease = fresh();
    let () = server.ask(&["SET", &key(&lease), "another's"]);
    assert!(store.claim(&lease, LONG).await.is_err());
    assert!(store.renew(&lease, LONG).await.is_err());
    assert!(store.complete(&lease, LONG).await.is_err());
    assert!(store.release(&lease).await.is_err());
    let there: String = server.ask(&["GET", &key(&lease)]);
    assert_eq!(there, "another's");
    // The connection is as good as before.
    let claimed = store.claim(&fresh(), LONG).await;
    assert_eq!(claimed.ok(), Some(Claim::Claimed));
}

#[tokio::test]
async fn a_user_who_may_run_scripts_and_touch_these_keys_is_enough() {
    let server = RedisServer::start(&[]);
    let () = server.ask(&[
        "ACL",
        "SETUSER",
        "hookproof",
        "on",
        ">pass",
        "~hookproof:*",
        "+evalsha",
        "+script|load",
        "+hget",
        "+hmget",
        "+hset",
        "+hdel",
        "+del",
        "+pexpire",
        "+pttl",
    ]);
    let url = server.url().replace("://", "://hookproof:pass@");
    let store = RedisStore::new(&url).expect("a usable address");
    let (done, released) = (fresh(), fresh());
    for lease in [&done, &released] {
        assert_eq!(store.claim(lease, LONG).await.ok(), Some(Claim::Claimed));
        assert_eq!(store.renew(lease, LONG).await.ok(), Some(Renewal::Held));
        assert!(matches!(
            store.claim(&rival(lease), LONG).await,
            Ok(Claim::InProgress { .. })
        ));
    }
    let held = store.complete(&done, LONG).await;
    assert_eq!(held.ok(), Some(Renewal::Held));
    store.release(&released).await.expect("an answer");

    let elsewhere = RedisStore::builder(&url).key_prefix("other:").build();
    let elsewhere = elsewhere.expect("a usable address");
    assert!(elsewhere.claim(&fresh(), LONG).await.is_err());
    assert_eq!(server.ask::<i64>(&["DBSIZE"]), 1);
}
