//! The signed content: its texts from the head, and feeding it to a MAC in the scheme's order.

use super::plan::{Plan, Step};
use crate::mac::RunningMac;
use crate::scheme::MAX_CONTENT_HEADERS;

/// The texts of the head that are part of the signed content.
#[derive(Clone, Copy, Default)]
pub(super) struct Texts<'h> {
    pub(super) timestamp: &'h [u8],
    pub(super) headers: [&'h [u8]; MAX_CONTENT_HEADERS],
}

/// What takes signed content: a MAC, or what keeps it for one.
pub(super) trait Content {
    fn take(&mut self, bytes: &[u8]);
}

impl Content for RunningMac<'_> {
    #[inline(always)]
    fn take(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }
}

/// The signed content around a body that is still to come, copied out of the head. Inline where it
/// is short, as it mostly is: a timestamp, an id.
pub(super) struct Around {
    inline: [u8; Self::INLINE],
    /// All of it, where it is longer.
    long: Vec<u8>,
    length: usize,
    /// Where the body goes.
    opening: usize,
}

impl Around {
    const INLINE: usize = 64;

    #[inline]
    pub(super) fn fill(&mut self, plan: &Plan, texts: &Texts<'_>) {
        feed_opening(plan, texts, self);
        self.opening = self.length;
        feed_closing(plan, texts, self);
    }

    #[inline]
    pub(super) fn opening(&self) -> &[u8] {
        self.all().get(..self.opening).unwrap_or_default()
    }

    #[inline]
    pub(super) fn closing(&self) -> &[u8] {
        self.all().get(self.opening..).unwrap_or_default()
    }

    #[inline]
    fn all(&self) -> &[u8] {
        if self.long.is_empty() {
            self.inline.get(..self.length).unwrap_or_default()
        } else {
            &self.long
        }
    }
}

impl Default for Around {
    #[inline]
    fn default() -> Self {
        Self {
            inline: [0; Self::INLINE],
            long: Vec::new(),
            length: 0,
            opening: 0,
        }
    }
}

impl Content for Around {
    #[inline]
    fn take(&mut self, bytes: &[u8]) {
        let end = self.length + bytes.len();
        match self.inline.get_mut(self.length..end) {
            Some(place) if self.long.is_empty() => place.copy_from_slice(bytes),
            _ => {
                if self.long.is_empty() {
                    self.long.extend_from_slice(&self.inline[..self.length]);
                }
                self.long.extend_from_slice(bytes);
            }
        }
        self.length = end;
    }
}

/// The signed content before the body.
#[inline(always)]
pub(super) fn feed_opening(plan: &Plan, texts: &Texts<'_>, content: &mut impl Content) {
    for step in &plan.opening {
        content.take(step_text(*step, texts));
    }
}

/// The signed content after the body.
#[inline(always)]
pub(super) fn feed_closing(plan: &Plan, texts: &Texts<'_>, content: &mut impl Content) {
    for step in &plan.closing {
        content.take(step_text(*step, texts));
    }
}

#[inline(always)]
fn step_text<'t>(step: Step, texts: &Texts<'t>) -> &'t [u8] {
    match step {
        // A plan with such a step does not run.
        Step::Body | Step::Whole(_) => &[],
        Step::Header(nth) => texts.headers.get(nth).copied().unwrap_or_default(),
        Step::Literal(text) => text.as_bytes(),
        Step::Timestamp => texts.timestamp,
    }
}
