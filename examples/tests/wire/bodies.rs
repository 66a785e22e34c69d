//! The bodies that a row names, and texts with their lengths and signatures filled in.

use std::collections::BTreeMap;

use hookproof::providers::MAILINGAPI;
use serde_json::Value;

use super::support::delivery::{genuine, signed_at};
use super::{CAP, SECRET};

/// A row's bodies by name.
pub(crate) struct Bodies {
    bodies: BTreeMap<String, Vec<u8>>,
    host: String,
}

impl Bodies {
    pub(crate) fn new(row: &Value, host: String) -> Self {
        let nonce = row["id"].as_str().expect("an id");
        let mut bodies = BTreeMap::new();
        let wanted = row["input"]["bodies"].as_object().expect("bodies");
        // Requests hold others, so they come last.
        let (requests, plain): (Vec<_>, Vec<_>) = wanted
            .iter()
            .partition(|(_, body)| body.get("request").is_some());
        for (name, body) in plain {
            bodies.insert(name.clone(), plain_body(body, nonce));
        }
        for (name, body) in requests {
            let inner = &bodies[body["request"].as_str().expect("a name")];
            let request = genuine(&MAILINGAPI, SECRET, inner);
            bodies.insert(name.clone(), request);
        }
        Self { bodies, host }
    }

    pub(crate) fn get(&self, name: &Value) -> &[u8] {
        &self.bodies[name.as_str().expect("a body's name")]
    }

    /// A text with what it leaves open filled in.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let (what, after) = after.split_once("}}").expect("closed");
            filled += before;
            filled += &self.value(what);
            rest = after;
        }
        filled + rest
    }

    fn value(&self, what: &str) -> String {
        let (what, name) = what.split_once(':').unwrap_or((what, ""));
        match what {
            "path" => "/webhooks/mailingapi".to_owned(),
            "host" => self.host.clone(),
            "len" => self.bodies[name].len().to_string(),
            "sig" => self.signature(name),
            "sigt" => self.halves(name).0,
            "sigv" => self.halves(name).1,
            other => panic!("what is {other}?"),
        }
    }

    fn signature(&self, name: &str) -> String {
        let headers = signed_at(&MAILINGAPI, SECRET, &self.bodies[name], 0);
        let signature = &headers[MAILINGAPI.signature_header().unwrap_or_default()];
        signature.to_str().expect("text").to_owned()
    }

    fn halves(&self, name: &str) -> (String, String) {
        let signature = self.signature(name);
        let (time, mac) = signature.split_once(',').expect("two halves");
        (time.to_owned(), mac.to_owned())
    }
}

/// A small event.
pub(crate) fn event(id: &str) -> Vec<u8> {
    format!(r#"{{"id":"{id}","type":"delivered","timestamp":"2026-05-28T20:01:00Z","data":{{}}}}"#)
        .into_bytes()
}

fn plain_body(body: &Value, nonce: &str) -> Vec<u8> {
    let text = |kind: &str| Some(body.get(kind)?.as_str()?.replace("{{nonce}}", nonce));
    if let Some(id) = text("json") {
        return event(&id);
    }
    if let Some(id) = text("gzip") {
        return gzip(&event(&id));
    }
    if let Some(text) = text("text") {
        return text.into_bytes();
    }
    let fill = text("fill").expect("a kind of body that is known");
    let length = match &body["n"] {
        Value::String(name) if name == "cap" => CAP,
        Value::String(name) if name == "cap+1" => CAP + 1,
        number => usize::try_from(number.as_u64().expect("a length")).expect("a length"),
    };
    let mut filled = fill.repeat(length).into_bytes();
    if body["nonce"] == true {
        filled[..nonce.len()].copy_from_slice(nonce.as_bytes());
    }
    filled
}

/// Gzip without compression: one stored block.
fn gzip(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("one block");
    let mut member = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    member.extend(length.to_le_bytes());
    member.extend((!length).to_le_bytes());
    member.extend_from_slice(data);
    member.extend(crc32(data).to_le_bytes());
    member.extend(u32::from(length).to_le_bytes());
    member
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
        })
    })
}
