//! A cluster of two nodes.

use std::time::Instant;

use hookproof::replay::{Claim, Lease, RedisStore, Renewal, ReplayStore};

use crate::support::redis::{PERSISTENT, RedisServer, eventually, fresh, rival, timed};
use crate::{DEADLINE, LONG, SLACK};

/// Two nodes that share the keys.
async fn two_nodes() -> [RedisServer; 2] {
    let nodes = [["0", "8191"], ["8192", "16383"]].map(|[first, last]| {
        let args = [
            "--cluster-enabled",
            "yes",
            "--cluster-require-full-coverage",
            "no",
        ];
        let node = RedisServer::start(&[&args[..], &PERSISTENT[..]].concat());
        let () = node.ask(&["CLUSTER", "ADDSLOTSRANGE", first, last]);
        node
    });
    let other = nodes[1].port().to_string();
    let () = nodes[0].ask(&["CLUSTER", "MEET", "127.0.0.1", &other]);
    eventually("the nodes know each other", LONG / 2, || {
        nodes.iter().all(|node| {
            let state: String = node.ask(&["CLUSTER", "INFO"]);
            ["cluster_state:ok", "cluster_slots_ok:16384"]
                .iter()
                .all(|line| state.contains(line))
        })
    })
    .await;
    nodes
}

fn store(nodes: &[RedisServer]) -> RedisStore {
    let urls: Vec<String> = nodes.iter().map(RedisServer::url).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    RedisStore::cluster(&urls)
        .deadline(DEADLINE)
        .build()
        .expect("usable addresses")
}

#[tokio::test]
async fn a_node_that_is_down_costs_its_own_deliveries_alone_and_comes_back() {
    let nodes = two_nodes().await;
    let store = store(&nodes);
    let leases: Vec<Lease> = (0..16).map(|_| fresh()).collect();
    for lease in &leases {
        assert_eq!(sooner_or_later(&store, lease).await, Claim::Claimed);
        assert_eq!(store.complete(lease, LONG).await.ok(), Some(Renewal::Held));
    }
    let there = nodes[0].ask::<usize>(&["DBSIZE"]);
    assert!((1..16).contains(&there), "{there} of 16");

    nodes[1].kill();
    let mut answered = 0;
    for lease in &leases {
        let (answer, took) = timed(store.claim(&rival(lease), LONG)).await;
        assert!(took < DEADLINE + SLACK, "{took:?}");
        match answer {
            Ok(claim) => {
                assert_eq!(claim, Claim::Done);
                answered += 1;
            }
            Err(_) => continue,
        }
    }
    assert_eq!(answered, there, "the other node's are answered");

    nodes[1].start_again();
    for lease in &leases {
        assert_eq!(sooner_or_later(&store, &rival(lease)).await, Claim::Done);
    }
}

/// The answer, as soon as there is one.
async fn sooner_or_later(store: &RedisStore, lease: &Lease) -> Claim {
    let since = Instant::now();
    loop {
        match store.claim(lease, LONG).await {
            Ok(claim) => return claim,
            Err(why) => assert!(since.elapsed() < LONG / 4, "{why}"),
        }
        tokio::time::sleep(DEADLINE / 10).await;
    }
}
