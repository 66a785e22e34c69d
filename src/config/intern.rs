//! What a file says, kept for good: a scheme holds `&'static` data only.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::scheme::{FormJson, Part, Scheme};

/// Everything that was ever read, each distinct thing once.
static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Kept {
    texts: HashSet<&'static str>,
    names: Vec<&'static [&'static str]>,
    pairs: Vec<&'static [(&'static str, &'static str)]>,
    form_json: Vec<&'static FormJson>,
    contents: Vec<&'static [Part]>,
    schemes: Vec<&'static Scheme>,
}

pub(super) fn text(text: &str) -> &'static str {
    with(|kept| {
        if let Some(known) = kept.texts.get(text) {
            return *known;
        }
        let text: &'static str = Box::leak(text.into());
        kept.texts.insert(text);
        text
    })
}

pub(super) fn names(names: &[&'static str]) -> &'static [&'static str] {
    with(|kept| once(&mut kept.names, names.into()))
}

pub(super) fn pairs(
    pairs: &[(&'static str, &'static str)],
) -> &'static [(&'static str, &'static str)] {
    with(|kept| once(&mut kept.pairs, pairs.into()))
}

pub(super) fn form_json(at: FormJson) -> &'static FormJson {
    with(|kept| once(&mut kept.form_json, Box::new(at)))
}

pub(super) fn content(parts: &[Part]) -> &'static [Part] {
    with(|kept| once(&mut kept.contents, parts.into()))
}

pub(super) fn scheme(scheme: Scheme) -> &'static Scheme {
    with(|kept| once(&mut kept.schemes, Box::new(scheme)))
}

/// A search from end to end: files are read at set-up, and hold schemes by the dozen.
fn once<T: PartialEq + ?Sized>(kept: &mut Vec<&'static T>, thing: Box<T>) -> &'static T {
    if let Some(known) = kept.iter().find(|known| ***known == *thing) {
        return known;
    }
    let thing: &'static T = Box::leak(thing);
    kept.push(thing);
    thing
}

/// Nothing is left half-done where a thread dies with the lock: each step adds one thing.
fn with<T>(run: impl FnOnce(&mut Kept) -> T) -> T {
    run(&mut KEPT.lock().unwrap_or_else(PoisonError::into_inner))
}
