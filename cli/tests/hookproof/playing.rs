//! Other ends: the sandbox as a process of its own, a provider that answers what a test says, and a
//! receiver that takes one delivery.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver as Taken};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Longer than anything takes on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// `hookproof sandbox`, on a free port. It is killed when dropped.
pub(crate) struct Sandbox {
    child: Child,
    pub(crate) address: SocketAddr,
    /// What it said on standard error until it listened.
    pub(crate) told: String,
    log: BufReader<ChildStdout>,
    rest: Option<JoinHandle<String>>,
}

impl Sandbox {
    pub(crate) fn start(options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hookproof"))
            .args(["sandbox", "--listen", "127.0.0.1:0"])
            .args(options)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program is built");
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut told = String::new();
        let address = loop {
            let from = told.len();
            let read = stderr.read_line(&mut told).expect("UTF-8");
            assert!(read > 0, "it does not listen: {told}");
            if let Some(address) = told[from..].strip_prefix("listening on http://") {
                break address.trim_end().parse().expect("an address");
            }
        };
        let log = BufReader::new(child.stdout.take().expect("piped"));
        // Read on, so that it is never held up.
        let rest = thread::spawn(move || {
            let mut rest = String::new();
            let _ = stderr.read_to_string(&mut rest);
            rest
        });
        Self {
            child,
            address,
            told,
            log,
            rest: Some(rest),
        }
    }

    /// What stands in place of a provider's address.
    pub(crate) fn url(&self, provider: &str) -> String {
        format!("http://{}/{provider}", self.address)
    }

    /// Has a provider deliver an event.
    pub(crate) fn emit(&self, provider: &str, json: &str) {
        let request = format!(
            "POST /sandbox/{provider}/emit HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
            self.address,
            json.len()
        );
        let mut stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(PATIENCE)).expect("an option");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("UTF-8");
        assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
    }

    /// The next line of the log, once there is one.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.log.read_line(&mut line).expect("UTF-8");
        line
    }

    /// Sends a signal, and gives the exit code, standard output and the rest of standard error.
    #[cfg(unix)]
    pub(crate) fn stop(mut self, signal: &str) -> (Option<i32>, String, String) {
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
        let mut stdout = String::new();
        self.log.read_to_string(&mut stdout).expect("UTF-8");
        let status = self.child.wait().expect("it ends");
        let rest = self.rest.take().expect("a reader").join().expect("UTF-8");
        (status.code(), stdout, rest)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Takes whole requests, one a connection, and answers each with the same bytes.
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    requests: Taken<Vec<u8>>,
}

impl Peer {
    pub(crate) fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (taken, requests) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let request = whole_request(&mut stream);
                // Told first: the other side may be looked at as soon as it has its answer.
                let _ = taken.send(request);
                let _ = stream.write_all(&answer);
            }
        });
        Self { address, requests }
    }

    /// A provider that answers with a status and a body.
    pub(crate) fn provider(status: &str, body: &str) -> Self {
        Self::answering(format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    /// A receiver that takes all there is.
    pub(crate) fn receiver() -> Self {
        Self::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request, byte for byte.
    pub(crate) fn taken(&self) -> Vec<u8> {
        self.requests.recv_timeout(PATIENCE).expect("a request")
    }

    /// Whether nobody has asked.
    pub(crate) fn is_unasked(&self) -> bool {
        self.requests.try_recv().is_err()
    }
}

fn whole_request(stream: &mut TcpStream) -> Vec<u8> {
    stream.set_read_timeout(Some(PATIENCE)).expect("an option");
    let mut held = Vec::new();
    let mut piece = [0; 4096];
    loop {
        if let Some(length) = whole_length(&held) {
            held.truncate(length);
            return held;
        }
        match stream.read(&mut piece) {
            Ok(read @ 1..) => held.extend_from_slice(&piece[..read]),
            _ => return held,
        }
    }
}

/// How long the request is, once all of it is there. All senders here announce lengths.
fn whole_length(held: &[u8]) -> Option<usize> {
    let end = held.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&held[..end]).to_lowercase();
    let announced = head.lines().find_map(|line| {
        let value = line.strip_prefix("content-length:")?;
        Some(value.trim().parse::<usize>().expect("a length"))
    });
    let length = end + announced.unwrap_or(0);
    (held.len() >= length).then_some(length)
}
