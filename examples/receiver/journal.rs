//! One JSON line for each delivery, on standard output.

use std::io::{self, Write as _};

use hookproof::{Refusal, Unhandled, UnhandledKind};
use serde::Serialize;

use crate::presets::Preset;

/// What became of one delivery. Every key is always there.
#[derive(Debug, Serialize)]
pub(crate) struct Line<'a> {
    /// The preset's slug.
    provider: &'a str,
    /// What is answered.
    status: u16,
    verdict: Verdict,
    /// The kind of refusal, or what is wrong with the store.
    reason: Option<&'static str>,
    /// The event's name, where the body is JSON that the types know.
    event: Option<&'a str>,
    /// The delivery's id, where one is signed.
    delivery_id: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// The handler ran and answered in the 200s.
    Accepted,
    /// It was handled before.
    Duplicate,
    /// The handler ran and answered otherwise.
    HandlerFailed,
    /// Another attempt is being handled.
    InProgress,
    /// It is not authentic.
    Refused,
    /// The replay store is full or does not answer.
    StoreUnavailable,
}

impl<'a> Line<'a> {
    /// A delivery that was proven.
    pub(crate) const fn proven(
        provider: &'a str,
        status: u16,
        verdict: Verdict,
        event: Option<&'a str>,
        delivery_id: Option<&'a str>,
    ) -> Self {
        Self {
            provider,
            status,
            verdict,
            reason: None,
            event,
            delivery_id,
        }
    }

    /// Writes the line whole and at once: lines never mix, and none waits in a buffer.
    /// Whoever reads them too slowly holds the receiver up, which is better than losing one.
    pub(crate) fn write(&self) -> io::Result<()> {
        let mut line = serde_json::to_string(self)?;
        line.push('\n');
        let mut out = io::stdout().lock();
        out.write_all(line.as_bytes())?;
        out.flush()
    }

    fn write_or_tell(&self) {
        if let Err(error) = self.write() {
            eprintln!("standard output: {error}");
        }
    }
}

/// An endpoint's hook for refused deliveries. It runs before the answer goes out. Nothing of an
/// unproven delivery is repeated, so id and event are not told.
pub(crate) fn refused(refusal: &Refusal<'_>) {
    let line = Line {
        provider: refusal.scheme().slug(),
        status: refusal.answer().status().as_u16(),
        verdict: Verdict::Refused,
        reason: Some(refusal.error().kind().as_str()),
        event: None,
        delivery_id: None,
    };
    line.write_or_tell();
}

/// An endpoint's hook for proven deliveries that are not handled now.
pub(crate) fn unhandled(preset: &Preset, unhandled: &Unhandled<'_>) {
    let verdict = match unhandled.kind() {
        UnhandledKind::Duplicate => Verdict::Duplicate,
        UnhandledKind::InProgress => Verdict::InProgress,
        _ => Verdict::StoreUnavailable,
    };
    let reason = match verdict {
        Verdict::StoreUnavailable => Some(unhandled.kind().as_str()),
        _ => None,
    };
    let proven = unhandled.proven();
    let status = unhandled.answer().status().as_u16();
    let (event, delivery_id) = ((preset.event)(proven.body()), proven.delivery_id());
    let line = Line::proven(
        preset.slug(),
        status,
        verdict,
        event.as_deref(),
        delivery_id.as_deref(),
    );
    Line { reason, ..line }.write_or_tell();
}
