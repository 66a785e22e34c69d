//! MailingAPI: `/v1/webhooks`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use serde_json::{Value, json};

use super::answer;
use super::fields::Fields;
use super::form::{Answer, Form};
use super::guard::guarded;
use super::names;
use super::path::Ids;
use super::refusal::Refusal;
use super::url::{self, Demands};
use crate::app::App;
use crate::events;
use crate::fresh::{self, SecretForm};
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription};

/// MailingAPI's ways.
#[derive(Debug)]
enum MailingApi {}

/// What a request says of a webhook.
#[derive(Debug)]
struct Asked {
    url: Option<String>,
    events: Option<Vec<String>>,
    description: Option<Option<String>>,
}

pub(super) fn router() -> Router<App> {
    let paths = Router::new()
        .route("/v1/webhooks", get(list).post(create))
        .route("/v1/webhooks/{id}", get(show).patch(update).delete(remove));
    guarded::<MailingApi>(Provider::MailingApi, paths)
}

/// With a secret of the caller's own, if there is one: no rule for it is documented.
async fn create(State(app): State<App>, body: Bytes) -> Answer<MailingApi> {
    let fields = Fields::read(&body)?;
    let asked = Asked::read(&fields)?;
    let url = asked.url.ok_or_else(|| Refusal::missing("url"))?;
    let events = asked.events.ok_or_else(|| Refusal::missing("events"))?;
    let secret = match fields.or_null("secret", Fields::text)?.flatten() {
        Some(own) if own.is_empty() => return Err(Refusal::value("secret", "is empty").into()),
        Some(own) => own,
        None => SecretForm::PrefixedText.fresh()?,
    };
    let id = fresh::id("wh_")?;
    let secret = SecretText::new(secret);
    let mut new = Subscription::new(Provider::MailingApi, id, url, events, secret);
    new.name = asked.description.flatten();
    app.store.add(new.clone())?;
    let mut data = shown(&new);
    data["secret"] = new.secret.expose().into();
    // 201 is assumed.
    Ok(answer::json(StatusCode::CREATED, &data))
}

async fn list(State(app): State<App>) -> Response {
    let webhooks = app.store.subscriptions(Provider::MailingApi);
    let data: Vec<_> = webhooks.iter().map(shown).collect();
    answer::json(StatusCode::OK, &json!({ "data": data }))
}

async fn show(State(app): State<App>, ids: Ids) -> Answer<MailingApi> {
    let webhook = ids.find(&app, Provider::MailingApi)?;
    let tally = webhook.tally;
    let mut data = shown(&webhook);
    data["stats"] = json!({
        "total_sent": tally.attempts,
        "successful": tally.succeeded,
        "failed": tally.failed,
        "last_success": tally.last_success.map(Moment::iso_secs),
        "last_failure": tally.last_failure.map(Moment::iso_secs),
    });
    Ok(answer::json(StatusCode::OK, &data))
}

/// That `active` forgives a webhook that was given up is assumed: no other way back is documented.
async fn update(State(app): State<App>, ids: Ids, body: Bytes) -> Answer<MailingApi> {
    ids.find(&app, Provider::MailingApi)?;
    let fields = Fields::read(&body)?;
    let asked = Asked::read(&fields)?;
    let on = read_status(&fields)?;
    let store = &app.store;
    let changed = store.change(Provider::MailingApi, &ids.webhook, |webhook| {
        asked.apply(webhook);
        if let Some(on) = on {
            webhook.failing &= !on;
            webhook.switch(on);
        }
        webhook.updated = Moment::now();
    });
    let webhook = changed.ok_or(Refusal::Webhook)?;
    let data = json!({
        "id": webhook.id,
        "url": webhook.url,
        "events": webhook.events,
        "status": status(&webhook),
        "updated_at": webhook.updated.iso_secs(),
    });
    Ok(answer::json(StatusCode::OK, &data))
}

async fn remove(State(app): State<App>, ids: Ids) -> Answer<MailingApi> {
    let removed = app.store.remove(Provider::MailingApi, &ids.webhook);
    removed.ok_or(Refusal::Webhook)?;
    Ok(answer::empty(StatusCode::NO_CONTENT))
}

/// A webhook without its secret; a description stands there where one was given.
fn shown(webhook: &Subscription) -> Value {
    let mut data = json!({
        "id": webhook.id,
        "url": webhook.url,
        "events": webhook.events,
        "status": status(webhook),
        "created_at": webhook.created.iso_secs(),
    });
    if let Some(description) = &webhook.name {
        data["description"] = description.as_str().into();
    }
    data
}

const fn status(webhook: &Subscription) -> &'static str {
    match (webhook.failing, webhook.on) {
        (true, _) => "failing",
        (false, true) => "active",
        (false, false) => "paused",
    }
}

impl Asked {
    fn read(fields: &Fields) -> Result<Self, Refusal> {
        let url = fields.text("url")?;
        if let Some(url) = &url {
            url::check("url", url, Demands::Https)?;
        }
        Ok(Self {
            url,
            events: read_events(fields)?,
            description: fields.or_null("description", Fields::text)?,
        })
    }

    fn apply(self, webhook: &mut Subscription) {
        if let Some(url) = self.url {
            webhook.url = url;
        }
        if let Some(events) = self.events {
            webhook.events = events;
        }
        if let Some(description) = self.description {
            webhook.name = description;
        }
    }
}

fn read_events(fields: &Fields) -> Result<Option<Vec<String>>, Refusal> {
    names::read(fields, "events", |name| {
        events::find(Provider::MailingApi, name).is_some()
    })
}

fn read_status(fields: &Fields) -> Result<Option<bool>, Refusal> {
    match fields.text("status")?.as_deref() {
        None => Ok(None),
        Some("active") => Ok(Some(true)),
        Some("paused") => Ok(Some(false)),
        Some(_) => Err(Refusal::value("status", "must be active or paused")),
    }
}

impl Form for MailingApi {
    fn refuse(refusal: &Refusal) -> Response {
        let error = json!({ "code": code(refusal), "message": refusal.message() });
        answer::json(refusal.usual_status(), &json!({ "error": error }))
    }
}

/// Documented are `invalid_url`, `invalid_events`, `webhook_not_found`, and `webhook_disabled`, which
/// nothing here gives; the other codes and every status are assumed.
fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Field(wrong) if wrong.field == "url" => "invalid_url",
        Refusal::Field(wrong) if wrong.field == "events" => "invalid_events",
        Refusal::Body(_) | Refusal::Field(_) => "invalid_request",
        Refusal::Conflict(_) | Refusal::IdempotencyConflict => "conflict",
        Refusal::Key => "unauthorized",
        Refusal::Limit => "limit_exceeded",
        Refusal::Method => "method_not_allowed",
        Refusal::Path => "not_found",
        Refusal::Random => "internal_error",
        Refusal::TooLarge => "payload_too_large",
        Refusal::TooOften => "rate_limited",
        Refusal::TooSlow => "request_timeout",
        Refusal::Unavailable(_) => "unavailable",
        Refusal::Webhook => "webhook_not_found",
    }
}
