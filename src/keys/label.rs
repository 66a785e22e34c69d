//! The name that receipts, logs and metrics show of a key.

use core::fmt;
use core::ops::Deref;
use std::sync::Arc;

/// A key's label. The usual ones are constants, because a receipt takes a copy: counting references
/// would cost every delivery two locked instructions.
#[derive(Clone)]
pub(crate) enum Label {
    Fixed(&'static str),
    Own(Arc<str>),
}

impl Deref for Label {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Own(text) => text,
        }
    }
}

#[cfg(feature = "metrics")]
impl Label {
    /// The text, not copied.
    pub(crate) fn shared(&self) -> metrics::SharedString {
        match self {
            Self::Fixed(text) => metrics::SharedString::const_str(text),
            Self::Own(text) => metrics::SharedString::from_shared(Arc::clone(text)),
        }
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
