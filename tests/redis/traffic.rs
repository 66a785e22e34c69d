//! What a call costs on the wire, and what comes of many at once.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use hookproof::replay::{Claim, Identity, RedisStore, Renewal, ReplayStore};

use crate::LONG;
use crate::support::redis::{RedisServer, fresh, prefix, rival, shared};

/// Sees every command that clients send.
struct Monitor(BufReader<TcpStream>);

impl Monitor {
    fn of(server: &RedisServer) -> Self {
        let mut connection = TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
        let patience = Some(Duration::from_secs(10));
        connection.set_read_timeout(patience).expect("a time");
        connection.write_all(b"MONITOR\r\n").expect("sent");
        let mut monitor = Self(BufReader::new(connection));
        assert_eq!(monitor.line(), "+OK");
        monitor
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    /// The names of the commands that clients have sent since, without what scripts do inside.
    fn since(&mut self, server: &RedisServer) -> Vec<String> {
        let _: String = server.ask(&["ECHO", "until now"]);
        let mut seen = Vec::new();
        loop {
            // +1690000000.123456 [0 127.0.0.1:54321] "EVALSHA" "…"
            let line = self.line();
            let (_, rest) = line.split_once('[').expect("who");
            let (who, what) = rest.split_once("] ").expect("what");
            if what.contains("until now") {
                let others = seen.into_iter().filter(|(other, _)| other != who);
                return others.map(|(_, command)| command).collect();
            }
            if !who.ends_with(" lua") {
                let command = what.split('"').nth(1).expect("a name");
                seen.push((who.to_owned(), command.to_lowercase()));
            }
        }
    }
}

async fn claimed(store: &RedisStore) {
    let claimed = store.claim(&fresh(), LONG).await.expect("an answer");
    assert_eq!(claimed, Claim::Claimed);
}

#[tokio::test]
async fn a_call_is_one_command() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let calls = || async {
        let (done, released) = (fresh(), fresh());
        for lease in [&done, &released] {
            assert_eq!(store.claim(lease, LONG).await.ok(), Some(Claim::Claimed));
            assert_eq!(store.renew(lease, LONG).await.ok(), Some(Renewal::Held));
        }
        assert_eq!(store.complete(&done, LONG).await.ok(), Some(Renewal::Held));
        assert_eq!(store.claim(&done, LONG).await.ok(), Some(Claim::Done));
        store.release(&released).await.expect("an answer");
    };
    let mut monitor = Monitor::of(&server);
    calls().await;
    println!("at first: {:?}", monitor.since(&server));
    calls().await;
    assert_eq!(monitor.since(&server), ["evalsha"; 7]);
}

#[tokio::test]
async fn scripts_that_the_server_forgot_are_taught_again() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let lease = fresh();
    assert_eq!(store.claim(&lease, LONG).await.ok(), Some(Claim::Claimed));
    let mut monitor = Monitor::of(&server);
    let flush = || server.ask::<()>(&["SCRIPT", "FLUSH"]);
    flush();
    claimed(&store).await;
    assert_eq!(
        monitor.since(&server),
        ["script", "evalsha", "script", "evalsha"],
        "the flush, and the claim with what it takes to teach it"
    );
    claimed(&store).await;
    assert_eq!(monitor.since(&server), ["evalsha"]);
    flush();
    assert_eq!(store.renew(&lease, LONG).await.ok(), Some(Renewal::Held));
    flush();
    assert_eq!(store.complete(&lease, LONG).await.ok(), Some(Renewal::Held));
    flush();
    store.release(&lease).await.expect("an answer");
    flush();
    assert_eq!(store.claim(&lease, LONG).await.ok(), Some(Claim::Done));
}

#[tokio::test]
async fn many_calls_share_one_connection() {
    let server = RedisServer::start(&[]);
    let store = RedisStore::new(&server.url()).expect("a usable address");
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { claimed(&store).await })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic");
    }
    let clients: String = server.ask(&["CLIENT", "LIST", "TYPE", "normal"]);
    // The one that asked is there too.
    assert_eq!(clients.lines().count(), 2, "{clients}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_all_that_claim_a_delivery_at_the_same_time_one_is_told_that_it_has_it() {
    const DELIVERIES: usize = 500;
    const TASKS: usize = 64;
    let server = shared();
    let prefix = prefix();
    let stores = [(); 2].map(|()| {
        let store = RedisStore::builder(server.url()).key_prefix(prefix.clone());
        // Nothing here is about being in time.
        store.deadline(LONG).build().expect("a usable address")
    });
    let deliveries: Vec<_> = (0..DELIVERIES).map(|_| fresh()).collect();
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let (store, deliveries) = (stores[task % 2].clone(), deliveries.clone());
            tokio::spawn(async move {
                let mut mine: Vec<Identity> = Vec::new();
                for at in 0..DELIVERIES {
                    let lease = rival(&deliveries[(at + task / 8) % DELIVERIES]);
                    match store.claim(&lease, LONG).await.expect("an answer") {
                        Claim::Claimed => mine.push(*lease.identity()),
                        Claim::InProgress { retry_after } => assert!(retry_after <= LONG),
                        other => panic!("{other:?}"),
                    }
                }
                mine
            })
        })
        .collect();
    let mut winners: HashMap<Identity, usize> = HashMap::new();
    let mut shares = Vec::new();
    for task in tasks {
        let mine = task.await.expect("no panic");
        shares.push(mine.len());
        for identity in mine {
            *winners.entry(identity).or_default() += 1;
        }
    }
    assert_eq!(winners.len(), DELIVERIES, "each has a winner");
    assert!(
        winners.values().all(|winners| *winners == 1),
        "and one only"
    );
    let with_a_share = shares.iter().filter(|share| **share > 0).count();
    assert!(with_a_share > 2, "they did race: {shares:?}");
}
