//! Where tenants' keys come from.

use core::future::Future;
use core::pin::Pin;
use std::error::Error;

use crate::keys::Keyring;

/// What went wrong with a source: its text goes to the log, so it is to hold no secret.
pub type SourceError = Box<dyn Error + Send + Sync>;

/// Looks up a tenant's keys: in a database, a vault, a map.
///
/// Any `async fn(String) -> Result<Option<Keyring>, SourceError>` is one.
///
/// # Example
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::RwLock;
/// use hookproof::tenants::{KeySource, SourceError};
/// use hookproof::{Keyring, Secret};
///
/// /// The secret of each tenant, and the one before it.
/// #[derive(Default)]
/// struct Table(RwLock<HashMap<String, (String, Option<String>)>>);
///
/// impl KeySource for Table {
///     async fn keys(&self, tenant: &str) -> Result<Option<Keyring>, SourceError> {
///         let table = self.0.read().map_err(|_| "the table is poisoned")?;
///         Ok(table.get(tenant).map(|(newest, previous)| {
///             let keys = Keyring::new(Secret::new(newest.as_str()));
///             match previous {
///                 Some(previous) => keys.with_previous(Secret::new(previous.as_str())),
///                 None => keys,
///             }
///         }))
///     }
/// }
/// ```
pub trait KeySource: Send + Sync + 'static {
    /// The keys of a tenant; `None` where there is no such tenant.
    ///
    /// The name is what the sender wrote: 1 to 256 bytes without control characters, and otherwise
    /// anything. Compare it whole, in the case that it has.
    ///
    /// The future may be dropped at any await: at the deadline, or when the sender hangs up.
    ///
    /// # Errors
    ///
    /// Where it cannot be said whether there is such a tenant. The delivery is answered 503.
    fn keys(
        &self,
        tenant: &str,
    ) -> impl Future<Output = Result<Option<Keyring>, SourceError>> + Send;
}

impl<F, A> KeySource for F
where
    F: Fn(String) -> A + Send + Sync + 'static,
    A: Future<Output = Result<Option<Keyring>, SourceError>> + Send,
{
    fn keys(
        &self,
        tenant: &str,
    ) -> impl Future<Output = Result<Option<Keyring>, SourceError>> + Send {
        self(tenant.to_owned())
    }
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Option<Keyring>, SourceError>> + Send + 'a>>;

/// A source of whichever type.
pub(super) trait AnySource: Send + Sync + 'static {
    fn keys<'a>(&'a self, tenant: &'a str) -> Answer<'a>;
}

impl<S: KeySource> AnySource for S {
    fn keys<'a>(&'a self, tenant: &'a str) -> Answer<'a> {
        Box::pin(KeySource::keys(self, tenant))
    }
}
