//! What JetEmail has sent, asked for and sent again. The fields of both requests are those of the
//! provider's own command line; the answers are assumed.

use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::{JetEmail, done};
use crate::api::attempts;
use crate::api::fields::Fields;
use crate::api::form::Answer;
use crate::api::page::part;
use crate::api::refusal::Refusal;
use crate::app::App;
use crate::delivery::{Delivery, State as Became, Truth};
use crate::provider::Provider;

/// Events to a page, and events that are replayed at once.
const MAX: u32 = 100;
const USUAL: u32 = 50;

/// Which deliveries are meant. What is not said holds for all.
#[derive(Debug)]
struct Sought {
    webhook: Option<String>,
    event: Option<String>,
    kind: Option<String>,
    source: Option<String>,
    status: Option<String>,
    from: Option<u32>,
    to: Option<u32>,
}

/// Newest first.
pub(super) async fn query(State(app): State<App>, body: Bytes) -> Answer<JetEmail> {
    let fields = Fields::read_or_none(&body)?;
    let sought = Sought::read(&fields)?;
    let limit = fields.whole("limit", 1..=MAX)?.unwrap_or(USUAL);
    let skip = fields.whole("offset", 0..=u32::MAX)?.unwrap_or(0);
    let mut found = sought.among(&app);
    found.reverse();
    let total = found.len();
    let events: Vec<_> = part(found, skip, limit)
        .map(|found| shown(&found))
        .collect();
    Ok(done([("events", events.into()), ("total", total.into())]))
}

/// Sends an event once more to each webhook that had it, or to one of them, as far as that can be.
pub(super) async fn replay(State(app): State<App>, body: Bytes) -> Answer<JetEmail> {
    let sought = Sought::read(&Fields::read(&body)?)?;
    if sought.event.is_none() && sought.source.is_none() {
        return Err(Refusal::missing("event_id").into());
    }
    let found: Vec<_> = part(sought.among(&app), 0, MAX).collect();
    let repeat = |delivery: &Delivery| app.deliverer.repeat(delivery.number, Truth::Genuine);
    let repeated: Vec<_> = found.iter().map(repeat).collect();
    let begun = repeated.iter().filter(|repeated| repeated.is_ok()).count();
    if begun == 0 {
        let why = repeated.into_iter().find_map(Result::err);
        return Err(why.map_or(Refusal::Webhook, Refusal::from).into());
    }
    let message = ("message", json!("Replay queued successfully"));
    Ok(done([message, ("replayed", begun.into())]))
}

impl Sought {
    fn read(fields: &Fields) -> Result<Self, Refusal> {
        Ok(Self {
            webhook: fields.text("uuid")?,
            event: fields.text("event_id")?,
            kind: fields.text("event_type")?,
            source: fields.text("source_uid")?,
            status: fields.text("status")?,
            from: fields.whole("date_from", 0..=u32::MAX)?,
            to: fields.whole("date_to", 0..=u32::MAX)?,
        })
    }

    /// Those that are meant, oldest first.
    fn among(&self, app: &App) -> Vec<Delivery> {
        let mut deliveries = app.store.deliveries();
        deliveries.retain(|delivery| self.means(delivery));
        deliveries
    }

    fn means(&self, delivery: &Delivery) -> bool {
        let is = |sought: &Option<String>, found: Option<&str>| {
            sought.is_none() || sought.as_deref() == found
        };
        let at = delivery.created.secs();
        delivery.provider == Provider::JetEmail
            && attempts::knows(delivery)
            && is(&self.webhook, Some(&delivery.subscription))
            && is(&self.event, delivery.event_id.as_deref())
            && is(&self.kind, Some(&delivery.event))
            && is(&self.status, Some(status(delivery)))
            && self.from.is_none_or(|from| u64::from(from) <= at)
            && self.to.is_none_or(|to| at <= u64::from(to))
            && (self.source.is_none() || is(&self.source, source(delivery).as_deref()))
    }
}

/// The id of the e-mail that the event tells of.
fn source(delivery: &Delivery) -> Option<String> {
    let body: Value = serde_json::from_slice(&delivery.body).ok()?;
    body.pointer("/data/uid")?.as_str().map(str::to_owned)
}

fn shown(delivery: &Delivery) -> Value {
    json!({
        "event_id": delivery.event_id,
        "event_type": delivery.event,
        "source_uid": source(delivery),
        "webhook_uuid": delivery.subscription,
        "status": status(delivery),
        "attempts": attempts::own(delivery).len(),
        "response_code": attempts::status(delivery),
        "created_at": delivery.created.secs(),
    })
}

const fn status(delivery: &Delivery) -> &'static str {
    match delivery.state {
        Became::Sending => "pending",
        Became::Retrying { .. } => "retrying",
        Became::Delivered => "delivered",
        Became::GaveUp { .. } | Became::NotSent { .. } => "failed",
    }
}
