//! One preset, by its name.

use hookproof::providers;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    hookproof_growth::verify(&providers::STRIPE)
}
