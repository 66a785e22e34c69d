//! What only looks: the state, and the log.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::app::App;
use crate::control::view;

/// `GET /sandbox/state`: what the page shows, at this moment.
pub(crate) async fn state(State(app): State<App>) -> impl IntoResponse {
    let json = [(CONTENT_TYPE, "application/json")];
    (json, view::snapshot(&app.store))
}

/// `GET /sandbox/log`: a JSON object a line, one for each attempt that is over.
pub(crate) async fn log(State(app): State<App>) -> impl IntoResponse {
    let lines = app.deliverer.log().lines();
    let lines = lines.iter().map(|line| view::text(line) + "\n");
    let kind = [(CONTENT_TYPE, "application/x-ndjson")];
    (kind, lines.collect::<String>())
}
