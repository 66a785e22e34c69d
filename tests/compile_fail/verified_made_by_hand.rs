// error: cannot initialize a tuple struct which contains private fields
use hookproof::axum::Verified;

fn main() {
    let _ = Verified("an event");
}
