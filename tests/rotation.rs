//! Rotation: keys exchanged while deliveries are under way, keys that end, and where keys come from.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

mod support;

#[path = "rotation/expiry.rs"]
mod expiry;
#[path = "rotation/files.rs"]
mod files;
#[cfg(all(feature = "tower", feature = "tracing"))]
#[path = "rotation/follow.rs"]
mod follow;
#[path = "rotation/labels.rs"]
mod labels;
#[cfg(feature = "tower")]
#[path = "rotation/load.rs"]
mod load;
#[path = "rotation/swap.rs"]
mod swap;
#[path = "rotation/variables.rs"]
mod variables;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use hookproof::{Clock, Keyring, Secret, UnixTime, Verifier, VerifyErrorKind, providers};
use support::delivered::{Delivered, kind};

/// Usable under every key format.
const SECRETS: [&str; 3] = [
    "1111111111111111222222222222222233333333333333334444444444444444",
    "5555555555555555666666666666666677777777777777778888888888888888",
    "99999999999999990000000000000000aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb",
];

fn secret(nth: usize) -> Secret {
    Secret::new(SECRETS[nth])
}

/// A delivery signed with one of the secrets, before that verifier, whatever its keys are by then.
fn signed(nth: usize, verifier: &Verifier) -> Delivered {
    let mut delivered = Delivered::signed(verifier.scheme());
    delivered.secret = SECRETS[nth].to_owned();
    delivered.sign();
    delivered.verifier = verifier.clone();
    delivered
}

/// Under which label each of the secrets is in force.
fn in_force(verifier: &Verifier) -> [Result<String, VerifyErrorKind>; 3] {
    core::array::from_fn(|nth| matched(&signed(nth, verifier)))
}

/// The label of the key that matched.
fn matched(delivered: &Delivered) -> Result<String, VerifyErrorKind> {
    let receipt = delivered.judge();
    kind(&receipt)?;
    Ok(receipt.expect("accepted").key().to_owned())
}

/// A verifier that takes the keyring's secrets as they are.
fn github(keys: Keyring) -> Verifier {
    Verifier::new(&providers::GITHUB, keys).expect("a sound keyring")
}

/// A clock that a test moves.
#[derive(Clone, Debug)]
struct Moved(Arc<AtomicI64>);

impl Moved {
    fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    fn to(&self, seconds: i64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for Moved {
    fn now(&self) -> Option<UnixTime> {
        Some(UnixTime::from_secs(self.0.load(Ordering::SeqCst)))
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

/// A folder of a test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("hookproof-rotation-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file elsewhere and moves it into place.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let (draft, path) = (self.path("draft"), self.path(name));
        fs::write(&draft, content).expect("written");
        fs::rename(&draft, &path).expect("moved");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
