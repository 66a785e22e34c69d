//! Endpoints with tenants: one that is known, one whose secret cannot be used, a source that fails.

use std::future::pending;

use hookproof::scheme::Scheme;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{Endpoint, EndpointBuilder, Keyring, Secret};
use http::Request;

use crate::moments::NOW;
use crate::support::clock::Fixed;
use crate::support::delivered::SECRET;
use crate::support::http::Scripted;

/// A tenant of that name is known, `blank` has a secret that cannot be used, `broken` cannot be
/// looked up, and `slow` never is.
pub(crate) const KNOWN: &str = "acme";

pub(crate) async fn source(tenant: String) -> Result<Option<Keyring>, SourceError> {
    match tenant.as_str() {
        KNOWN => Ok(Some(Keyring::new(Secret::new(SECRET)))),
        "blank" => Ok(Some(Keyring::new(Secret::new("  ")))),
        "broken" => Err("the database is away".into()),
        "slow" => pending().await,
        _ => Ok(None),
    }
}

/// Tenants that stand in the path: `/hooks/{tenant}`.
pub(crate) fn tenants(scheme: &Scheme) -> Tenants {
    Tenants::new(scheme, TenantAt::path("/hooks/{tenant}"), source).clock(Fixed::at(NOW))
}

pub(crate) fn builder(name: &str, scheme: &Scheme) -> EndpointBuilder {
    Endpoint::for_tenants(name, tenants(scheme))
}

pub(crate) fn endpoint(name: &str, scheme: &Scheme) -> Endpoint {
    let builder = builder(name, scheme).without_replay_guard();
    builder.build().expect("a sound endpoint")
}

/// The same delivery, sent to a tenant.
pub(crate) fn to(tenant: &str, mut request: Request<Scripted>) -> Request<Scripted> {
    let path = format!("/hooks/{tenant}");
    *request.uri_mut() = path.parse().expect("a path");
    request
}
