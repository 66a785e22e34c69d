// error: this function takes 2 arguments but 1 argument was supplied
use hookproof::{Verifier, providers};

fn main() {
    let _ = Verifier::new(&providers::STRIPE);
}
