//! What is kept of a registered webhook.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::moment::Moment;
use crate::provider::Provider;

/// How long an answer may take, where nothing else is set.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A webhook that was registered at one of the providers. The five name their fields differently;
/// what they have in common stands here, the rest in `extra`, and the API of each renders it.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    /// The endpoint's id, in the provider's form.
    pub(crate) id: String,
    pub(crate) provider: Provider,
    /// As it was given.
    pub(crate) url: String,
    pub(crate) secret: SecretText,
    /// As they were given.
    pub(crate) events: Vec<String>,
    /// Its name, display name or description.
    pub(crate) name: Option<String>,
    /// Whether its owner has it switched on, and the provider has not switched it off.
    pub(crate) on: bool,
    /// Whether the provider gave up delivering to it: Sendmux's `failing`, and MailingAPI's.
    pub(crate) failing: bool,
    /// How often a failed delivery is tried again, where that can be set.
    pub(crate) retries: u32,
    /// How long an answer may take.
    pub(crate) timeout: Duration,
    /// Failed attempts since the last that succeeded.
    pub(crate) failures_in_a_row: u32,
    pub(crate) tally: Tally,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    /// Fields of one provider alone, such as its filters, under the names that it answers with.
    pub(crate) extra: Map<String, Value>,
}

impl Subscription {
    /// One that was just registered, with what is usual for whatever else can be set.
    pub(crate) fn new(
        provider: Provider,
        id: String,
        url: String,
        events: Vec<String>,
        secret: SecretText,
    ) -> Self {
        let now = Moment::now();
        Self {
            id,
            provider,
            url,
            secret,
            events,
            name: None,
            on: true,
            failing: false,
            retries: 0,
            timeout: TIMEOUT,
            failures_in_a_row: 0,
            tally: Tally::default(),
            created: now,
            updated: now,
            extra: Map::new(),
        }
    }

    /// A field of one provider alone, or `null`.
    pub(crate) fn extra(&self, field: &str) -> Value {
        self.extra.get(field).cloned().unwrap_or(Value::Null)
    }

    /// Switches it on or off. That it is switched on again forgives what failed before.
    pub(crate) fn switch(&mut self, on: bool) {
        if on && !self.on {
            self.failing = false;
            self.failures_in_a_row = 0;
        }
        self.on = on;
    }
}

/// What became of the attempts so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) attempts: u64,
    pub(crate) succeeded: u64,
    pub(crate) failed: u64,
    pub(crate) last_success: Option<Moment>,
    pub(crate) last_failure: Option<Moment>,
}

/// A secret, which does not stand in `Debug`.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct SecretText(String);

impl SecretText {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText([redacted])")
    }
}
