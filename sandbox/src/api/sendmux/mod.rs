//! Sendmux: `/api/v1/webhooks`.

mod asked;
mod deliveries;
mod form;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use http::header::{ETAG, IF_NONE_MATCH, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use self::asked::Asked;
use self::form::{Sendmux, done, listed};
use super::answer;
use super::form::Answer;
use super::guard::guarded;
use super::once::{Answers, once};
use super::path::Ids;
use super::refusal::Refusal;
use crate::app::App;
use crate::deliver::Emit;
use crate::fresh::{self, SecretForm};
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription};

/// The event of a test delivery.
const TEST: &str = "sendmux.test";

pub(super) fn router() -> Router<App> {
    let once = middleware::from_fn_with_state(Answers::default(), once::<Sendmux>);
    let paths = Router::new()
        .route("/api/v1/webhooks", get(list).post(create))
        .route(
            "/api/v1/webhooks/{id}",
            get(show).patch(update).delete(remove),
        )
        .route("/api/v1/webhooks/{id}/rotate-secret", post(rotate))
        .route("/api/v1/webhooks/{id}/test", post(test))
        .route("/api/v1/webhooks/{id}/deliveries", get(deliveries::list))
        .route(
            "/api/v1/webhooks/{id}/deliveries/{part}/payload",
            get(deliveries::payload),
        )
        .layer(once);
    guarded::<Sendmux>(Provider::Sendmux, paths)
}

async fn create(State(app): State<App>, body: Bytes) -> Answer<Sendmux> {
    let asked = Asked::read(&body)?;
    let url = asked.url.clone().ok_or_else(|| Refusal::missing("url"))?;
    let events = asked.events.clone();
    let events = events.ok_or_else(|| Refusal::missing("event_types"))?;
    let id = fresh::id("whk_")?;
    let secret = SecretText::new(SecretForm::PrefixedText.fresh()?);
    let mut new = Subscription::new(Provider::Sendmux, id, url, events, secret);
    new.extra
        .insert("filters".to_owned(), json!({ "mailbox_ids": [] }));
    asked.apply(&mut new);
    app.store.add(new.clone())?;
    let mut response = done(StatusCode::CREATED, &with_secret(&new));
    let path = format!("/sendmux/api/v1/webhooks/{}", new.id);
    if let Ok(location) = HeaderValue::from_str(&path) {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

async fn list(State(app): State<App>) -> Response {
    let webhooks = app.store.subscriptions(Provider::Sendmux);
    let data: Vec<_> = webhooks.iter().map(shown).collect();
    listed(&data)
}

async fn show(State(app): State<App>, ids: Ids, headers: HeaderMap) -> Answer<Sendmux> {
    let webhook = ids.find(&app, Provider::Sendmux)?;
    let data = shown(&webhook);
    let tag = tag(&data, &webhook);
    let matches = |held: &str| {
        held.split(',')
            .any(|held| held.trim() == tag || held == "*")
    };
    let held = headers.get(IF_NONE_MATCH);
    let mut response = if held
        .and_then(|held| held.to_str().ok())
        .is_some_and(matches)
    {
        answer::empty(StatusCode::NOT_MODIFIED)
    } else {
        done(StatusCode::OK, &data)
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

async fn update(State(app): State<App>, ids: Ids, body: Bytes) -> Answer<Sendmux> {
    ids.find(&app, Provider::Sendmux)?;
    let asked = Asked::read(&body)?;
    let store = &app.store;
    let changed = store.change(Provider::Sendmux, &ids.webhook, |webhook| {
        asked.apply(webhook);
        webhook.updated = Moment::now();
    });
    let changed = changed.ok_or(Refusal::Webhook)?;
    Ok(done(StatusCode::OK, &shown(&changed)))
}

async fn remove(State(app): State<App>, ids: Ids) -> Answer<Sendmux> {
    let removed = app.store.remove(Provider::Sendmux, &ids.webhook);
    let removed = removed.ok_or(Refusal::Webhook)?;
    let data = json!({ "id": removed.id, "deleted": true });
    Ok(done(StatusCode::OK, &data))
}

/// The old secret is invalid at once.
async fn rotate(State(app): State<App>, ids: Ids) -> Answer<Sendmux> {
    let secret = SecretText::new(SecretForm::PrefixedText.fresh()?);
    let store = &app.store;
    let rotated = store.change(Provider::Sendmux, &ids.webhook, |webhook| {
        webhook.secret = secret;
        webhook.updated = Moment::now();
    });
    let rotated = rotated.ok_or(Refusal::Webhook)?;
    Ok(done(StatusCode::OK, &with_secret(&rotated)))
}

async fn test(State(app): State<App>, ids: Ids) -> Answer<Sendmux> {
    let webhook = ids.find(&app, Provider::Sendmux)?;
    if !webhook.events.iter().any(|event| event == TEST) {
        let why = "the webhook is not subscribed to sendmux.test";
        return Err(Refusal::Conflict(why).into());
    }
    let emit = Emit {
        event: Some(TEST.to_owned()),
        subscription: Some(webhook.id),
        once: true,
        ..Emit::default()
    };
    let numbers = app.deliverer.emit(Provider::Sendmux, &emit);
    let numbers = numbers.map_err(Refusal::from)?;
    let delivery = numbers.first().and_then(|first| app.store.delivery(*first));
    let event = delivery.and_then(|delivery| delivery.event_id);
    let none = || Refusal::Unavailable("the test event was not made".to_owned());
    let event = event.ok_or_else(none)?;
    Ok(done(StatusCode::OK, &json!({ "event_id": event })))
}

/// A webhook as everyone may see it.
fn shown(webhook: &Subscription) -> Value {
    json!({
        "id": webhook.id,
        "name": webhook.name,
        "url": webhook.url,
        "event_types": webhook.events,
        "filters": webhook.extra("filters"),
        "enabled": webhook.on,
        "failing": webhook.failing,
        "created_at": webhook.created.iso_secs(),
        "updated_at": webhook.updated.iso_secs(),
    })
}

/// The same with the secret, which is shown at creation and rotation alone.
fn with_secret(webhook: &Subscription) -> Value {
    let mut data = shown(webhook);
    data["secret"] = webhook.secret.expose().into();
    data
}

/// Changes with what is shown, and with changes within a second.
fn tag(data: &Value, webhook: &Subscription) -> String {
    let text = format!("{} {data}", webhook.updated.millis());
    let digest = hex::encode(Sha256::digest(text));
    format!("\"{}\"", &digest[..32])
}
