//! What is wrong with a head, in few words that are cheap to hand on.

use http::HeaderName;

use crate::error::VerifyError;

/// What is wrong with a head. It borrows its names and has nothing to drop, so that the steps of a
/// verification hand their results on in registers; words are made of it once, for what is refused.
#[derive(Clone, Copy)]
pub(super) enum Fault<'p> {
    Duplicate(&'p HeaderName),
    /// So many seconds of age, negative, and how many may be.
    Future(i64, u32),
    Malformed(&'p HeaderName, &'static str),
    Missing(&'p HeaderName),
    /// So many seconds of age, and how many may be.
    Stale(i64, u32),
    Unavailable(&'static str),
}

impl Fault<'_> {
    // No `From`: that the error can be made of another type would be seen by users' inference.
    #[cold]
    pub(super) fn error(self) -> VerifyError {
        match self {
            Self::Duplicate(name) => VerifyError::duplicate(name.clone()),
            Self::Future(age, tolerance) => VerifyError::future(age, tolerance),
            Self::Malformed(name, why) => VerifyError::malformed(name.clone(), why),
            Self::Missing(name) => VerifyError::missing(name.clone()),
            Self::Stale(age, tolerance) => VerifyError::stale(age, tolerance),
            Self::Unavailable(what) => VerifyError::unavailable(what),
        }
    }
}
