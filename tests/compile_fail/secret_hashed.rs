// error: the trait bound `hookproof::Secret: Hash` is not satisfied
use std::collections::HashSet;

use hookproof::Secret;

fn main() {
    let _ = HashSet::from([Secret::new("one")]);
}
