//! Whether a whole verification stays beside FLOOR however long the body is.

use crate::arms::signed::{Places, Shape, Signed};
use crate::measure::interleave;
use crate::row::Row;

const SIZES: [(&str, usize); 4] = [
    ("1 KiB", 1024),
    ("64 KiB", 65_536),
    ("1 MiB", 1 << 20),
    ("16 MiB", 16 << 20),
];

pub fn rows() -> Vec<Row> {
    let mut arms = Vec::new();
    for (_, size) in SIZES {
        let places = Places::new(|| Signed::new(Shape::Kv, size));
        let [whole, _, floor] = places.arms();
        arms.extend([whole, floor]);
    }
    interleave(&mut arms);
    let ratios = Vec::from_iter(arms.chunks(2).map(|pair| pair[0].best() / pair[1].best()));
    let mut rows = Vec::from_iter(SIZES.iter().zip(&ratios).map(|((size, _), ratio)| {
        Row::new(format!("long bodies: kv ÷ FLOOR, {size}"), None, *ratio)
    }));
    let name = "kv ÷ FLOOR at 16 MiB ÷ the same at 64 KiB";
    rows.push(Row::new(name, 1.01, ratios[3] / ratios[1]));
    rows
}
