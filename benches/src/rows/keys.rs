//! Forgeries, further keys and frames, over 64 KiB.

use crate::arms::signed::{Places, Shape, Signed};
use crate::measure::interleave;
use crate::row::Row;

pub fn rows() -> Vec<Row> {
    let signed = || Signed::new(Shape::Kv, 65_536);
    let whole = Places::new(signed);
    let mut group = [
        whole.arm(Signed::verify),
        whole.stream(65_536),
        whole.stream(16_384),
        Places::new(|| signed().forged(1)).arm(Signed::verify),
        Places::new(|| signed().forged(100)).arm(Signed::verify),
        Places::new(|| signed().with_newer_keys(1)).arm(Signed::verify),
        Places::new(|| signed().with_newer_keys(1)).stream(16_384),
        Places::new(|| signed().with_newer_keys(2)).arm(Signed::verify),
    ];
    interleave(&mut group);
    let [
        whole,
        one_frame,
        frames,
        one,
        hundred,
        second,
        second_frames,
        third,
    ] = group.map(|arm| arm.best());
    vec![
        Row::new(
            "keyring of 2, the previous matches ÷ one key, kv, 64 KiB",
            2.02,
            second / whole,
        ),
        Row::new(
            "the same, streamed in 16 KiB frames",
            2.05,
            second_frames / frames,
        ),
        Row::new(
            "keyring of 3, the oldest matches ÷ one key, kv, 64 KiB",
            3.03,
            third / whole,
        ),
        Row::new(
            "100 bogus candidates ÷ one, kv, 64 KiB",
            1.03,
            hundred / one,
        ),
        Row::new(
            "streamed in one frame ÷ one call, kv, 64 KiB",
            None,
            one_frame / whole,
        ),
        Row::new(
            "streamed in 16 KiB frames ÷ one call, kv, 64 KiB",
            None,
            frames / whole,
        ),
    ]
}
