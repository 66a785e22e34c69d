//! One request to a receiver: over a connection of its own, and no further than where it points.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http::header::{CONTENT_LENGTH, HOST};
use http::{Method, Request};
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Body, Frame, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, join};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use super::sign::Message;
use super::target::Target;
use crate::delivery::{Outcome, Truth};
use crate::moment::Speed;

/// How much of an answer's body is read, and thrown away.
const ANSWER: usize = 64 * 1024;

/// How much is read of a connection in all: a head of some size, and the body after it.
const READ: u64 = 2 * 64 * 1024;

/// In how many pieces a slow body is written.
const PIECES: usize = 6;

/// The pause before each of them, and before a connection is broken off.
const PAUSE: Duration = Duration::from_millis(50);

/// The receiver's own speed does not change with the sandbox's: it is given this long at least,
/// unless its timeout is shorter.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long an answer may take where the provider waits for so long.
pub(super) fn answer_within(timeout: Duration, speed: Speed) -> Duration {
    speed.compress(timeout).max(PATIENCE).min(timeout)
}

/// Sends a message as what it is, and says what came back. A redirect is an answer like any other.
pub(super) async fn send(
    target: &Target,
    message: &Message,
    truth: Truth,
    within: Duration,
) -> Outcome {
    let began = Instant::now();
    match timeout(within, exchange(target, message, truth)).await {
        Ok(Ok(status)) => Outcome::Answered {
            status,
            took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        },
        Ok(Err(why)) => Outcome::Failed { why },
        Err(_) => Outcome::Failed {
            why: format!("no answer within {} ms", within.as_millis()),
        },
    }
}

async fn exchange(target: &Target, message: &Message, truth: Truth) -> Result<u16, String> {
    let request = request(target, message, truth).map_err(|error| error.to_string())?;
    let stream = connect(target)
        .await
        .map_err(|error| format!("no connection: {error}"))?;
    let broke = |error: hyper::Error| match truth {
        Truth::Broken => "broken off before the body's end, on purpose".to_owned(),
        _ => format!("the connection failed: {error}"),
    };
    let mut http = http1::Builder::new();
    let handshake = http
        .title_case_headers(true)
        .handshake(TokioIo::new(limited(stream)));
    let (mut sender, connection) = handshake.await.map_err(broke)?;
    let answer = async {
        let response = sender.send_request(request).await.map_err(broke)?;
        let status = response.status().as_u16();
        discard(response.into_body()).await;
        Ok(status)
    };
    alongside(answer, connection).await
}

/// Runs a connection for as long as its answer takes.
async fn alongside<T>(answer: impl Future<Output = T>, connection: impl Future) -> T {
    let (mut answer, connection) = (pin!(answer), pin!(connection));
    tokio::select! {
        answer = &mut answer => answer,
        // Over, and what it has left for the answer is there to be read.
        _ = connection => answer.await,
    }
}

/// The connection, of which so much is read and no more. A receiver that goes on and on before its
/// answer, as with a `103 Early Hints` after the other, would else keep the sandbox from its work.
fn limited(stream: TcpStream) -> impl AsyncRead + AsyncWrite + Unpin {
    let (read, write) = stream.into_split();
    join(read.take(READ), write)
}

async fn connect(target: &Target) -> io::Result<TcpStream> {
    let mut failed = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in &target.addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

fn request(
    target: &Target,
    message: &Message,
    truth: Truth,
) -> Result<Request<impl Body<Data = Bytes, Error = io::Error> + use<>>, http::Error> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(target.path.clone())
        .header(HOST, &target.host)
        .header(CONTENT_LENGTH, message.body.len());
    for (name, value) in &message.headers {
        request = request.header(name, value);
    }
    request.body(body(pieces(&message.body, truth)))
}

/// A piece of a body, and how long before it the sender pauses.
type Piece = (Duration, io::Result<Bytes>);

fn pieces(body: &Bytes, truth: Truth) -> Vec<Piece> {
    match truth {
        Truth::Slow => {
            let length = body.len().div_ceil(PIECES).max(1);
            let starts = (0..body.len()).step_by(length);
            starts
                .map(|start| body.slice(start..body.len().min(start + length)))
                .map(|piece| (PAUSE, Ok(piece)))
                .collect()
        }
        Truth::Broken => {
            let cut = io::Error::from(io::ErrorKind::ConnectionAborted);
            let half = body.slice(..body.len() / 2);
            vec![(Duration::ZERO, Ok(half)), (PAUSE, Err(cut))]
        }
        _ => vec![(Duration::ZERO, Ok(body.clone()))],
    }
}

fn body(pieces: Vec<Piece>) -> impl Body<Data = Bytes, Error = io::Error> {
    let pieces = stream::iter(pieces).then(|(pause, piece)| async move {
        if !pause.is_zero() {
            sleep(pause).await;
        }
        piece.map(Frame::data)
    });
    StreamBody::new(pieces)
}

/// Its status has been said: what becomes of the rest does not matter.
async fn discard(mut body: Incoming) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > ANSWER {
            return;
        }
    }
}
