//! Redis servers on this machine, each a test's own, to be paused, killed and started again.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::BuildHasher as _;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::thread::sleep;
use std::time::{Duration, Instant};

use hookproof::replay::{Identity, Lease};
use redis::{Client, Connection, FromRedisValue};

/// Stands for the server's port in its arguments.
pub const PORT: &str = "{port}";
/// Stands for the server's folder in its arguments.
pub const FOLDER: &str = "{folder}";

/// What makes a server remember through a kill.
pub const PERSISTENT: [&str; 4] = ["--appendonly", "yes", "--appendfsync", "always"];

/// How long a server may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A `redis-server` in a folder of its own. Dropped, both are gone.
pub struct RedisServer {
    process: Mutex<Child>,
    folder: PathBuf,
    port: u16,
    args: Vec<String>,
}

impl RedisServer {
    /// A server on a free port, ready for clients.
    pub fn start(args: &[&str]) -> Self {
        Self::start_with(args, |_| {})
    }

    /// A server whose folder is to hold something before it starts.
    pub fn start_with(args: &[&str], prepare: impl FnOnce(&Path)) -> Self {
        let folder = std::env::temp_dir().join(format!("hookproof-{}", random()));
        fs::create_dir_all(&folder).expect("a folder for the server");
        prepare(&folder);
        let mut why = String::new();
        for _ in 0..10 {
            let port = free_port();
            let words: Vec<String> = arguments(&folder, port, args);
            let mut process = launch(&folder, &words);
            match wait_until_ready(&mut process, &folder) {
                Ok(()) => {
                    return Self {
                        process: Mutex::new(process),
                        folder,
                        port,
                        args: words,
                    };
                }
                // Another may have taken the port meanwhile.
                Err(log) => why = log,
            }
        }
        let _ = fs::remove_dir_all(&folder);
        panic!("redis-server does not start:\n{why}");
    }

    pub const fn port(&self) -> u16 {
        self.port
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// Asks the server a command, over a connection of its own.
    pub fn ask<T: FromRedisValue>(&self, words: &[&str]) -> T {
        ask(&self.url(), words)
    }

    /// Stops the process where it stands: connections stay, nothing is answered.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// Lets a paused process go on.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    /// Ends the process without a warning.
    pub fn kill(&self) {
        let mut process = self.process.lock().expect("not poisoned");
        process.kill().expect("the server is there");
        process.wait().expect("the server ends");
    }

    /// Starts the killed server again: same port, same folder, same arguments.
    pub fn start_again(&self) {
        let mut process = self.process.lock().expect("not poisoned");
        *process = launch(&self.folder, &self.args);
        if let Err(log) = wait_until_ready(&mut process, &self.folder) {
            panic!("redis-server does not start again:\n{log}");
        }
    }

    /// The same with more arguments, and without waiting until it is ready.
    pub fn begin_again(&self, more: &[&str]) {
        let more = arguments(&self.folder, self.port, more);
        let words: Vec<String> = self.args.iter().cloned().chain(more).collect();
        *self.process.lock().expect("not poisoned") = launch(&self.folder, &words);
    }

    fn signal(&self, signal: &str) {
        let id = self.process.lock().expect("not poisoned").id();
        let sent = Command::new("kill")
            .args([signal, &id.to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let process = self
            .process
            .get_mut()
            .unwrap_or_else(|held| held.into_inner());
        let _ = process.kill();
        let _ = process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A server for tests that leave others alone, each under a key prefix of its own: the one whose
/// address stands in the environment variable `HOOKPROOF_TEST_REDIS`, or else one of this test's.
pub struct Shared {
    url: String,
    _own: Option<RedisServer>,
}

pub fn shared() -> Shared {
    if let Ok(url) = std::env::var("HOOKPROOF_TEST_REDIS") {
        return Shared { url, _own: None };
    }
    let own = RedisServer::start(&[]);
    Shared {
        url: own.url(),
        _own: Some(own),
    }
}

impl Shared {
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn ask<T: FromRedisValue>(&self, words: &[&str]) -> T {
        ask(&self.url, words)
    }
}

pub fn ask<T: FromRedisValue>(url: &str, words: &[&str]) -> T {
    redis::cmd(words[0])
        .arg(&words[1..])
        .query(&mut connect(url))
        .unwrap_or_else(|why| panic!("{words:?}: {why}"))
}

fn connect(url: &str) -> Connection {
    Client::open(url)
        .expect("an address")
        .get_connection_with_timeout(PATIENCE)
        .expect("the server is there")
}

/// A key prefix that no other test has.
pub fn prefix() -> String {
    format!("hookproof-test-{}:", random())
}

/// A delivery that was never tried before.
pub fn fresh() -> Lease {
    let mut bytes = [0; 16];
    for half in bytes.chunks_mut(8) {
        half.copy_from_slice(&RandomState::new().hash_one(0).to_be_bytes());
    }
    Lease::new(Identity::from_bytes(bytes), Arc::from("redis"))
}

/// Another attempt at the same delivery.
pub fn rival(lease: &Lease) -> Lease {
    Lease::new(*lease.identity(), Arc::from("redis"))
}

/// Looks again and again until it is so.
pub async fn eventually(what: &str, within: Duration, so: impl Fn() -> bool) {
    let since = Instant::now();
    while !so() {
        assert!(since.elapsed() < within, "not within {within:?}: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Polls it once.
pub async fn once<T>(work: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
    std::future::poll_fn(|cx| {
        Poll::Ready(match Pin::new(&mut *work).poll(cx) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        })
    })
    .await
}

/// What came of it, and how long it took.
pub async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let since = Instant::now();
    let done = work.await;
    (done, since.elapsed())
}

fn random() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:016x}-{count}", RandomState::new().hash_one(0))
}

/// Low enough that a cluster's bus, ten thousand above it, is a port too.
fn free_port() -> u16 {
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        if port < 55_000 {
            return port;
        }
    }
}

fn arguments(folder: &Path, port: u16, args: &[&str]) -> Vec<String> {
    let folder = folder.to_str().expect("a folder in UTF-8");
    let port = port.to_string();
    let every = [
        "--port",
        PORT,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        FOLDER,
    ];
    every
        .iter()
        .chain(args)
        .map(|word| word.replace(PORT, &port).replace(FOLDER, folder))
        .collect()
}

fn launch(folder: &Path, words: &[String]) -> Child {
    let log = folder.join("log");
    let _ = fs::remove_file(&log);
    Command::new("redis-server")
        .args(words)
        .arg("--logfile")
        .arg(&log)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|why: io::Error| {
            let _ = fs::remove_dir_all(folder);
            panic!(
                "redis-server cannot be run ({why}): install it (Debian: apt-get install redis-server; macOS: brew install redis)"
            )
        })
}

/// By its log, since another's server could answer on its port. The log where it does not start.
fn wait_until_ready(process: &mut Child, folder: &Path) -> Result<(), String> {
    let since = Instant::now();
    loop {
        let ended = process.try_wait().expect("a child").is_some();
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        // "Ready", or "now ready" at a socket.
        if log.contains("eady to accept connections") {
            return Ok(());
        }
        if ended || since.elapsed() > PATIENCE {
            let _ = process.kill();
            let _ = process.wait();
            return Err(log);
        }
        sleep(Duration::from_millis(5));
    }
}
