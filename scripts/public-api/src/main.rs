//! Prints the public API that a file of rustdoc's JSON holds, an item a line.
//!
//! Without the traits that every type has by its fields or by a blanket implementation: what of those is
//! promised, the library's tests hold.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let json = std::env::args_os()
        .nth(1)
        .ok_or("usage: hookproof-public-api RUSTDOC_JSON")?;
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_auto_trait_impls(true)
        .omit_blanket_impls(true)
        .build()?;
    print!("{api}");
    Ok(())
}
