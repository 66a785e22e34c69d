//! Every vendored delivery, rendered as raw HTTP, gets its verdict from the program.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::rows::{deliveries, header_bytes};
use crate::support::judge;

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
    assert_eq!(rows.len(), 551 + 572 + 143);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some((nth, row)) = {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            rows.get(nth).map(|row| (nth, row))
        } {
            let framing = [Framing::Chunked, Framing::Length, Framing::Rest][nth % 3];
            wrong.extend(complaint(row, framing));
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

/// What is wrong with the program's verdict on a row.
fn complaint(row: &Value, framing: Framing) -> Option<String> {
    let text = |field: &str| row[field].as_str().expect("a text");
    let at = format!("--at {}", row["now"].as_i64().expect("an i64"));
    let run = judge(
        text("provider"),
        text("secret"),
        rendered(row, framing),
        &at,
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

fn rendered(row: &Value, framing: Framing) -> Vec<u8> {
    let body = row["request"]["body_b64"].as_str().expect("base64");
    let body = STANDARD.decode(body).expect("base64");
    let mut request = b"POST /in HTTP/1.1\r\nHost: hooks.example.com\r\n".to_vec();
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
