//! Who may ask: programs, and the sandbox's own page; no page of another site.
//!
//! A page of any site can make a browser on this machine send requests here. Two rules stop it:
//!
//! 1. `Host` is a loopback name or address, or one that the sandbox was started with. A site that
//!    points a name of its own at 127.0.0.1 is asked under that name, and is refused.
//! 2. For every method but `GET` and `HEAD`, `Origin`, where it is sent, is the sandbox's own, and
//!    `Sec-Fetch-Site`, where it is sent, is `same-origin` or `none`. Programs send neither.
//!
//! And no sandbox asks: a webhook whose receiver is a sandbox could, delivery by delivery, ask for the
//! next without end.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN, USER_AGENT};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::control::Problem;
use crate::deliver;
use crate::protect::protect;

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;

/// Lets a request through, or answers it.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    // Where the request line names a host, that is who is asked, and `Host` says nothing.
    let named = request.uri().authority().map(Authority::as_str);
    match judge(request.method(), named, request.headers(), &app.hosts) {
        Ok(()) => next.run(request).await,
        Err(refusal) => protect(refusal.into_response()).await,
    }
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Refusal {
    /// It asks somebody of another name.
    Host,
    /// A sandbox asks.
    Loop,
    /// A page of another origin sent it.
    Origin,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::Host => (
                StatusCode::MISDIRECTED_REQUEST,
                "the sandbox is asked under loopback names, and those that it was started with",
            ),
            Self::Loop => (
                StatusCode::LOOP_DETECTED,
                "a sandbox's delivery is not taken by a sandbox: name a receiver in the webhook's URL",
            ),
            Self::Origin => (
                StatusCode::FORBIDDEN,
                "a page of another origin may change nothing here",
            ),
        };
        Problem::new(status, message).into_response()
    }
}

fn judge(
    method: &Method,
    named: Option<&str>,
    headers: &HeaderMap,
    hosts: &[String],
) -> Result<(), Refusal> {
    if headers
        .get(USER_AGENT)
        .is_some_and(|it| it == deliver::USER_AGENT)
    {
        return Err(Refusal::Loop);
    }
    let host = only(headers, HOST.as_str()).ok_or(Refusal::Host)?;
    if ![Some(host), named]
        .into_iter()
        .flatten()
        .all(|name| is_ours(name, hosts))
    {
        return Err(Refusal::Host);
    }
    if method == Method::GET || method == Method::HEAD {
        return Ok(());
    }
    let own = format!("http://{host}");
    let origins = all(headers, ORIGIN.as_str());
    let sites = all(headers, "sec-fetch-site");
    let same = |origin: Option<&str>| origin.is_some_and(|it| it.eq_ignore_ascii_case(&own));
    let near = |site: Option<&str>| matches!(site, Some("same-origin" | "none"));
    if origins.into_iter().all(same) && sites.into_iter().all(near) {
        Ok(())
    } else {
        Err(Refusal::Origin)
    }
}

/// Whether `name`, with or without a port, is the loopback's or one of `hosts`.
fn is_ours(name: &str, hosts: &[String]) -> bool {
    let Ok(authority) = name.parse::<Authority>() else {
        return false;
    };
    if name.contains('@') {
        return false;
    }
    let host = authority.host();
    let v6 = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|it: Ipv4Addr| it.is_loopback())
        || v6.is_some_and(|it| it.parse().is_ok_and(|it: Ipv6Addr| it.is_loopback()))
        || hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
}

/// The header's value, where it stands there once and is text.
fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    match all(headers, name)[..] {
        [value] => value,
        _ => None,
    }
}

/// The header's values; `None` for one that is not text.
fn all<'h>(headers: &'h HeaderMap, name: &str) -> Vec<Option<&'h str>> {
    let values = headers.get_all(name).into_iter();
    values.map(|value| value.to_str().ok()).collect()
}
