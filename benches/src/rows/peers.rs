//! Published crates beside this one, over the same deliveries in the same run. Extractors for axum
//! are measured with `--features extractors`: they change the router of every other row.

use crate::arms::peers::{Delivery, MACS, PEERS, SERVED, Served, bare};
use crate::arms::signed::{Places, Shape, Signed};
use crate::measure::{Arm, interleave};
use crate::row::Row;

const SIZES: [(&str, usize); 4] = [
    ("256 B", 256),
    ("1 KiB", 1024),
    ("4 KiB", 4096),
    ("64 KiB", 65_536),
];

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for size in SIZES {
        rows.extend(macs(size));
        for shape in Shape::ALL {
            rows.extend(standalone(shape, size));
        }
        for served in SERVED {
            rows.extend(before_a_handler(served, size));
        }
    }
    rows
}

/// A MAC and a compare.
fn macs((size_name, size): (&str, usize)) -> Vec<Row> {
    let places = Places::new(|| Signed::new(Shape::Sha256, size));
    let [_, base, floor] = places.arms();
    let mut arms = vec![floor, base];
    arms.extend(MACS.map(|(_, arm)| arm(&places)));
    interleave(&mut arms);
    let names = ["BASE"].into_iter().chain(MACS.map(|(name, _)| name));
    let floor = arms[0].best();
    let over_floor = names.zip(&arms[1..]).map(|(name, arm)| {
        let name = format!("MAC and compare, {name} ÷ FLOOR, {size_name}");
        Row::new(name, None, arm.best() / floor)
    });
    over_floor.collect()
}

/// The whole verification of a body that is there.
fn standalone(shape: Shape, (size_name, size): (&str, usize)) -> Vec<Row> {
    let places = Places::new(|| Signed::new(shape, size));
    let peers: Vec<_> = PEERS
        .iter()
        .filter(|(_, theirs, _)| *theirs == shape)
        .collect();
    let [ours, _, floor] = places.arms();
    let mut arms = vec![ours, floor];
    arms.extend(peers.iter().map(|(_, _, arm)| arm(&places)));
    interleave(&mut arms);

    let best: Vec<f64> = arms.iter().map(Arm::best).collect();
    let (ours, floor, theirs) = (best[0], best[1], &best[2..]);
    let what = shape.name();
    let mut rows = vec![Row::new(
        format!("hookproof: {what} ÷ FLOOR, {size_name}"),
        None,
        ours / floor,
    )];
    rows.extend(peers.iter().zip(theirs).map(|((name, ..), best)| {
        let name = format!("{name}: {what} ÷ FLOOR, {size_name}");
        Row::new(name, None, best / floor)
    }));
    let best_peer = theirs.iter().copied().fold(f64::INFINITY, f64::min);
    rows.push(Row::new(
        format!("hookproof ÷ best peer, {what}, {size_name}"),
        1.0,
        ours / best_peer,
    ));
    rows
}

/// What a gate before the handler adds to a router that is served.
fn before_a_handler(served: &Served, (size_name, size): (&str, usize)) -> Vec<Row> {
    let [_, _, floor] = Places::new(|| Signed::new(served.shape, size)).arms();
    let delivery = || Delivery::new(served.shape, size);
    let mut arms = [
        floor,
        delivery().through(bare()),
        delivery().through_a_gate((served.ours)()),
        delivery().through_a_gate((served.theirs)()),
    ];
    interleave(&mut arms);
    let [floor, bare, ours, theirs] = arms.map(|arm| arm.best());
    let Served { name, what, .. } = served;
    vec![
        Row::new(
            format!("{name}: {what} ÷ FLOOR, {size_name}"),
            None,
            (theirs - bare) / floor,
        ),
        Row::new(
            format!("hookproof ÷ {name}, {what}, {size_name}"),
            1.0,
            (ours - bare) / (theirs - bare),
        ),
    ]
}
