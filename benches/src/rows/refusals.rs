//! Deliveries that are refused: by their head, with the body unread, and by a wrong signature.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use bytes::Bytes;
use hookproof::VerifyErrorKind::{self, Malformed, Mismatch, MissingHeader, Stale};
use hookproof::axum::VerifiedBytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use http_body::{Frame, SizeHint};
use tower::layer::util::Identity;

use crate::arms::router::{Deliveries, PATH, Served, endpoint};
use crate::arms::signed::{self, Places, Shape, Signed};
use crate::measure::{Arm, interleave};
use crate::row::Row;

const SIGNATURE: &str = "stripe-signature";
const ANNOUNCED: usize = 1 << 20;
const FLOODED: usize = 65_536;

/// A body that nobody may read.
struct Unread;

impl http_body::Body for Unread {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        panic!("the body of a delivery that its head refuses is not read");
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(ANNOUNCED as u64)
    }
}

pub fn rows() -> Vec<Row> {
    by_head().into_iter().chain(flood()).collect()
}

async fn nothing() -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn no_proof(_: VerifiedBytes) -> StatusCode {
    StatusCode::NO_CONTENT
}

fn route() -> Router {
    Router::new().route(PATH, post(nothing))
}

fn layered() -> Served {
    Served::new(route().layer(endpoint().layer()))
}

fn adapted() -> Served {
    let handler = endpoint().handler(no_proof);
    Served::new(Router::new().route(PATH, post(handler)))
}

/// Deliveries that announce 1 MiB, by what is wrong with their heads.
fn refused() -> [(&'static str, VerifyErrorKind, Rc<Deliveries>); 3] {
    let announced = |deliveries: Deliveries| {
        deliveries.with_headers(|headers| {
            headers.insert(CONTENT_LENGTH, ANNOUNCED.into());
        })
    };
    let missing = Deliveries::new(256).with_headers(|headers| {
        headers.remove(SIGNATURE);
    });
    let malformed = Deliveries::new(256).with_headers(|headers| {
        headers.insert(SIGNATURE, HeaderValue::from_static("t=now,v1=signed"));
    });
    let stale = Deliveries::stale(256);
    [
        ("missing", MissingHeader, missing),
        ("malformed", Malformed, malformed),
        ("stale", Stale, stale),
    ]
    .map(|(what, kind, deliveries)| {
        let deliveries = announced(deliveries);
        assert_eq!(judged(deliveries.headers()), Some(kind));
        (what, kind, Rc::new(deliveries))
    })
}

/// Why a head is refused.
fn judged(headers: &HeaderMap) -> Option<VerifyErrorKind> {
    endpoint().begin(headers).err().map(|error| error.kind())
}

fn unread(deliveries: &Rc<Deliveries>) -> impl Fn(usize) -> Request<Body> + 'static {
    let deliveries = Rc::clone(deliveries);
    move |round| deliveries.request_with(round, |_| Body::new(Unread))
}

/// Beside an empty layer in front of a handler that reads nothing, in the same router.
fn by_head() -> Vec<Row> {
    let refused = refused();
    let mut arms = Vec::new();
    for (_, _, deliveries) in &refused {
        let empty = Served::new(route().layer(Identity::new()));
        arms.push(empty.arm(unread(deliveries), StatusCode::NO_CONTENT));
        arms.push(layered().arm(unread(deliveries), StatusCode::UNAUTHORIZED));
        arms.push(adapted().arm(unread(deliveries), StatusCode::UNAUTHORIZED));
    }
    interleave(&mut arms);
    let ratios = refused
        .iter()
        .zip(arms.chunks(3))
        .flat_map(|(refused, arms)| {
            let (what, [empty, layer, adapter]) =
                (refused.0, [0, 1, 2].map(|nth: usize| arms[nth].best()));
            [("layer", layer), ("adapter", adapter)].map(|(by, took)| {
                Row::new(
                    format!("refusal on headers, {what}, {by} ÷ an empty layer, 1 MiB"),
                    2.0,
                    took / empty,
                )
            })
        });
    ratios.collect()
}

/// Signatures that are well-formed and wrong: such a delivery should cost its MAC and no more.
fn flood() -> Vec<Row> {
    let flood = |candidates: usize| {
        let wrong = ",v1=".to_owned() + &"0".repeat(64);
        let value = format!("t={}{}", signed::now(), wrong.repeat(candidates));
        Deliveries::new(FLOODED).with_headers(move |headers| {
            headers.insert(SIGNATURE, value.parse().expect("plain text"));
        })
    };
    let through = |served: Served, candidates| -> Arm {
        let deliveries = flood(candidates);
        assert_eq!(mismatch(&deliveries), Some(Mismatch));
        let request = move |round| deliveries.request(round);
        served.arm(request, StatusCode::UNAUTHORIZED)
    };
    let [_, base, floor] = Places::new(|| Signed::new(Shape::Kv, FLOODED)).arms();
    let mut arms = [
        floor,
        base,
        through(layered(), 1),
        through(adapted(), 1),
        through(layered(), 16),
    ];
    interleave(&mut arms);
    let [floor, base, layer, adapter, candidates] = arms.map(|arm| arm.best());
    let row = |what: &str, target: Option<f64>, reading| {
        Row::new(format!("wrong signature, 64 KiB, {what}"), target, reading)
    };
    vec![
        row(
            "through the layer ÷ MAC of FLOOR",
            Some(1.02),
            layer / floor,
        ),
        row("through the layer ÷ MAC of BASE", None, layer / base),
        row("through the adapter ÷ MAC of FLOOR", None, adapter / floor),
        row(
            "16 of them, through the layer ÷ MAC of FLOOR",
            None,
            candidates / floor,
        ),
    ]
}

/// Why such a delivery is refused, its body and all.
fn mismatch(deliveries: &Deliveries) -> Option<VerifyErrorKind> {
    let mut verification = endpoint().begin(deliveries.headers()).ok()?;
    verification.update(deliveries.body()).ok()?;
    verification.finish().err().map(|error| error.kind())
}
