//! The receiver's process, from outside: what it is told, what it writes, what it holds.

use std::env;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver as Written};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::receiver::SetUp;

/// The argument that makes this program the receiver.
pub(crate) const RECEIVE: &str = "receive";

/// How long its first line may take, and its end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A receiver that listens. It is killed when dropped.
pub(crate) struct Process {
    child: Child,
    told: Option<ChildStdin>,
    written: Written<Value>,
    /// Where it listens.
    pub(crate) address: String,
}

impl Process {
    pub(crate) fn start() -> io::Result<Self> {
        let mut child = Command::new(env::current_exe()?)
            .arg(RECEIVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let told = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let (line, written) = mpsc::channel();
        thread::spawn(move || {
            for text in lines.map_while(Result::ok) {
                let _ = line.send(serde_json::from_str(&text).expect("a line is JSON"));
            }
        });
        let first: Value = written.recv_timeout(PATIENCE).map_err(io::Error::other)?;
        Ok(Self {
            child,
            told,
            written,
            address: first.as_str().expect("an address").to_owned(),
        })
    }

    /// Tells it what it receives.
    pub(crate) fn tell(&mut self, set_up: &SetUp) -> io::Result<()> {
        let mut told = self.told.as_ref().expect("told before its end");
        writeln!(told, "{}", serde_json::to_string(set_up)?)
    }

    /// What it has written since it was last asked.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Value> {
        self.written.try_iter()
    }

    /// What it holds resident, in KiB.
    pub(crate) fn resident(&self) -> io::Result<u64> {
        let id = self.child.id();
        let found = match fs::read_to_string(format!("/proc/{id}/status")) {
            Ok(status) => status
                .lines()
                .find_map(|line| line.strip_prefix("VmRSS:")?.strip_suffix("kB"))
                .map(|kib| kib.trim().parse()),
            // No Linux.
            Err(_) => {
                let asked = Command::new("ps")
                    .args(["-o", "rss=", "-p", &id.to_string()])
                    .output()?;
                Some(String::from_utf8_lossy(&asked.stdout).trim().parse())
            }
        };
        let kib = found.ok_or_else(|| io::Error::other("the receiver has ended"))?;
        kib.map_err(io::Error::other)
    }

    /// Has it end, and gives the rest of what it has written.
    pub(crate) fn end(mut self) -> io::Result<Vec<Value>> {
        self.told = None;
        let mut rest = Vec::new();
        // The channel closes with the process.
        while let Ok(line) = self.written.recv_timeout(PATIENCE) {
            rest.push(line);
        }
        let status = self.child.wait()?;
        match status.success() {
            true => Ok(rest),
            false => Err(io::Error::other(format!(
                "the receiver ended with {status}"
            ))),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
