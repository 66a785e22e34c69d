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
    run: Box<dyn FnMut(usize, u32)>,
    batch: u32,
    best: f64,
}

impl Arm {
    pub fn new<R>(call: impl Fn(usize) -> R + 'static) -> Self {
        let mut run = move |round, times| {
            for _ in 0..times {
                black_box(call(round));
            }
        };
        let mut batch = 1;
        while time(&mut run, 0, batch) < BATCH && batch < 1 << 20 {
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
        let took = time(&mut self.run, round, self.batch);
        let each = took.as_nanos() as f64 / f64::from(self.batch);
        self.best = self.best.min(each);
    }
}

fn time(run: &mut impl FnMut(usize, u32), round: usize, times: u32) -> Duration {
    let start = Instant::now();
    run(round, times);
    start.elapsed()
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
