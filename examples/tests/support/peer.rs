//! The other end of a connection: sends bytes, and reads answers while it sends.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::process::Receiver;

/// What comes from the other side.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Seen {
    Answer(u16),
    Closed,
    Reset,
}

/// Sends bytes over a connection of their own and gives the status of the answer.
pub async fn status(receiver: &Receiver, request: &[u8]) -> u16 {
    let mut peer = Peer::connect(receiver.address).await;
    peer.send(request).await;
    answered(&mut peer).await
}

/// The status of the next answer.
pub async fn answered(peer: &mut Peer) -> u16 {
    match peer.answer(Duration::from_secs(15)).await {
        Some(Seen::Answer(status)) => status,
        other => panic!("{other:?}"),
    }
}

/// A connection to the receiver.
pub struct Peer {
    write: OwnedWriteHalf,
    seen: UnboundedReceiver<Seen>,
    ahead: VecDeque<Seen>,
    bodiless: Arc<AtomicBool>,
    reader: JoinHandle<()>,
    /// Whether something could not be sent.
    pub cut: bool,
}

impl Peer {
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("connected");
        stream.set_nodelay(true).expect("an option");
        let (read, write) = stream.into_split();
        let (send, seen) = unbounded_channel();
        let bodiless = Arc::new(AtomicBool::new(false));
        Self {
            write,
            seen,
            ahead: VecDeque::new(),
            bodiless: Arc::clone(&bodiless),
            reader: tokio::spawn(read_answers(read, send, bodiless)),
            cut: false,
        }
    }

    /// Sends bytes. Once that fails nothing more is sent, and reading goes on.
    pub async fn send(&mut self, bytes: &[u8]) {
        if !self.cut {
            self.cut = self.write.write_all(bytes).await.is_err();
        }
    }

    /// The answers to come have no body, whatever they announce.
    pub fn answers_are_bodiless(&self) {
        self.bodiless.store(true, Ordering::SeqCst);
    }

    /// Shuts the sending side.
    pub async fn half_close(&mut self) {
        self.cut |= self.write.shutdown().await.is_err();
    }

    /// Resets the connection.
    pub async fn reset(mut self) {
        self.reader.abort();
        let _ = (&mut self.reader).await;
        let stream: &TcpStream = self.write.as_ref();
        stream.set_zero_linger().expect("an option");
    }

    /// What has come and was not taken yet, without waiting.
    pub fn anything(&mut self) -> bool {
        while let Ok(seen) = self.seen.try_recv() {
            self.ahead.push_back(seen);
        }
        !self.ahead.is_empty()
    }

    /// Waits for whatever comes, and leaves it to be taken.
    pub async fn wait(&mut self, within: Duration) {
        if self.ahead.is_empty()
            && let Ok(Some(seen)) = timeout(within, self.seen.recv()).await
        {
            self.ahead.push_back(seen);
        }
    }

    /// The next thing that comes; `None`: nothing did.
    pub async fn any(&mut self, within: Duration) -> Option<Seen> {
        self.wait(within).await;
        self.ahead.pop_front()
    }

    /// The next final answer, or the end of the connection.
    pub async fn answer(&mut self, within: Duration) -> Option<Seen> {
        let until = Instant::now() + within;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.any(left).await {
                Some(Seen::Answer(100)) => {}
                seen => return seen,
            }
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

async fn read_answers(
    mut read: OwnedReadHalf,
    seen: UnboundedSender<Seen>,
    bodiless: Arc<AtomicBool>,
) {
    let mut held = Vec::new();
    let end = loop {
        while let Some((status, length)) = whole_answer(&held, bodiless.load(Ordering::SeqCst)) {
            held.drain(..length);
            let _ = seen.send(Seen::Answer(status));
        }
        match read.read_buf(&mut held).await {
            Ok(0) => break Seen::Closed,
            Ok(_) => {}
            Err(_) => break Seen::Reset,
        }
    };
    assert!(held.is_empty(), "half an answer: {}", held.escape_ascii());
    let _ = seen.send(end);
}

/// The status of the first answer and the length of all of it, once it is there.
fn whole_answer(held: &[u8], bodiless: bool) -> Option<(u16, usize)> {
    let end = held.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&held[..end]).expect("a head is text");
    let status = head
        .strip_prefix("HTTP/1.1 ")
        .or_else(|| head.strip_prefix("HTTP/1.0 "))
        .and_then(|rest| rest.get(..3)?.parse().ok())
        .unwrap_or_else(|| panic!("not an answer: {head}"));
    let announced = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().expect("a length"))
    });
    let body = if bodiless { 0 } else { announced.unwrap_or(0) };
    (held.len() >= end + body).then_some((status, end + body))
}
