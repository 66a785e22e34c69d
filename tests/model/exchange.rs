//! Keys that are exchanged while deliveries are judged.

use bytes::Bytes;
use hookproof::VerifyErrorKind::{self, Mismatch};
use hookproof::{Delivery, Keyring, Secret, Signer, Verification, Verifier, providers};
use http::HeaderMap;
use loom::thread::{self, JoinHandle};

const BODY: &[u8] = br#"{"action":"opened"}"#;
const OLD: &str = "the secret of last year, of thirty bytes";
const NEW: &str = "the secret of this year, of thirty bytes";

/// What a delivery under the old secret gets, before the rotation, amid it and after it.
const BEFORE: Verdict = Ok("primary");
const AMID: Verdict = Ok("previous");
const AFTER: Verdict = Err(Mismatch);

type Verdict = Result<&'static str, VerifyErrorKind>;

fn amid() -> Keyring {
    Keyring::new(Secret::new(NEW)).with_previous(Secret::new(OLD))
}

/// A verifier under the old secret, and a delivery of it.
fn world() -> (Verifier, HeaderMap) {
    let scheme = &providers::GITHUB;
    let signer = Signer::new(scheme, Secret::new(OLD)).expect("a sound secret");
    let verifier = Verifier::new(scheme, Secret::new(OLD)).expect("a sound secret");
    (verifier, signer.sign(BODY).expect("signed"))
}

fn rotate(verifier: &Verifier, keys: impl Into<Keyring>) {
    verifier.rotate(keys).expect("a sound keyring");
}

/// Goes from one key to the other, as the documentation says.
fn rotation(verifier: &Verifier) -> JoinHandle<()> {
    let verifier = verifier.clone();
    thread::spawn(move || {
        rotate(&verifier, amid());
        rotate(&verifier, Secret::new(NEW));
    })
}

fn verdict(label: Result<&str, VerifyErrorKind>) -> Verdict {
    match label {
        Ok("primary") => BEFORE,
        Ok("previous") => AMID,
        Ok(other) => panic!("a key {other}"),
        Err(kind) => Err(kind),
    }
}

fn judge(verifier: &Verifier, headers: &HeaderMap) -> Verdict {
    let judged = verifier.verify(Delivery::new(headers, BODY));
    verdict(
        judged
            .as_ref()
            .map(|receipt| receipt.key())
            .map_err(|error| error.kind()),
    )
}

/// How far the rotation had come.
fn stage(verdict: Verdict) -> usize {
    let stages = [BEFORE, AMID, AFTER];
    let stage = stages.iter().position(|known| *known == verdict);
    stage.expect("the verdict of one of the rings, whole")
}

#[test]
fn deliveries_see_each_ring_whole_and_never_an_older_one_again() {
    loom::model(|| {
        let (verifier, headers) = world();
        let rotating = rotation(&verifier);
        let seen = [(); 3].map(|()| stage(judge(&verifier, &headers)));
        assert!(seen.is_sorted(), "{seen:?}");
        rotating.join().expect("a thread that ends well");
        assert_eq!(judge(&verifier, &headers), AFTER);
    });
}

#[test]
fn of_two_threads_neither_sees_an_older_ring_than_the_other_has_told_of() {
    loom::model(|| {
        let (verifier, headers) = world();
        let rotating = rotation(&verifier);
        let other = {
            let (verifier, headers) = (verifier.clone(), headers.clone());
            thread::spawn(move || stage(judge(&verifier, &headers)))
        };
        let told = other.join().expect("a thread that ends well");
        assert!(stage(judge(&verifier, &headers)) >= told);
        rotating.join().expect("a thread that ends well");
    });
}

/// The body in two frames.
fn finish(mut verification: Verification) -> Verdict {
    let (head, tail) = BODY.split_at(BODY.len() / 2);
    for frame in [head, tail] {
        let frame = Bytes::from_static(frame);
        verification.update(frame).expect("within the limit");
    }
    let proven = verification.finish();
    verdict(
        proven
            .as_ref()
            .map(|proven| proven.receipt().key())
            .map_err(|error| error.kind()),
    )
}

#[test]
fn a_delivery_under_way_ends_with_the_ring_that_it_began_with() {
    loom::model(|| {
        let (verifier, headers) = world();
        let begun = verifier.begin(&headers).expect("a good head");
        let rotating = rotation(&verifier);
        assert_eq!(finish(begun), BEFORE);
        rotating.join().expect("a thread that ends well");
    });
}

#[test]
fn of_two_rotations_at_once_one_ring_stays_and_it_is_whole() {
    loom::model(|| {
        let (verifier, headers) = world();
        let other = {
            let verifier = verifier.clone();
            thread::spawn(move || rotate(&verifier, amid()))
        };
        rotate(&verifier, Secret::new(NEW));
        other.join().expect("a thread that ends well");
        let last = judge(&verifier, &headers);
        assert_ne!(last, BEFORE);
        assert_eq!(judge(&verifier, &headers), last);
        let labels = verifier.labels();
        let known = if last == AMID {
            &["primary", "previous"][..]
        } else {
            &["primary"]
        };
        assert_eq!(labels, known);
    });
}
