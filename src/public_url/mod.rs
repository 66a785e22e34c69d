//! The URL that a provider signed, for schemes that sign it.
//!
//! It is the one that was registered with the provider. What reaches the receiver behind a proxy is
//! another, and the `Host` header is for the sender to choose. So the URL comes from the
//! configuration, or from proxies that the configuration names, and from nowhere else.

mod authority;
#[cfg(feature = "proxies")]
mod forwarded;
mod parts;
#[cfg(feature = "proxies")]
mod proxies;
mod seen;
mod variants;

use core::fmt;

use http::Uri;

#[cfg(feature = "proxies")]
pub use proxies::TrustedProxies;
#[cfg(feature = "proxies")]
pub use seen::PeerAddr;

use crate::error::ConfigError;
use authority::is_authority;
use parts::Parts;
pub(crate) use parts::{path, query, without_query};
pub(crate) use seen::{Seen, peer, uri_as_sent};
pub(crate) use variants::port_variants;

/// What the provider calls this receiver: how the URL that it signed is known.
///
/// | the endpoint is registered under | take |
/// |---|---|
/// | one host, with the path at which the request arrives | [`base`](Self::base) |
/// | a path that a proxy shortens on the way | [`base`](Self::base), with what the proxy takes off |
/// | exactly one URL | [`exact`](Self::exact) |
/// | several hosts, behind proxies that say which | `forwarded`, of the feature `proxies` |
///
/// The text is used as it is written, never in a normal form: providers sign what was registered,
/// down to a capital letter and a port that could have been left out. The `Host` header is never
/// read, since the sender writes it.
///
/// # Example
///
/// ```
/// use hookproof::PublicUrl;
///
/// // The request's own path and query follow.
/// PublicUrl::base("https://hooks.example.com")?;
/// // The proxy passes /hooks/square on as /square.
/// PublicUrl::base("https://example.com/hooks")?;
/// // Whatever the request's path is.
/// PublicUrl::exact("https://example.com/hooks/square?shop=7")?;
///
/// assert!(PublicUrl::base("hooks.example.com").is_err());
/// # Ok::<(), hookproof::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct PublicUrl(Known);

#[derive(Clone)]
enum Known {
    Base(Box<str>),
    Exact(Box<str>),
    #[cfg(feature = "proxies")]
    Forwarded(TrustedProxies),
}

impl PublicUrl {
    /// What stands before the path and query of every request: `https://hooks.example.com`, or
    /// `https://example.com/hooks` where a proxy takes `/hooks` off. A slash at the end is
    /// dropped, since the path brings its own: `https://h/` and `/a` make `https://h/a`.
    ///
    /// The path is the one that was sent to this server, before `Router::nest` takes a part off;
    /// what rewrites it in front of the router changes the URL.
    ///
    /// # Errors
    ///
    /// Not an absolute `http` or `https` URL, no host, a user name, a query, a fragment, or a
    /// character that no URL holds.
    pub fn base(text: &str) -> Result<Self, ConfigError> {
        if check(text)?.query.is_some() {
            return Err(ConfigError::endpoint(
                "the public base URL has a query, which each request brings: give one whole URL as PublicUrl::exact",
            ));
        }
        let base = text.strip_suffix('/').unwrap_or(text);
        Ok(Self(Known::Base(base.into())))
    }

    /// One whole URL, with its query if it has one, whatever the request's path and query are: for
    /// an endpoint that is registered under exactly this text.
    ///
    /// # Errors
    ///
    /// As [`PublicUrl::base`], but for the query.
    pub fn exact(text: &str) -> Result<Self, ConfigError> {
        check(text)?;
        Ok(Self(Known::Exact(text.into())))
    }

    /// Scheme and host as these proxies report them, and the path and query of the request.
    #[cfg(feature = "proxies")]
    #[cfg_attr(docsrs, doc(cfg(feature = "proxies")))]
    #[must_use]
    pub const fn forwarded(proxies: TrustedProxies) -> Self {
        Self(Known::Forwarded(proxies))
    }

    /// The URL of one request, or why it cannot be known: a clause that holds nothing of the
    /// sender's.
    pub(crate) fn of(&self, request: &Seen<'_>) -> Result<String, &'static str> {
        match &self.0 {
            Known::Base(base) => joined(base, request.uri),
            Known::Exact(url) => Ok(url.to_string()),
            #[cfg(feature = "proxies")]
            Known::Forwarded(proxies) => joined(&proxies.origin(request)?, request.uri),
        }
    }
}

/// The path and query follow as they were sent, even an empty query. Of a target in absolute form
/// the scheme and host are the sender's claim, as its `Host` header is.
fn joined(base: &str, uri: Option<&Uri>) -> Result<String, &'static str> {
    let uri = uri.ok_or("the request's target is not known")?;
    let path = uri.path();
    if !path.starts_with('/') {
        return Err("the request's target has no path");
    }
    let mut url = format!("{base}{path}");
    if let Some(query) = uri.query() {
        url.push('?');
        url.push_str(query);
    }
    Ok(url)
}

/// What both kinds of configured text must be. No message repeats it: it may hold a password.
fn check(text: &str) -> Result<Parts<'_>, ConfigError> {
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ConfigError::endpoint(
            "the public URL holds a blank, a control character or one outside ASCII: write those percent-encoded, and a host's name in punycode",
        ));
    }
    let Some(parts) = Parts::of(text) else {
        return Err(ConfigError::endpoint(
            "the public URL does not start with http:// or https://",
        ));
    };
    if text.contains('#') {
        return Err(ConfigError::endpoint(
            "the public URL has a fragment, which no request carries",
        ));
    }
    if parts.authority.is_empty() {
        return Err(ConfigError::endpoint("the public URL has no host"));
    }
    if parts.authority.contains('@') {
        return Err(ConfigError::endpoint(
            "the public URL has a user name, which no request's target carries",
        ));
    }
    if !is_authority(parts.authority) {
        return Err(ConfigError::endpoint(
            "the public URL's host or port is not legal",
        ));
    }
    Ok(parts)
}

/// Without the query, where some keep a token.
impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Known::Base(base) => write!(f, "PublicUrl(base {base})"),
            Known::Exact(url) => write!(f, "PublicUrl(exact {})", parts::without_query(url)),
            #[cfg(feature = "proxies")]
            Known::Forwarded(proxies) => write!(f, "PublicUrl({proxies:?})"),
        }
    }
}

#[cfg(test)]
#[path = "public_url_tests.rs"]
mod tests;
