//! Where a provider's API is, and the requests to it.

use core::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use serde::Serialize;
use zeroize::Zeroizing;

use super::answer::Answer;
use super::rules::{self, Reach};
use super::{ApiKey, Call, ReplyError, RequestError};

const AGENT: &str = concat!("hookproof/", env!("CARGO_PKG_VERSION"));

/// A provider's API: where it is, and the key for it.
pub(super) struct Base {
    /// What stands before `path`, without a slash at its end.
    url: String,
    /// Where the webhooks are.
    path: &'static str,
    key: ApiKey,
    header: HeaderName,
    prefix: &'static str,
    /// What else every request has.
    headers: HeaderMap,
}

/// Reads an answer.
type Read<T> = fn(&Answer<'_>) -> Result<T, ReplyError>;

impl Base {
    /// The webhooks are at `url` and `path`. `header` carries the key behind `prefix`.
    pub(super) fn new(
        url: &'static str,
        path: &'static str,
        key: ApiKey,
        header: HeaderName,
        prefix: &'static str,
    ) -> Self {
        Self {
            url: url.to_owned(),
            path,
            key,
            header,
            prefix,
            headers: HeaderMap::new(),
        }
    }

    /// The same API elsewhere. Only a loopback address may be asked without TLS.
    pub(super) fn at(&mut self, url: &str) -> Result<(), RequestError> {
        let refused = |why| Err(RequestError::new("base url", why));
        let reach = match rules::reach(url) {
            Ok(reach) => reach,
            Err(why) => return refused(why),
        };
        // `#` by itself: a URL's fragment is lost in its parts, and would cut off the path here.
        if url.contains(['@', '?', '#']) {
            return refused("has more than a scheme, a host, a port and a path");
        }
        if matches!(reach, Reach::Clear) {
            return refused("is not https: the key would be sent in the clear");
        }
        self.url = url.trim_end_matches('/').to_owned();
        Ok(())
    }

    /// Has every request carry a header, unless it has its own of that name.
    pub(super) fn always(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// A request without a body. `below` is the path behind that of the webhooks.
    pub(super) fn plain<T>(
        &self,
        method: Method,
        below: &str,
        read: Read<T>,
    ) -> Result<Call<T>, RequestError> {
        let request = self.request(method, below, Bytes::new())?;
        Ok(Call::new(request, read))
    }

    /// A request with a JSON body.
    pub(super) fn call<T>(
        &self,
        method: Method,
        below: &str,
        body: &impl Serialize,
        read: Read<T>,
    ) -> Result<Call<T>, RequestError> {
        self.call_with(method, below, HeaderMap::new(), body, read)
    }

    /// A request with a JSON body and headers of its own.
    pub(super) fn call_with<T>(
        &self,
        method: Method,
        below: &str,
        headers: HeaderMap,
        body: &impl Serialize,
        read: Read<T>,
    ) -> Result<Call<T>, RequestError> {
        let mut request = self.request(method, below, json(body)?)?;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        request.headers_mut().extend(headers);
        Ok(Call::new(request, read))
    }

    fn request(
        &self,
        method: Method,
        below: &str,
        body: Bytes,
    ) -> Result<Request<Bytes>, RequestError> {
        let uri: Uri = format!("{}{}{below}", self.url, self.path)
            .parse()
            .map_err(|_| RequestError::new("base url", "makes no URL with the request's path"))?;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        headers.insert(self.header.clone(), self.key.header(self.prefix)?);
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        Ok(request)
    }
}

/// The path to one webhook, behind that of all, and to what is below it.
pub(super) fn one(id: &str, below: &str) -> Result<String, RequestError> {
    Ok(format!("/{}{below}", rules::id("webhook id", id)?))
}

/// A body as JSON. It may hold a secret of the caller's own, so its memory is taken at once, which
/// leaves no copy behind as it grows, and is wiped on drop.
fn json(body: &impl Serialize) -> Result<Bytes, RequestError> {
    let refused = |_| RequestError::new("body", "cannot be written as JSON");
    let mut length = Length(0);
    serde_json::to_writer(&mut length, body).map_err(refused)?;
    let mut text = Zeroizing::new(Vec::with_capacity(length.0));
    serde_json::to_writer(&mut *text, body).map_err(refused)?;
    Ok(Bytes::from_owner(text))
}

/// Counts what is written to it.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Base")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
