//! JetEmail: `/webhooks`.

mod asked;
mod history;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use http::StatusCode;
use serde_json::{Map, Value, json};

use self::asked::Asked;
use super::answer;
use super::fields::Fields;
use super::form::{Answer, Form};
use super::guard::guarded;
use super::path::Ids;
use super::refusal::{Fault, Refusal, Wrong};
use crate::app::App;
use crate::fresh::{self, SecretForm};
use crate::moment::Moment;
use crate::provider::Provider;
use crate::subscription::{SecretText, Subscription};

/// JetEmail's ways.
#[derive(Debug)]
enum JetEmail {}

/// The paths beside creation are documented; of their answers only the fields of a webhook are,
/// so that what stands around them is assumed. An update names its webhook in the body; that it
/// may also stand in the path is assumed.
pub(super) fn router() -> Router<App> {
    let paths = Router::new()
        .route("/webhooks", get(list).post(create).patch(update))
        .route("/webhooks/query", post(history::query))
        .route("/webhooks/replay", post(history::replay))
        .route(
            "/webhooks/{id}",
            get(show).patch(update_there).delete(remove),
        );
    guarded::<JetEmail>(Provider::JetEmail, paths)
}

async fn create(State(app): State<App>, body: Bytes) -> Answer<JetEmail> {
    let mut asked = Asked::read(&Fields::read(&body)?)?;
    let missing = |field| move || Refusal::missing(field);
    asked.name.as_ref().ok_or_else(missing("name"))?;
    let url = asked.url.take().ok_or_else(missing("url"))?;
    let events = asked.events.take().ok_or_else(missing("events"))?;
    let secret = SecretText::new(SecretForm::PrefixedText.fresh()?);
    let id = fresh::uuid()?;
    let mut new = Subscription::new(Provider::JetEmail, id, url, events, secret);
    asked.apply(&mut new);
    app.store.add(new.clone())?;
    let mut webhook = shown(&new);
    webhook["secret"] = new.secret.expose().into();
    let message = ("message", json!("Webhook created successfully"));
    Ok(done([message, ("webhook", webhook)]))
}

async fn list(State(app): State<App>) -> Response {
    let webhooks = app.store.subscriptions(Provider::JetEmail);
    done([("webhooks", webhooks.iter().map(shown).collect())])
}

async fn show(State(app): State<App>, ids: Ids) -> Answer<JetEmail> {
    let found = app.store.subscription(Provider::JetEmail, &ids.webhook);
    let webhook = found.ok_or(Refusal::Webhook)?;
    Ok(done([("webhook", shown(&webhook))]))
}

async fn update(State(app): State<App>, body: Bytes) -> Answer<JetEmail> {
    let fields = Fields::read(&body)?;
    let id = fields.text("uuid")?;
    let id = id.ok_or_else(|| Refusal::missing("uuid"))?;
    changed(&app, &id, &fields)
}

async fn update_there(State(app): State<App>, ids: Ids, body: Bytes) -> Answer<JetEmail> {
    changed(&app, &ids.webhook, &Fields::read(&body)?)
}

fn changed(app: &App, id: &str, fields: &Fields) -> Answer<JetEmail> {
    let asked = Asked::read(fields)?;
    let changed = app.store.change(Provider::JetEmail, id, |webhook| {
        asked.apply(webhook);
        webhook.updated = Moment::now();
    });
    let webhook = changed.ok_or(Refusal::Webhook)?;
    let message = ("message", json!("Webhook updated successfully"));
    Ok(done([message, ("webhook", shown(&webhook))]))
}

async fn remove(State(app): State<App>, ids: Ids) -> Answer<JetEmail> {
    let removed = app.store.remove(Provider::JetEmail, &ids.webhook);
    removed.ok_or(Refusal::Webhook)?;
    Ok(done([("message", json!("Webhook deleted successfully"))]))
}

fn done<const N: usize>(fields: [(&str, Value); N]) -> Response {
    let mut whole = Map::new();
    whole.insert("success".to_owned(), true.into());
    for (name, value) in fields {
        whole.insert(name.to_owned(), value);
    }
    answer::json(StatusCode::OK, &whole.into())
}

/// A webhook without its secret.
fn shown(webhook: &Subscription) -> Value {
    json!({
        "uuid": webhook.id,
        "name": webhook.name,
        "url": webhook.url,
        "events": webhook.events,
        "status": if webhook.on { "enabled" } else { "disabled" },
        "filter_users": webhook.extra("filter_users"),
        "filter_domains": webhook.extra("filter_domains"),
        "created_at": webhook.created.secs(),
        "last_modified": webhook.updated.secs(),
    })
}

impl Form for JetEmail {
    fn refuse(refusal: &Refusal) -> Response {
        let text = match refusal {
            Refusal::Field(wrong) => said(wrong),
            other => other.message(),
        };
        let error = json!({ "success": false, "error": text });
        answer::json(refusal.usual_status(), &error)
    }
}

/// The text for a missing URL is quoted from the documentation, and the others follow it.
fn said(wrong: &Wrong) -> String {
    let demanded = matches!(wrong.fault, Fault::Missing | Fault::Type);
    match wrong.field.as_str() {
        "url" if demanded => "URL is required and must be a string".to_owned(),
        "name" if demanded => "Name is required and must be a string".to_owned(),
        "events" if demanded => "Events are required and must be an array of strings".to_owned(),
        _ => wrong.message(),
    }
}
