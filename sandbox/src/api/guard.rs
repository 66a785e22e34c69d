//! What stands before each provider's paths: the key, the body, and what is not there.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::any;

use super::form::Form;
use super::refusal::Refusal;
use crate::app::App;
use crate::body;
use crate::provider::Provider;

/// A provider's paths below its name, for those who have a key, and its words for whatever is not
/// among them.
pub(super) fn guarded<P: Form>(provider: Provider, paths: Router<App>) -> Router<App> {
    let unknown = || async { P::refuse(&Refusal::Path) };
    let guard = middleware::from_fn(guard::<P>);
    let paths = paths
        .fallback(unknown)
        .method_not_allowed_fallback(|| async { P::refuse(&Refusal::Method) })
        .layer(guard.clone());
    // What is nested does not have the slash behind the name.
    Router::new()
        .nest(&format!("/{provider}"), paths)
        .route(&format!("/{provider}/"), any(unknown).layer(guard))
}

/// Reads the body first, of those too who have no key: who still writes does not read the answer.
async fn guard<P: Form>(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let body = body::read(body).await.map_err(Refusal::from);
    if !P::has_key(&head.headers) {
        return P::refuse(&Refusal::Key);
    }
    let checked = P::check(&head.headers).and(body);
    match checked {
        Ok(body) => next.run(Request::from_parts(head, Body::from(body))).await,
        Err(refusal) => P::refuse(&refusal),
    }
}
