// What the other programs do wrong, done right.
#![deny(unused_must_use)]

use hookproof::axum::{Verified, VerifiedBytes};
use hookproof::events::sendmux;
use hookproof::scheme::{Part, Scheme, Timestamp};
use hookproof::{
    ConfigError, Delivery, Endpoint, Receipt, Secret, Tolerance, Verifier, VerifyError, providers,
};

static OWN: Scheme = Scheme::builder("own", "own-signature")
    .timestamp(Timestamp::Header("own-timestamp"))
    .tolerance(Tolerance::symmetric(604_800))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .build();

async fn on_mail(event: Verified<sendmux::Event>, receipt: Receipt) -> String {
    format!("{:?} {}", event.kind, receipt.key())
}

async fn on_bytes(body: VerifiedBytes) {
    drop(body.into_inner());
}

fn verify(verifier: &Verifier, headers: &http::HeaderMap) -> Result<Receipt, VerifyError> {
    verifier.verify(Delivery::new(headers, b"{}"))
}

fn main() -> Result<(), ConfigError> {
    let verifier = Verifier::new(&OWN, Secret::new("a-secret-of-the-test"))?;
    let _ = verify(&verifier, &http::HeaderMap::new());
    let verifier = Verifier::new(&providers::SENDMUX, Secret::new("a-secret-of-the-test"))?;
    let endpoint = Endpoint::builder("own", verifier)
        .without_replay_guard()
        .build()?;
    let _ = endpoint.handler::<_, _, ()>(on_mail);
    let _ = endpoint.handler::<_, _, ()>(on_bytes);
    Ok(())
}
