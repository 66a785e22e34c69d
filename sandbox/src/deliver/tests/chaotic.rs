//! A chaotic run: five providers, one receiver that proves, and two logs that must agree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use hookproof::replay::MemoryStore;
use http::StatusCode;

use super::receiver::{lock, proving, scheme, serve};
use super::{Stand, emit, subscription};
use crate::deliver::Chaos;
use crate::deliver::sign::signature_names;
use crate::delivery::{Expected, Outcome, Truth};
use crate::events;
use crate::log::{Line, body_sha256};
use crate::provider::Provider;

const ROUNDS: usize = 60;

/// What a receiver writes of a request: digest of the body, signatures, status.
type Entry = (String, BTreeMap<String, String>, u16);

/// What the receiver knows by itself.
#[derive(Clone, Default)]
struct Notes {
    log: Arc<Mutex<Vec<Entry>>>,
    /// How often each body was handled with success, by its digest.
    handled: Arc<Mutex<BTreeMap<String, usize>>>,
    /// Bodies whose handler has failed once.
    failed: Arc<Mutex<BTreeSet<String>>>,
}

impl Notes {
    /// Every so many events fail when they are handled first.
    fn handle(&self, body: &[u8]) -> StatusCode {
        let digest = body_sha256(body);
        let fails = digest.starts_with(['0', '1']);
        if fails && lock(&self.failed).insert(digest.clone()) {
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        *lock(&self.handled).entry(digest).or_default() += 1;
        StatusCode::NO_CONTENT
    }
}

/// Writes the receiver's own log. What breaks off is not judged, and not written.
async fn write(
    State((provider, notes)): State<(Provider, Notes)>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Response::new(Body::empty());
    };
    let signatures = signature_names(provider).filter_map(|name| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some((name.to_owned(), value.to_owned()))
    });
    let (digest, signatures) = (body_sha256(&body), signatures.collect());
    let request = Request::from_parts(parts, Body::from(body));
    let response = next.run(request).await;
    lock(&notes.log).push((digest, signatures, response.status().as_u16()));
    response
}

fn receiver(notes: &Notes) -> Router {
    let store = MemoryStore::default();
    let providers = Provider::ALL.into_iter();
    providers.fold(Router::new(), |router, provider| {
        let handling = notes.clone();
        let proving = proving(scheme(provider), store.clone(), move |body| {
            handling.handle(body)
        });
        let writing = from_fn_with_state((provider, notes.clone()), write);
        router.nest(&format!("/{provider}"), proving.layer(writing))
    })
}

fn entry(line: &Line) -> Option<Entry> {
    match line.outcome {
        Outcome::Answered { status, .. } => {
            Some((line.body_sha256.clone(), line.signatures.clone(), status))
        }
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_genuine_event_is_handled_once_no_forgery_is_and_the_logs_agree() {
    let notes = Notes::default();
    let (address, server) = serve(receiver(&notes)).await;
    let stand = Stand::new(1_000, Chaos::from_seed(11));
    for provider in Provider::ALL {
        stand.add(subscription(
            provider,
            &format!("http://{address}/{provider}/hook"),
        ));
    }
    for round in 0..ROUNDS {
        for provider in Provider::ALL {
            let known = events::all(provider);
            let event = known[round % known.len()].name;
            let emit = emit().event(event).subscription(format!("sub_{provider}"));
            let begun = stand.deliverer.emit(provider, &emit);
            assert!(begun.is_ok(), "{begun:?}");
        }
    }
    stand.deliverer.idle().await;
    server.abort();
    let lines = stand.deliverer.log().lines();

    let deliveries = stand.store.deliveries();
    assert_eq!(deliveries.len(), ROUNDS * 5);
    let genuine = deliveries
        .iter()
        .map(|delivery| (body_sha256(&delivery.body), 1));
    let genuine: BTreeMap<_, _> = genuine.collect();
    assert_eq!(genuine.len(), ROUNDS * 5, "no two bodies are alike");
    let handled = lock(&notes.handled).clone();
    assert_eq!(
        first_difference(&handled, &genuine),
        None,
        "once, and nothing else"
    );
    assert!(!lock(&notes.failed).is_empty());

    let mut ours: Vec<_> = lines.iter().filter_map(entry).collect();
    let mut theirs = lock(&notes.log).clone();
    ours.sort();
    theirs.sort();
    assert_eq!(first_difference(&ours, &theirs), None);

    let seen: BTreeSet<_> = lines.iter().map(|line| line.truth).collect();
    assert_eq!(seen.len(), 8, "{seen:?}");
    lines.iter().for_each(is_as_expected);
}

/// Where two sorted lists part, if they do.
fn first_difference<T: PartialEq>(
    ours: impl IntoIterator<Item = T>,
    theirs: impl IntoIterator<Item = T>,
) -> Option<(Option<T>, Option<T>)> {
    let (mut ours, mut theirs) = (ours.into_iter(), theirs.into_iter());
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return None,
            (ours, theirs) if ours != theirs => return Some((ours, theirs)),
            _ => {}
        }
    }
}

fn is_as_expected(line: &Line) {
    let status = entry(line).map(|(_, _, status)| status);
    let is_as_expected = match line.expected {
        // A duplicate may come first, and while one is handled the other is put off.
        Expected::Handled | Expected::Acknowledged => {
            matches!(status, Some(200 | 204 | 500 | 503))
        }
        Expected::Refused if line.provider == Provider::JetEmail => status == Some(503),
        Expected::Refused => status == Some(401),
        Expected::Nothing => status.is_none() && line.truth == Truth::Broken,
    };
    assert!(is_as_expected, "{line:?}");
}
