//! What is done to deliveries, by providers, proxies and others.

mod contents;
mod headers;
mod items;
mod secrets;
mod stamps;
mod twilio;

use fastrand::Rng;
use hookproof::scheme::Scheme;

use crate::draft::Draft;

/// One thing that is done to a delivery.
#[derive(Clone, Copy)]
pub(crate) struct Change {
    pub(crate) name: &'static str,
    pub(crate) when: When,
    /// Whether it can be done to deliveries of a scheme.
    pub(crate) of: fn(&Scheme) -> bool,
    pub(crate) make: fn(&mut Draft, &mut Rng),
}

#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum When {
    /// Before it is signed.
    Content,
    /// To the items of its signature.
    Items,
    /// At the end.
    Headers,
}

impl Change {
    const fn new(
        name: &'static str,
        when: When,
        of: fn(&Scheme) -> bool,
        make: fn(&mut Draft, &mut Rng),
    ) -> Self {
        Self {
            name,
            when,
            of,
            make,
        }
    }
}

/// All that can be done to deliveries of a scheme.
pub(crate) fn of(scheme: &Scheme) -> Vec<Change> {
    let all = [
        contents::CHANGES,
        headers::CHANGES,
        items::CHANGES,
        secrets::CHANGES,
        stamps::CHANGES,
        twilio::CHANGES,
    ];
    let all = all.into_iter().flatten().copied();
    all.filter(|change| (change.of)(scheme)).collect()
}

fn any(_: &Scheme) -> bool {
    true
}

fn has_base64_secret(scheme: &Scheme) -> bool {
    matches!(scheme.slug(), "standard-webhooks" | "svix")
}

fn has_stamp(scheme: &Scheme) -> bool {
    scheme.timestamp().is_some()
}

/// Whether its signature is a list of items.
fn is_list(scheme: &Scheme) -> bool {
    crate::delivery::separator(scheme).is_some()
}

fn is_twilio(scheme: &Scheme) -> bool {
    crate::delivery::is_twilio(scheme)
}

fn signs_bytes(scheme: &Scheme) -> bool {
    !is_twilio(scheme)
}
