//! Where a request says whose delivery it is.

use core::fmt;
use std::sync::Arc;

use http::HeaderName;
use http::header::HOST;
use http::uri::Authority;

use crate::error::ConfigError;
use crate::verify::Head;

/// The longest name of a tenant, in bytes.
const MAX_NAME: usize = 256;

/// What stands for the tenant in a path.
const PLACEHOLDER: &str = "{tenant}";

/// Where a request names its tenant.
///
/// Nothing of it is proven by being there: it only says by whose keys the delivery is to be judged.
/// A name is 1 to 256 bytes without control characters; any other is unknown, and costs no
/// look-up.
#[derive(Clone)]
pub struct TenantAt(At);

#[derive(Clone)]
enum At {
    Path(Box<str>),
    Host,
    Header(Box<str>),
    #[cfg(feature = "axum")]
    Param(Box<str>),
    By(Arc<By>),
}

type By = dyn Fn(Head<'_>) -> Option<String> + Send + Sync;

impl TenantAt {
    /// A segment of the path, which is written `{tenant}`: `/hooks/{tenant}/stripe`. The path is
    /// the one that the service sees, so without what `Router::nest` took off; the other segments
    /// must be equal. The name is taken as it stands, percent-encoding included.
    #[must_use]
    pub fn path(template: impl Into<String>) -> Self {
        Self(At::Path(template.into().into()))
    }

    /// The host that the request was sent to, without its port, in lower case.
    #[must_use]
    pub const fn host() -> Self {
        Self(At::Host)
    }

    /// A header, which must be there once. One that the provider sets: a proxy's can be forged
    /// unless the proxy removes what came from outside.
    #[must_use]
    pub fn header(name: impl Into<String>) -> Self {
        Self(At::Header(name.into().into()))
    }

    /// A parameter of the route, decoded as axum decodes it: `tenant` where the route is
    /// `/hooks/{tenant}/stripe`. For endpoints that are mounted on such a route.
    #[cfg(feature = "axum")]
    #[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
    #[must_use]
    pub fn path_param(name: impl Into<String>) -> Self {
        Self(At::Param(name.into().into()))
    }

    /// Whatever the function makes of the head.
    #[must_use]
    pub fn by(name: impl Fn(Head<'_>) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(At::By(Arc::new(name)))
    }

    /// The name, where there is one.
    pub(super) fn find(&self, head: Head<'_>) -> Option<Arc<str>> {
        let name: Arc<str> = match &self.0 {
            At::Path(template) => in_path(template, head.uri()?.path())?.into(),
            At::Host => host(head)?.into(),
            At::Header(name) => single(head, name)?.into(),
            #[cfg(feature = "axum")]
            At::Param(name) => in_route(name, head.request?.extensions)?.into(),
            At::By(by) => by(head)?.into(),
        };
        let fits = (1..=MAX_NAME).contains(&name.len()) && !name.chars().any(char::is_control);
        fits.then_some(name)
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        match &self.0 {
            At::Path(template) => {
                let segments = template.split('/').filter(|it| *it == PLACEHOLDER);
                if !template.starts_with('/') || segments.count() != 1 {
                    return Err(ConfigError::endpoint(format!(
                        "the path {template} does not start with / and have one segment {PLACEHOLDER}"
                    )));
                }
                Ok(())
            }
            At::Header(name) => match HeaderName::from_lowercase(name.as_bytes()) {
                Ok(_) => Ok(()),
                Err(_) => Err(ConfigError::endpoint(format!(
                    "{name} is not a legal header name in lower case"
                ))),
            },
            #[cfg(feature = "axum")]
            At::Param(_) => Ok(()),
            At::Host | At::By(_) => Ok(()),
        }
    }
}

/// The segment at the place of the tenant, where all others are as they should be.
fn in_path<'p>(template: &str, path: &'p str) -> Option<&'p str> {
    let mut segments = path.split('/');
    let mut name = None;
    for wanted in template.split('/') {
        let segment = segments.next()?;
        if wanted == PLACEHOLDER {
            name = Some(segment);
        } else if wanted != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(name)?
}

/// From the request's target, where that has one (HTTP/2), else from the header.
fn host(head: Head<'_>) -> Option<String> {
    if let Some(host) = head.uri().and_then(http::Uri::host) {
        return Some(host.to_ascii_lowercase());
    }
    let authority: Authority = single(head, HOST.as_str())?.parse().ok()?;
    Some(authority.host().to_ascii_lowercase())
}

fn single<'h>(head: Head<'h>, name: &str) -> Option<&'h str> {
    let mut lines = head.headers.get_all(name).iter();
    let (line, None) = (lines.next()?, lines.next()) else {
        return None;
    };
    line.to_str().ok()
}

/// What axum's router took from the path.
#[cfg(feature = "axum")]
fn in_route(name: &str, extensions: &http::Extensions) -> Option<String> {
    use axum::extract::{FromRequestParts as _, RawPathParams};
    use core::future::Future;
    use core::pin::pin;
    use core::task::{Context, Poll, Waker};

    // The parameters are where axum alone can read them, in an extractor that never waits.
    let mut parts = http::Request::new(()).into_parts().0;
    parts.extensions = extensions.clone();
    let params = pin!(RawPathParams::from_request_parts(&mut parts, &()));
    let Poll::Ready(params) = params.poll(&mut Context::from_waker(Waker::noop())) else {
        return None;
    };
    let params = params.ok()?;
    let param = params.iter().find(|(key, _)| *key == name);
    param.map(|(_, value)| value.to_owned())
}

impl fmt::Debug for TenantAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            At::Path(template) => write!(f, "path {template}"),
            At::Host => f.write_str("host"),
            At::Header(name) => write!(f, "header {name}"),
            #[cfg(feature = "axum")]
            At::Param(name) => write!(f, "path parameter {name}"),
            At::By(_) => f.write_str("a function of the head"),
        }
    }
}
