//! Allocations, and memory held for what is not proven yet.

use bytes::Bytes;

use crate::allocations;
use crate::arms::signed::{Shape, Signed};
use crate::row::Row;

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for shape in Shape::ALL {
        let signed = Signed::new(shape, 1024);
        let count = allocations::count(|| assert!(signed.verify()));
        let name = format!("allocations of a verification, {}", shape.name());
        rows.push(Row::new(name, 0.0, count as f64).gate());
    }
    let signed = Signed::new(Shape::Kv, 1024);
    let frame = Bytes::from(signed.frames(1024).concat());
    let streamed = allocations::count(|| signed.stream([frame.clone()]).is_some());
    let name = "allocations of a verification streamed in one frame, kv";
    rows.push(Row::new(name, 0.0, streamed as f64).gate());

    for (name, length) in [
        ("its length", Some(1 << 20)),
        ("nothing", None),
        ("64 MiB", Some(64 << 20)),
    ] {
        let signed = Signed::new(Shape::Kv, 1 << 20).announced(length);
        let name = format!("heap ÷ bytes of an unproven 1 MiB, 1-byte frames, {name} announced");
        rows.push(Row::new(name, 1.6, signed.worst_hold()));
    }
    rows
}
