//! The heap at its highest while many long deliveries are under way. Read after each frame: in
//! between, one delivery alone can have more.

use bytes::Bytes;
use http::StatusCode;
use tokio::runtime::Builder;

use crate::allocations::Held;
use crate::arms::frames::{FRAME, Length, UnderWay, frames};
use crate::arms::router::{Deliveries, Served, adapter_route, layer_route};
use crate::row::Row;

const SIZE: usize = 1 << 20;
const COUNT: usize = 64;

/// What was held.
struct Peak {
    held: Held,
    most: usize,
    /// The worst of what was held to what had come, from the fourth frame on: before that, a
    /// delivery's head weighs as much.
    worst_on_the_way: f64,
}

impl Peak {
    fn new() -> Self {
        Self {
            held: Held::since_now(),
            most: 0,
            worst_on_the_way: 0.0,
        }
    }

    fn read(&mut self) {
        self.most = self.most.max(self.held.bytes());
    }

    /// All of them have got so many bytes.
    fn come(&mut self, bytes: usize) {
        if bytes >= 4 * FRAME {
            let held = self.held.bytes() as f64 / (COUNT * bytes) as f64;
            self.worst_on_the_way = self.worst_on_the_way.max(held);
        }
    }

    fn over_bodies(&self) -> f64 {
        self.most as f64 / (COUNT * SIZE) as f64
    }
}

/// All get frame after frame, by turns, and their last when all others have come.
fn accepted(served: &Served, length: Length) -> Peak {
    let deliveries = match length {
        Length::Announced => Deliveries::new(SIZE),
        Length::Chunked => Deliveries::new(SIZE).unannounced(),
    };
    let frames = frames(&deliveries);
    let (last, others) = frames.split_last().expect("frames");
    let mut peak = Peak::new();
    let begin = |_| UnderWay::new(served, &deliveries, length);
    let mut under_way = Vec::from_iter((0..COUNT).map(begin));
    for (nth, frame) in others.iter().enumerate() {
        for delivery in &mut under_way {
            // Each has its own copy, as from a connection.
            assert_eq!(delivery.give(Bytes::copy_from_slice(frame)), None);
            peak.read();
        }
        peak.come((nth + 1) * FRAME);
    }
    for delivery in &mut under_way {
        let status = delivery.give_last(Bytes::copy_from_slice(last));
        assert_eq!(status, StatusCode::NO_CONTENT);
        peak.read();
    }
    peak
}

/// They are answered before their first frame is looked at.
fn stale(served: &Served) -> f64 {
    let deliveries = Deliveries::stale(SIZE);
    let mut peak = Peak::new();
    let mut under_way = Vec::new();
    for _ in 0..COUNT {
        let mut delivery = UnderWay::new(served, &deliveries, Length::Announced);
        assert_eq!(delivery.poll(), Some(StatusCode::UNAUTHORIZED));
        under_way.push(delivery);
        peak.read();
    }
    peak.over_bodies()
}

pub fn rows() -> Vec<Row> {
    // The deadline of a body that is waited for wants a timer.
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime");
    let _entered = runtime.enter();
    let row = |what: &str, target, reading| {
        let name = format!("peak heap of 64 deliveries ÷ their bytes, {what}, 1 MiB");
        Row::new(name, target, reading).gate()
    };
    let served = [
        ("layer", Served::new(layer_route())),
        ("adapter", Served::new(adapter_route())),
    ];
    let rows = served.iter().flat_map(|(by, served)| {
        let [announced, chunked] =
            [Length::Announced, Length::Chunked].map(|it| accepted(served, it));
        let worst = format!("… chunked, {by}: the worst on the way ÷ what had come");
        [
            row(&format!("announced, {by}"), 1.10, announced.over_bodies()),
            row(&format!("chunked, {by}"), 1.5, chunked.over_bodies()),
            Row::new(worst, None, chunked.worst_on_the_way),
            row(&format!("stale, {by}"), 0.01, stale(served)),
        ]
    });
    rows.collect()
}
