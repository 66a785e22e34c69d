//! The whole guard on a real server: at most one success for a delivery, whatever fails meanwhile.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use hookproof::replay::ReplayGuard;
use hookproof::{Endpoint, Secret, Signer, UnixTime, VerifiedBody, providers};
use http::header::RETRY_AFTER;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::Empty;
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::support::http::{SECRET, Scripted, request, verifier};
use crate::support::redis::{PERSISTENT, RedisServer, eventually, timed};
use crate::{DEADLINE, SLACK, hasty};

const BODY: &[u8] = br#"{"type":"invoice.paid","amount":4200}"#;

/// The guard's own deadline: the store's comes first.
const GUARD_DEADLINE: Duration = Duration::from_millis(600);

/// A receiver of one process, before a server.
fn receiver(server: &RedisServer) -> Endpoint {
    let guard = ReplayGuard::new(hasty(&server.url())).store_deadline(GUARD_DEADLINE);
    Endpoint::builder("billing", verifier(&providers::STANDARD_WEBHOOKS))
        .replay(guard)
        .build()
        .expect("a sound endpoint")
}

/// A genuine delivery of that id.
pub(crate) fn delivery(id: &str) -> Request<Scripted> {
    let mut given = HeaderMap::new();
    given.insert("webhook-id", id.parse().expect("a value"));
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    let now = UnixTime::from_secs(i64::try_from(now).expect("before the end of time"));
    let headers = Signer::new(&providers::STANDARD_WEBHOOKS, Secret::new(SECRET))
        .expect("a usable secret")
        .sign_at(&given, BODY, now)
        .expect("signed");
    request(headers, Scripted::data(BODY))
}

/// A handler that counts its calls, does something and answers.
#[derive(Clone)]
struct Handler {
    calls: Arc<AtomicUsize>,
    does: Arc<dyn Fn() + Send + Sync>,
    answers: StatusCode,
}

impl Handler {
    fn new() -> Self {
        Self::that(|| {})
    }

    fn that(does: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            calls: Arc::default(),
            does: Arc::new(does),
            answers: StatusCode::NO_CONTENT,
        }
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

async fn deliver(endpoint: &Endpoint, handler: &Handler, id: &str) -> (StatusCode, HeaderMap) {
    let handler = handler.clone();
    let service = service_fn(move |_: Request<VerifiedBody>| {
        let handler = handler.clone();
        async move {
            handler.calls.fetch_add(1, Ordering::SeqCst);
            (handler.does)();
            let mut response = Response::new(Empty::<Bytes>::new());
            *response.status_mut() = handler.answers;
            Ok::<_, Infallible>(response)
        }
    });
    let answer = endpoint.layer().layer(service).oneshot(delivery(id)).await;
    let (parts, _) = answer.expect("infallible").into_parts();
    (parts.status, parts.headers)
}

async fn status(endpoint: &Endpoint, handler: &Handler, id: &str) -> StatusCode {
    deliver(endpoint, handler, id).await.0
}

/// A request whose handler never ends, until it is dropped after that long.
async fn hang_up_after(endpoint: &Endpoint, id: &str, after: Duration) {
    let service = service_fn(|_: Request<VerifiedBody>| {
        std::future::pending::<Result<Response<Empty<Bytes>>, Infallible>>()
    });
    let answer = endpoint.layer().layer(service).oneshot(delivery(id));
    assert!(tokio::time::timeout(after, answer).await.is_err());
}

fn keys(server: &RedisServer) -> Vec<String> {
    server.ask(&["KEYS", "*"])
}

/// Whether the one delivery that the server knows is done: its key has no owner.
fn is_done(server: &RedisServer) -> bool {
    let keys = keys(server);
    keys.len() == 1 && !server.ask::<bool>(&["HEXISTS", &keys[0], "o"])
}

#[tokio::test]
async fn a_duplicate_is_answered_200_by_every_receiver_without_the_handler() {
    let server = RedisServer::start(&[]);
    let (one, two) = (receiver(&server), receiver(&server));
    let handler = Handler::new();
    assert_eq!(status(&one, &handler, "id_1").await, StatusCode::NO_CONTENT);
    for endpoint in [&one, &two] {
        assert_eq!(status(endpoint, &handler, "id_1").await, StatusCode::OK);
    }
    assert_eq!(handler.calls(), 1);
    assert_eq!(status(&two, &handler, "id_2").await, StatusCode::NO_CONTENT);
    assert_eq!(handler.calls(), 2);
}

#[tokio::test]
async fn a_delivery_that_was_not_handled_is_handled_at_the_next_attempt() {
    let server = RedisServer::start(&[]);
    let mut handler = Handler::new();
    handler.answers = StatusCode::INTERNAL_SERVER_ERROR;
    let refused = status(&receiver(&server), &handler, "id_1").await;
    assert_eq!(refused, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(keys(&server).is_empty());
    handler.answers = StatusCode::NO_CONTENT;
    let handled = status(&receiver(&server), &handler, "id_1").await;
    assert_eq!(handled, StatusCode::NO_CONTENT);
    assert_eq!(handler.calls(), 2);
}

#[tokio::test]
async fn the_server_learns_nothing_of_what_was_delivered() {
    const ID: &str = "msg_a_very_particular_id";
    let server = Arc::new(RedisServer::start(&PERSISTENT));
    let endpoint = receiver(&server);
    let seen: Arc<std::sync::Mutex<HashMap<String, Vec<u8>>>> = Arc::default();
    let handler = Handler::that({
        let (server, seen) = (Arc::clone(&server), Arc::clone(&seen));
        move || *seen.lock().expect("not poisoned") = server.ask(&["HGETALL", &keys(&server)[0]])
    });
    assert_eq!(
        status(&endpoint, &handler, ID).await,
        StatusCode::NO_CONTENT
    );
    {
        let claim = seen.lock().expect("not poisoned");
        assert_eq!(claim.len(), 2, "{claim:?}");
        assert_eq!((claim["s"].len(), claim["o"].len()), (0, 16));
    }
    let mark: HashMap<String, Vec<u8>> = server.ask(&["HGETALL", &keys(&server)[0]]);
    assert_eq!(mark, HashMap::from([("s".to_owned(), Vec::new())]));

    // Everything that was ever written, as the server wrote it down.
    let mut written = Vec::new();
    for file in std::fs::read_dir(server.folder().join("appendonlydir")).expect("a folder") {
        let file = file.expect("a file").path();
        written.extend(std::fs::read(file).expect("readable"));
    }
    let written = String::from_utf8_lossy(&written);
    assert!(written.contains("hookproof:"), "it is the right folder");
    for secret in [ID, "invoice.paid", "billing", SECRET] {
        assert!(!written.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_store_that_hangs_before_the_claim_is_503_in_time_and_nothing_is_handled() {
    let server = RedisServer::start(&[]);
    let (endpoint, handler) = (receiver(&server), Handler::new());
    assert_eq!(
        status(&endpoint, &handler, "id_0").await,
        StatusCode::NO_CONTENT
    );
    server.pause();
    let ((refused, headers), took) = timed(deliver(&endpoint, &handler, "id_1")).await;
    assert_eq!(refused, StatusCode::SERVICE_UNAVAILABLE);
    let retry_after = headers[RETRY_AFTER].to_str().expect("text");
    assert!(retry_after.parse::<u32>().expect("seconds") > 0);
    assert!(took < DEADLINE + SLACK, "{took:?}");
    assert_eq!(handler.calls(), 1);

    server.resume();
    // The claim that got no answer was made at last, and is given up again.
    eventually("the claim is given up", Duration::from_secs(10), || {
        is_done(&server)
    })
    .await;
    assert_eq!(
        status(&endpoint, &handler, "id_1").await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(handler.calls(), 2);
}

#[tokio::test]
async fn a_store_that_hangs_while_the_handler_runs_holds_its_answer_up_no_longer_than_its_deadline()
{
    let server = Arc::new(RedisServer::start(&[]));
    let (endpoint, hanging) = (receiver(&server), Arc::clone(&server));
    let handler = Handler::that(move || hanging.pause());
    let (handled, took) = timed(status(&endpoint, &handler, "id_1")).await;
    assert_eq!(handled, StatusCode::NO_CONTENT);
    assert!(took < DEADLINE + SLACK, "{took:?}");

    // This process knows by itself what the store has not heard.
    let (duplicate, took) = timed(status(&endpoint, &handler, "id_1")).await;
    assert_eq!(duplicate, StatusCode::OK);
    assert!(took < DEADLINE, "{took:?}");

    server.resume();
    eventually("the store hears of it", Duration::from_secs(10), || {
        is_done(&server)
    })
    .await;
    for endpoint in [&endpoint, &receiver(&server)] {
        assert_eq!(status(endpoint, &handler, "id_1").await, StatusCode::OK);
    }
    assert_eq!(handler.calls(), 1);
}

#[tokio::test]
async fn a_server_that_is_killed_and_comes_back_while_the_handler_runs_changes_nothing() {
    let server = Arc::new(RedisServer::start(&PERSISTENT));
    let (endpoint, dying) = (receiver(&server), Arc::clone(&server));
    let handler = Handler::that(move || {
        dying.kill();
        dying.start_again();
    });
    let handled = status(&endpoint, &handler, "id_1").await;
    assert_eq!(handled, StatusCode::NO_CONTENT);
    assert!(is_done(&server));
    for endpoint in [&endpoint, &receiver(&server)] {
        assert_eq!(status(endpoint, &handler, "id_1").await, StatusCode::OK);
    }
    assert_eq!(handler.calls(), 1);
}

#[tokio::test]
async fn a_server_that_is_killed_while_the_handler_runs_hears_of_its_success_when_it_is_back() {
    let server = Arc::new(RedisServer::start(&PERSISTENT));
    let (endpoint, dying) = (receiver(&server), Arc::clone(&server));
    let handler = Handler::that(move || dying.kill());
    let (handled, took) = timed(status(&endpoint, &handler, "id_1")).await;
    assert_eq!(handled, StatusCode::NO_CONTENT);
    assert!(took < DEADLINE + SLACK, "{took:?}");
    assert_eq!(status(&endpoint, &handler, "id_1").await, StatusCode::OK);

    server.start_again();
    // Until it has heard, it says to others that the claim is held.
    let other = status(&receiver(&server), &handler, "id_1").await;
    assert!(
        [StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE].contains(&other),
        "{other}"
    );
    eventually("the store hears of it", Duration::from_secs(10), || {
        is_done(&server)
    })
    .await;
    let other = status(&receiver(&server), &handler, "id_1").await;
    assert_eq!(other, StatusCode::OK);
    assert_eq!(handler.calls(), 1);
}

#[tokio::test]
async fn a_server_that_comes_back_having_forgotten_everything_hears_of_the_success_all_the_same() {
    let server = Arc::new(RedisServer::start(&[]));
    let (endpoint, dying) = (receiver(&server), Arc::clone(&server));
    let handler = Handler::that(move || dying.kill());
    let handled = status(&endpoint, &handler, "id_1").await;
    assert_eq!(handled, StatusCode::NO_CONTENT);
    server.start_again();
    eventually("the store hears of it", Duration::from_secs(10), || {
        is_done(&server)
    })
    .await;
    let other = status(&receiver(&server), &handler, "id_1").await;
    assert_eq!(other, StatusCode::OK);
    assert_eq!(handler.calls(), 1);
}

#[tokio::test]
async fn a_sender_that_hangs_up_frees_its_delivery_at_once() {
    let server = RedisServer::start(&[]);
    let endpoint = receiver(&server);
    let (hung_up, after) = timed(hang_up_after(&endpoint, "id_1", DEADLINE)).await;
    let () = hung_up;
    assert!(after < DEADLINE + SLACK, "dropping waits for nothing");
    // The lease would last half a minute.
    eventually("the claim is given up", Duration::from_secs(5), || {
        keys(&server).is_empty()
    })
    .await;
    let handler = Handler::new();
    let other = status(&receiver(&server), &handler, "id_1").await;
    assert_eq!(other, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_sender_that_hangs_up_while_the_store_hangs_frees_its_delivery_when_the_store_is_back() {
    let server = RedisServer::start(&[]);
    let (endpoint, handler) = (receiver(&server), Handler::new());
    assert_eq!(
        status(&endpoint, &handler, "id_0").await,
        StatusCode::NO_CONTENT
    );
    server.pause();
    // Before the store's deadline, so that its answer may still come.
    hang_up_after(&endpoint, "id_1", DEADLINE / 3).await;
    server.resume();
    tokio::time::sleep(DEADLINE).await;
    eventually("the claim is given up", Duration::from_secs(5), || {
        is_done(&server)
    })
    .await;
    assert_eq!(
        status(&endpoint, &handler, "id_1").await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(handler.calls(), 2);
}

#[tokio::test]
async fn a_server_without_memory_is_503_to_new_deliveries_and_hears_that_old_ones_are_done() {
    let server = Arc::new(RedisServer::start(&["--maxmemory-policy", "noeviction"]));
    let (endpoint, filling) = (receiver(&server), Arc::clone(&server));
    let handler = Handler::that(move || filling.ask(&["CONFIG", "SET", "maxmemory", "1"]));
    let handled = status(&endpoint, &handler, "id_1").await;
    assert_eq!(handled, StatusCode::NO_CONTENT);
    assert!(is_done(&server));
    let (refused, headers) = deliver(&endpoint, &handler, "id_2").await;
    assert_eq!(refused, StatusCode::SERVICE_UNAVAILABLE);
    assert!(headers.contains_key(RETRY_AFTER));
    assert_eq!(status(&endpoint, &handler, "id_1").await, StatusCode::OK);
    assert_eq!(handler.calls(), 1);
}
