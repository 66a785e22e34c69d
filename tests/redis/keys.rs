//! What stands in the server.

use std::time::Duration;

use hookproof::replay::{Claim, RedisStore, Renewal, ReplayStore};

use crate::LONG;
use crate::support::redis::{RedisServer, fresh, prefix, rival, shared};

const RETENTION: Duration = Duration::from_secs(90);

/// The milliseconds that a key has left.
fn left(server: &RedisServer, key: &str) -> i64 {
    server.ask(&["PTTL", key])
}

#[tokio::test]
async fn a_delivery_is_one_key_that_expires_whatever_becomes_of_it() {
    let server = RedisServer::start(&[]);
    let prefix = prefix();
    let store = RedisStore::builder(&server.url())
        .key_prefix(prefix.clone())
        .build()
        .expect("a usable address");
    let lease = fresh();
    let key = format!("{prefix}{}", lease.identity());
    let digits = &key[prefix.len()..];
    assert_eq!(digits.len(), 32);
    assert!(
        digits
            .bytes()
            .all(|digit| b"0123456789abcdef".contains(&digit))
    );

    let claimed = store.claim(&lease, LONG).await.expect("an answer");
    assert_eq!(claimed, Claim::Claimed);
    assert_eq!(server.ask::<Vec<String>>(&["KEYS", "*"]), [key.as_str()]);
    assert!((50_000..=60_000).contains(&left(&server, &key)));

    let longer = Duration::from_secs(120);
    let renewed = store.renew(&lease, longer).await.expect("an answer");
    assert_eq!(renewed, Renewal::Held);
    assert!((110_000..=120_000).contains(&left(&server, &key)));

    let other = rival(&lease);
    let lasts = Duration::from_secs(600);
    assert!(matches!(
        store.claim(&other, lasts).await,
        Ok(Claim::InProgress { retry_after }) if (110..=120).contains(&retry_after.as_secs())
    ));
    assert_eq!(store.renew(&other, lasts).await.ok(), Some(Renewal::Lost));
    assert_eq!(
        store.complete(&other, lasts).await.ok(),
        Some(Renewal::Lost)
    );
    store.release(&other).await.expect("an answer");
    assert!(
        (110_000..=120_000).contains(&left(&server, &key)),
        "others change nothing"
    );

    let done = store.complete(&lease, RETENTION).await.expect("an answer");
    assert_eq!(done, Renewal::Held);
    assert_eq!(server.ask::<Vec<String>>(&["KEYS", "*"]), [key.as_str()]);
    assert!((80_000..=90_000).contains(&left(&server, &key)));

    assert_eq!(store.claim(&other, lasts).await.ok(), Some(Claim::Done));
    assert_eq!(store.renew(&lease, lasts).await.ok(), Some(Renewal::Lost));
    store.release(&lease).await.expect("an answer");
    assert!(
        (80_000..=90_000).contains(&left(&server, &key)),
        "a mark keeps its time"
    );
}

#[tokio::test]
async fn a_mark_without_a_claim_expires_too_and_a_released_claim_leaves_nothing() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let (marked, released) = (fresh(), fresh());

    let held = store.complete(&marked, RETENTION).await.expect("an answer");
    assert_eq!(held, Renewal::Held);
    let key = format!("{}{}", RedisStore::DEFAULT_KEY_PREFIX, marked.identity());
    assert!((80_000..=90_000).contains(&left(&server, &key)));

    let claimed = store.claim(&released, LONG).await.expect("an answer");
    assert_eq!(claimed, Claim::Claimed);
    store.release(&released).await.expect("an answer");
    let nothing = fresh();
    assert_eq!(store.renew(&nothing, LONG).await.ok(), Some(Renewal::Lost));
    store.release(&nothing).await.expect("an answer");
    assert_eq!(server.ask::<Vec<String>>(&["KEYS", "*"]), [key.as_str()]);
}

#[tokio::test]
async fn times_out_of_all_proportion_are_borne() {
    let server = shared();
    let store = RedisStore::builder(server.url())
        .key_prefix(prefix())
        .build()
        .expect("a usable address");
    for lasts in [Duration::ZERO, Duration::from_nanos(1)] {
        let lease = fresh();
        let claimed = store.claim(&lease, lasts).await.expect("an answer");
        assert_eq!(claimed, Claim::Claimed);
        tokio::time::sleep(Duration::from_millis(10)).await;
        let again = store.claim(&rival(&lease), lasts).await.expect("an answer");
        assert_eq!(again, Claim::Claimed, "it is over already");
    }
    let lease = fresh();
    let claimed = store.claim(&lease, Duration::MAX).await.expect("an answer");
    assert_eq!(claimed, Claim::Claimed);
    let other = store.claim(&rival(&lease), LONG).await.expect("an answer");
    assert!(
        matches!(other, Claim::InProgress { retry_after } if retry_after > LONG),
        "{other:?}"
    );
    store.release(&lease).await.expect("an answer");
}

#[tokio::test]
async fn stores_of_different_prefixes_and_databases_do_not_see_each_other() {
    let server = RedisServer::start(&[]);
    let lease = fresh();
    let second = server.url().replace("/0", "/1");
    for (url, prefix) in [(server.url(), "a:"), (server.url(), "b:"), (second, "a:")] {
        let store = RedisStore::builder(&url).key_prefix(prefix).build();
        let store = store.expect("a usable address");
        let claimed = store.claim(&rival(&lease), LONG).await.expect("an answer");
        assert_eq!(claimed, Claim::Claimed, "{url} {prefix}");
    }
}

#[tokio::test]
async fn a_delivery_takes_little_memory() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let lease = fresh();
    let key = format!("{}{}", RedisStore::DEFAULT_KEY_PREFIX, lease.identity());

    let claimed = store.claim(&lease, LONG).await.expect("an answer");
    assert_eq!(claimed, Claim::Claimed);
    let claim: u64 = server.ask(&["MEMORY", "USAGE", &key]);
    let held = store.complete(&lease, RETENTION).await.expect("an answer");
    assert_eq!(held, Renewal::Held);
    let done: u64 = server.ask(&["MEMORY", "USAGE", &key]);
    println!("bytes by MEMORY USAGE: a claim {claim}, a mark {done}");
    assert!(done < 200 && claim < 250, "claim {claim}, done {done}");
}

#[tokio::test]
async fn many_marks_take_little_memory_each() {
    const MARKS: u32 = 20_000;
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    assert_eq!(
        store.complete(&fresh(), RETENTION).await.ok(),
        Some(Renewal::Held)
    );
    let used = || -> u64 {
        let memory: String = server.ask(&["INFO", "memory"]);
        let line = memory
            .lines()
            .find_map(|line| line.strip_prefix("used_memory:"));
        line.expect("the line").trim().parse().expect("a number")
    };
    let before = used();
    for _ in 0..MARKS / 500 {
        let marks: Vec<_> = (0..500)
            .map(|_| tokio::spawn(store.complete(&fresh(), RETENTION)))
            .collect();
        for mark in marks {
            assert_eq!(mark.await.expect("no panic").ok(), Some(Renewal::Held));
        }
    }
    let each = (used() - before) / u64::from(MARKS);
    println!("bytes a mark of {MARKS}, by used_memory: {each}");
    assert!(each < 250, "{each} bytes");
}
