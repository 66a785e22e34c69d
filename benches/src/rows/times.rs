//! Nanoseconds of FLOOR, BASE and whole verification, for those who ask what a delivery costs on this
//! machine. They bound nothing: times do not hold from machine to machine.

use crate::arms::signed::{Places, Shape, Signed};
use crate::measure::interleave;
use crate::row::Row;

const SIZES: [(&str, usize); 5] = [
    ("256 B", 256),
    ("1 KiB", 1024),
    ("4 KiB", 4096),
    ("64 KiB", 65_536),
    ("1 MiB", 1 << 20),
];

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (size_name, size) in SIZES {
        let mut arms = Places::new(|| Signed::new(Shape::Kv, size)).arms();
        interleave(&mut arms);
        for (name, arm) in ["kv", "BASE", "FLOOR"].into_iter().zip(arms) {
            let name = format!("ns of {name}, {size_name}");
            rows.push(Row::new(name, None, arm.best()));
        }
    }
    rows
}
