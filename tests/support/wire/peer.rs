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

/// What comes from the other side.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Seen {
    Answer(u16),
    Closed,
    Reset,
    /// Bytes that are no answer, or half of one.
    Garbage,
}

/// A connection to a receiver.
pub struct Peer {
    write: OwnedWriteHalf,
    seen: UnboundedReceiver<Seen>,
    ahead: VecDeque<Seen>,
    bodiless: Arc<AtomicBool>,
    reader: JoinHandle<()>,
    /// Whether something could not be sent.
    pub cut: bool,
    /// Whether it was told `100 Continue`.
    pub asked_to_continue: bool,
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
            asked_to_continue: false,
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

    /// Resets the connection, once the other side has had time to read what was sent.
    pub async fn reset(mut self) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.reader.abort();
        let _ = (&mut self.reader).await;
        let stream: &TcpStream = self.write.as_ref();
        stream.set_zero_linger().expect("an option");
    }

    /// Whether something has come that was not taken yet.
    pub fn anything(&mut self) -> bool {
        while let Ok(seen) = self.seen.try_recv() {
            self.note(seen);
        }
        !self.ahead.is_empty()
    }

    /// Waits for whatever comes, and leaves it to be taken.
    pub async fn wait(&mut self, within: Duration) {
        if self.ahead.is_empty()
            && let Ok(Some(seen)) = timeout(within, self.seen.recv()).await
        {
            self.note(seen);
        }
    }

    fn note(&mut self, seen: Seen) {
        self.asked_to_continue |= seen == Seen::Answer(100);
        self.ahead.push_back(seen);
    }

    /// The next final answer, or the end of the connection, which stays; `None`: neither came.
    pub async fn answer(&mut self, within: Duration) -> Option<Seen> {
        let until = Instant::now() + within;
        loop {
            self.wait(until.saturating_duration_since(Instant::now()))
                .await;
            match self.ahead.pop_front() {
                Some(Seen::Answer(100)) => {}
                Some(Seen::Answer(status)) => return Some(Seen::Answer(status)),
                end => {
                    self.ahead.extend(end);
                    return end;
                }
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
        match first_answer(&held, bodiless.load(Ordering::SeqCst)) {
            First::Whole(status, length) => {
                held.drain(..length);
                let _ = seen.send(Seen::Answer(status));
                continue;
            }
            First::Garbage => break Seen::Garbage,
            First::Part => {}
        }
        match read.read_buf(&mut held).await {
            Ok(0) if held.is_empty() => break Seen::Closed,
            Ok(0) => break Seen::Garbage,
            Ok(_) => {}
            Err(_) => break Seen::Reset,
        }
    };
    let _ = seen.send(end);
}

/// What stands first among bytes.
enum First {
    /// An answer's status, and its length.
    Whole(u16, usize),
    Part,
    Garbage,
}

fn first_answer(held: &[u8], bodiless: bool) -> First {
    let Some(end) = held.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return First::Part;
    };
    let Ok(head) = std::str::from_utf8(&held[..end]) else {
        return First::Garbage;
    };
    let version = ["HTTP/1.1 ", "HTTP/1.0 "].iter();
    let status = version
        .filter_map(|version| head.strip_prefix(version)?.get(..3)?.parse().ok())
        .next();
    let Some(status) = status else {
        return First::Garbage;
    };
    let announced = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_it = name.eq_ignore_ascii_case("content-length");
        is_it.then(|| value.trim().parse::<usize>().expect("a length"))
    });
    let body = if bodiless { 0 } else { announced.unwrap_or(0) };
    let length = end + 4 + body;
    if held.len() < length {
        return First::Part;
    }
    First::Whole(status, length)
}
