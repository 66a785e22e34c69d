// error: cannot assign to data in dereference of `Verified<
use hookproof::axum::Verified;
use hookproof::events::sendmux;

fn changed(mut event: Verified<sendmux::Event>, other: sendmux::Event) {
    *event = other;
}

fn main() {
    let _ = changed;
}
