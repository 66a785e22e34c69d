//! Files for new secrets: made before the secret is, for their owner alone, and never half there.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use hookproof::{
    Delivery, KeyFile, Keyring, Secret, SecretFile, SecretFileError, Signer, Verifier, providers,
};

const SECRET: &str = "whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc";

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("hookproof-secret-file-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("secret")
    }

    fn is_empty(&self) -> bool {
        fs::read_dir(&self.0).expect("a folder").next().is_none()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The error of a file that cannot be made, which names it.
#[track_caller]
fn refused(path: &Path, kind: ErrorKind) -> SecretFileError {
    let error = SecretFile::create(path).expect_err("cannot be made");
    assert_eq!((error.kind(), error.path()), (kind, path));
    let text = error.to_string();
    assert!(text.contains(path.to_str().expect("UTF-8")), "{text}");
    error
}

#[test]
fn what_is_written_is_read_as_a_keyring_of_that_secret() {
    let folder = Folder::new("read");
    let file = SecretFile::create(folder.file()).expect("a file");
    file.write(&Secret::new(SECRET)).expect("written");
    let text = fs::read_to_string(folder.file()).expect("a file");
    assert_eq!(text, format!("{SECRET}\n"));

    let signer = Signer::new(&providers::SENDMUX, Secret::new(SECRET)).expect("a signer");
    let headers = signer.sign(b"{}").expect("signed");
    let once = Keyring::from_file(folder.file()).expect("a keyring");
    let followed = KeyFile::new(folder.file()).read().expect("a keyring");
    for keys in [once, followed] {
        let verifier = Verifier::new(&providers::SENDMUX, keys).expect("a verifier");
        let receipt = verifier.verify(Delivery::new(&headers, b"{}"));
        assert_eq!(receipt.expect("accepted").key(), "primary");
    }
}

#[test]
fn a_secret_longer_than_the_room_is_written_whole() {
    let folder = Folder::new("long");
    let long = "a".repeat(10_000);
    let file = SecretFile::create(folder.file()).expect("a file");
    file.write(&Secret::new(long.clone())).expect("written");
    let text = fs::read_to_string(folder.file()).expect("a file");
    assert_eq!(text, format!("{long}\n"));
}

/// Whoever looks too early must not begin with an empty key.
#[test]
fn a_file_that_waits_for_its_secret_is_no_keyring() {
    let folder = Folder::new("waits");
    let file = SecretFile::create(folder.file()).expect("a file");
    let error = Keyring::from_file(file.path()).expect_err("no secret yet");
    assert!(error.to_string().contains("no secret"), "{error}");
}

#[test]
fn a_file_without_a_secret_is_removed() {
    let folder = Folder::new("dropped");
    let file = SecretFile::create(folder.file()).expect("a file");
    assert!(folder.file().exists());
    drop(file);
    assert!(folder.is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_that_took_its_place_is_not_removed() {
    let folder = Folder::new("replaced");
    let file = SecretFile::create(folder.file()).expect("a file");
    let other = folder.0.join("other");
    fs::write(&other, "another's").expect("a file");
    fs::rename(&other, folder.file()).expect("renamed");
    drop(file);
    let text = fs::read_to_string(folder.file()).expect("a file");
    assert_eq!(text, "another's");
}

#[test]
fn a_file_that_is_there_is_refused_and_untouched() {
    let folder = Folder::new("there");
    fs::write(folder.file(), "the secret in use").expect("a file");
    refused(&folder.file(), ErrorKind::AlreadyExists);
    let text = fs::read_to_string(folder.file()).expect("a file");
    assert_eq!(text, "the secret in use");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_refused_wherever_it_leads() {
    let folder = Folder::new("link");
    let target = folder.0.join("target");
    std::os::unix::fs::symlink(&target, folder.file()).expect("a link");
    refused(&folder.file(), ErrorKind::AlreadyExists);
    assert!(!target.exists(), "a dangling link was followed");

    fs::write(&target, "the secret in use").expect("a file");
    refused(&folder.file(), ErrorKind::AlreadyExists);
    let text = fs::read_to_string(&target).expect("a file");
    assert_eq!(text, "the secret in use");
    assert!(folder.file().is_symlink());
}

#[test]
fn a_missing_folder_is_told_with_the_path() {
    let folder = Folder::new("missing");
    let error = refused(&folder.0.join("none/secret"), ErrorKind::NotFound);
    let text = format!("{error} {error:?}");
    assert!(text.contains("cannot be made"), "{text}");
    assert!(folder.is_empty());
}

#[test]
fn debug_shows_the_path_alone() {
    let folder = Folder::new("debug");
    let file = SecretFile::create(folder.file()).expect("a file");
    let path = folder.file();
    assert_eq!(
        format!("{file:?}"),
        format!("SecretFile {{ path: {path:?}, .. }}")
    );
}

#[cfg(unix)]
mod in_a_shell {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use super::*;

    /// Names the folder that a test works in when it runs in a shell of its own.
    const INSIDE: &str = "HOOKPROOF_SECRET_FILE_FOLDER";

    /// Runs a test of this program again, after a line of shell that changes the process.
    fn again(line: &str, test: &str, folder: &Folder) {
        let program = std::env::current_exe().expect("a program");
        let output = Command::new("sh")
            .args(["-c", &format!("{line}; exec \"$0\" --exact \"$1\"")])
            .arg(program)
            .arg(format!("in_a_shell::{test}"))
            .env(INSIDE, &folder.0)
            .output()
            .expect("a shell");
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && told.contains("1 passed"),
            "{told}"
        );
    }

    fn inside() -> Option<PathBuf> {
        std::env::var_os(INSIDE).map(|folder| PathBuf::from(folder).join("secret"))
    }

    fn mode(path: &Path) -> u32 {
        let metadata = fs::metadata(path).expect("a file");
        metadata.permissions().mode() & 0o7777
    }

    #[test]
    fn the_owner_alone_may_read_it_from_the_start() {
        if let Some(path) = inside() {
            let file = SecretFile::create(&path).expect("a file");
            assert_eq!(mode(&path), 0o600);
            file.write(&Secret::new(SECRET)).expect("written");
            assert_eq!(mode(&path), 0o600);
            return;
        }
        for umask in ["000", "022", "077"] {
            let folder = Folder::new(&format!("umask-{umask}"));
            again(
                &format!("umask {umask}"),
                "the_owner_alone_may_read_it_from_the_start",
                &folder,
            );
            assert_eq!(mode(&folder.file()), 0o600, "{umask}");
        }
    }

    /// No file may grow: as on a disk that is full.
    #[test]
    fn a_disk_without_room_is_noticed_before_there_is_a_secret() {
        if let Some(path) = inside() {
            let error = SecretFile::create(&path).expect_err("no room");
            assert!(error.to_string().contains("cannot be made"), "{error}");
            return;
        }
        let folder = Folder::new("full");
        again(
            "trap '' XFSZ; ulimit -f 0",
            "a_disk_without_room_is_noticed_before_there_is_a_secret",
            &folder,
        );
        assert!(folder.is_empty(), "a file stayed behind");
    }

    /// Room for the reservation and no more: as long as it is not outgrown, writing succeeds.
    #[test]
    fn a_write_that_fails_leaves_no_file_and_tells_no_secret() {
        if let Some(path) = inside() {
            let file = SecretFile::create(&path).expect("room for a secret");
            let long = SECRET.repeat(2_000);
            let error = file.write(&Secret::new(long)).expect_err("no room");
            let shown = format!("{error} {error:?} {error:#?}");
            assert!(shown.contains("cannot be written"), "{shown}");
            assert!(!shown.contains(&SECRET[..12]), "{shown}");
            return;
        }
        let folder = Folder::new("outgrown");
        again(
            // 8 blocks of 512 bytes, or of 1024 where the shell counts so.
            "trap '' XFSZ; ulimit -f 8",
            "a_write_that_fails_leaves_no_file_and_tells_no_secret",
            &folder,
        );
        assert!(folder.is_empty(), "a file stayed behind");
    }
}
