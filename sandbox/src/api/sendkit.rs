//! SendKit.ai: `/v1/webhooks`.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::{Value, json};

use super::fields::Fields;
use super::form::{Answer, Form};
use super::guard::guarded;
use super::path::Ids;
use super::refusal::Refusal;
use super::url::{self, Demands};
use super::{answer, attempts, auth};
use crate::app::App;
use crate::deliver::Emit;
use crate::delivery::State as Became;
use crate::fresh::{self, SecretForm};
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription};

/// The one workspace of the sandbox, and its one user.
const WORKSPACE: &str = "665f1c0de000000000000001";
const USER: &str = "665f1c0de000000000000002";

/// Where the key stands, if not in `Authorization`.
const KEY: HeaderName = HeaderName::from_static("x-api-key");

/// What is taken for a retry's number and a timeout. No limits are documented; these keep
/// the sandbox from working for ever.
const MAX_RETRIES: u32 = 20;
const MAX_TIMEOUT_MS: u32 = 120_000;

/// SendKit.ai's ways.
#[derive(Debug)]
enum SendKit {}

/// What a request says of a webhook.
#[derive(Debug)]
struct Asked {
    name: Option<String>,
    url: Option<String>,
    events: Option<Vec<String>>,
    secret: Option<String>,
    retries: Option<u32>,
    timeout_ms: Option<u32>,
    on: Option<bool>,
}

pub(super) fn router() -> Router<App> {
    let paths = Router::new()
        .route("/v1/webhooks", get(list).post(create))
        .route("/v1/webhooks/{id}", get(show).patch(update).delete(remove))
        .route("/v1/webhooks/{id}/test", post(test));
    guarded::<SendKit>(Provider::SendKit, paths)
}

async fn create(State(app): State<App>, body: Bytes) -> Answer<SendKit> {
    let mut asked = Asked::read(&body)?;
    let missing = |field| move || Refusal::missing(field);
    asked.name.as_ref().ok_or_else(missing("name"))?;
    let url = asked.url.clone().ok_or_else(missing("url"))?;
    let events = asked.events.clone().ok_or_else(missing("events"))?;
    let secret = match asked.secret.take() {
        Some(own) => own,
        None => SecretForm::Hex.fresh()?,
    };
    let id = fresh::id("")?;
    let secret = SecretText::new(secret);
    let mut new = Subscription::new(Provider::SendKit, id, url, events, secret);
    new.retries = 3;
    asked.apply(&mut new);
    app.store.add(new.clone())?;
    // 201 is assumed.
    Ok(done(StatusCode::CREATED, &with_secret(&new)))
}

/// The form is assumed.
async fn list(State(app): State<App>) -> Response {
    let webhooks = app.store.subscriptions(Provider::SendKit);
    done(StatusCode::OK, &webhooks.iter().map(shown).collect())
}

async fn show(State(app): State<App>, ids: Ids) -> Answer<SendKit> {
    Ok(done(
        StatusCode::OK,
        &shown(&ids.find(&app, Provider::SendKit)?),
    ))
}

/// A secret given here replaces the old one: there is no other rotation.
async fn update(State(app): State<App>, ids: Ids, body: Bytes) -> Answer<SendKit> {
    ids.find(&app, Provider::SendKit)?;
    let asked = Asked::read(&body)?;
    let store = &app.store;
    let changed = store.change(Provider::SendKit, &ids.webhook, |webhook| {
        asked.apply(webhook);
        webhook.updated = Moment::now();
    });
    let changed = changed.ok_or(Refusal::Webhook)?;
    Ok(done(StatusCode::OK, &shown(&changed)))
}

/// The form is assumed.
async fn remove(State(app): State<App>, ids: Ids) -> Answer<SendKit> {
    let removed = app.store.remove(Provider::SendKit, &ids.webhook);
    removed.ok_or(Refusal::Webhook)?;
    Ok(answer::json(StatusCode::OK, &json!({ "success": true })))
}

/// Waits for what becomes of the test delivery. `statusCode` is `null` where there was no answer,
/// which is assumed.
async fn test(State(app): State<App>, ids: Ids) -> Answer<SendKit> {
    let webhook = ids.find(&app, Provider::SendKit)?;
    let emit = Emit {
        event: Some("test".to_owned()),
        subscription: Some(webhook.id),
        once: true,
        ..Emit::default()
    };
    let numbers = app.deliverer.emit(Provider::SendKit, &emit);
    let numbers = numbers.map_err(Refusal::from)?;
    let number = numbers.first().copied().unwrap_or_default();
    // The attempt ends by itself, a moment after its deadline.
    let within = webhook.timeout + Duration::from_secs(1);
    let delivery = attempts::settled(&app, number, within).await;
    let delivered = |became: &Became| matches!(became, Became::Delivered);
    let data = json!({
        "statusCode": delivery.as_ref().and_then(attempts::status),
        "delivered": delivery.is_some_and(|delivery| delivered(&delivery.state)),
    });
    Ok(done(StatusCode::OK, &data))
}

fn done(status: StatusCode, data: &Value) -> Response {
    answer::json(status, &json!({ "success": true, "data": data }))
}

/// A webhook with the start of its secret.
fn shown(webhook: &Subscription) -> Value {
    let secret = webhook.secret.expose();
    let start: String = secret.chars().take(secret.len().min(16) / 2).collect();
    let mut data = with_secret(webhook);
    data["secret"] = format!("{start}...").into();
    data
}

fn with_secret(webhook: &Subscription) -> Value {
    json!({
        "_id": webhook.id,
        "workspaceId": WORKSPACE,
        "name": webhook.name,
        "url": webhook.url,
        "events": webhook.events,
        "secret": webhook.secret.expose(),
        "retryAttempts": webhook.retries,
        "timeoutMs": u64::try_from(webhook.timeout.as_millis()).unwrap_or(u64::MAX),
        "status": if webhook.on { "active" } else { "inactive" },
        "createdBy": USER,
        "createdAt": webhook.created.iso_millis(),
        "updatedAt": webhook.updated.iso_millis(),
    })
}

impl Asked {
    fn read(body: &[u8]) -> Result<Self, Refusal> {
        let fields = Fields::read(body)?;
        let url = fields.text("url")?;
        if let Some(url) = &url {
            url::check("url", url, Demands::Either)?;
        }
        let secret = fields.text("secret")?;
        if secret.as_ref().is_some_and(String::is_empty) {
            return Err(Refusal::value("secret", "must not be empty"));
        }
        Ok(Self {
            name: read_name(&fields)?,
            url,
            events: read_events(&fields)?,
            secret,
            retries: fields.whole("retryAttempts", 0..=MAX_RETRIES)?,
            timeout_ms: fields.whole("timeoutMs", 1..=MAX_TIMEOUT_MS)?,
            on: read_status(&fields)?,
        })
    }

    fn apply(self, webhook: &mut Subscription) {
        if let Some(name) = self.name {
            webhook.name = Some(name);
        }
        if let Some(url) = self.url {
            webhook.url = url;
        }
        if let Some(events) = self.events {
            webhook.events = events;
        }
        if let Some(secret) = self.secret {
            webhook.secret = SecretText::new(secret);
        }
        if let Some(retries) = self.retries {
            webhook.retries = retries;
        }
        if let Some(millis) = self.timeout_ms {
            webhook.timeout = Duration::from_millis(millis.into());
        }
        if let Some(on) = self.on {
            webhook.switch(on);
        }
    }
}

/// The name is trimmed, and not empty then.
fn read_name(fields: &Fields) -> Result<Option<String>, Refusal> {
    let name = fields.text("name")?.map(|name| name.trim().to_owned());
    match name {
        Some(name) if name.is_empty() => Err(Refusal::value("name", "must not be empty")),
        name => Ok(name),
    }
}

/// Any names: the set of events is open.
fn read_events(fields: &Fields) -> Result<Option<Vec<String>>, Refusal> {
    let events = fields.texts("events")?;
    let empty = |names: &Vec<String>| names.is_empty() || names.iter().any(String::is_empty);
    if events.as_ref().is_some_and(empty) {
        let says = "must have at least one event, and no empty name";
        return Err(Refusal::value("events", says));
    }
    Ok(events)
}

/// `active` is documented, that it has a counterpart is assumed.
fn read_status(fields: &Fields) -> Result<Option<bool>, Refusal> {
    match fields.text("status")?.as_deref() {
        None => Ok(None),
        Some("active") => Ok(Some(true)),
        Some("inactive") => Ok(Some(false)),
        Some(_) => Err(Refusal::value("status", "must be active or inactive")),
    }
}

impl Form for SendKit {
    fn has_key(headers: &HeaderMap) -> bool {
        if headers.contains_key(KEY) {
            return auth::header(headers, &KEY);
        }
        auth::bearer(headers)
    }

    fn refuse(refusal: &Refusal) -> Response {
        let error = json!({ "success": false, "error": refusal.message() });
        answer::json(refusal.usual_status(), &error)
    }
}
