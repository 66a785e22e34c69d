//! `--store`: where handled deliveries are remembered.

use std::str::FromStr;
use std::sync::Arc;

use hookproof::ConfigError;
use hookproof::replay::{MemoryStore, RedisStore, ReplayStore};

/// Which store.
#[derive(Clone, Debug, Default)]
pub(crate) enum Store {
    /// This process's memory.
    #[default]
    Memory,
    /// The Redis at this address.
    Redis(String),
}

impl Store {
    /// The store, as every endpoint is given it. Keys in Redis begin with the prefix.
    pub(crate) fn open(&self, prefix: &str) -> Result<Arc<dyn ReplayStore>, ConfigError> {
        Ok(match self {
            Self::Memory => Arc::new(MemoryStore::default()),
            Self::Redis(url) => Arc::new(RedisStore::builder(url).key_prefix(prefix).build()?),
        })
    }
}

impl FromStr for Store {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "memory" {
            return Ok(Self::Memory);
        }
        let store = Self::Redis(text.to_owned());
        match store.open("") {
            Ok(_) => Ok(store),
            Err(error) => Err(format!("neither memory nor an address of a Redis: {error}")),
        }
    }
}
