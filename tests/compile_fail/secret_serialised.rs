// error: the trait bound `hookproof::Secret: serde::Serialize` is not satisfied
use hookproof::Secret;

fn shown(_: impl serde::Serialize) {}

fn main() {
    shown(Secret::new("one"));
}
