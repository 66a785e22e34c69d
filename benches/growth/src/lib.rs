//! All that the programs have in common, which is all but the scheme.

use std::error::Error;
use std::io::{self, Read};

use hookproof::scheme::Scheme;
use hookproof::{Delivery, Secret, Verifier};
use http::HeaderMap;

/// Verifies what comes in by a secret of the environment and a signature among the arguments.
pub fn verify(scheme: &'static Scheme) -> Result<(), Box<dyn Error>> {
    let verifier = Verifier::new(scheme, Secret::from_env("SECRET")?)?;
    let mut headers = HeaderMap::new();
    if let (Some(name), Some(value)) = (scheme.signature_header(), std::env::args().nth(1)) {
        headers.insert(name, value.parse()?);
    }
    let mut body = Vec::new();
    io::stdin().read_to_end(&mut body)?;
    let receipt = verifier.verify(Delivery::new(&headers, &body))?;
    println!("signed {} s ago", receipt.age_secs().unwrap_or_default());
    Ok(())
}
