//! A client of HTTP/2, stream by stream and frame by frame.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{Reason, SendStream};
use http::{HeaderMap, Request, StatusCode};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::wire::bodies::signature;

/// For how long an answer is waited for. Nothing waits so long where all is well.
const PATIENCE: Duration = Duration::from_secs(15);

pub(crate) const SIGNATURE: &str = "x-mailingapi-signature";

/// A connection. Its streams are independent of each other.
#[derive(Clone)]
pub(crate) struct Client {
    send: SendRequest<Bytes>,
    address: SocketAddr,
    path: String,
}

/// A delivery under way.
pub(crate) struct Delivery {
    answer: ResponseFuture,
    stream: SendStream<Bytes>,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr, path: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("connected");
        stream.set_nodelay(true).expect("an option");
        let (send, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        // It ends with its last handle, or as the server sees fit: the streams tell.
        tokio::spawn(connection);
        Self {
            send,
            address,
            path: path.to_owned(),
        }
    }

    /// Another connection to the same place.
    pub(crate) async fn again(&self) -> Self {
        Self::connect(self.address, &self.path).await
    }

    /// Opens a stream with these headers and sends nothing more.
    pub(crate) async fn open(&self, headers: HeaderMap) -> Result<Delivery, h2::Error> {
        let uri = format!("http://{}{}", self.address, self.path);
        let mut request = Request::post(uri).body(()).expect("a request");
        *request.headers_mut() = headers;
        let mut send = self.send.clone().ready().await?;
        let (answer, stream) = send.send_request(request, false)?;
        Ok(Delivery { answer, stream })
    }

    /// A good delivery, and its answer.
    pub(crate) async fn deliver(&self, body: &[u8]) -> Result<StatusCode, h2::Error> {
        let mut delivery = self.open(signed(body)).await?;
        delivery.send(body, true).await?;
        delivery.answer().await
    }
}

impl Delivery {
    /// Sends bytes as the receiver makes room for them.
    pub(crate) async fn send(&mut self, bytes: &[u8], end: bool) -> Result<(), h2::Error> {
        let mut left = Bytes::copy_from_slice(bytes);
        while !left.is_empty() {
            self.stream.reserve_capacity(left.len());
            let room = poll_fn(|cx| self.stream.poll_capacity(cx)).await;
            let Some(room) = room.transpose()? else {
                return Err(Reason::STREAM_CLOSED.into());
            };
            let now = left.split_to(room.min(left.len()));
            self.stream.send_data(now, end && left.is_empty())?;
        }
        Ok(())
    }

    /// Sends empty frames with this pause between, until there is an answer.
    pub(crate) async fn send_nothing_for_ever(
        mut self,
        pause: Duration,
    ) -> Result<StatusCode, h2::Error> {
        let ends = Instant::now() + PATIENCE;
        let mut sending = true;
        loop {
            assert!(Instant::now() < ends, "no answer in time");
            tokio::select! {
                answer = &mut self.answer => return Ok(answer?.status()),
                () = sleep(pause), if sending => {
                    sending = self.stream.send_data(Bytes::new(), false).is_ok();
                }
            }
        }
    }

    pub(crate) fn send_trailers(&mut self, trailers: HeaderMap) -> Result<(), h2::Error> {
        self.stream.send_trailers(trailers)
    }

    /// Sends for ever: until there is an answer.
    pub(crate) async fn send_for_ever(mut self, bytes: &[u8]) -> Result<StatusCode, h2::Error> {
        let ends = Instant::now() + PATIENCE;
        loop {
            assert!(Instant::now() < ends, "no answer in time");
            tokio::select! {
                answer = &mut self.answer => return Ok(answer?.status()),
                sent = async {
                    self.stream.reserve_capacity(bytes.len());
                    poll_fn(|cx| self.stream.poll_capacity(cx)).await
                } => match sent {
                    Some(Ok(room)) => {
                        let now = Bytes::copy_from_slice(&bytes[..room.min(bytes.len())]);
                        let _ = self.stream.send_data(now, false);
                    }
                    // The receiver wants no more: there is an answer.
                    _ => return self.answer().await,
                },
            }
        }
    }

    pub(crate) fn reset(mut self) {
        self.stream.send_reset(Reason::CANCEL);
    }

    pub(crate) async fn answer(self) -> Result<StatusCode, h2::Error> {
        let answer = timeout(PATIENCE, self.answer).await;
        Ok(answer.expect("an answer in time")?.status())
    }
}

/// The headers that sign a body now.
pub(crate) fn signed(body: &[u8]) -> HeaderMap {
    with(&signature(body))
}

pub(crate) fn with(signature: &str) -> HeaderMap {
    let value = signature.parse().expect("a value");
    [(SIGNATURE.parse().expect("a name"), value)]
        .into_iter()
        .collect()
}
