//! `hookproof subscribe`: what is asked, what becomes of the answer, and where the secret goes.

mod answers;
mod registered;
mod unsent;

use std::fs;
use std::path::PathBuf;

use crate::support::{Run, run_with};

/// No part of it occurs in what is printed.
const KEY: &str = "smx_root_c4n4ry7f1e0b52";

/// Each provider, two events of it, and the form of its secrets.
const PROVIDERS: [(&str, &str, &str); 5] = [
    ("sendmux", "message.delivered,message.bounced", "whsec_"),
    ("mailingapi", "delivered,bounced", "whsec_"),
    ("sendkit", "email.replied,email.positive_reply", ""),
    ("jetemail", "outbound.delivered,outbound.bounced", "whsec_"),
    ("sent", "message,templates", "whsec_"),
];

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("hookproof-subscribe-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A run with the key in its environment. The line is split at blanks.
fn subscribe(line: &str) -> Run {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let run = run_with(
        &[&["subscribe"], arguments.as_slice()].concat(),
        &[("API_KEY", KEY)],
        "",
    );
    assert!(!shows(&run, "c4n4ry7f1e0b52"), "the key is shown: {line}");
    run
}

fn shows(run: &Run, text: &str) -> bool {
    run.stdout.contains(text) || run.stderr.contains(text)
}

/// The options that each run at a provider has.
fn at(provider: &str, events: &str, base_url: &str, url: &str) -> String {
    format!(
        "{provider} --name registered --url {url} --events {events} --api-key-env API_KEY \
         --base-url {base_url} --format json"
    )
}

/// The same at Sendmux, where the receiver does not matter.
fn at_sendmux(base_url: &str) -> String {
    let (provider, events, _) = PROVIDERS[0];
    at(provider, events, base_url, "https://hooks.example.com/in")
}
