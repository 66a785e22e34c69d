//! A source of tenants' keys that does as a test tells it, and recalls what it was asked.

use std::collections::{HashMap, VecDeque};
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use hookproof::scheme::Encoding;
use hookproof::tenants::{KeySource, SourceError};
use hookproof::{Keyring, Secret};
use tokio::time::sleep;

use crate::support::signing::{encode, hmac};

/// What comes of a look-up.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// A keyring of these secrets, newest first.
    Keys(Vec<String>),
    Nobody,
    Fails,
    Hangs,
    Panics,
}

/// Copies are one source. It knows nobody until it is told.
#[derive(Clone, Default)]
pub(crate) struct Register(Arc<State>);

#[derive(Default)]
struct State {
    table: Mutex<Table>,
    under_way: AtomicUsize,
    most: AtomicUsize,
}

#[derive(Default)]
struct Table {
    tenants: HashMap<String, Act>,
    next: HashMap<String, VecDeque<Act>>,
    takes: Duration,
    asked: Vec<String>,
}

/// A secret that differs from tenant to tenant and is one in every key format but hex.
pub(crate) fn secret_of(tenant: &str) -> String {
    let key = hmac(b"the secrets of all tenants", tenant.as_bytes());
    format!("whsec_{}", encode(Encoding::Base64, &key))
}

impl Register {
    /// What comes of each look-up of a tenant from now on.
    pub(crate) fn set(&self, tenant: &str, act: Act) {
        self.table().tenants.insert(tenant.to_owned(), act);
    }

    /// What comes of the next ones, before that.
    pub(crate) fn next(&self, tenant: &str, acts: impl IntoIterator<Item = Act>) {
        let mut table = self.table();
        table
            .next
            .entry(tenant.to_owned())
            .or_default()
            .extend(acts);
    }

    /// Takes on a tenant under its own secret.
    pub(crate) fn add(&self, tenant: &str) {
        self.set(tenant, Act::Keys(vec![secret_of(tenant)]));
    }

    /// How long look-ups take that begin from now on. Their answer stands when they begin.
    pub(crate) fn takes(&self, time: Duration) {
        self.table().takes = time;
    }

    /// How many look-ups there were.
    pub(crate) fn asked(&self) -> usize {
        self.table().asked.len()
    }

    /// How many there were of that tenant.
    pub(crate) fn asked_for(&self, tenant: &str) -> usize {
        let table = self.table();
        table.asked.iter().filter(|name| *name == tenant).count()
    }

    /// How many are under way.
    pub(crate) fn under_way(&self) -> usize {
        self.0.under_way.load(Ordering::SeqCst)
    }

    /// How many were under way at once at most.
    pub(crate) fn most(&self) -> usize {
        self.0.most.load(Ordering::SeqCst)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.table.lock().expect("nothing panics under the lock")
    }
}

/// Counts down even where the look-up is dropped or panics.
struct UnderWay<'a>(&'a State);

impl<'a> UnderWay<'a> {
    fn new(state: &'a State) -> Self {
        let now = state.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        state.most.fetch_max(now, Ordering::SeqCst);
        Self(state)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

impl KeySource for Register {
    async fn keys(&self, tenant: &str) -> Result<Option<Keyring>, SourceError> {
        let _under_way = UnderWay::new(&self.0);
        let (act, takes) = {
            let mut table = self.table();
            table.asked.push(tenant.to_owned());
            let next = table.next.get_mut(tenant).and_then(VecDeque::pop_front);
            let act = next.or_else(|| table.tenants.get(tenant).cloned());
            (act.unwrap_or(Act::Nobody), table.takes)
        };
        if !takes.is_zero() {
            sleep(takes).await;
        }
        match act {
            Act::Keys(secrets) => {
                let secrets = secrets.into_iter().map(Secret::new);
                Ok(Some(Keyring::from_list(secrets)?))
            }
            Act::Nobody => Ok(None),
            Act::Fails => Err("as told".into()),
            Act::Hangs => pending().await,
            Act::Panics => panic!("as told"),
        }
    }
}
