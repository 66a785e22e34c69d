//! Memcheck as a witness: what is marked undefined is secret to it, and every branch and every index
//! that depends on a secret is an error that it counts.

use std::hint::black_box;

use crabgrind::memcheck::{MemState, mark_mem};
use crabgrind::{RunMode, count_errors, disable_error_reporting, enable_error_reporting, run_mode};
use hookproof::Secret;

/// Whether this program runs under valgrind.
pub fn is_watching() -> bool {
    run_mode() == RunMode::Valgrind
}

/// From now on nothing is seen but what is [`counted`]: to read a secret when a verifier is made takes
/// decisions, once, before there is a delivery.
pub fn look_away() {
    disable_error_reporting();
}

/// Marks bytes as secret. What is computed from them is secret, too, wherever it goes.
pub fn make_secret(bytes: &[u8]) {
    let bytes = black_box(bytes);
    let start = bytes.as_ptr().cast_mut().cast();
    // This version takes the answer the wrong way round. Whether it worked is seen in the counts: a
    // verdict without a secret has none.
    let _ = mark_mem(start, bytes.len(), MemState::Undefined);
}

/// A secret, of which memcheck knows.
pub fn secret(text: &str) -> Secret {
    let text = black_box(text.to_owned());
    make_secret(text.as_bytes());
    Secret::new(text)
}

/// How many branches and indices depended on a secret while something ran, each as often as it was
/// reached.
pub fn counted<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = count_errors();
    enable_error_reporting();
    let result = run();
    disable_error_reporting();
    (result, count_errors() - before)
}
