//! Sent: `/v3/webhooks`.

mod asked;
mod events;
mod form;
mod rotate;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::middleware;
use axum::routing::{get, patch, post};
use http::{StatusCode, Uri};
use serde_json::{Value, json};

use self::asked::Asked;
use self::form::{Sent, done, dry, paged, pagination};
use super::answer;
use super::fields::Fields;
use super::form::Answer;
use super::guard::guarded;
use super::once::{Answers, once};
use super::page::part;
use super::path::Ids;
use super::refusal::Refusal;
use crate::app::App;
use crate::fresh::{self, SecretForm};
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription};

pub(super) fn router() -> Router<App> {
    let once = middleware::from_fn_with_state(Answers::default(), once::<Sent>);
    let paths = Router::new()
        .route("/v3/webhooks", get(list).post(create))
        .route("/v3/webhooks/event-types", get(events::types))
        .route("/v3/webhooks/{id}", get(show).put(update).delete(remove))
        .route("/v3/webhooks/{id}/events", get(events::list))
        .route("/v3/webhooks/{id}/test", post(events::test))
        .route("/v3/webhooks/{id}/toggle-status", patch(toggle))
        .merge(rotate::router())
        .layer(once);
    guarded::<Sent>(Provider::Sent, paths)
}

async fn create(State(app): State<App>, body: Bytes) -> Answer<Sent> {
    let fields = Fields::read(&body)?;
    let asked = Asked::read(&fields)?;
    let missing = |field| move || Refusal::missing(field);
    asked.name.as_ref().ok_or_else(missing("display_name"))?;
    let url = asked.url.clone().ok_or_else(missing("endpoint_url"))?;
    let events = asked.events.clone().ok_or_else(missing("event_types"))?;
    let secret = SecretText::new(SecretForm::PrefixedBase64.fresh()?);
    let id = fresh::uuid()?;
    let mut new = asked::usual(Subscription::new(Provider::Sent, id, url, events, secret));
    asked.apply(&mut new);
    let mut data = shown(&new);
    data["signing_secret"] = new.secret.expose().into();
    let created = done(StatusCode::CREATED, &data);
    if fields.flag("sandbox")?.unwrap_or(false) {
        return Ok(dry(created));
    }
    app.store.add(new)?;
    Ok(created)
}

async fn list(State(app): State<App>, uri: Uri) -> Answer<Sent> {
    let (page, size) = paged(&uri)?;
    let webhooks = app.store.subscriptions(Provider::Sent);
    let pagination = pagination(page, size, webhooks.len());
    let webhooks: Vec<_> = part(webhooks, (page - 1).saturating_mul(size), size)
        .map(|webhook| shown(&webhook))
        .collect();
    let data = json!({ "webhooks": webhooks, "pagination": pagination });
    Ok(done(StatusCode::OK, &data))
}

async fn show(State(app): State<App>, ids: Ids) -> Answer<Sent> {
    Ok(done(
        StatusCode::OK,
        &shown(&ids.find(&app, Provider::Sent)?),
    ))
}

/// What is not said stays as it was, as in the provider's own clients every field may be left out.
async fn update(State(app): State<App>, ids: Ids, body: Bytes) -> Answer<Sent> {
    ids.find(&app, Provider::Sent)?;
    let fields = Fields::read(&body)?;
    let asked = Asked::read(&fields)?;
    changed(&app, &ids, &fields, |webhook| asked.apply(webhook))
}

/// Switched on again, a webhook begins to count its failures anew.
async fn toggle(State(app): State<App>, ids: Ids, body: Bytes) -> Answer<Sent> {
    ids.find(&app, Provider::Sent)?;
    let fields = Fields::read(&body)?;
    let active = fields.flag("is_active")?;
    let active = active.ok_or_else(|| Refusal::missing("is_active"))?;
    changed(&app, &ids, &fields, |webhook| webhook.switch(active))
}

async fn remove(State(app): State<App>, ids: Ids) -> Answer<Sent> {
    let removed = app.store.remove(Provider::Sent, &ids.webhook);
    removed.ok_or(Refusal::Webhook)?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// Changes a webhook and shows it. In a dry run it is changed in the answer alone.
fn changed(
    app: &App,
    ids: &Ids,
    fields: &Fields,
    change: impl FnOnce(&mut Subscription),
) -> Answer<Sent> {
    let change = |webhook: &mut Subscription| {
        change(webhook);
        webhook.updated = Moment::now();
    };
    if fields.flag("sandbox")?.unwrap_or(false) {
        let mut webhook = ids.find(app, Provider::Sent)?;
        change(&mut webhook);
        return Ok(dry(done(StatusCode::OK, &shown(&webhook))));
    }
    let changed = app.store.change(Provider::Sent, &ids.webhook, change);
    let webhook = changed.ok_or(Refusal::Webhook)?;
    Ok(done(StatusCode::OK, &shown(&webhook)))
}

/// A webhook without its secret, which the field is `null` for (assumed).
fn shown(webhook: &Subscription) -> Value {
    let tally = webhook.tally;
    let last = tally.last_success.max(tally.last_failure);
    json!({
        "id": webhook.id,
        "display_name": webhook.name,
        "endpoint_url": webhook.url,
        "signing_secret": null,
        "is_active": webhook.on,
        "event_types": webhook.events,
        "event_filters": webhook.extra("event_filters"),
        "retry_count": webhook.retries,
        "timeout_seconds": webhook.timeout.as_secs(),
        "last_delivery_attempt_at": last.map(Moment::iso_secs),
        "last_successful_delivery_at": tally.last_success.map(Moment::iso_secs),
        "consecutive_failures": webhook.failures_in_a_row,
        "created_at": webhook.created.iso_secs(),
        "updated_at": webhook.updated.iso_secs(),
    })
}
