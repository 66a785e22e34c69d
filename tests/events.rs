//! Typed events: the corpus of delivery bodies, and bodies that are odd on purpose.
#![cfg(feature = "events")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "events/corpus.rs"]
mod corpus;
#[path = "events/fields.rs"]
mod fields;
#[path = "events/hostile.rs"]
mod hostile;

use std::fs;
use std::path::PathBuf;

use hookproof::events::{
    Event as _, EventError, Unknown, jetemail, jetemail_inbound, mailingapi, sendkit, sendmux, sent,
};

/// Every provider with typed events.
const PROVIDERS: [&str; 6] = [
    "jetemail",
    "jetemail-inbound",
    "mailingapi",
    "sendkit",
    "sendmux",
    "sent",
];

/// Those of them whose bodies name an event.
const ENVELOPED: [&str; 5] = ["jetemail", "mailingapi", "sendkit", "sendmux", "sent"];

/// What a body reads as, without its type: all that the tables compare.
#[derive(Debug)]
struct Read {
    name: Option<String>,
    /// The event in its `Debug` form.
    event: String,
    /// What happened in its `Debug` form.
    kind: String,
    unknown: Option<Unknown>,
}

impl Read {
    fn variant(&self) -> &str {
        self.kind.split(['(', ' ']).next().unwrap()
    }
}

macro_rules! read_as {
    ($module:ident, $body:expr) => {{
        let event = $module::Event::from_body($body)?;
        Ok(Read {
            name: event.name().map(str::to_owned),
            event: format!("{event:?}"),
            kind: format!("{:?}", event.kind),
            unknown: match event.kind {
                $module::EventKind::Unknown(unknown) => Some(unknown),
                _ => None,
            },
        })
    }};
}

fn read(provider: &str, body: &[u8]) -> Result<Read, EventError> {
    match provider {
        "jetemail" => read_as!(jetemail, body),
        "jetemail-inbound" => {
            let email = jetemail_inbound::Email::from_body(body)?;
            Ok(Read {
                name: email.name().map(str::to_owned),
                event: format!("{email:?}"),
                kind: format!("{email:?}"),
                unknown: None,
            })
        }
        "mailingapi" => read_as!(mailingapi, body),
        "sendkit" => read_as!(sendkit, body),
        "sendmux" => read_as!(sendmux, body),
        "sent" => read_as!(sent, body),
        other => panic!("no events of {other}"),
    }
}

fn payloads() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/payloads").into()
}

fn payload(provider: &str, file: &str) -> Vec<u8> {
    fs::read(payloads().join(provider).join(format!("{file}.json"))).unwrap()
}
