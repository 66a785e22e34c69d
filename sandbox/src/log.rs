//! The log: one line an attempt, with what it truly was, for tests and for programs.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::delivery::{Expected, Outcome, Truth};
use crate::provider::Provider;

/// Lines that are kept; the oldest make room.
const MAX_LINES: usize = 100_000;

/// An attempt that is over.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Line {
    /// When it was sent, in milliseconds since 1970.
    pub at: u64,
    /// Who sent it, or is imitated.
    pub provider: Provider,
    /// The subscription's id.
    pub subscription: String,
    /// The delivery's number, from 1.
    pub delivery: u64,
    /// The attempt's number in its delivery, from 1.
    pub attempt: u32,
    /// What it truly was.
    pub truth: Truth,
    /// What a receiver should have made of it.
    pub expected: Expected,
    /// The event's name.
    pub event: String,
    /// The event's id, where the provider has one.
    pub event_id: Option<String>,
    /// SHA-256 of the body as it was sent, in hex. Of a body that was broken off: the whole one's.
    pub body_sha256: String,
    /// The values of the headers that hold a signature, by the headers' names in lower case. With
    /// the body's digest they tell one attempt from another, in a receiver's own log too.
    pub signatures: BTreeMap<String, String>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// Is told of each line.
pub(crate) struct Sink(Box<dyn Fn(&Line) + Send + Sync>);

impl Sink {
    pub(crate) fn new(tell: impl Fn(&Line) + Send + Sync + 'static) -> Self {
        Self(Box::new(tell))
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}

/// The latest lines.
#[derive(Debug, Default)]
pub(crate) struct Log {
    lines: Mutex<VecDeque<Line>>,
    sink: Option<Sink>,
}

impl Log {
    pub(crate) fn new(sink: Option<Sink>) -> Self {
        Self {
            lines: Mutex::default(),
            sink,
        }
    }

    pub(crate) fn write(&self, line: Line) {
        if let Some(Sink(tell)) = &self.sink {
            tell(&line);
        }
        let mut lines = self.kept();
        if lines.len() >= MAX_LINES {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    pub(crate) fn lines(&self) -> Vec<Line> {
        self.kept().iter().cloned().collect()
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Line>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// SHA-256 of a body, in hex.
pub(crate) fn body_sha256(body: &[u8]) -> String {
    hex::encode(Sha256::digest(body))
}
