//! What the public types can do anywhere: threads, copies, `Debug`, and their size.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::mem::size_of;

use hookproof::scheme::{
    About, AfterClientError, Confidence, Encoding, Family, Grammar, KeyFormat, Part, Place,
    ReplayId, Retries, Scheme, SchemeBuilder, Timestamp,
};
use hookproof::{
    Answer, Answers, ConfigError, ConfigErrorKind, Delivery, Endpoint, EndpointBuilder, Head,
    Keyring, Proven, Receipt, Refusal, ReplayDecided, ReplayUndecided, Secret, SecretFile,
    SecretFileError, SignError, Signer, SystemClock, Tolerance, UnixTime, Unsigned, Verification,
    Verifier, VerifyError, VerifyErrorKind,
};

/// Can be moved to any thread and shared between threads, and says something of itself.
fn travels<T: Debug + Send + Sync>() {}

fn owned<T: Debug + Send + Sync + Unpin + 'static>() {}

fn cloned<T: Clone + Debug + Send + Sync + Unpin + 'static>() {}

fn copied<T: Copy + Debug + Send + Sync + Unpin + 'static>() {}

fn compared<T: Copy + Debug + Eq + Send + Sync + Unpin + 'static>() {}

fn keyed<T: Copy + Debug + Display + Eq + Hash + Send + Sync + 'static>() {}

fn failed<T: Error + Send + Sync + Unpin + 'static>() {}

#[test]
fn proofs_and_verifiers_are_cloned_and_sent() {
    cloned::<Endpoint>();
    cloned::<Proven>();
    cloned::<Receipt>();
    cloned::<Verifier>();
}

#[test]
fn what_is_used_up_is_sent() {
    owned::<EndpointBuilder<ReplayDecided>>();
    owned::<EndpointBuilder<ReplayUndecided>>();
    owned::<Keyring>();
    owned::<Secret>();
    owned::<SecretFile>();
    owned::<Signer>();
    owned::<Verification>();
}

#[test]
fn what_borrows_is_copied_and_sent() {
    fn borrows<'a, T: Copy + 'a>() {}
    travels::<Delivery<'_>>();
    travels::<Head<'_>>();
    travels::<Refusal<'_>>();
    borrows::<Delivery<'_>>();
    borrows::<Head<'_>>();
    borrows::<Refusal<'_>>();
}

#[test]
fn errors_are_errors() {
    failed::<ConfigError>();
    failed::<SecretFileError>();
    failed::<SignError>();
    failed::<VerifyError>();
    keyed::<ConfigErrorKind>();
    keyed::<VerifyErrorKind>();
    compared::<SignError>();
}

#[test]
fn facts_are_copied_and_compared() {
    compared::<Scheme>();
    copied::<SchemeBuilder>();
    copied::<SystemClock>();
    compared::<About>();
    compared::<AfterClientError>();
    compared::<Answer>();
    cloned::<Answers>();
    compared::<Confidence>();
    compared::<Encoding>();
    compared::<Family>();
    compared::<Grammar>();
    compared::<KeyFormat>();
    compared::<Part>();
    compared::<Place>();
    compared::<ReplayId>();
    compared::<Retries>();
    compared::<Timestamp>();
    compared::<Tolerance>();
    compared::<UnixTime>();
    compared::<Unsigned<&'static str>>();
}

#[cfg(feature = "tower")]
#[test]
fn layers_and_bodies_are_sent() {
    cloned::<hookproof::VerifyLayer>();
    owned::<hookproof::VerifiedBody>();
}

#[cfg(feature = "axum")]
#[test]
fn extractors_are_sent() {
    cloned::<hookproof::axum::VerifiedBytes>();
    cloned::<hookproof::axum::VerifiedRejection>();
    failed::<hookproof::axum::VerifiedRejection>();
}

#[cfg(feature = "config")]
#[test]
fn files_of_schemes_are_sent_and_their_errors_are_errors() {
    cloned::<hookproof::config::Schemes>();
    cloned::<hookproof::config::Fault>();
    failed::<hookproof::config::SchemesError>();
    compared::<hookproof::config::Format>();
    keyed::<hookproof::config::SchemesErrorKind>();
}

/// They are moved and cloned for every delivery. The bounds leave room for some fields more.
#[test]
fn proofs_stay_small() {
    for (what, size, bound) in [
        ("Receipt", size_of::<Receipt>(), 160),
        ("Proven", size_of::<Proven>(), 192),
        ("Verifier", size_of::<Verifier>(), 64),
        ("Verification", size_of::<Verification>(), 576),
        ("VerifyError", size_of::<VerifyError>(), 80),
        ("Endpoint", size_of::<Endpoint>(), size_of::<usize>()),
    ] {
        assert!(size <= bound, "{what} has {size} bytes");
    }
}
