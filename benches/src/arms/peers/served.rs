//! Layers and extractors before a handler, in routers as they are served: with their state given
//! before the first request. Otherwise each request would build the layers anew.

use std::cell::RefCell;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use bytes::Bytes;
use hookproof::{Endpoint, Secret, Signer};
use http::{HeaderMap, Request, StatusCode};
use tower::Service;
use tower_github_webhook::ValidateGitHubWebhookLayer;

use crate::arms::signed::{self, SECRET, Shape};
use crate::measure::Arm;

#[cfg(feature = "extractors")]
mod extractors;

/// A crate's router, and this one's for the same job.
pub struct Served {
    pub name: &'static str,
    /// What stands before the handler.
    pub what: &'static str,
    pub shape: Shape,
    pub theirs: fn() -> Router,
    pub ours: fn() -> Router,
}

pub const SERVED: &[Served] = &[
    Served {
        name: "tower-github-webhook",
        what: "layer",
        shape: Shape::Sha256,
        theirs: || bare().layer(ValidateGitHubWebhookLayer::new(SECRET)),
        ours: || bare().layer(endpoint(Shape::Sha256).layer()),
    },
    #[cfg(feature = "extractors")]
    extractors::GITHUB,
    #[cfg(feature = "extractors")]
    extractors::STANDARD,
];

/// A router that verifies nothing.
pub fn bare() -> Router {
    Router::new().route("/", post(async |body: Bytes| taken(&body)))
}

fn taken(body: &[u8]) {
    black_box(body);
}

fn endpoint(shape: Shape) -> Endpoint {
    let verifier = signed::verifier(shape, Secret::new(SECRET));
    let builder = Endpoint::builder("measured", verifier);
    let endpoint = builder.without_replay_guard().build();
    endpoint.expect("a sound endpoint")
}

/// A genuine delivery of now, in several places of memory.
pub struct Delivery(Vec<(HeaderMap, Bytes)>);

impl Delivery {
    const PLACES: usize = 8;

    /// Its body is a string in JSON, the quickest to read for those who cannot do without.
    pub fn new(shape: Shape, size: usize) -> Self {
        let signer = Signer::new(shape.scheme(), Secret::new(SECRET)).expect("a good secret");
        let mut pads = Vec::new();
        let places = (0..Self::PLACES).map(|nth| {
            pads.push(vec![0_u8; 200 + 500 * nth]);
            let body = Bytes::from(format!("\"{}\"", "x".repeat(size - 2)));
            let headers = signer.sign_at(&signed::request_headers(size), &body, signed::now());
            (headers.expect("all that is signed is given"), body)
        });
        Self(places.collect())
    }

    /// The delivery on its way through a router that takes it.
    pub fn through(self, router: Router) -> Arm {
        let router = RefCell::new(router.with_state(()));
        Arm::new(move |round| {
            let answer = answer(&mut router.borrow_mut(), self.request(round));
            // A row would be worth nothing if deliveries were refused.
            assert!(answer.is_success());
        })
    }

    /// The same through one that must refuse a forgery.
    pub fn through_a_gate(self, router: Router) -> Arm {
        let mut forged = self.request(0);
        let length = self.0[0].1.len();
        *forged.body_mut() = Body::from(format!("\"{}\"", "y".repeat(length - 2)));
        assert!(answer(&mut router.clone().with_state(()), forged).is_client_error());
        self.through(router)
    }

    fn request(&self, round: usize) -> Request<Body> {
        let (headers, body) = &self.0[round % Self::PLACES];
        let mut request = Request::post("/").body(Body::from(body.clone()));
        let request = request.as_mut().expect("a request");
        *request.headers_mut() = headers.clone();
        std::mem::take(request)
    }
}

/// Polled again at once where a future wakes itself, with no executor's cost.
fn answer(router: &mut Router, request: Request<Body>) -> StatusCode {
    let mut context = Context::from_waker(Waker::noop());
    let mut answered = pin!(router.call(request));
    for _ in 0..16 {
        if let Poll::Ready(Ok(answer)) = answered.as_mut().poll(&mut context) {
            return answer.status();
        }
    }
    panic!("nothing is waited for");
}
