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

/// What takes signed content: a MAC, or a buffer that keeps it for another.
pub(super) trait Content {
    fn take(&mut self, bytes: &[u8]);
}

impl Content for RunningMac {
    #[inline]
    fn take(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }
}

impl Content for Vec<u8> {
    fn take(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// The signed content before the body.
#[inline]
pub(super) fn feed_opening(plan: &Plan, texts: &Texts<'_>, content: &mut impl Content) {
    for step in plan.steps.iter().take(plan.body) {
        content.take(step_text(*step, texts));
    }
}

/// The signed content after the body.
#[inline]
pub(super) fn feed_closing(plan: &Plan, texts: &Texts<'_>, content: &mut impl Content) {
    for step in plan.steps.iter().skip(plan.body + 1) {
        content.take(step_text(*step, texts));
    }
}

#[inline]
fn step_text<'t>(step: Step, texts: &Texts<'t>) -> &'t [u8] {
    match step {
        // A plan with such a step does not run.
        Step::Body | Step::Whole(_) => &[],
        Step::Header(nth) => texts.headers.get(nth).copied().unwrap_or_default(),
        Step::Literal(text) => text.as_bytes(),
        Step::Timestamp => texts.timestamp,
    }
}
