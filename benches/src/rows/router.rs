//! What the adapter and the layer add to a served router, over FLOOR.

use std::rc::Rc;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use hookproof::axum::{VerifiedBytes, VerifiedJson};
use http::StatusCode;
use tower::layer::util::Identity;

use crate::arms::router::{
    Deliveries, Event, PATH, Served, adapter_route, bare_route, endpoint, layer_route, taken,
};
use crate::arms::signed::{Places, Shape, Signed};
use crate::measure::{Arm, interleave};
use crate::row::Row;

/// A size, and the targets of the adapter, of the layer whose handler takes the proof, and of the
/// layer whose handler takes the body.
type Size = (&'static str, usize, Option<[f64; 3]>);

const SIZES: [Size; 4] = [
    ("256 B", 256, None),
    ("1 KiB", 1024, Some([1.18, 1.30, 1.40])),
    ("4 KiB", 4096, Some([1.06, 1.09, 1.13])),
    ("64 KiB", 65_536, Some([1.01, 1.01, 1.01])),
];

fn bare() -> Served {
    Served::new(bare_route())
}

fn empty_layer() -> Served {
    Served::new(bare_route().layer(Identity::new()))
}

fn adapter() -> Served {
    Served::new(adapter_route())
}

fn layer_proof() -> Served {
    Served::new(layer_route())
}

fn layer_bytes() -> Served {
    Served::new(bare_route().layer(endpoint().layer()))
}

pub fn rows() -> Vec<Row> {
    let sizes = SIZES.into_iter().flat_map(sized);
    let state = stateful().into_iter();
    let typed = [("1 KiB", 1024), ("4 KiB", 4096)].into_iter().map(typed);
    sizes
        .chain(state)
        .chain(typed)
        .chain(allocations())
        .collect()
}

fn accepted(served: &Served, deliveries: &Rc<Deliveries>) -> Arm {
    let deliveries = Rc::clone(deliveries);
    served.arm(
        move |round| deliveries.request(round),
        StatusCode::NO_CONTENT,
    )
}

fn floor(size: usize) -> Arm {
    let [_, _, floor] = Places::new(|| Signed::new(Shape::Kv, size)).arms();
    floor
}

/// What each of them adds to the first, over FLOOR.
fn overheads<const N: usize>(size: usize, routers: [Served; N]) -> [f64; N] {
    let deliveries = Rc::new(Deliveries::new(size));
    let mut arms = Vec::from(routers.map(|served| accepted(&served, &deliveries)));
    arms.push(floor(size));
    interleave(&mut arms);
    let floor = arms[N].best();
    let first = arms[0].best();
    std::array::from_fn(|nth| (arms[nth].best() - first) / floor)
}

fn sized((name, size, targets): Size) -> Vec<Row> {
    let routers = [
        bare(),
        adapter(),
        layer_proof(),
        layer_bytes(),
        empty_layer(),
    ];
    let [_, adapter, proof, bytes, empty] = overheads(size, routers);
    let row = |what, nth: usize, reading| {
        let target = targets.map(|targets| targets[nth]);
        Row::new(format!("{what} ÷ FLOOR, {name}"), target, reading)
    };
    vec![
        row("adapter over the bare router", 0, adapter),
        row("layer, proof, over the bare router", 1, proof),
        row("layer, `Bytes`, over the bare router", 2, bytes),
        Row::new(
            format!("empty layer over the bare router ÷ FLOOR, {name}"),
            None,
            empty,
        ),
    ]
}

/// With a state, each copy of a route allocates.
fn stateful() -> Vec<Row> {
    type Shared = State<Arc<[u8]>>;
    let state = || Arc::<[u8]>::from(&b"state"[..]);
    let bytes = async |State(_): Shared, body: bytes::Bytes| taken(&body);
    let proof = async |body: VerifiedBytes, State(_): Shared| taken(&body);
    let layered = async |State(_): Shared, body: VerifiedBytes| taken(&body);
    let route = |handler| Router::new().route(PATH, handler);
    let routers = [
        Served::new(route(post(bytes)).with_state(state())),
        Served::new(route(post(endpoint().handler(proof))).with_state(state())),
        Served::new(
            route(post(layered))
                .layer(endpoint().layer())
                .with_state(state()),
        ),
    ];
    let [_, adapter, layer] = overheads(1024, routers);
    vec![
        Row::new(
            "adapter with a state over its bare router ÷ FLOOR, 1 KiB",
            None,
            adapter,
        ),
        Row::new(
            "layer with a state over its bare router ÷ FLOOR, 1 KiB",
            None,
            layer,
        ),
    ]
}

/// The adapter that hands over an event beside the adapter whose handler parses it.
fn typed((name, size): (&str, usize)) -> Row {
    fn seen(event: &Event) -> StatusCode {
        let entries = event
            .entries
            .iter()
            .map(|entry| entry.name.len() as u64 + entry.amount);
        match entries.sum::<u64>() as usize + event.id.len() + event.note.len() {
            0 => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::NO_CONTENT,
        }
    }
    let typed = async |event: VerifiedJson<Event>| seen(&event);
    let by_hand = async |body: VerifiedBytes| match serde_json::from_slice(&body) {
        Ok(event) => seen(&event),
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let routers = [
        bare(),
        Served::new(Router::new().route(PATH, post(endpoint().handler(typed)))),
        Served::new(Router::new().route(PATH, post(endpoint().handler(by_hand)))),
    ];
    let [_, typed, by_hand] = overheads(size, routers);
    let name = format!("adapter with an event ÷ adapter and `serde_json`, {name}");
    Row::new(name, 1.03, typed / by_hand)
}

fn allocations() -> Vec<Row> {
    let deliveries = Deliveries::new(1024);
    let [bare, empty, adapter, proof, bytes] = [
        bare(),
        empty_layer(),
        adapter(),
        layer_proof(),
        layer_bytes(),
    ]
    .map(|served| served.allocations(&deliveries) as f64);
    vec![
        Row::new(
            "allocations of the adapter over the bare router",
            0.0,
            adapter - bare,
        )
        .gate(),
        Row::new(
            "allocations of the layer over an empty one, proof",
            1.0,
            proof - empty,
        )
        .gate(),
        Row::new(
            "allocations of the layer over an empty one, `Bytes`",
            1.0,
            bytes - empty,
        ),
        Row::new(
            "allocations of an empty layer over the bare router",
            None,
            empty - bare,
        ),
    ]
}
