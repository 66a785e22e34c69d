//! What is the sandbox's own: emitting events, looking at its state, following its changes.

mod act;
#[cfg(test)]
#[path = "../../tests/support/ask.rs"]
mod ask;
mod body;
mod changes;
mod look;
mod problem;
mod view;

use axum::Router;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::map_response;
use axum::routing::{delete, get, post};

use crate::app::App;
use crate::excerpt::excerpt;
use crate::protect::protect;

pub(crate) use problem::Problem;

pub(crate) fn router() -> Router<App> {
    let subscription = "/sandbox/subscriptions/{provider}/{id}";
    Router::new()
        .route("/sandbox/{provider}/emit", post(act::emit))
        .route("/sandbox/deliveries/{number}/repeat", post(act::repeat))
        .route(subscription, delete(act::remove))
        .route(&format!("{subscription}/rotate"), post(act::rotate))
        .route("/sandbox/state", get(look::state))
        .route("/sandbox/log", get(look::log))
        .route("/sandbox/changes", get(changes::follow))
        .method_not_allowed_fallback(wrong_method)
        .layer(map_response(protect))
}

/// For what nobody else answers.
pub(crate) async fn unknown_path(uri: Uri) -> Problem {
    let path = excerpt(uri.path());
    Problem::new(
        StatusCode::NOT_FOUND,
        format!("there is nothing at {path}: docs/sandbox.md lists the paths"),
    )
}

pub(crate) async fn wrong_method(method: Method) -> Problem {
    let method = excerpt(method.as_str());
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("not by {method}: see the header allow"),
    )
}
