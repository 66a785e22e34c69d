//! One delivery, one call to the store, one fault.

use core::fmt;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use hookproof::replay::{RedisStore, ReplayGuard};
use hookproof::{Endpoint, VerifiedBody, providers};
use http::header::RETRY_AFTER;
use http::{Request, Response, StatusCode};
use http_body_util::Empty;
use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::faults::{Call, Fault};
use crate::guard::delivery;
use crate::support::http::verifier;
use crate::support::proxy::{Proxy, Weather};
use crate::support::redis::{RedisServer, eventually, prefix};

/// The store's. Many cases run side by side, and what is fair has to be in time.
const DEADLINE: Duration = Duration::from_secs(2);

/// The guard's own: the store's comes first.
const GUARD_DEADLINE: Duration = Duration::from_secs(4);

/// A lease whose renewals can be waited for, and one whose end nobody lives to see: a claim that is
/// not given up stays.
const SHORT_LEASE: Duration = Duration::from_secs(15);
const LONG_LEASE: Duration = Duration::from_secs(3_600);

/// How long anything may take that has to come to pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// A delivery to a receiver, the server that it asks, and what lies between them.
pub(crate) struct Case {
    call: Call,
    fault: Fault,
    server: Arc<RedisServer>,
    proxy: Proxy,
    prefix: String,
    receiver: Endpoint,
    /// How often the handler has run, and how often it has succeeded.
    runs: AtomicUsize,
    successes: AtomicUsize,
    /// What the network had carried when the fault came.
    before: OnceLock<usize>,
    /// The handler may end.
    goes_on: Notify,
}

/// A receiver of one process.
fn receiver(url: &str, prefix: &str, lease: Duration) -> Endpoint {
    let store = RedisStore::builder(url).key_prefix(prefix);
    let store = store.deadline(DEADLINE).build();
    let guard = ReplayGuard::new(store.expect("a usable address"));
    Endpoint::builder("billing", verifier(&providers::STANDARD_WEBHOOKS))
        .replay(guard.store_deadline(GUARD_DEADLINE).lease(lease))
        .build()
        .expect("a sound endpoint")
}

impl Case {
    pub(crate) async fn of(call: Call, fault: Fault, server: Arc<RedisServer>) -> Self {
        let (proxy, prefix) = (Proxy::to(server.port()).await, prefix());
        let lease = match call {
            Call::Renew => SHORT_LEASE,
            _ => LONG_LEASE,
        };
        Self {
            call,
            fault,
            receiver: receiver(&proxy.url(), &prefix, lease),
            server,
            proxy,
            prefix,
            runs: AtomicUsize::new(0),
            successes: AtomicUsize::new(0),
            before: OnceLock::new(),
            goes_on: Notify::new(),
        }
    }

    /// The fault, what is said meanwhile, and that all ends well.
    pub(crate) async fn run(self: Arc<Self>) {
        // There is a connection, over which the server was taught its scripts.
        assert_eq!(self.sent("another").await, StatusCode::NO_CONTENT);
        self.successes.store(0, Ordering::SeqCst);
        self.runs.store(0, Ordering::SeqCst);
        if self.call == Call::Claim {
            self.strike().await;
        }
        let first = match self.call {
            Call::Renew => self.sent_and_renewed().await,
            _ => self.sent("it").await,
        };
        assert_eq!(first, self.first_answer(), "{self:?}");
        assert!(self.asked() > 0, "{self:?}: nothing met the fault");
        if self.fault.is_lasting() && self.call != Call::Renew {
            assert_eq!(self.sent("it").await, self.answer_meanwhile(), "{self:?}");
        }
        self.proxy.turn(Weather::Fair);
        let due = match self.successes_so_far() {
            0 => StatusCode::NO_CONTENT,
            _ => StatusCode::OK,
        };
        let again = self.sent_until_taken(&self.receiver).await;
        assert_eq!(again, due, "{self:?}");
        let another = receiver(&self.server.url(), &self.prefix, LONG_LEASE);
        for receiver in [&another, &self.receiver] {
            let again = self.sent_until_taken(receiver).await;
            assert_eq!(again, StatusCode::OK, "{self:?}");
        }
        assert_eq!(self.successes_so_far(), 1, "{self:?}");
    }

    /// What the sender is told of the attempt that meets the fault.
    fn first_answer(&self) -> StatusCode {
        match self.call {
            Call::Claim if self.fault.is_lasting() => StatusCode::SERVICE_UNAVAILABLE,
            Call::Claim | Call::Renew | Call::Complete => StatusCode::NO_CONTENT,
            Call::Release => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// And of one more before the weather turns. What this receiver has handled it knows by itself.
    fn answer_meanwhile(&self) -> StatusCode {
        match self.call {
            Call::Complete => StatusCode::OK,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// An attempt whose handler goes on until its lease was to be renewed, and again where that failed.
    async fn sent_and_renewed(self: &Arc<Self>) -> StatusCode {
        let case = Arc::clone(self);
        let first = tokio::spawn(async move { case.sent("it").await });
        let asks = if self.fault == Fault::NoData { 1 } else { 2 };
        eventually("the lease is renewed", PATIENCE, || self.asked() >= asks).await;
        if self.fault.is_lasting() {
            assert_eq!(self.sent("it").await, self.answer_meanwhile(), "{self:?}");
            self.proxy.turn(Weather::Fair);
        }
        self.goes_on.notify_one();
        first.await.expect("no panic")
    }

    /// Sent again as a provider does it, until it is taken.
    async fn sent_until_taken(self: &Arc<Self>, receiver: &Endpoint) -> StatusCode {
        let taken = async {
            loop {
                match self.sent_to(receiver, "it").await {
                    StatusCode::SERVICE_UNAVAILABLE => sleep(Duration::from_millis(50)).await,
                    answer => return answer,
                }
            }
        };
        let taken = timeout(PATIENCE, taken).await;
        taken.unwrap_or_else(|_| panic!("{self:?}: it is refused for ever"))
    }

    async fn sent(self: &Arc<Self>, id: &'static str) -> StatusCode {
        self.sent_to(&self.receiver, id).await
    }

    async fn sent_to(self: &Arc<Self>, receiver: &Endpoint, id: &'static str) -> StatusCode {
        let case = Arc::clone(self);
        let handler = service_fn(move |_: Request<VerifiedBody>| {
            let case = Arc::clone(&case);
            async move {
                let mut response = Response::new(Empty::<Bytes>::new());
                *response.status_mut() = case.handle(id).await;
                Ok::<_, Infallible>(response)
            }
        });
        let answer = receiver.layer().layer(handler).oneshot(delivery(id)).await;
        let answer = answer.expect("infallible");
        let puts_off = answer.headers().contains_key(RETRY_AFTER);
        let is_put_off = answer.status() == StatusCode::SERVICE_UNAVAILABLE;
        assert_eq!(puts_off, is_put_off, "{self:?}: {}", answer.status());
        answer.status()
    }

    /// The handler. At its first run the fault comes, unless it came before.
    async fn handle(&self, id: &str) -> StatusCode {
        let is_first = id == "it" && self.runs.fetch_add(1, Ordering::SeqCst) == 0;
        if is_first && self.call != Call::Claim {
            self.strike().await;
        }
        if is_first && self.call == Call::Renew {
            self.goes_on.notified().await;
        }
        if is_first && self.call == Call::Release {
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        self.successes.fetch_add(1, Ordering::SeqCst);
        StatusCode::NO_CONTENT
    }

    async fn strike(&self) {
        let is_first = self.before.set(self.proxy.asked()).is_ok();
        assert!(is_first, "{self:?}: a fault comes once");
        if let Fault::Network(weather) = self.fault {
            return self.proxy.turn(weather);
        }
        let (server, fault) = (Arc::clone(&self.server), self.fault);
        let struck = spawn_blocking(move || match fault {
            Fault::NoScripts => server.ask(&["SCRIPT", "FLUSH"]),
            Fault::NoData => server.ask(&["FLUSHALL"]),
            _ => {
                server.kill();
                server.start_again();
            }
        });
        struck.await.expect("no panic");
    }

    /// How much the network has carried since the fault came.
    fn asked(&self) -> usize {
        let before = self.before.get();
        before.map_or(0, |before| self.proxy.asked() - before)
    }

    fn successes_so_far(&self) -> usize {
        self.successes.load(Ordering::SeqCst)
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} under ", self.call)?;
        match self.fault {
            Fault::Network(Weather::Answers(said)) => write!(f, "\"{}\"", said.escape_ascii()),
            fault => fmt::Debug::fmt(&fault, f),
        }
    }
}
