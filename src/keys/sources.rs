//! Where keyrings come from: the environment, and files that change.

use core::fmt;
use std::env;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Keyring;
use crate::error::ConfigError;
use crate::secret::Secret;

/// The longest file, in bytes: sixteen secrets are far shorter.
const MAX_FILE: u64 = 64 * 1024;

impl Keyring {
    /// The secrets in an environment variable and in those that hold older ones: `NAME`,
    /// `NAME_PREVIOUS`, `NAME_PREVIOUS_2` and so on, up to the first that is not set or empty.
    ///
    /// # Errors
    ///
    /// `bad-secret`, naming the variable, where the first is not set or one is not UTF-8.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use hookproof::{Keyring, Verifier, providers};
    ///
    /// // STRIPE_SECRET, and STRIPE_SECRET_PREVIOUS during a rotation
    /// let verifier = Verifier::new(&providers::STRIPE, Keyring::from_env("STRIPE_SECRET")?)?;
    /// # Ok::<(), hookproof::ConfigError>(())
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, ConfigError> {
        let mut keys = Self::new(Secret::from_env(variable)?);
        // One more than fits, so that too many are refused and not passed over.
        for nth in 1..=Self::MAX_KEYS {
            let older = match nth {
                1 => format!("{variable}_PREVIOUS"),
                nth => format!("{variable}_PREVIOUS_{nth}"),
            };
            if env::var_os(&older).is_none_or(|text| text.is_empty()) {
                break;
            }
            keys = keys.with_previous(Secret::from_env(&older)?);
        }
        Ok(keys)
    }

    /// The secrets in a file, one a line, newest first; a public key in PEM is one, on its lines.
    ///
    /// # Errors
    ///
    /// `bad-secret`, naming the file, where it cannot be read, is not UTF-8, has a blank line, holds
    /// nothing or more than 64 KiB.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        keyring(path, &bytes(path)?)
    }
}

/// A file of secrets that is read again when it changes, such as a mounted secret.
///
/// One secret a line or PEM block, newest first, as [`Keyring::from_file`] reads it. What counts as a change is
/// the content, so that a link that is exchanged, as Kubernetes does, is noticed as well.
///
/// `Verifier::follow` looks at it from time to time.
pub struct KeyFile {
    path: PathBuf,
    /// A digest of what was read last.
    last: Option<[u8; 32]>,
}

/// How long a changed file must stay as it is before it counts: it may be half written.
const SETTLED: Duration = Duration::from_millis(100);

impl KeyFile {
    /// A file that has not been read yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            last: None,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file. Blocks for as long as that takes.
    ///
    /// # Errors
    ///
    /// As [`Keyring::from_file`].
    pub fn read(&mut self) -> Result<Keyring, ConfigError> {
        let bytes = bytes(&self.path)?;
        self.last = Some(digest(&bytes));
        keyring(&self.path, &bytes)
    }

    /// Reads the file if it has changed since it was read last. `None`: it has not, or it is still
    /// changing. Blocks for as long as reading takes, and for a tenth of a second where it has
    /// changed: what is not the same after that is half written.
    ///
    /// # Errors
    ///
    /// As [`Keyring::from_file`]; once for each content that cannot be used.
    pub fn read_if_changed(&mut self) -> Result<Option<Keyring>, ConfigError> {
        let seen = digest(&bytes(&self.path)?);
        if self.last == Some(seen) {
            return Ok(None);
        }
        sleep(SETTLED);
        let bytes = bytes(&self.path)?;
        if digest(&bytes) != seen {
            return Ok(None);
        }
        self.last = Some(seen);
        keyring(&self.path, &bytes).map(Some)
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn keyring(path: &Path, bytes: &[u8]) -> Result<Keyring, ConfigError> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_FILE) {
        return Err(unusable(path, "is longer than 64 KiB"));
    }
    let text = core::str::from_utf8(bytes).map_err(|_| unusable(path, "is not UTF-8"))?;
    if text.is_empty() {
        return Err(unusable(path, "holds no secret"));
    }
    if let Some(nth) = text.lines().position(|line| line.trim().is_empty()) {
        return Err(unusable(
            path,
            &format!("has no secret in line {}", nth + 1),
        ));
    }
    Keyring::from_list(secrets(text).map(Secret::new))
}

/// One secret a line, but for public keys in PEM: from its first line to its last it is one.
fn secrets(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let line = rest.lines().next()?;
        let ends = |line: &str| line.starts_with("-----END ");
        let length = match rest.split_inclusive('\n').position(ends) {
            Some(last) if line.starts_with("-----BEGIN ") => {
                let lines = rest.split_inclusive('\n').take(last + 1);
                lines.map(str::len).sum()
            }
            _ => rest.split_inclusive('\n').next().map_or(0, str::len),
        };
        let (secret, after) = rest.split_at_checked(length)?;
        rest = after;
        // As `lines` does.
        let secret = secret.strip_suffix('\n').unwrap_or(secret);
        Some(secret.strip_suffix('\r').unwrap_or(secret))
    })
}

/// The whole file, or one byte more than is allowed, in memory that is wiped.
fn bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, ConfigError> {
    let cannot = |error: io::Error| unusable(path, &format!("cannot be read ({error})"));
    let file = File::open(path).map_err(cannot)?;
    // Room for all of it at once: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024 + 1));
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    Ok(bytes)
}

fn unusable(path: &Path, why: &str) -> ConfigError {
    ConfigError::secret(format!("the file of secrets {} {why}", path.display()))
}
