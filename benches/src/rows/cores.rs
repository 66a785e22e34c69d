//! What all cores together gain over one, beside what they gain for FLOOR: one verifier is shared
//! by all.

use std::hint::{black_box, spin_loop};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::arms::signed::{Shape, Signed};
use crate::row::Row;

const ROUNDS: usize = 150;
/// What a thread does in a round takes so long: starting together does not count, and most rounds
/// fit between disturbances.
const ROUND: Duration = Duration::from_millis(2);

/// Something that every thread does, with a part of its own.
type Work<'a> = &'a (dyn Fn(usize) + Sync);

pub fn rows() -> Vec<Row> {
    let sizes = [("1 KiB", 1024), ("64 KiB", 65_536)].into_iter();
    sizes.flat_map(|(name, size)| sized(name, size)).collect()
}

fn sized(name: &str, size: usize) -> [Row; 3] {
    let signed = Signed::new(Shape::Kv, size);
    // Of each thread its own: what is shared is the verifier.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let frames = Vec::from_iter((0..cores).map(|_| signed.frames(size)));
    let works: [Work<'_>; 3] = [
        &|_| assert!(signed.verify_floor()),
        &|_| assert!(signed.verify()),
        &|nth| assert!(signed.stream(frames[nth].iter().cloned()).is_some()),
    ];
    let [floor, whole, stream] = gains(works, cores);
    let row = |what: &str, gain| {
        let name = format!("gain of all cores ÷ FLOOR's gain, {what}, {name}");
        Row::at_least(name, 0.95, gain / floor)
    };
    let gain = format!("gain of all {cores} cores, FLOOR, {name}");
    [
        row("kv", whole),
        row("kv, streamed in one frame", stream),
        Row::new(gain, None, floor),
    ]
}

/// How many times as much all cores do as one, for each.
fn gains<const N: usize>(works: [Work<'_>; N], cores: usize) -> [f64; N] {
    let times = works.map(times);
    let mut best = [[f64::INFINITY; 2]; N];
    for _ in 0..ROUNDS {
        for ((work, times), best) in works.iter().zip(times).zip(&mut best) {
            best[0] = best[0].min(round(*work, times, 1));
            best[1] = best[1].min(round(*work, times, cores));
        }
    }
    best.map(|[one, all]| cores as f64 * one / all)
}

/// How often a thread does it in a round.
fn times(work: Work<'_>) -> usize {
    let start = Instant::now();
    let mut times = 0;
    while start.elapsed() < ROUND {
        work(0);
        times += 1;
    }
    times
}

/// Seconds from the first thread's beginning to the last one's end.
fn round(work: Work<'_>, times: usize, threads: usize) -> f64 {
    let arrived = AtomicUsize::new(0);
    let part = |nth| {
        arrived.fetch_add(1, Ordering::AcqRel);
        while arrived.load(Ordering::Acquire) < threads {
            spin_loop();
        }
        let begun = Instant::now();
        (0..times).for_each(|_| black_box(work)(nth));
        (begun, Instant::now())
    };
    let parts = thread::scope(|scope| {
        let part = &part;
        let threads = Vec::from_iter((0..threads).map(|nth| scope.spawn(move || part(nth))));
        let join = threads.into_iter().map(|thread| thread.join());
        Vec::from_iter(join.map(|part| part.expect("a thread that ends well")))
    });
    let begun = parts.iter().map(|(begun, _)| *begun).min();
    let ended = parts.iter().map(|(_, ended)| *ended).max();
    let took = ended.zip(begun).map(|(ended, begun)| ended - begun);
    took.unwrap_or_default().as_secs_f64()
}
