//! What the signed content of a whole delivery is taken from.

use super::seen::Seen;
use crate::fields::Body;

/// What the content is taken from.
pub(super) struct Source<'s, 'b> {
    pub(super) seen: &'s Seen,
    pub(super) raw: &'s [u8],
    /// Or the item of it, where each is signed by itself.
    pub(super) body: &'s Body<'b>,
    pub(super) stamp: Option<&'s [u8]>,
}

/// What goes into the content beside the delivery itself.
#[derive(Clone, Copy)]
pub(super) struct With<'w> {
    pub(super) secret: &'w str,
    pub(super) url: &'w str,
    /// Whether the timestamp's text goes in, which a replay identity may leave out.
    pub(super) timestamp: bool,
}
