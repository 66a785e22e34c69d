//! The bodies that a row names, and texts with their lengths and signatures filled in.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use hookproof::providers::MAILINGAPI;
use hookproof::{Secret, Signer};

use super::row::{Body, Row, SECRET};

/// Where a row is sent to.
#[derive(Clone, Debug)]
pub struct Target {
    pub address: SocketAddr,
    pub path: String,
}

impl Target {
    /// A whole good delivery.
    pub fn good(&self, body: &[u8]) -> Vec<u8> {
        let mut request = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nX-MailingAPI-Signature: {}\r\nContent-Length: {}\r\n\r\n",
            self.path,
            self.address,
            signature(body),
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        request
    }
}

/// The text that signs a body now.
pub fn signature(body: &[u8]) -> String {
    let signer = Signer::new(&MAILINGAPI, Secret::new(SECRET)).expect("a usable secret");
    let headers = signer.sign(body).expect("signed");
    let text = headers["x-mailingapi-signature"].to_str();
    text.expect("text").to_owned()
}

/// A small event.
pub fn event(id: &str) -> Vec<u8> {
    format!(r#"{{"id":"{id}","type":"delivered","timestamp":"2026-05-28T20:01:00Z","data":{{}}}}"#)
        .into_bytes()
}

/// A row's bodies by name.
pub(super) struct Bodies<'t> {
    bodies: BTreeMap<String, Vec<u8>>,
    target: &'t Target,
}

impl<'t> Bodies<'t> {
    pub(super) fn of(row: &Row, target: &'t Target) -> Self {
        let bodies = BTreeMap::new();
        let mut made = Self { bodies, target };
        // Those that hold others come last.
        let (outer, plain): (Vec<_>, Vec<_>) = row
            .input
            .bodies
            .iter()
            .partition(|(_, body)| matches!(body, Body::Request { .. } | Body::GzipOf { .. }));
        for (name, body) in plain.into_iter().chain(outer) {
            let bytes = made.make(body, &row.id);
            made.bodies.insert(name.clone(), bytes);
        }
        made
    }

    fn make(&self, body: &Body, nonce: &str) -> Vec<u8> {
        match body {
            Body::Json { json } => event(&json.replace("{{nonce}}", nonce)),
            Body::Text { text } => text.replace("{{nonce}}", nonce).into_bytes(),
            Body::Gzip { gzip: json } => gzip(&event(&json.replace("{{nonce}}", nonce))),
            Body::GzipOf { gzip_of } => gzip(self.get(gzip_of)),
            Body::Nonce5 { .. } => nonce.as_bytes()[nonce.len() - 5..].to_vec(),
            Body::Request { request } => self.target.good(self.get(request)),
            Body::Fill { fill, n, nonce: at } => {
                let mut bytes = fill.repeat(n.bytes()).into_bytes();
                if *at {
                    bytes[..nonce.len()].copy_from_slice(nonce.as_bytes());
                }
                bytes
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> &[u8] {
        let body = self.bodies.get(name);
        body.unwrap_or_else(|| panic!("there is no body {name}"))
    }

    /// A text with what it leaves open filled in.
    pub(super) fn fill(&self, text: &str) -> String {
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
        let half = |nth: usize| {
            let signature = signature(self.get(name));
            let half = signature.split(',').nth(nth);
            half.expect("two halves").to_owned()
        };
        match what {
            "path" => self.target.path.clone(),
            "host" => self.target.address.to_string(),
            "len" => self.get(name).len().to_string(),
            "sig" => signature(self.get(name)),
            "sigt" => half(0),
            "sigv" => half(1),
            other => panic!("what is {other}?"),
        }
    }
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
