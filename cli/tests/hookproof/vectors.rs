//! Every vendored delivery, rendered as raw HTTP, gets its verdict from the program.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::rows::{deliveries, header_bytes};
use crate::support::judge_with;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/vectors/");

/// Where a rendered body ends.
#[derive(Clone, Copy)]
enum Framing {
    Chunked,
    Length,
    Rest,
}

#[test]
fn vendored_deliveries_get_their_verdict() {
    let rows: Vec<Value> = ["seeds.jsonl", "providers.jsonl", "hostile.jsonl"]
        .iter()
        .flat_map(|file| deliveries(&format!("{FOLDER}{file}")))
        .collect();
    assert_eq!(rows.len(), 551 + 1129 + 143);
    let settings = settings();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some((nth, row)) = {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            rows.get(nth).map(|row| (nth, row))
        } {
            let framing = [Framing::Chunked, Framing::Length, Framing::Rest][nth % 3];
            // Every other row is judged at the URL that the request tells itself.
            wrong.extend(complaint(row, framing, nth % 2 == 0, &settings));
        }
        wrong
    };
    let wrong = thread::scope(|scope| {
        let threads = [scope.spawn(work), scope.spawn(work)];
        threads
            .map(|thread| thread.join().expect("no panic"))
            .concat()
    });
    assert!(
        wrong.is_empty(),
        "{} wrong verdicts:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What the records' schemes are configured with, by slug.
fn settings() -> HashMap<String, Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/schemes.jsonl");
    let text = std::fs::read_to_string(path).expect("the records are part of the repository");
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a record is JSON"))
        .filter(|record| record["config"].is_object())
        .map(|record| {
            let slug = record["slug"].as_str().expect("a slug");
            (slug.to_owned(), record["config"].clone())
        })
        .collect()
}

/// What is wrong with the program's verdict on a row.
fn complaint(
    row: &Value,
    framing: Framing,
    states_url: bool,
    settings: &HashMap<String, Value>,
) -> Option<String> {
    let text = |field: &str| row[field].as_str().expect("a text");
    let at = row["now"].as_i64().expect("an i64").to_string();
    let url = Url::of(row);
    let mut more = vec!["--at".to_owned(), at];
    if states_url || !url.is_told() {
        more.extend(["--url".to_owned(), url.whole.to_owned()]);
    }
    // Of the row itself, where it says.
    let config = match row["config"].is_object() {
        true => Some(&row["config"]),
        false => settings.get(text("provider")),
    };
    for (name, value) in config.and_then(Value::as_object).into_iter().flatten() {
        let value = value.as_str().expect("a text");
        more.extend(["--config".to_owned(), format!("{name}={value}")]);
    }
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let run = judge_with(
        text("provider"),
        text("secret"),
        rendered(row, &url, framing),
        &more,
    );
    let verdict = match run.code {
        2 => run.json()["error"]
            .as_str()
            .expect("an error's kind")
            .to_owned(),
        _ => run.kind(),
    };
    // Where established verifiers disagree, any verdict will do, but there must be one.
    let right = if row["firm"] == false {
        true
    } else if text("expect") == "accept" {
        verdict == "accepted"
    } else {
        let also = row["also"].as_array().into_iter().flatten();
        also.chain([&row["reason"]])
            .any(|reason| *reason == verdict)
    };
    let told = verdict != "bad-secret" || run.stderr.contains("bad-secret");
    (!right || !told).then(|| format!("{}: {verdict}, not {}; {run:?}", text("id"), row["reason"]))
}

/// A row's URL, and what a request line and a `Host` header tell of it.
struct Url<'r> {
    whole: &'r str,
    host: &'r str,
    target: &'r str,
}

impl<'r> Url<'r> {
    fn of(row: &'r Value) -> Self {
        let whole = row["request"]["url"].as_str();
        let whole = whole.unwrap_or("https://hooks.example.com/in");
        let (_, rest) = whole.split_once("://").expect("an absolute URL");
        let at = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, target) = rest.split_at(at);
        Self {
            whole,
            host,
            target: if target.is_empty() { "/" } else { target },
        }
    }

    /// Whether the request tells all of it.
    fn is_told(&self) -> bool {
        self.whole == format!("https://{}{}", self.host, self.target)
    }
}

fn rendered(row: &Value, url: &Url<'_>, framing: Framing) -> Vec<u8> {
    let body = row["request"]["body_b64"].as_str().expect("base64");
    let body = STANDARD.decode(body).expect("base64");
    let method = row["request"]["method"].as_str().unwrap_or("POST");
    let Url { host, target, .. } = url;
    let mut request = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n").into_bytes();
    for header in row["request"]["headers"].as_array().expect("a list") {
        request.extend_from_slice(header[0].as_str().expect("a name").as_bytes());
        request.extend_from_slice(b": ");
        request.extend_from_slice(&header_bytes(&header[1]));
        request.extend_from_slice(b"\r\n");
    }
    match framing {
        Framing::Chunked => {
            request.extend_from_slice(b"Transfer-Encoding: chunked\r\n\r\n");
            for chunk in body.chunks(100) {
                request.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                request.extend_from_slice(chunk);
                request.extend_from_slice(b"\r\n");
            }
            request.extend_from_slice(b"0\r\n\r\n");
        }
        Framing::Length => {
            request.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
            request.extend_from_slice(&body);
        }
        Framing::Rest => {
            request.extend_from_slice(b"\r\n");
            request.extend_from_slice(&body);
        }
    }
    request
}
