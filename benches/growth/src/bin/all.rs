//! Every preset, by a slug that is known at run time.

use hookproof::providers;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let slug = std::env::var("PROVIDER")?;
    hookproof_growth::verify(providers::find(&slug).ok_or("no preset has that slug")?)
}
