//! `--store`: where handled deliveries are remembered.

use std::process;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hookproof::ConfigError;
use hookproof::replay::{MemoryStore, RedisStore, ReplayStore};

use crate::args::Args;

/// The store, as every endpoint is given it: `memory`, or the Redis at an address. An address may
/// hold a password, so it is not repeated in errors.
pub(crate) fn open(args: &Args) -> Result<Arc<dyn ReplayStore>, ConfigError> {
    Ok(match args.store.as_str() {
        "memory" => Arc::new(MemoryStore::default()),
        url if args.listen.is_some() => Arc::new(RedisStore::new(url)?),
        url => Arc::new(RedisStore::builder(url).key_prefix(of_this_run()).build()?),
    })
}

/// The example deliveries are the same at every run, so what is remembered of them must not
/// outlast one.
fn of_this_run() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanos = since.unwrap_or_default().as_nanos();
    format!("hookproof-example:{}-{nanos}:", process::id())
}
