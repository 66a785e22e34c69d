//! What is judged: the head of a request, and with its body a whole delivery. Borrowed.

use core::fmt;

use http::{Extensions, HeaderMap, Method, Uri};

/// The head of a delivery: what is known before a byte of the body is read.
///
/// Made from a header map, from `http::request::Parts` or from a whole `http::Request`, whose
/// body is then not looked at.
///
/// A scheme that signs the method or the URL needs more than headers: see [`with_method`] and
/// [`with_url`].
///
/// [`with_method`]: Self::with_method
/// [`with_url`]: Self::with_url
#[derive(Clone, Copy)]
pub struct Head<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) request: Option<RequestLine<'a>>,
    /// The URL as the provider knows it, where the caller states it.
    pub(crate) url: Option<&'a str>,
    pub(crate) stated_method: Option<&'a Method>,
}

/// How and where a request was sent, which a header map alone does not tell.
#[derive(Clone, Copy)]
pub(crate) struct RequestLine<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    /// What the server and its router know of it.
    pub(crate) extensions: &'a Extensions,
}

impl<'a> Head<'a> {
    /// The headers.
    #[must_use]
    pub const fn headers(self) -> &'a HeaderMap {
        self.headers
    }

    /// Where the request was sent; `None` where the head was made from a header map.
    #[must_use]
    pub fn uri(self) -> Option<&'a Uri> {
        self.request.map(|request| request.uri)
    }

    /// The request's method; `None` where nothing told it.
    #[must_use]
    pub fn method(self) -> Option<&'a Method> {
        self.stated_method
            .or_else(|| self.request.map(|request| request.method))
    }

    /// States the method, for a head that was made from a header map.
    #[must_use]
    pub const fn with_method(mut self, method: &'a Method) -> Self {
        self.stated_method = Some(method);
        self
    }

    /// States the URL as it was registered with the provider, whole, with the query of this
    /// delivery. It wins over the request's own and over the verifier's
    /// [`PublicUrl`](crate::PublicUrl).
    ///
    /// # Example
    ///
    /// ```
    /// use http::{HeaderMap, Method};
    /// use hookproof::{Delivery, Head};
    ///
    /// let headers = HeaderMap::new();
    /// let head = Head::from(&headers)
    ///     .with_method(&Method::POST)
    ///     .with_url("https://hooks.example.com/square?tenant=7");
    /// let delivery = Delivery::new(head, b"{}");
    /// ```
    #[must_use]
    pub const fn with_url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }

    const fn new(headers: &'a HeaderMap, request: Option<RequestLine<'a>>) -> Self {
        Self {
            headers,
            request,
            url: None,
            stated_method: None,
        }
    }
}

impl<'a> From<&'a HeaderMap> for Head<'a> {
    fn from(headers: &'a HeaderMap) -> Self {
        Self::new(headers, None)
    }
}

impl<'a> From<&'a http::request::Parts> for Head<'a> {
    fn from(parts: &'a http::request::Parts) -> Self {
        let request = RequestLine {
            method: &parts.method,
            uri: &parts.uri,
            extensions: &parts.extensions,
        };
        Self::new(&parts.headers, Some(request))
    }
}

impl<'a, B> From<&'a http::Request<B>> for Head<'a> {
    fn from(request: &'a http::Request<B>) -> Self {
        let line = RequestLine {
            method: request.method(),
            uri: request.uri(),
            extensions: request.extensions(),
        };
        Self::new(request.headers(), Some(line))
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
