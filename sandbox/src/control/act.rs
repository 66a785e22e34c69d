//! What changes something: emit, repeat, rotate, remove.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::control::body;
use crate::control::problem::Problem;
use crate::deliver::{Emit, EmitError};
use crate::delivery::Truth;
use crate::fresh::SecretForm;
use crate::moment::Moment;
use crate::provider::{Provider, UnknownProvider};
use crate::subscription::SecretText;

#[cfg(test)]
#[path = "act_tests.rs"]
mod tests;

type Named<T> = Result<Path<T>, PathRejection>;

/// How a delivery is sent once more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeat {
    #[serde(rename = "as")]
    truth: Truth,
}

/// `POST /sandbox/{provider}/emit`: 202 and the deliveries' numbers.
pub(crate) async fn emit(
    State(app): State<App>,
    path: Named<String>,
    request: Request,
) -> Result<Response, Problem> {
    let provider = provider(&path?.0)?;
    let emit: Emit = body::object(request).await?;
    let deliveries = app.deliverer.emit(provider, &emit)?;
    let answer = json!({ "deliveries": deliveries });
    Ok(json_answer(StatusCode::ACCEPTED, &answer))
}

/// `POST /sandbox/deliveries/{number}/repeat`: 202 and the delivery's number.
pub(crate) async fn repeat(
    State(app): State<App>,
    path: Named<String>,
    request: Request,
) -> Result<Response, Problem> {
    let number = path?.0.parse().map_err(|_| no_delivery())?;
    let repeat: Repeat = body::object(request).await?;
    app.store.delivery(number).ok_or_else(no_delivery)?;
    app.deliverer.repeat(number, repeat.truth)?;
    let answer = json!({ "delivery": number });
    Ok(json_answer(StatusCode::ACCEPTED, &answer))
}

/// `POST /sandbox/subscriptions/{provider}/{id}/rotate`: 200 and the new secret, this once. It is
/// in force at once, as where the providers rotate; three of the five know no rotation.
pub(crate) async fn rotate(
    State(app): State<App>,
    path: Named<(String, String)>,
) -> Result<Response, Problem> {
    let Path((provider_name, id)) = path?;
    let provider = provider(&provider_name)?;
    let fresh = SecretForm::of(provider).fresh();
    let secret = SecretText::new(fresh.map_err(|_| EmitError::Random)?);
    let answer = json!({ "secret": secret.expose() });
    let changed = app.store.change(provider, &id, |subscription| {
        subscription.secret = secret;
        subscription.updated = Moment::now();
    });
    changed.ok_or_else(no_subscription)?;
    Ok(json_answer(StatusCode::OK, &answer))
}

/// `DELETE /sandbox/subscriptions/{provider}/{id}`: 204.
pub(crate) async fn remove(
    State(app): State<App>,
    path: Named<(String, String)>,
) -> Result<StatusCode, Problem> {
    let Path((provider_name, id)) = path?;
    let removed = app.store.remove(provider(&provider_name)?, &id);
    removed.ok_or_else(no_subscription)?;
    Ok(StatusCode::NO_CONTENT)
}

fn provider(slug: &str) -> Result<Provider, Problem> {
    slug.parse()
        .map_err(|unknown: UnknownProvider| Problem::not_found(unknown.to_string()))
}

fn no_delivery() -> Problem {
    Problem::not_found("no delivery of this number is kept")
}

fn no_subscription() -> Problem {
    Problem::not_found("the provider has no subscription of this id")
}

fn json_answer(status: StatusCode, answer: &Value) -> Response {
    let json = [(CONTENT_TYPE, "application/json")];
    (status, json, answer.to_string()).into_response()
}
