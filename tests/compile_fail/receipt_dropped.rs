// error: a receipt is the proof; without it nothing was checked
#![deny(unused_must_use)]

use hookproof::{Delivery, Verifier, VerifyError};

fn handled(verifier: &Verifier, headers: &http::HeaderMap) -> Result<(), VerifyError> {
    verifier.verify(Delivery::new(headers, b"{}"))?;
    Ok(())
}

fn main() {
    let _ = handled;
}
