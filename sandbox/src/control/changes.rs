//! Changes as they happen, as server-sent events: `snapshot` first, and again after falling behind;
//! then `subscription` or `delivery`, the changed one whole; and `gone` for a removed subscription.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, broadcast};

use crate::app::App;
use crate::control::problem::Problem;
use crate::control::view;
use crate::provider::Provider;
use crate::store::{Change, Store};

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;

/// After how long a quiet stream says that it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How long a browser waits before it asks again.
const RETRY: Duration = Duration::from_secs(1);

/// `GET /sandbox/changes`.
pub(crate) async fn follow(State(app): State<App>) -> Response {
    let Some(place) = app.followers.place() else {
        let full = "too many follow the changes already: close a page, or ask again later";
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, full);
        return ([(RETRY_AFTER, "5")], problem).into_response();
    };
    let follower = Follower {
        changes: app.store.watch(),
        app,
        open: VecDeque::new(),
        behind: true,
        _place: place,
    };
    let events = stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response()
}

struct Follower {
    app: App,
    changes: broadcast::Receiver<Change>,
    /// Changes that are still to be told, each once.
    open: VecDeque<Change>,
    /// Whether a snapshot is due.
    behind: bool,
    _place: OwnedSemaphorePermit,
}

impl Follower {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.behind {
                return Some(self.snapshot());
            }
            if let Some(change) = self.open.pop_front() {
                match tell(&self.app.store, &change) {
                    Some(event) => return Some(event),
                    None => continue,
                }
            }
            tokio::select! {
                () = self.app.deliverer.stopped() => return None,
                change = self.changes.recv() => self.take(change)?,
            }
        }
    }

    fn snapshot(&mut self) -> Event {
        self.behind = false;
        self.open.clear();
        // What changed before now stands in the snapshot.
        self.changes = self.app.store.watch();
        let event = Event::default().event("snapshot").retry(RETRY);
        event.data(view::snapshot(&self.app.store))
    }

    /// Takes a change and all that wait behind it: an object that changed twice is told once.
    fn take(&mut self, first: Result<Change, RecvError>) -> Option<()> {
        let mut next = Some(first);
        while let Some(change) = next {
            match change {
                Ok(change) if self.open.contains(&change) => {}
                Ok(change) => self.open.push_back(change),
                Err(RecvError::Lagged(_)) => self.behind = true,
                Err(RecvError::Closed) => return None,
            }
            next = self.changes.try_recv().ok().map(Ok);
        }
        Some(())
    }
}

/// The changed object whole. `None`: a delivery that is no longer kept.
fn tell(store: &Store, change: &Change) -> Option<Event> {
    let (name, text) = match change {
        Change::Delivery(number) => {
            let delivery = store.delivery(*number)?;
            ("delivery", view::text(&view::delivery(&delivery)))
        }
        Change::Subscription(id) => {
            let mut all = Provider::ALL.into_iter();
            match all.find_map(|provider| store.subscription(provider, id)) {
                Some(kept) => ("subscription", view::text(&view::subscription(&kept))),
                None => ("gone", json!({ "id": id }).to_string()),
            }
        }
    };
    Some(Event::default().event(name).data(text))
}
