//! What remains to be done when the last byte of a long body has come.

use std::rc::Rc;

use axum::Router;
use axum::routing::post;
use bytes::Bytes;
use hookproof::{Delivery, Secret};
use http::{HeaderMap, StatusCode};
use tokio::runtime::Builder;

use crate::arms::frames::{Length, UnderWay, frames};
use crate::arms::router::{
    Deliveries, PATH, Served, adapter_route, bare_route, endpoint, layer_route,
};
use crate::arms::signed::{self, Places, SECRET, Shape, Signed};
use crate::measure::{Arm, interleave};
use crate::row::Row;

const SIZE: usize = 1 << 20;

/// From the last frame to the answer.
fn last_frame(served: Served) -> Arm {
    let deliveries = Deliveries::new(SIZE);
    let frames = Rc::new(frames(&deliveries));
    let last = frames[frames.len() - 1].clone();
    let make = move |_| {
        let mut delivery = UnderWay::new(&served, &deliveries, Length::Announced);
        for frame in &frames[..frames.len() - 1] {
            assert_eq!(delivery.give(frame.clone()), None);
        }
        delivery
    };
    // One at a time: a body is as large as a cache.
    Arm::prepared(1, make, move |mut delivery| {
        assert_eq!(delivery.give_last(last.clone()), StatusCode::NO_CONTENT);
        delivery
    })
}

/// What a handler by hand does.
fn collect_then_verify() -> Served {
    let verifier = signed::verifier(Shape::Kv, Secret::new(SECRET));
    let handler = async move |headers: HeaderMap, body: Bytes| match verifier
        .verify(Delivery::new(&headers, &body))
    {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::UNAUTHORIZED,
    };
    Served::new(Router::new().route(PATH, post(handler)))
}

pub fn rows() -> Vec<Row> {
    // The deadline of a body that is waited for wants a timer.
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime");
    let _entered = runtime.enter();
    let [_, _, floor] = Places::new(|| Signed::new(Shape::Kv, SIZE)).arms();
    let measured = [
        ("layer, proof", Some(0.10), Served::new(layer_route())),
        (
            "layer, `Bytes`",
            Some(0.10),
            Served::new(bare_route().layer(endpoint().layer())),
        ),
        ("adapter", Some(0.10), Served::new(adapter_route())),
        ("bare router", None, Served::new(bare_route())),
        ("collect, then verify", None, collect_then_verify()),
    ];
    let (rows, mut arms): (Vec<_>, Vec<_>) = measured
        .into_iter()
        .map(|(what, target, served)| ((what, target), last_frame(served)))
        .unzip();
    arms.push(floor);
    interleave(&mut arms);
    let floor = arms[rows.len()].best();
    let row = |((what, target), arm): ((&str, Option<f64>), &Arm)| {
        let name = format!("last of 64 frames → answer ÷ FLOOR, {what}, 1 MiB");
        Row::new(name, target, arm.best() / floor)
    };
    rows.into_iter().zip(&arms).map(row).collect()
}
