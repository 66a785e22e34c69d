//! A server on loopback, to which a test sends bytes: what is answered, and what is handled.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::routing::post;
use hookproof::axum::VerifiedBytes;
use hookproof::{Endpoint, providers};
use http::HeaderMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::support::http::{signed, verifier};

/// How long an answer may take on a busy machine. Nothing waits for so long that goes well.
const PATIENCE: Duration = Duration::from_secs(60);

/// The longest body that is taken.
pub(crate) const CAP: usize = 4096;

/// A handler behind an endpoint of MailingAPI, served by hyper.
pub(crate) struct Server {
    address: std::net::SocketAddr,
    calls: Arc<AtomicUsize>,
    serving: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        let endpoint = Endpoint::builder("wire", verifier(&providers::MAILINGAPI))
            .body_limit(CAP)
            .without_replay_guard()
            .build()
            .expect("a sound endpoint");
        let handler = move |_: VerifiedBytes| async move {
            counted.fetch_add(1, Ordering::SeqCst);
        };
        let app: Router = Router::new().route("/", post(endpoint.handler(handler)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let serving = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("it serves");
        });
        Self {
            address,
            calls,
            serving,
        }
    }

    /// How often the handler was called.
    pub(crate) fn handled(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// The lines of a head that announces itself by those lines, signed for that body.
    pub(crate) fn head(&self, framing: &str, signed_for: &[u8]) -> Vec<u8> {
        let headers = signed(&providers::MAILINGAPI, signed_for);
        self.head_with(framing, &headers)
    }

    pub(crate) fn head_with(&self, framing: &str, headers: &HeaderMap) -> Vec<u8> {
        let signature = headers.get("x-mailingapi-signature");
        let mut head =
            format!("POST / HTTP/1.1\r\nhost: {}\r\n{framing}", self.address).into_bytes();
        if let Some(signature) = signature {
            head.extend_from_slice(b"x-mailingapi-signature: ");
            head.extend_from_slice(signature.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"\r\n");
        head
    }

    /// A whole good delivery.
    pub(crate) fn genuine(&self, body: &[u8]) -> Vec<u8> {
        let mut sent = self.head(&format!("content-length: {}\r\n", body.len()), body);
        sent.extend_from_slice(body);
        sent
    }

    /// Sends that on a connection of its own, and nothing more, and reads to the end.
    pub(crate) async fn send(&self, bytes: &[u8]) -> Answers {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        // The server may have closed before it had read all.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        read_to_end(stream).await
    }

    /// Sends that, and keeps the sending side open until the server has said something.
    pub(crate) async fn send_and_wait(&self, bytes: &[u8]) -> Answers {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        let _ = stream.write_all(bytes).await;
        let mut first = vec![0; 4096];
        let read = tokio::time::timeout(PATIENCE, stream.read(&mut first)).await;
        let length = read.expect("an answer or an end").unwrap_or(0);
        first.truncate(length);
        let _ = stream.shutdown().await;
        first.extend(read_to_end(stream).await.0);
        Answers(first)
    }
}

async fn read_to_end(mut stream: TcpStream) -> Answers {
    let mut answers = Vec::new();
    let reading = async {
        let mut piece = [0; 4096];
        // A reset ends it too.
        while let Ok(length @ 1..) = stream.read(&mut piece).await {
            answers.extend_from_slice(&piece[..length]);
        }
    };
    tokio::time::timeout(PATIENCE, reading)
        .await
        .expect("an end");
    Answers(answers)
}

/// All that came back on a connection.
#[derive(Debug)]
pub(crate) struct Answers(Vec<u8>);

impl Answers {
    /// The statuses in order, `100 Continue` included.
    pub(crate) fn statuses(&self) -> Vec<u16> {
        let text = String::from_utf8_lossy(&self.0);
        let lines = text.split("\r\n").filter_map(|line| {
            let (_, rest) = line.split_once("HTTP/1.1 ")?;
            rest.get(..3)?.parse().ok()
        });
        lines.collect()
    }
}
