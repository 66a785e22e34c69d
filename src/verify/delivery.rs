//! What is judged: the head of a request, and with its body a whole delivery. Borrowed.

use core::fmt;

use http::HeaderMap;

/// The head of a delivery: what is known before a byte of the body is read.
///
/// Made from a header map, from `http::request::Parts` or from a whole `http::Request`, whose
/// body is then not looked at.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    pub(crate) headers: &'a HeaderMap,
    #[cfg(feature = "tenants")]
    pub(crate) target: Option<Target<'a>>,
}

/// Where a request was sent, which a header map alone does not tell.
#[cfg(feature = "tenants")]
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) uri: &'a http::Uri,
    /// What the server and its router know of it.
    #[cfg(feature = "axum")]
    pub(crate) extensions: &'a http::Extensions,
}

#[cfg(feature = "tenants")]
impl<'a> Head<'a> {
    /// The headers.
    #[must_use]
    pub const fn headers(self) -> &'a HeaderMap {
        self.headers
    }

    /// Where the request was sent; `None` where the head was made from a header map.
    #[must_use]
    pub fn uri(self) -> Option<&'a http::Uri> {
        self.target.map(|target| target.uri)
    }
}

impl<'a> From<&'a HeaderMap> for Head<'a> {
    fn from(headers: &'a HeaderMap) -> Self {
        Self {
            headers,
            #[cfg(feature = "tenants")]
            target: None,
        }
    }
}

impl<'a> From<&'a http::request::Parts> for Head<'a> {
    fn from(parts: &'a http::request::Parts) -> Self {
        Self {
            headers: &parts.headers,
            #[cfg(feature = "tenants")]
            target: Some(Target {
                uri: &parts.uri,
                #[cfg(feature = "axum")]
                extensions: &parts.extensions,
            }),
        }
    }
}

impl<'a, B> From<&'a http::Request<B>> for Head<'a> {
    fn from(request: &'a http::Request<B>) -> Self {
        Self {
            headers: request.headers(),
            #[cfg(feature = "tenants")]
            target: Some(Target {
                uri: request.uri(),
                #[cfg(feature = "axum")]
                extensions: request.extensions(),
            }),
        }
    }
}

/// One request that carries an event: its head, and its body exactly as it was received.
///
/// The body must be the raw bytes of the request, before any JSON or form parsing, change of
/// character set or decompression: the signature covers those bytes and no others.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    pub(crate) head: Head<'a>,
    pub(crate) body: &'a [u8],
}

impl<'a> Delivery<'a> {
    /// A delivery from its head and its raw body.
    #[must_use]
    pub fn new<B>(head: impl Into<Head<'a>>, body: &'a B) -> Self
    where
        B: AsRef<[u8]> + ?Sized,
    {
        Self {
            head: head.into(),
            body: body.as_ref(),
        }
    }
}

/// How much there is, and nothing of it: the signature is in the head.
impl fmt::Debug for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Head({} headers)", self.headers.len())
    }
}

impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("head", &self.head)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
