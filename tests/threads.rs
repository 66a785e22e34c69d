//! Threads that verify while another exchanges the keys: what `scripts/miri.sh` watches, with few rounds.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use bytes::Bytes;
use hookproof::{Delivery, Keyring, Secret, Signer, Verifier, VerifyError, providers};
use http::HeaderMap;

const BODY: &[u8] = br#"{"action":"opened"}"#;

/// Rotations, each to a ring with a number for its label.
const ROUNDS: usize = if cfg!(miri) { 6 } else { 500 };

fn secret() -> Secret {
    Secret::new("the secret of this year, of thirty bytes")
}

fn ring(number: usize) -> Keyring {
    let other = Secret::new("the secret of last year, of thirty bytes");
    Keyring::labelled(number.to_string(), secret()).with_previous(other)
}

fn whole(verifier: &Verifier, headers: &HeaderMap) -> Result<usize, VerifyError> {
    let receipt = verifier.verify(Delivery::new(headers, BODY))?;
    Ok(receipt.key().parse().expect("a number"))
}

fn in_frames(verifier: &Verifier, headers: &HeaderMap) -> Result<usize, VerifyError> {
    let mut verification = verifier.begin(headers)?;
    for frame in BODY.chunks(BODY.len() / 2 + 1) {
        verification.update(Bytes::from_static(frame))?;
    }
    let proven = verification.finish()?;
    assert_eq!(proven.body(), BODY);
    Ok(proven.receipt().key().parse().expect("a number"))
}

#[test]
fn each_delivery_is_judged_by_a_ring_that_was_in_force_while_it_was_under_way() {
    let scheme = &providers::GITHUB;
    let signer = Signer::new(scheme, secret()).expect("a sound secret");
    let headers = signer.sign(BODY).expect("signed");
    let verifier = Verifier::new(scheme, ring(0)).expect("a sound keyring");
    // The ring that is surely in force, and the one that may be.
    let (surely, maybe) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for judge in [whole, in_frames] {
            let (verifier, headers, surely, maybe) = (&verifier, &headers, &surely, &maybe);
            scope.spawn(move || {
                let mut last = 0;
                while last < ROUNDS {
                    let first = surely.load(Ordering::SeqCst).max(last);
                    last = judge(verifier, headers).expect("a good delivery");
                    let newest = maybe.load(Ordering::SeqCst);
                    assert!((first..=newest).contains(&last), "{first} {last} {newest}");
                }
            });
        }
        for number in 1..=ROUNDS {
            maybe.store(number, Ordering::SeqCst);
            verifier.rotate(ring(number)).expect("a sound keyring");
            surely.store(number, Ordering::SeqCst);
        }
    });
}
