//! The classes of difference. Each says by the delivery itself, and not by what was done to it, why
//! hookproof and a library come to different verdicts. `docs/strictness.md` has them all.

mod contents;
mod headers;
mod reading;
mod secrets;
mod signatures;
mod twilio;
mod vendors;

use crate::delivery::Incoming;
use crate::judges::Registry;

pub(crate) use vendors::Vendor;

/// A delivery that one takes and the other refuses.
pub(crate) struct Difference<'d> {
    pub(crate) delivery: &'d Incoming,
    pub(crate) registry: Registry,
    /// `accept`, or why hookproof refuses.
    pub(crate) hookproof: &'d str,
}

impl Difference<'_> {
    fn preset(&self) -> &'static str {
        self.delivery.scheme.slug()
    }

    /// What the library does: hookproof does the other.
    pub(crate) fn library(&self) -> Library {
        match self.hookproof {
            "accept" => Library::Refuses,
            _ => Library::Takes,
        }
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Library {
    Refuses,
    Takes,
}

pub(crate) struct Class {
    pub(crate) name: &'static str,
    pub(crate) library: Library,
    /// The libraries that differ so.
    pub(crate) of: &'static [Vendor],
    when: fn(&Difference<'_>) -> bool,
}

impl Class {
    /// Hookproof is the stricter one.
    const fn takes(
        name: &'static str,
        of: &'static [Vendor],
        when: fn(&Difference<'_>) -> bool,
    ) -> Self {
        Self {
            name,
            library: Library::Takes,
            of,
            when,
        }
    }

    /// The library is the stricter one.
    const fn refuses(
        name: &'static str,
        of: &'static [Vendor],
        when: fn(&Difference<'_>) -> bool,
    ) -> Self {
        Self {
            name,
            library: Library::Refuses,
            of,
            when,
        }
    }

    fn explains(&self, it: &Difference<'_>) -> bool {
        self.library == it.library()
            && self.of.contains(&(it.preset(), it.registry))
            && (self.when)(it)
    }
}

/// All classes. Of several that explain a difference the first is named.
pub(crate) fn all() -> impl Iterator<Item = &'static Class> {
    let all = [
        secrets::CLASSES,
        headers::CLASSES,
        signatures::CLASSES,
        contents::CLASSES,
        twilio::CLASSES,
    ];
    all.into_iter().flatten()
}

pub(crate) fn explaining(difference: &Difference<'_>) -> Option<&'static Class> {
    all().find(|class| class.explains(difference))
}
