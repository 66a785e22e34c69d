//! The layer with a replay guard beside the layer without one: a claim before the handler and a
//! word to the store after it.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::future::ready;
use std::hint::black_box;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use hookproof::replay::{MemoryStore, ReplayGuard};
use hookproof::{Clock, Endpoint, Secret, Signer, SystemClock, UnixTime, VerifiedBody};
use http::{HeaderMap, Request, Response};
use http_body_util::{Empty, Full};
use tower::{Layer, Service, service_fn};

use super::store;
use crate::allocations;
use crate::arms::signed::{self, SECRET, Shape};
use crate::measure::{Arm, interleave};
use crate::row::Row;

const SIZE: usize = 1024;
const COUNT: usize = 256;
/// Of other deliveries in the store.
const BEFORE: usize = 400_000;
/// The window of Standard Webhooks and more.
const RETENTION: Duration = Duration::from_secs(660);

/// The system's clock, some way ahead.
#[derive(Clone, Debug, Default)]
struct Ahead(Arc<AtomicU64>);

impl Clock for Ahead {
    fn now(&self) -> Option<UnixTime> {
        SystemClock.now()
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic() + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// Signed deliveries that differ in what identifies them, over and over: before they come again,
/// the store's clock goes on until they are forgotten.
struct Deliveries {
    signed: Vec<(HeaderMap, Bytes)>,
    nth: Cell<usize>,
    ahead: Ahead,
}

impl Deliveries {
    fn new(shape: Shape, ahead: Ahead) -> Self {
        let signer = Signer::new(shape.scheme(), Secret::new(SECRET)).expect("a good secret");
        let signed = (0..COUNT).map(|nth| {
            let body = Bytes::from(format!("{nth:0SIZE$}"));
            let mut given = signed::request_headers(SIZE);
            let id = format!("msg_{nth:027}").parse().expect("plain text");
            given.insert("webhook-id", id);
            let now = signed::now();
            let headers = signer.sign_at(&given, &body, now);
            (headers.expect("all that is signed is given"), body)
        });
        Self {
            signed: signed.collect(),
            nth: Cell::new(0),
            ahead,
        }
    }

    fn next(&self) -> Request<Full<Bytes>> {
        let nth = self.nth.get() % COUNT;
        self.nth.set(nth + 1);
        if nth == 0 {
            let forgotten = RETENTION.as_secs() + 2;
            self.ahead.0.fetch_add(forgotten, Ordering::Relaxed);
        }
        let (headers, body) = &self.signed[nth];
        let mut request = Request::new(Full::new(body.clone()));
        *request.headers_mut() = headers.clone();
        request
    }
}

/// One delivery after another, through the layer of such an endpoint to a handler that does nothing.
fn receive(shape: Shape, guarded: bool) -> impl Fn() {
    let ahead = Ahead::default();
    let deliveries = Deliveries::new(shape, ahead.clone());
    let builder = Endpoint::builder(
        store::ENDPOINT,
        signed::verifier(shape, Secret::new(SECRET)),
    );
    let endpoint = if guarded {
        let store = MemoryStore::default().with_clock(ahead);
        store::fill(&store, BEFORE, true);
        let guard = ReplayGuard::new(store).retention(RETENTION);
        builder.replay(guard).build()
    } else {
        builder.without_replay_guard().build()
    };
    let calls = Rc::new(Cell::new(0));
    let handler = service_fn({
        let calls = Rc::clone(&calls);
        move |request: Request<VerifiedBody>| {
            black_box(request);
            calls.set(calls.get() + 1);
            ready(Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new())))
        }
    });
    let service = RefCell::new(endpoint.expect("a sound endpoint").layer().layer(handler));
    move || {
        let mut context = Context::from_waker(Waker::noop());
        let mut service = service.borrow_mut();
        let before = calls.get();
        let Poll::Ready(Ok(())) = poll_ready(&mut *service, &mut context) else {
            panic!("the handler is always ready");
        };
        let Poll::Ready(Ok(answer)) = pin!(service.call(deliveries.next())).poll(&mut context)
        else {
            panic!("nothing is waited for");
        };
        // A row would be worth nothing if deliveries were refused.
        assert!(answer.status().is_success() && calls.get() == before + 1);
    }
}

fn poll_ready<S>(service: &mut S, context: &mut Context<'_>) -> Poll<Result<(), S::Error>>
where
    S: Service<Request<Full<Bytes>>>,
{
    service.poll_ready(context)
}

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (shape, identity) in [
        (Shape::Standard, "by id"),
        (Shape::Sha256, "by digest of the body"),
    ] {
        let [with, without] = [true, false].map(|guarded| {
            let receive = receive(shape, guarded);
            // What is made at a delivery's first time is not the next one's.
            (0..2 * COUNT).for_each(|_| receive());
            let allocations = allocations::count(&receive);
            (Arm::new(move |_| receive()), allocations)
        });
        let mut arms = [with.0, without.0];
        interleave(&mut arms);
        let [with_guard, without_guard] = arms.map(|arm| arm.best());
        let what = format!("{}, {identity}, 1 KiB", shape.name());
        rows.extend([
            Row::new(
                format!("ns of the layer without a guard, {what}"),
                None,
                without_guard,
            ),
            Row::new(
                format!("ns that a guard on memory adds, {what}"),
                None,
                with_guard - without_guard,
            ),
            Row::new(
                format!("allocations of the layer without a guard, {what}"),
                None,
                without.1 as f64,
            ),
            Row::new(
                format!("allocations that a guard on memory adds, {what}"),
                None,
                with.1 as f64 - without.1 as f64,
            ),
        ]);
    }
    rows
}
