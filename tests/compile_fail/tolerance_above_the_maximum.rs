// error: the tolerance is longer than seven days, which is no window: see Tolerance::MAX_SECS
use hookproof::Tolerance;

const LONG: Tolerance = Tolerance::symmetric(Tolerance::MAX_SECS + 1);

fn main() {
    let _ = LONG.past();
}
