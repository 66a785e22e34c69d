//! A file for a secret that is about to be made.

use core::fmt;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::secret::Secret;

/// A new file for one secret, made before the secret is.
///
/// A provider shows the secret of a new webhook once. What can go wrong with a file – no folder, no
/// right, no room, a file that is there already – is therefore found out by [`create`](Self::create),
/// before the request that makes the secret is sent. Dropped without a secret, the file is removed.
///
/// It is made for its owner alone (mode 0600 on Unix, from the start), takes the place of nothing,
/// and follows no symbolic link in its own place.
/// [`Keyring::from_file`](crate::Keyring::from_file) and [`KeyFile`](crate::KeyFile) read it. It
/// blocks, as files do.
///
/// # Example
///
/// ```
/// use hookproof::{Keyring, Secret, SecretFile, Verifier, providers};
///
/// # let folder = std::env::temp_dir().join(format!("hookproof-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let path = folder.join("sendmux.secret");
/// let file = SecretFile::create(&path)?;
/// // … the webhook is created, and its answer has the secret …
/// let secret = Secret::new("whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc");
/// file.write(&secret)?;
///
/// let verifier = Verifier::new(&providers::SENDMUX, Keyring::from_file(&path)?)?;
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a file that no secret is written to is removed"]
pub struct SecretFile {
    path: PathBuf,
    file: File,
    written: bool,
}

/// As long as any secret that a provider makes, and a whole block of most disks.
const ROOM: [u8; 4096] = [b'\n'; 4096];

impl SecretFile {
    /// Makes the file, with room for a secret, and has its name in its folder reach the disk.
    ///
    /// # Errors
    ///
    /// Where there is something of that name, a dangling link included, or the file cannot be made.
    /// Nothing stays behind.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, SecretFileError> {
        let path = path.as_ref();
        let cannot = |why| SecretFileError::new(path, "cannot be made", why);
        let file = new_file().open(path).map_err(cannot)?;
        // From here on it is removed when it is dropped.
        let mut file = Self {
            path: path.to_owned(),
            file,
            written: false,
        };
        file.reserve().map_err(cannot)?;
        Ok(file)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the secret and a line break, and waits until they are on the disk.
    ///
    /// # Errors
    ///
    /// Where that fails in spite of the room. The file is removed, and the secret, which is still
    /// yours, is nowhere else: delete the webhook, or rotate its secret.
    pub fn write(mut self, secret: &Secret) -> Result<(), SecretFileError> {
        let line = Zeroizing::new([secret.expose(), "\n"].concat());
        self.replace(line.as_bytes())
            .map_err(|why| SecretFileError::new(&self.path, "cannot be written", why))?;
        self.written = true;
        Ok(())
    }

    /// A full disk is noticed here and not when there is a secret. Blank lines are no keyring.
    fn reserve(&mut self) -> io::Result<()> {
        self.replace(&ROOM)?;
        sync_folder_of(&self.path)
    }

    /// Written over what is there and then cut to its length, so that the room is used.
    fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.rewind()?;
        self.file.write_all(bytes)?;
        let length = u64::try_from(bytes.len()).map_err(io::Error::other)?;
        self.file.set_len(length)?;
        self.file.sync_all()
    }

    /// Whether the path still leads to the file that was made here.
    #[cfg(unix)]
    fn is_in_place(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        let made = self.file.metadata().map(id);
        let there = fs::symlink_metadata(&self.path).map(id);
        made.is_ok_and(|made| there.is_ok_and(|there| there == made))
    }

    /// The standard library cannot tell here.
    #[cfg(not(unix))]
    const fn is_in_place(&self) -> bool {
        true
    }
}

impl Drop for SecretFile {
    fn drop(&mut self) {
        if !self.written && self.is_in_place() {
            // Nobody could be told, and there is no secret in it.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl fmt::Debug for SecretFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// A file whose name is not on the disk is lost with the power, whatever is in it. Some file systems
/// cannot be asked, and keep names in their own way.
#[cfg(unix)]
fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match File::open(folder)?.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

/// Folders cannot be opened as files here.
#[cfg(not(unix))]
const fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Why a file of secrets cannot be made or written. It names the file and shows no secret.
#[derive(Debug)]
pub struct SecretFileError {
    path: PathBuf,
    what: &'static str,
    why: io::Error,
}

impl SecretFileError {
    fn new(path: &Path, what: &'static str, why: io::Error) -> Self {
        Self {
            path: path.to_owned(),
            what,
            why,
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the system says, such as [`AlreadyExists`](io::ErrorKind::AlreadyExists).
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.why.kind()
    }
}

impl fmt::Display for SecretFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        write!(f, "the file of secrets {path} {} ({})", self.what, self.why)
    }
}

impl Error for SecretFileError {}
