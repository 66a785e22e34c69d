//! Whole verification over BASE and FLOOR.

use crate::arms::signed::{Places, Shape, Signed};
use crate::measure::interleave;
use crate::row::Row;

const SIZES: [(&str, usize); 4] = [
    ("256 B", 256),
    ("1 KiB", 1024),
    ("4 KiB", 4096),
    ("64 KiB", 65_536),
];

/// Targets over BASE and over FLOOR at each size.
const fn targets(shape: Shape) -> ([f64; 4], Option<[f64; 4]>) {
    match shape {
        Shape::Kv => ([1.15, 1.05, 1.02, 1.005], Some([1.35, 1.12, 1.04, 1.01])),
        Shape::Sha256 => ([1.10, 1.03, 1.01, 1.005], None),
        Shape::Standard => ([1.30, 1.12, 1.04, 1.01], None),
    }
}

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (nth, (size_name, size)) in SIZES.into_iter().enumerate() {
        let mut group = Vec::new();
        for shape in Shape::ALL {
            group.extend(Places::new(|| Signed::new(shape, size)).arms());
        }
        // The same delivery under more keys: only the newest is tried.
        let keyring = Places::new(|| Signed::new(Shape::Kv, size).with_older_keys());
        group.push(keyring.arm(Signed::verify));
        interleave(&mut group);

        for (shape, arms) in Shape::ALL.into_iter().zip(group.chunks(3)) {
            let [whole, base, floor] = [0, 1, 2].map(|nth: usize| arms[nth].best());
            let (over_base, over_floor) = targets(shape);
            let name = shape.name();
            rows.push(Row::new(
                format!("{name} ÷ BASE, {size_name}"),
                over_base[nth],
                whole / base,
            ));
            if size == 1024 && matches!(shape, Shape::Kv) {
                let name = "kv ÷ BASE at 1 KiB, first bound";
                rows.push(Row::new(name, 1.15, whole / base));
            }
            rows.push(Row::new(
                format!("{name} ÷ FLOOR, {size_name}"),
                over_floor.map(|targets| targets[nth]),
                whole / floor,
            ));
        }
        if size == 1024 {
            let ratio = group[9].best() / group[0].best();
            let name = "keyring of 3, newest matches ÷ one key, kv, 1 KiB";
            rows.push(Row::new(name, 1.01, ratio));
        }
    }
    rows
}
