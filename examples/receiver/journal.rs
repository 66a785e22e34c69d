//! One JSON line for each delivery, on standard output.

use std::io::{self, Write as _};

use hookproof::Refusal;
use serde::Serialize;

/// What became of one delivery. Every key is always there.
#[derive(Debug, Serialize)]
pub(crate) struct Line<'a> {
    /// The preset's slug.
    provider: &'a str,
    /// What is answered.
    status: u16,
    verdict: Verdict,
    /// The kind of refusal.
    reason: Option<&'static str>,
    /// The event's name, where the body is JSON that the types know.
    event: Option<&'a str>,
    /// The delivery's id, where one is signed.
    delivery_id: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Accepted,
    Refused,
}

impl<'a> Line<'a> {
    /// A delivery that was proven and handled.
    pub(crate) const fn accepted(
        provider: &'a str,
        status: u16,
        event: Option<&'a str>,
        delivery_id: Option<&'a str>,
    ) -> Self {
        Self {
            provider,
            status,
            verdict: Verdict::Accepted,
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
    if let Err(error) = line.write() {
        eprintln!("standard output: {error}");
    }
}
