//! The statistics: whether the time of whole verifications tells two classes of deliveries apart, after
//! the method of Reparaz, Balasch and Verbauwhede, "Dude, is my code constant time?" (2017).
//!
//! Of each comparison several rounds are run and the median of their |t| is judged, so that a machine
//! that is disturbed in one of them fails nothing. A comparison that leaks on purpose must be found.

mod classes;
mod welch;

use std::process::ExitCode;
use std::time::Instant;

use classes::Comparison;

/// Beyond it two classes are held to be told apart: 1 in 100 000 by chance.
const TOLD_APART: f64 = 4.5;
/// What the control must reach.
const FOUND: f64 = 10.0;
/// Rounds of a comparison, and measurements of a round.
const ROUNDS: usize = 9;
const MEASUREMENTS: usize = 60_000;

fn main() -> ExitCode {
    println!("median |t| of {ROUNDS} rounds of {MEASUREMENTS} verifications, and the range");
    let mut failed = false;
    for comparison in classes::all() {
        let began = Instant::now();
        let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| round(&comparison)).collect();
        rounds.sort_by(f64::total_cmp);
        let (median, least, most) = (rounds[ROUNDS / 2], rounds[0], rounds[ROUNDS - 1]);
        let holds = if comparison.must_leak {
            median > FOUND
        } else {
            median < TOLD_APART
        };
        let verdict = match (holds, comparison.must_leak) {
            (true, false) => "holds",
            (true, true) => "is found",
            (false, false) => "FAILS: told apart",
            (false, true) => "FAILS: not found",
        };
        let seconds = began.elapsed().as_secs_f64();
        let name = comparison.name;
        println!(
            "{name:<64} {median:>7.2}  {least:>7.2} … {most:<7.2} {seconds:>4.1} s  {verdict}"
        );
        failed |= !holds;
    }
    ExitCode::from(u8::from(failed))
}

/// The largest |t| of a round, over the whole measurements and without their slowest.
fn round(comparison: &Comparison) -> f64 {
    let mut classes = [Vec::new(), Vec::new()];
    for nth in 0..MEASUREMENTS {
        let class = usize::from(classes::coin());
        let took = (comparison.measure)(class, nth);
        // Caches and predictors are warm after the first few.
        if nth > MEASUREMENTS / 100 {
            classes[class].push(took);
        }
    }
    welch::largest_t(&classes)
}
