//! A Redis store on a cluster of three nodes.
#![cfg(all(feature = "redis-cluster", feature = "testing"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/redis.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
mod redis_server;

use std::process::Command;
use std::time::{Duration, Instant};

use hookproof::replay::{Claim, RedisStore, Renewal, ReplayStore, conformance};
use redis_server::{RedisServer, fresh, rival};
use tokio::time::sleep;

/// Three nodes that share the keys among them.
fn cluster() -> [RedisServer; 3] {
    let nodes = [(); 3].map(|()| RedisServer::start(&["--cluster-enabled", "yes"]));
    let addresses = nodes
        .each_ref()
        .map(|node| format!("127.0.0.1:{}", node.port()));
    let joined = Command::new("redis-cli")
        .args(["--cluster", "create"])
        .args(addresses)
        .arg("--cluster-yes")
        .output()
        .expect("redis-cli comes with redis-server");
    assert!(
        joined.status.success(),
        "{}",
        String::from_utf8_lossy(&joined.stdout)
    );
    for node in &nodes {
        let since = Instant::now();
        while !node
            .ask::<String>(&["CLUSTER", "INFO"])
            .contains("cluster_state:ok")
        {
            assert!(since.elapsed() < Duration::from_secs(20), "no cluster");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    nodes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_on_a_cluster_conforms_and_outlives_a_pause_of_a_node() {
    let nodes = cluster();
    let store = RedisStore::cluster(&[&nodes[0].url(), &nodes[1].url()])
        .deadline(Duration::from_millis(400))
        .build()
        .expect("addresses");
    conformance::check(&store, sleep)
        .await
        .expect("it conforms");

    let leases: Vec<_> = (0..60).map(|_| fresh()).collect();
    for lease in &leases {
        let claim = store.claim(lease, Duration::from_secs(60)).await;
        assert_eq!(claim.expect("a claim"), Claim::Claimed);
    }
    let keys = nodes.each_ref().map(|node| node.ask::<u64>(&["DBSIZE"]));
    assert!(keys.iter().all(|&keys| keys > 0), "{keys:?}");

    nodes[2].pause();
    let mut unanswered = 0;
    for lease in &leases[..12] {
        let asked = Instant::now();
        let completed = store.complete(lease, Duration::from_secs(60)).await;
        assert!(asked.elapsed() < Duration::from_millis(900));
        unanswered += usize::from(completed.is_err());
    }
    assert!(unanswered > 0, "the paused node holds none of them");
    nodes[2].resume();

    let since = Instant::now();
    for lease in &leases {
        loop {
            match store.complete(lease, Duration::from_secs(60)).await {
                Ok(renewal) => break assert_eq!(renewal, Renewal::Held),
                Err(error) => assert!(since.elapsed() < Duration::from_secs(20), "{error}"),
            }
            sleep(Duration::from_millis(50)).await;
        }
        let claim = store.claim(&rival(lease), Duration::from_secs(60)).await;
        assert_eq!(claim.expect("a claim"), Claim::Done);
    }
}
