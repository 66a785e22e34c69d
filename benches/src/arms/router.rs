//! A router as it is served: axum without its default features, its state given before the first
//! request. Otherwise it would be built anew, and every layer with it, at each request.

use std::cell::RefCell;
use std::convert::Infallible;
use std::hint::black_box;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::Body;
use axum::routing::future::RouteFuture;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::VerifiedBytes;
use hookproof::{Endpoint, Secret, Signer, UnixTime};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Request, StatusCode};
use serde::Deserialize;
use tower::Service;

use super::signed::{self, SECRET, Shape};
use crate::allocations;
use crate::measure::Arm;

/// Where deliveries come in.
pub const PATH: &str = "/hooks/stripe";

/// Requests that are made ready at once.
const AT_ONCE: u32 = 16;

/// An endpoint for these deliveries: no replay guard, and all else by default.
pub fn endpoint() -> Endpoint {
    let verifier = signed::verifier(Shape::Kv, Secret::new(SECRET));
    let builder = Endpoint::builder("measured", verifier);
    let endpoint = builder.without_replay_guard().build();
    endpoint.expect("a sound endpoint")
}

/// What the bodies hold.
#[derive(Deserialize)]
pub struct Event {
    pub id: String,
    pub entries: Vec<Entry>,
    pub note: String,
}

#[derive(Deserialize)]
pub struct Entry {
    pub name: String,
    pub amount: u64,
}

/// An event in JSON, of so many bytes.
pub fn event(size: usize) -> Bytes {
    let mut json = String::from(r#"{"id":"evt_1NG8Du2eZvKYlo2CUI79vXWy","entries":["#);
    let end = r#"],"note":""}"#;
    for nth in 0.. {
        let comma = if nth == 0 { "" } else { "," };
        let entry = format!(
            r#"{comma}{{"name":"line item {nth:05}","amount":{}}}"#,
            100 + nth
        );
        if json.len() + entry.len() + end.len() > size {
            break;
        }
        json.push_str(&entry);
    }
    let note = ".".repeat(size - json.len() - end.len());
    json.push_str(&format!(r#"],"note":"{note}"}}"#));
    assert_eq!(json.len(), size);
    Bytes::from(json)
}

/// A delivery that is sent over and over, in several places of memory.
pub struct Deliveries(Vec<(HeaderMap, Bytes)>);

impl Deliveries {
    const PLACES: usize = 8;

    /// Genuine, and of now.
    pub fn new(size: usize) -> Self {
        Self::signed_at(signed::now(), size)
    }

    /// Genuine, and of then.
    fn signed_at(then: UnixTime, size: usize) -> Self {
        let signer = Signer::new(Shape::Kv.scheme(), Secret::new(SECRET)).expect("a good secret");
        let mut pads = Vec::new();
        let places = (0..Self::PLACES).map(|nth| {
            pads.push(vec![0_u8; 200 + 500 * nth]);
            let body = event(size);
            let headers = signer.sign_at(&signed::request_headers(size), &body, then);
            (headers.expect("all that is signed is given"), body)
        });
        Self(places.collect())
    }

    /// Genuine, and an hour old.
    pub fn stale(size: usize) -> Self {
        let an_hour_ago = UnixTime::from_secs(signed::now().as_secs() - 3_600);
        Self::signed_at(an_hour_ago, size)
    }

    /// The same without a word on its length.
    pub fn unannounced(self) -> Self {
        self.with_headers(|headers| {
            headers.remove(CONTENT_LENGTH);
        })
    }

    /// The same with other headers.
    pub fn with_headers(mut self, change: impl Fn(&mut HeaderMap)) -> Self {
        self.0.iter_mut().for_each(|(headers, _)| change(headers));
        self
    }

    pub fn headers(&self) -> &HeaderMap {
        &self.0[0].0
    }

    pub fn body(&self) -> Bytes {
        self.0[0].1.clone()
    }

    pub fn request(&self, round: usize) -> Request<Body> {
        self.request_with(round, |body| Body::from(body.clone()))
    }

    /// A request with a body of another kind.
    pub fn request_with(&self, round: usize, body: impl FnOnce(&Bytes) -> Body) -> Request<Body> {
        let (headers, bytes) = &self.0[round % Self::PLACES];
        let mut request = Request::post(PATH).body(body(bytes)).expect("a request");
        *request.headers_mut() = headers.clone();
        request
    }
}

/// A router that is served.
#[derive(Clone)]
pub struct Served(Rc<RefCell<Router>>);

impl Served {
    /// `with_state(())` is what `axum::serve` does too.
    pub fn new(router: Router) -> Self {
        Self(Rc::new(RefCell::new(router.with_state(()))))
    }

    pub fn call(&self, request: Request<Body>) -> RouteFuture<Infallible> {
        self.0.borrow_mut().call(request)
    }

    /// The status of an answer that comes without waiting.
    pub fn answer(&self, request: Request<Body>) -> StatusCode {
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Ok(answer)) = pin!(self.call(request)).poll(&mut context) else {
            panic!("nothing is waited for");
        };
        answer.status()
    }

    /// Such requests, one after another. Each must be answered like that.
    pub fn arm(
        &self,
        request: impl Fn(usize) -> Request<Body> + 'static,
        status: StatusCode,
    ) -> Arm {
        let served = self.clone();
        Arm::prepared(AT_ONCE, request, move |request| {
            // A row would be worth nothing if another answer was timed.
            assert_eq!(served.answer(request), status);
        })
    }

    /// How often an answer allocates, with its request.
    pub fn allocations(&self, deliveries: &Deliveries) -> usize {
        allocations::count(|| self.answer(deliveries.request(0)))
    }
}

/// A handler that takes the body, and nothing in front.
pub fn bare_route() -> Router {
    Router::new().route(PATH, post(take_bytes))
}

/// A handler that takes the proof, behind the adapter.
pub fn adapter_route() -> Router {
    Router::new().route(PATH, post(endpoint().handler(take_proof)))
}

/// A handler that takes the proof, behind the layer.
pub fn layer_route() -> Router {
    let router = Router::new().route(PATH, post(take_proof));
    router.layer(endpoint().layer())
}

async fn take_bytes(body: Bytes) -> StatusCode {
    taken(&body)
}

async fn take_proof(body: VerifiedBytes) -> StatusCode {
    taken(&body)
}

/// What is answered to a body that came.
pub fn taken(body: &[u8]) -> StatusCode {
    match black_box(body).is_empty() {
        true => StatusCode::INTERNAL_SERVER_ERROR,
        false => StatusCode::NO_CONTENT,
    }
}
