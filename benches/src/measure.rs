//! Times by interleaved rounds: what disturbs one arm disturbs its neighbours too, and the minimum
//! over many rounds is the time that nothing disturbed.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Long enough that reading the clock does not count, short enough to fit between disturbances.
const BATCH: Duration = Duration::from_micros(40);

/// At least this many rounds, and as many as fit into `GROUP`.
const ROUNDS: usize = 400;
const GROUP: Duration = Duration::from_secs(6);

/// Something to be timed: a call by a number that goes up from round to round.
pub struct Arm {
    /// So many calls in a round, and how long they took.
    run: Box<dyn FnMut(usize, u32) -> Duration>,
    batch: u32,
    best: f64,
}

impl Arm {
    pub fn new<R>(call: impl Fn(usize) -> R + 'static) -> Self {
        Self::timed(move |round, times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(call(round));
            }
            start.elapsed()
        })
    }

    /// Calls that use up what they are given. That is made while the clock stands still, for so many
    /// calls at once: few enough that it is still in the caches, enough that the clock costs little.
    pub fn prepared<I: 'static, R>(
        at_once: u32,
        make: impl Fn(usize) -> I + 'static,
        call: impl Fn(I) -> R + 'static,
    ) -> Self {
        let mut made = Vec::new();
        Self::timed(move |round, times| {
            let mut took = Duration::ZERO;
            for first in (0..times).step_by(at_once as usize) {
                made.extend((first..times.min(first + at_once)).map(|_| make(round)));
                let start = Instant::now();
                for input in made.drain(..) {
                    black_box(call(input));
                }
                took += start.elapsed();
            }
            took
        })
    }

    fn timed(mut run: impl FnMut(usize, u32) -> Duration + 'static) -> Self {
        let mut batch = 1;
        while run(0, batch) < BATCH && batch < 1 << 20 {
            batch *= 2;
        }
        Self {
            run: Box::new(run),
            batch,
            best: f64::INFINITY,
        }
    }

    /// Nanoseconds a call, at best.
    pub fn best(&self) -> f64 {
        self.best
    }

    fn round(&mut self, round: usize) {
        // The arm before has filled caches and branch predictors with its own.
        (self.run)(round, self.batch / 8 + 1);
        let took = (self.run)(round, self.batch);
        let each = took.as_nanos() as f64 / f64::from(self.batch);
        self.best = self.best.min(each);
    }
}

/// Runs every arm once a round, each round from another arm on.
pub fn interleave(arms: &mut [Arm]) {
    let start = Instant::now();
    let mut round = 0;
    while round < ROUNDS || start.elapsed() < GROUP {
        for nth in 0..arms.len() {
            let arm = (nth + round) % arms.len();
            arms[arm].round(round);
        }
        round += 1;
    }
}

/// The reading in the middle.
pub fn median(readings: &[f64]) -> f64 {
    let mut sorted = readings.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
