//! A request, and what reads the answer to it.

use core::fmt;

use bytes::Bytes;
use http::{Request, Response};

use super::ReplyError;
use super::answer::Answer;

/// A request to be sent by an HTTP client of yours, and what reads its answer.
///
/// Sending it twice asks twice: where a provider takes an idempotency key, give one before you
/// retry. No client should follow a redirect with it, as it holds the API key.
#[must_use = "a call does nothing until its request is sent"]
pub struct Call<T> {
    request: Request<Bytes>,
    reply: Reply<T>,
}

/// Reads the answer to one request.
pub struct Reply<T>(fn(&Answer<'_>) -> Result<T, ReplyError>);

impl<T> Call<T> {
    pub(super) const fn new(
        request: Request<Bytes>,
        read: fn(&Answer<'_>) -> Result<T, ReplyError>,
    ) -> Self {
        Self {
            request,
            reply: Reply(read),
        }
    }

    /// The request, to be looked at.
    #[must_use]
    pub const fn request(&self) -> &Request<Bytes> {
        &self.request
    }

    /// The request, to be sent, and what reads its answer.
    #[must_use]
    pub fn into_parts(self) -> (Request<Bytes>, Reply<T>) {
        (self.request, self.reply)
    }
}

impl<T> Reply<T> {
    /// Reads the answer, whose body is to be whole. Limit what is received of it: a creation is
    /// answered with some KiB.
    ///
    /// # Errors
    ///
    /// [`ReplyError::Api`] for what the provider refuses, and [`ReplyError::Unreadable`] for a
    /// success in a form that is not documented.
    pub fn read(self, response: &Response<impl AsRef<[u8]>>) -> Result<T, ReplyError> {
        (self.0)(&Answer {
            status: response.status(),
            headers: response.headers(),
            body: response.body().as_ref(),
        })
    }
}

impl<T> fmt::Debug for Call<T> {
    /// Method and URL: the body may hold a secret that the caller chose.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", self.request.method())
            .field("uri", self.request.uri())
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reply")
    }
}
