//! Collects all that anybody is told of deliveries: hooks, callers, senders, and whoever reads the
//! message of a panic.

use std::cell::Cell;
use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::panic;
use std::sync::{Arc, Mutex, Once};

use hookproof::EndpointBuilder;

use crate::drivers::Outward;

/// Copies are one.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<Vec<u8>>>);

impl Told {
    pub(crate) fn add(&self, text: &[u8]) {
        let mut all = self.0.lock().expect("nothing panics under the lock");
        all.extend_from_slice(text);
        all.push(b'\n');
    }

    pub(crate) fn all(&self) -> Vec<u8> {
        self.0
            .lock()
            .expect("nothing panics under the lock")
            .clone()
    }

    pub(crate) fn print(&self, what: &dyn Debug) {
        self.add(format!("{what:?}\n{what:#?}").as_bytes());
    }

    /// An error with all that caused it.
    pub(crate) fn error(&self, error: &(dyn Error + 'static)) {
        let mut text = String::new();
        let mut next = Some(error);
        while let Some(error) = next {
            writeln!(text, "{error}\n{error:?}\n{error:#?}").expect("room");
            next = error.source();
        }
        self.add(text.as_bytes());
    }

    /// What a sender is answered.
    pub(crate) fn answer(&self, (status, headers, body): &Outward) {
        self.add(status.to_string().as_bytes());
        for (name, value) in headers {
            self.add(name.as_str().as_bytes());
            self.add(value.as_bytes());
        }
        self.add(body);
    }

    /// An endpoint of which every hook tells all that it can.
    pub(crate) fn by_hooks(&self, builder: EndpointBuilder) -> EndpointBuilder {
        let (refused, accepted, unhandled) = (self.clone(), self.clone(), self.clone());
        self.print(&builder);
        builder
            .on_refusal(move |refusal| {
                refused.print(refusal);
                refused.error(refusal.error());
                refused.add(refusal.error().tenant().unwrap_or_default().as_bytes());
            })
            .on_accept(move |receipt| {
                accepted.print(receipt);
                accepted.print(&receipt.scheme());
            })
            .on_unhandled(move |told| {
                unhandled.print(told);
                unhandled.print(told.proven());
            })
    }
}

thread_local! {
    /// Where this thread's panics go to.
    static PANICS: Cell<Option<Told>> = const { Cell::new(None) };
}

/// Sends the messages of this thread's panics there, from now on.
pub(crate) fn collect_panics(told: &Told) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| match PANICS.take() {
            Some(told) => {
                told.add(info.to_string().as_bytes());
                told.print(info);
                PANICS.set(Some(told));
            }
            None => before(info),
        }));
    });
    PANICS.set(Some(told.clone()));
}

/// From now on this thread's panics are shown as ever.
pub(crate) fn show_panics() {
    PANICS.set(None);
}
