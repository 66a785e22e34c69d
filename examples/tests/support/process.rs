//! The receiver, as a process of its own.

use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{self, Receiver as Lines};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::cargo::cargo;

/// The variables that hold secrets.
pub const VARIABLES: [&str; 6] = [
    "SENDMUX_WEBHOOK_SECRET",
    "MAILINGAPI_WEBHOOK_SECRET",
    "SENDKIT_WEBHOOK_SECRET",
    "JETEMAIL_WEBHOOK_SECRET",
    "JETEMAIL_INBOUND_WEBHOOK_SECRET",
    "SENT_WEBHOOK_SECRET",
];

/// A secret that suits every preset whose key is text.
pub const SECRET: &str = "whsec_0123456789abcdef0123456789abcdef";

/// [`SECRET`] as MailingAPI's.
pub const MAILINGAPI_SECRET: (&str, &str) = ("MAILINGAPI_WEBHOOK_SECRET", SECRET);

/// The line of an accepted delivery.
pub fn accepted(provider: &str, event: Option<&str>, delivery_id: Option<&str>) -> Value {
    json!({"provider": provider, "status": 200, "verdict": "accepted", "reason": null,
        "event": event, "delivery_id": delivery_id})
}

/// The line of a refused delivery.
pub fn refused(provider: &str, status: u16, reason: &str) -> Value {
    json!({"provider": provider, "status": status, "verdict": "refused", "reason": reason,
        "event": null, "delivery_id": null})
}

/// The receiver's command, with these secrets and no others in its environment.
pub fn command(options: &[&str], secrets: &[(&str, &str)]) -> Command {
    let mut command = Command::new(built());
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command
        .args(options)
        .envs(secrets.iter().copied())
        .stdin(Stdio::null());
    command
}

/// Runs the receiver to its end.
pub fn run(options: &[&str], secrets: &[(&str, &str)]) -> Output {
    command(options, secrets)
        .output()
        .expect("the receiver runs")
}

/// The path of the example. Cargo builds examples for tests only where no test is named, so it is
/// asked to here.
fn built() -> &'static str {
    static BUILT: OnceLock<String> = OnceLock::new();
    BUILT.get_or_init(|| {
        let output = cargo()
            .args(["build", "--example", "receiver", "--message-format", "json"])
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "the example does not build");
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .find_map(|message| Some(message["executable"].as_str()?.to_owned()))
            .expect("cargo names the example")
    })
}

/// A receiver that listens. It is killed when dropped.
pub struct Receiver {
    child: Child,
    pub address: SocketAddr,
    lines: Lines<String>,
    written: Option<JoinHandle<()>>,
    told: Arc<Mutex<String>>,
}

impl Receiver {
    /// Starts a receiver on a free loopback port and waits until it listens.
    pub fn start(options: &[&str], secrets: &[(&str, &str)]) -> Self {
        let started = Self::start_at("127.0.0.1:0", options, secrets);
        started.unwrap_or_else(|told| panic!("not listening: {told}"))
    }

    /// The same at an address that somebody else may have: then, what it told of that.
    pub fn start_at(
        address: &str,
        options: &[&str],
        secrets: &[(&str, &str)],
    ) -> Result<Self, String> {
        let mut child = command(&["--listen", address], secrets)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the receiver starts");
        let (line, lines) = mpsc::channel();
        let stdout = child.stdout.take().expect("piped");
        let written = thread::spawn(move || each_line(stdout, |text| drop(line.send(text))));

        let told = Arc::new(Mutex::new(String::new()));
        let stderr = child.stderr.take().expect("piped");
        let (listening, address) = mpsc::channel();
        let kept = Arc::clone(&told);
        thread::spawn(move || {
            each_line(stderr, |text| {
                *kept.lock().expect("no panic") += &format!("{text}\n");
                if let Some(address) = text.strip_prefix("listening on http://") {
                    let _ = listening.send(address.parse().expect("an address"));
                }
            });
        });
        let Ok(address) = address.recv_timeout(Duration::from_secs(20)) else {
            let _ = child.kill();
            child.wait().expect("a child");
            return Err(told.lock().expect("no panic").clone());
        };
        Ok(Self {
            child,
            address,
            lines,
            written: Some(written),
            told,
        })
    }

    /// What it wrote on standard error.
    pub fn told(&self) -> String {
        self.told.lock().expect("no panic").clone()
    }

    /// A secret that it made up.
    pub fn made_up(&self, variable: &str) -> String {
        let told = self.told();
        let mut made = told
            .lines()
            .filter_map(|line| line.strip_prefix(variable)?.strip_prefix('='));
        let secret = made.next().expect("a secret is printed").to_owned();
        assert!(made.next().is_none(), "{variable} is printed twice");
        secret
    }

    /// The next line on standard output, which is there before the answer.
    pub fn line(&self) -> Value {
        let line = self
            .lines
            .recv_timeout(Duration::from_secs(5))
            .expect("a line");
        serde_json::from_str(&line).expect("JSON")
    }

    /// Asks it to end.
    #[cfg(unix)]
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(status.expect("kill runs").success());
    }

    /// Waits for its end, and says how long that took.
    pub fn ended(&mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return (status, asked.elapsed());
            }
            assert!(asked.elapsed() < Duration::from_secs(20), "it does not end");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Kills it and gives all lines that were not taken yet.
    pub fn rest(mut self) -> Vec<Value> {
        self.child.kill().expect("a child");
        self.child.wait().expect("a child");
        let written = self.written.take().expect("joined once");
        written.join().expect("no panic");
        self.lines
            .try_iter()
            .map(|line| serde_json::from_str(&line).expect("JSON"))
            .collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn each_line(pipe: impl Read, mut take: impl FnMut(String)) {
    for line in BufReader::new(pipe).lines() {
        take(line.expect("UTF-8"));
    }
}
