//! Several attempts at one delivery, and handlers that do not come to their end.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::post;
use hookproof::replay::{MemoryStore, RedisStore, ReplayGuard};
use hookproof::{Endpoint, Proven, providers};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::driver::{ATTACHED, App, DETACHED, Driver, Reply, all, guarded};
use crate::forms::event;
use crate::receiver::secs;
use crate::support::delivered::Delivered;
use crate::support::redis::{self, eventually};

fn delivery() -> Delivered {
    event(&providers::MAILINGAPI, 1)
}

fn endpoint() -> Endpoint {
    guarded(&providers::MAILINGAPI, MemoryStore::default())
}

async fn together(app: &App, senders: usize) -> Vec<Reply> {
    let mut sent = JoinSet::new();
    for _ in 0..senders {
        sent.spawn(app.send(&delivery()));
    }
    sent.join_all().await
}

/// hx-s-010, concurrent duplicates: 503 with `Retry-After` while the first is at work.
#[tokio::test(start_paused = true)]
async fn hx_s_010_concurrent_duplicates() {
    for driver in all() {
        let app = App::new(driver, &endpoint(), |_| async {
            sleep(Duration::from_millis(500)).await;
            200
        });
        let replies = together(&app, 32).await;
        let handled = replies.iter().filter(|it| it.is_handlers()).count();
        let others = replies.iter().filter(|it| it.is_not_now()).count();
        assert_eq!((handled, others, app.calls()), (1, 31, 1), "{driver:?}");
    }
}

/// hx-s-011, concurrent duplicates and the first fails: none of them is told 2xx.
#[tokio::test(start_paused = true)]
async fn hx_s_011_concurrent_duplicates_and_the_first_fails() {
    for driver in all() {
        let app = App::new(driver, &endpoint(), |job| async move {
            sleep(Duration::from_millis(500)).await;
            if job.nth == 1 { 500 } else { 200 }
        });
        let replies = together(&app, 8).await;
        let refused = replies.iter().filter(|it| it.status >= 500).count();
        assert_eq!((refused, app.calls()), (8, 1), "{driver:?}: {replies:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert_eq!(app.calls(), 2, "{driver:?}");
    }
}

/// hx-s-012, handler panics, then the sender retries: the claim is given up on unwinding.
#[tokio::test(start_paused = true)]
async fn hx_s_012_the_handler_panics_then_the_sender_retries() {
    for driver in all() {
        let app = App::new(driver, &endpoint(), |job| async move {
            assert!(job.nth > 1, "the first attempt panics");
            200
        });
        let first = app.spawn(&delivery()).await;
        assert!(first.expect_err("it panicked").is_panic(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert_eq!(app.calls(), 2, "{driver:?}");
    }
}

/// A delivery as it goes over a connection.
fn on_the_wire(delivered: &Delivered) -> Vec<u8> {
    let (name, length) = (delivered.signature_header(), delivered.body.len());
    let value = String::from_utf8(delivered.value(name)).expect("a text");
    let head = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n{name}: {value}\r\n\r\n"
    );
    [head.as_bytes(), &delivered.body].concat()
}

/// Over a real connection, which the client closes while the handler waits.
async fn is_handled_again_after_its_client_closed() {
    let (store, calls) = (MemoryStore::default(), Arc::new(AtomicUsize::new(0)));
    let handler = {
        let calls = Arc::clone(&calls);
        move |_: Proven| async move {
            if calls.fetch_add(1, Ordering::SeqCst) == 0 {
                std::future::pending::<()>().await;
            }
        }
    };
    let endpoint = guarded(&providers::MAILINGAPI, store.clone());
    let app: Router = Router::new().route("/", post(endpoint.handler(handler)));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(axum::serve(listener, app).into_future());
    let connected = async || {
        let mut client = TcpStream::connect(address).await.expect("connected");
        let sent = client.write_all(&on_the_wire(&delivery())).await;
        sent.expect("sent");
        client
    };
    let client = connected().await;
    let called = || calls.load(Ordering::SeqCst) == 1;
    eventually("the handler is at work", secs(20), called).await;
    drop(client);
    let freed = || store.stats().entries == 0;
    eventually("the claim is given up", secs(20), freed).await;
    let mut status = [0; 12];
    let read = connected().await.read_exact(&mut status).await;
    read.expect("an answer");
    assert_eq!(&status, b"HTTP/1.1 200");
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

/// hx-s-013, handler future dropped mid-way: handled again; a detached handler goes on, and is in
/// progress until it is done.
#[tokio::test(start_paused = true)]
async fn hx_s_013_the_handlers_future_is_dropped_midway() {
    let slow = |driver| {
        App::new(driver, &endpoint(), |_| async {
            sleep(secs(5)).await;
            200
        })
    };
    for &driver in ATTACHED {
        let app = slow(driver);
        assert!(timeout(secs(1), app.send(&delivery())).await.is_err());
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert_eq!(app.calls(), 2, "{driver:?}");
    }
    for &driver in DETACHED {
        let app = slow(driver);
        assert!(timeout(secs(1), app.send(&delivery())).await.is_err());
        assert!(app.send(&delivery()).await.is_not_now(), "{driver:?}");
        sleep(secs(5)).await;
        assert!(app.send(&delivery()).await.is_duplicate(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
    tokio::time::resume();
    is_handled_again_after_its_client_closed().await;
}

const KILLED: &str = "claims::hx_s_014_the_process_is_killed_between_begin_and_finish";
/// Says to a child that it is the receiver to be killed: the server's address, and a key prefix.
const SERVER: &str = "HOOKPROOF_SCENARIO_SERVER";
const PREFIX: &str = "HOOKPROOF_SCENARIO_PREFIX";
const LEASE: Duration = Duration::from_secs(1);

fn durable(url: &str, prefix: &str) -> Endpoint {
    let store = RedisStore::builder(url).key_prefix(prefix).build();
    let guard = ReplayGuard::new(store.expect("an address")).lease(LEASE);
    guarded(&providers::MAILINGAPI, guard)
}

/// A receiver in a process of its own, whose handler never ends. Dropped, it is killed.
struct Receiver(Child);

impl Receiver {
    fn start(url: &str, prefix: &str) -> Self {
        let child = Command::new(std::env::current_exe().expect("a program"))
            .args(["--exact", KILLED])
            .envs([(SERVER, url), (PREFIX, prefix)])
            .stdout(Stdio::null())
            .spawn();
        Self(child.expect("a child"))
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.0.kill().expect("it is there");
        self.0.wait().expect("it ends");
    }
}

/// hx-s-014, process killed between begin and finish: 503 until the lease ends, then handled. The
/// receiver is a process of its own, the store a real server.
#[tokio::test]
async fn hx_s_014_the_process_is_killed_between_begin_and_finish() {
    if let (Ok(url), Ok(prefix)) = (std::env::var(SERVER), std::env::var(PREFIX)) {
        let app = App::new(Driver::Layer, &durable(&url, &prefix), |_| async {
            std::future::pending().await
        });
        let reply = app.send(&delivery()).await;
        panic!("the handler never ends, and yet: {reply:?}");
    }
    let (server, prefix) = (redis::shared(), redis::prefix());
    let receiver = Receiver::start(server.url(), &prefix);
    let pattern = format!("{prefix}*");
    let keys = || server.ask::<Vec<String>>(&["KEYS", &pattern]).len();
    eventually("the delivery is claimed", secs(20), || keys() == 1).await;
    drop(receiver);

    let app = App::quick(Driver::Layer, &durable(server.url(), &prefix));
    let since = Instant::now();
    let mut reply = app.send(&delivery()).await;
    while reply.is_not_now() && since.elapsed() < secs(20) {
        sleep(Duration::from_millis(50)).await;
        reply = app.send(&delivery()).await;
    }
    assert!(reply.is_handlers(), "{reply:?}");
    assert_eq!(app.calls(), 1);
    assert!(app.send(&delivery()).await.is_duplicate());
}
