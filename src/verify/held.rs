//! The bytes of a body that has not been proven yet: held, bounded, shown to nobody.

use bytes::Bytes;

use crate::error::VerifyError;

/// With a second frame the held bytes move into one buffer, which has at least this room, in bytes:
/// no more than a connection's own read buffer, so that many slow senders cost no more than they do.
const FIRST_ROOM: usize = 4 * 1024;

/// The frames of a body, as one piece.
///
/// A body that comes in one frame is never copied. Further frames are copied together at once:
/// kept apart, a body that trickles in byte by byte would cost thirty-two times its size in
/// bookkeeping before anything is proven.
pub(crate) struct Held {
    first: Bytes,
    joined: Vec<u8>,
    limit: usize,
    /// The length that the sender announced. It bounds growth and never sizes a buffer by itself.
    announced: Option<usize>,
    overflowed: bool,
}

impl Held {
    pub(super) const fn new(limit: usize, announced: Option<usize>) -> Self {
        Self {
            first: Bytes::new(),
            joined: Vec::new(),
            limit,
            announced,
            overflowed: false,
        }
    }

    /// Whether so many more bytes may come. Once they may not, the body stays refused: what was
    /// left out could not be told from what was proven.
    pub(super) fn admit(&mut self, more: usize) -> Result<(), VerifyError> {
        self.overflowed |= more > self.limit - self.as_slice().len();
        if self.overflowed {
            return Err(VerifyError::too_large(self.limit));
        }
        Ok(())
    }

    /// Takes a frame, if there is room for it.
    #[cfg(feature = "tower")]
    pub(crate) fn take(&mut self, frame: Bytes) -> Result<(), VerifyError> {
        self.admit(frame.len())?;
        self.push(frame);
        Ok(())
    }

    pub(super) fn push(&mut self, frame: Bytes) {
        let length = self.as_slice().len();
        if length == 0 {
            self.first = frame;
        } else if !frame.is_empty() {
            self.reserve(length, frame.len());
            if self.joined.is_empty() {
                self.joined
                    .extend_from_slice(&core::mem::take(&mut self.first));
            }
            self.joined.extend_from_slice(&frame);
        }
    }

    /// Grows by half, and not past where the body must end: memory follows the bytes that came,
    /// not what was announced.
    fn reserve(&mut self, length: usize, more: usize) {
        let needed = length + more;
        if needed <= self.joined.capacity() {
            return;
        }
        let end = self.announced.unwrap_or(self.limit);
        let grown = (length + length / 2).max(FIRST_ROOM).min(end);
        let missing = grown.max(needed) - self.joined.len();
        self.joined.reserve_exact(missing);
    }

    /// What a refusal says of this body.
    #[cold]
    pub(super) fn explain(&self, error: VerifyError) -> VerifyError {
        match self.announced {
            Some(announced) => error.of_length(self.as_slice().len(), announced),
            None => error,
        }
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        if self.joined.is_empty() {
            &self.first
        } else {
            &self.joined
        }
    }

    /// The bytes; none are held any more.
    pub(crate) fn take_bytes(&mut self) -> Bytes {
        if self.joined.is_empty() {
            core::mem::take(&mut self.first)
        } else {
            Bytes::from(core::mem::take(&mut self.joined))
        }
    }
}
