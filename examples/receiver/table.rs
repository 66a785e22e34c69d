//! The table: a line a delivery, and the tally at its end.

use std::fmt;
use std::io::{self, Write as _};
use std::time::Duration;

use axum::http::StatusCode;

use crate::deliveries::{Delivery, Expected};
use crate::typed::Event;

/// What became of a delivery.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// `None`: there was no answer.
    pub(crate) status: Option<StatusCode>,
    /// A 503 asks the sender to try again later, and nothing else does.
    pub(crate) retry_after: bool,
    /// What the handlers were given: one event, or none.
    pub(crate) events: Vec<Event>,
    pub(crate) took: Duration,
}

impl Outcome {
    fn is_as_expected(&self, delivery: &Delivery) -> bool {
        let unavailable = self.status == Some(StatusCode::SERVICE_UNAVAILABLE);
        let answered = match &delivery.expected {
            Expected::Event(variant, name) => {
                self.status.is_some_and(|status| status.is_success())
                    && matches!(&self.events[..], [event] if event.variant == *variant
                        && event.preset == delivery.preset.slug()
                        && (name.is_none() || event.name == *name))
            }
            Expected::Duplicate => {
                self.status.is_some_and(|status| status.is_success()) && self.events.is_empty()
            }
            Expected::Refused(status) => self.status == Some(*status) && self.events.is_empty(),
        };
        answered && self.retry_after == unavailable
    }
}

/// Prints deliveries as they come and counts them.
#[derive(Debug, Default)]
pub(crate) struct Table {
    genuine: usize,
    handled: usize,
    forged: usize,
    through: usize,
    replayed: usize,
    twice: usize,
    wrong: usize,
}

impl Table {
    pub(crate) fn head() -> io::Result<()> {
        writeln!(
            io::stdout(),
            "{:<16}  {:<31}  {:<6}  {:<43}  {:>9}",
            "preset",
            "sent",
            "status",
            "typed event",
            "time"
        )
    }

    /// One line.
    pub(crate) fn row(&mut self, delivery: &Delivery, outcome: &Outcome) -> io::Result<()> {
        let right = outcome.is_as_expected(delivery);
        self.wrong += usize::from(!right);
        match delivery.expected {
            Expected::Duplicate => {
                self.replayed += 1;
                self.twice += usize::from(!outcome.events.is_empty());
            }
            Expected::Event(..) => {
                self.genuine += 1;
                self.handled += usize::from(right);
            }
            Expected::Refused(_) => {
                self.forged += 1;
                let accepted = outcome.status.is_some_and(|status| status.is_success());
                self.through += usize::from(accepted || !outcome.events.is_empty());
            }
        }
        let status = outcome.status.map(|status| status.as_u16().to_string());
        let mut events: Vec<String> = outcome.events.iter().map(Event::to_string).collect();
        if events.is_empty() {
            events.push("-".to_owned());
        }
        let mut out = io::stdout();
        write!(
            out,
            "{:<16}  {:<31}  {:<6}  {:<43}  {:>6.2} ms",
            delivery.preset.slug(),
            delivery.title,
            status.as_deref().unwrap_or("none"),
            events.join(", "),
            outcome.took.as_secs_f64() * 1_000.0,
        )?;
        if !right {
            write!(out, "  WRONG: not {}", delivery.expected)?;
        }
        writeln!(out)
    }

    /// The last lines.
    pub(crate) fn tally(&self) -> io::Result<()> {
        let mut out = io::stdout();
        writeln!(out)?;
        if self.wrong > 0 {
            writeln!(out, "lines marked WRONG: {}", self.wrong)?;
        }
        let (twice, replayed) = (self.twice, self.replayed);
        writeln!(
            out,
            "replays that were handled again: {twice} of {replayed}"
        )?;
        let (handled, genuine) = (self.handled, self.genuine);
        writeln!(out, "genuine deliveries handled: {handled} of {genuine}")?;
        let (through, forged) = (self.through, self.forged);
        writeln!(out, "forgeries that got through: {through} of {forged}")
    }

    /// Whether everything was as it should be.
    pub(crate) const fn is_right(&self) -> bool {
        self.wrong == 0 && self.genuine > 0 && self.replayed > 0 && self.forged > 0
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate => f.write_str("acknowledged and not handled"),
            Self::Event(variant, Some(name)) => write!(f, "handled once as {variant} ({name})"),
            Self::Event(variant, None) => write!(f, "handled once as {variant}"),
            Self::Refused(status) => write!(f, "refused with {}", status.as_u16()),
        }
    }
}
