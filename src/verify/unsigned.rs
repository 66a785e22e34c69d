//! What nothing proves.

/// Something that came with a delivery and is not covered by its signature. It must be unwrapped
/// by name before it is used: whoever holds one captured delivery can write anything there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[must_use]
pub struct Unsigned<T>(T);

impl<T> Unsigned<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, which nothing proves.
    #[must_use]
    pub fn into_unproven(self) -> T {
        self.0
    }
}
