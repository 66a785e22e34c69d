//! Keyrings from files, and files that change.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hookproof::VerifyErrorKind::Mismatch;
use hookproof::{ConfigError, ConfigErrorKind, KeyFile, Keyring, Verifier, providers};

use super::{Folder, SECRETS, github, in_force};

/// Stands in contents that cannot be used, and must not show.
const CANARY: &str = "canary-in-a-file";

/// A file's error: its kind, its path, and nothing of its content.
#[track_caller]
fn unusable(error: &ConfigError, path: &Path, why: &str) {
    assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
    let text = error.to_string();
    let path = path.to_str().expect("UTF-8");
    assert!(text.contains(path) && text.contains(why), "{text}");
    let shown = format!("{text} {error:?} {error:#?}");
    assert!(!shown.contains(&CANARY[..6]), "{shown}");
}

/// Which of the three secrets are in force: their labels, or a dash.
fn labels(keys: Keyring) -> [String; 3] {
    in_force(&github(keys)).map(|matched| match matched {
        Err(Mismatch) => "-".to_owned(),
        matched => matched.expect("accepted"),
    })
}

fn lines(secrets: &[usize]) -> String {
    let lines = secrets.iter().map(|&nth| format!("{}\n", SECRETS[nth]));
    lines.collect()
}

/// What a file is after it has changed.
#[track_caller]
fn changed(file: &mut KeyFile) -> [String; 3] {
    let keys = file.read_if_changed().expect("a usable file");
    labels(keys.expect("a change"))
}

#[track_caller]
fn unchanged(file: &mut KeyFile) {
    let keys = file.read_if_changed().expect("a usable file");
    assert!(keys.is_none(), "{keys:?}");
}

#[test]
fn a_file_has_a_secret_a_line_newest_first() {
    let folder = Folder::new("lines");
    let [a, b, c] = SECRETS;
    for text in [
        format!("{c}\n{a}\n{b}\n"),
        format!("{c}\n{a}\n{b}"),
        format!("{c}\r\n{a}\r\n{b}\r\n"),
        format!("{c}\r\n{a}\r\n{b}"),
        format!("{c}\r\n{a}\n{b}\n"),
    ] {
        let path = folder.write("secrets", &text);
        let expected = ["previous", "previous-2", "primary"];
        assert_eq!(labels(Keyring::from_file(&path).expect("usable")), expected);
        let mut file = KeyFile::new(&path);
        assert_eq!(labels(file.read().expect("usable")), expected, "{text:?}");
    }
}

#[test]
fn one_line_is_a_secret_alone() {
    let folder = Folder::new("one");
    for end in ["", "\n", "\r\n"] {
        let path = folder.write("secret", format!("{}{end}", SECRETS[0]));
        let keys = Keyring::from_file(path).expect("usable");
        assert!(keys.labels().eq(["primary"]));
        assert_eq!(labels(keys), ["primary", "-", "-"], "{end:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_not_shown() {
    let folder = Folder::new("unusable");
    let not_utf_8 = [CANARY.as_bytes(), b"\xff\n"].concat();
    let long = format!("{CANARY}\n").repeat(64 * 1024 / CANARY.len());
    let cases = [
        (folder.path("absent"), "cannot be read"),
        (folder.0.clone(), "cannot be read"),
        (folder.write("empty", ""), "holds no secret"),
        (folder.write("latin-1", not_utf_8), "is not UTF-8"),
        (folder.write("long", long), "is longer than 64 KiB"),
    ];
    for (path, why) in cases {
        let error = Keyring::from_file(&path).expect_err(why);
        unusable(&error, &path, why);
        unusable(&KeyFile::new(&path).read().expect_err(why), &path, why);
        let looked = KeyFile::new(&path).read_if_changed();
        unusable(&looked.expect_err(why), &path, why);
    }
}

#[test]
fn a_file_of_64_kib_is_taken_and_not_one_byte_more() {
    let folder = Folder::new("longest");
    let text = "a".repeat(64 * 1024 - 1) + "\n";
    let path = folder.write("secret", &text);
    github(Keyring::from_file(path).expect("64 KiB"));
    let path = folder.write("secret", format!("a{text}"));
    let error = Keyring::from_file(&path).expect_err("a byte more");
    unusable(&error, &path, "is longer than 64 KiB");
}

/// A blank line is a secret that is missing.
#[test]
fn a_blank_line_is_refused_by_file_and_number() {
    let folder = Folder::new("missing");
    let [a, b, _] = SECRETS;
    for (text, line) in [
        (format!("{a}\n\n"), 2),
        (format!("{a}\n\n{b}\n"), 2),
        (format!("{a}\r\n\r\n"), 2),
        (format!("{a}\n{b}\n \n"), 3),
        (format!("\n{a}\n"), 1),
        ("\n".to_owned(), 1),
        ("\r\n".to_owned(), 1),
    ] {
        let path = folder.write("secrets", &text);
        let error = Keyring::from_file(&path).expect_err(&text);
        assert_eq!(error.kind(), ConfigErrorKind::BadSecret, "{text:?}");
        let shown = error.to_string();
        let end = format!("has no secret in line {line}");
        assert!(
            shown.contains("secrets") && shown.ends_with(&end),
            "{shown}"
        );
        assert!(!shown.contains(&a[..8]));
    }
}

/// What is invisible would be part of a key.
#[test]
fn a_line_that_is_no_secret_is_refused_by_its_label() {
    let folder = Folder::new("blank");
    let [a, b, _] = SECRETS;
    for (text, label) in [
        (format!("\u{feff}{a}\n{b}\n"), Some("primary")),
        (format!("{a} \n{b}\n"), Some("primary")),
        (format!("{a}\r{b}\n"), None),
        (format!("{a}\n${{{CANARY}}}\n"), Some("previous")),
    ] {
        let path = folder.write("secrets", &text);
        let keys = Keyring::from_file(path).expect("readable");
        let error = Verifier::new(&providers::GITHUB, keys).expect_err(&text);
        assert_eq!(error.kind(), ConfigErrorKind::BadSecret, "{text:?}");
        assert_eq!(error.key(), label, "{text:?}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(&a[..8]) && !shown.contains(CANARY));
    }
}

#[test]
fn a_file_of_seventeen_secrets_is_refused_by_the_verifier() {
    let folder = Folder::new("seventeen");
    let text: String = (0..17).map(|nth| format!("{nth:064x}\n")).collect();
    let keys = Keyring::from_file(folder.write("secrets", text)).expect("readable");
    let error = Verifier::new(&providers::GITHUB, keys).expect_err("17 keys");
    assert_eq!(error.kind(), ConfigErrorKind::BadKeyring);
}

#[test]
fn a_key_file_shows_its_path_and_no_secret() {
    let folder = Folder::new("debug");
    let path = folder.write("secrets", lines(&[0, 1]));
    let mut file = KeyFile::new(&path);
    assert_eq!(file.path(), path);
    file.read().expect("usable");
    let shown = format!("{file:?} {file:#?}");
    assert!(shown.contains(path.to_str().expect("UTF-8")), "{shown}");
    // Neither the secrets nor what tells whether they have changed, as a list of numbers.
    assert!(!shown.contains(&SECRETS[0][..8]) && !shown.contains("last"));
}

#[test]
fn a_file_that_was_not_read_counts_as_changed() {
    let folder = Folder::new("first");
    let mut file = KeyFile::new(folder.write("secrets", lines(&[0])));
    assert_eq!(changed(&mut file), ["primary", "-", "-"]);
    unchanged(&mut file);
}

#[test]
fn only_another_content_is_a_change() {
    let folder = Folder::new("content");
    let path = folder.write("secrets", lines(&[0]));
    let mut file = KeyFile::new(&path);
    file.read().expect("usable");
    unchanged(&mut file);
    folder.write("secrets", lines(&[0]));
    unchanged(&mut file);
    fs::write(&path, lines(&[0])).expect("written");
    unchanged(&mut file);

    folder.write("secrets", lines(&[1, 0]));
    assert_eq!(changed(&mut file), ["previous", "primary", "-"]);
    unchanged(&mut file);
    // The same length, and in place.
    fs::write(&path, lines(&[2, 0])).expect("written");
    assert_eq!(changed(&mut file), ["previous", "-", "primary"]);
    folder.write("secrets", lines(&[1, 0]));
    assert_eq!(changed(&mut file), ["previous", "primary", "-"]);
    unchanged(&mut file);
}

#[cfg(unix)]
#[test]
fn a_link_that_is_exchanged_is_noticed() {
    let folder = Folder::new("link");
    let path = mounted(&folder, 1, &lines(&[0]));
    let mut file = KeyFile::new(path);
    assert_eq!(changed(&mut file), ["primary", "-", "-"]);
    unchanged(&mut file);
    mounted(&folder, 2, &lines(&[1, 0]));
    assert_eq!(changed(&mut file), ["previous", "primary", "-"]);
    unchanged(&mut file);
    // Another folder with the same content is no change.
    mounted(&folder, 3, &lines(&[1, 0]));
    unchanged(&mut file);
}

/// A secret as Kubernetes mounts it: the file is a link through `..data`, a link to a folder that is
/// exchanged as a whole.
#[cfg(unix)]
pub(super) fn mounted(folder: &Folder, version: u32, text: &str) -> std::path::PathBuf {
    use std::os::unix::fs::symlink;
    let name = format!("..version-{version}");
    fs::create_dir(folder.path(&name)).expect("a folder");
    fs::write(folder.path(&name).join("secret"), text).expect("written");
    symlink(&name, folder.path("..data_tmp")).expect("a link");
    fs::rename(folder.path("..data_tmp"), folder.path("..data")).expect("exchanged");
    let path = folder.path("secret");
    if version == 1 {
        symlink("..data/secret", &path).expect("a link");
    }
    path
}

/// Bad contents are told of once: a log that repeats itself at every look is not read.
fn told_once(name: &str, bad: &[u8], why: &str) {
    let folder = Folder::new(name);
    let path = folder.write("secrets", lines(&[0]));
    let mut file = KeyFile::new(&path);
    file.read().expect("usable");
    folder.write("secrets", bad);
    unusable(&file.read_if_changed().expect_err(why), &path, why);
    for _ in 0..3 {
        unchanged(&mut file);
    }
    folder.write("secrets", lines(&[1, 0]));
    assert_eq!(changed(&mut file), ["previous", "primary", "-"]);
}

#[test]
fn an_empty_file_is_told_of_once() {
    told_once("once-empty", b"", "holds no secret");
}

#[test]
fn a_file_that_is_not_utf_8_is_told_of_once() {
    told_once("once-latin-1", b"canary\xff\n", "is not UTF-8");
}

#[test]
fn a_file_that_is_too_long_is_told_of_once() {
    told_once("once-long", &[b'a'; 64 * 1024 + 1], "is longer than 64 KiB");
}

#[test]
fn each_bad_content_is_told_of() {
    let folder = Folder::new("several");
    let path = folder.write("secrets", lines(&[0]));
    let mut file = KeyFile::new(&path);
    let not_utf_8 = [CANARY.as_bytes(), b"\xff"].concat();
    for (bad, why) in [
        (&b""[..], "holds no secret"),
        (&not_utf_8, "is not UTF-8"),
        (&[b'c'; 100_000], "is longer than 64 KiB"),
    ] {
        folder.write("secrets", bad);
        unusable(&file.read_if_changed().expect_err(why), &path, why);
    }
    folder.write("secrets", lines(&[0]));
    assert_eq!(changed(&mut file), ["primary", "-", "-"]);
}

#[test]
fn a_file_that_comes_back_is_read_where_it_is_another() {
    let folder = Folder::new("back");
    let path = folder.write("secrets", lines(&[0]));
    let mut file = KeyFile::new(&path);
    file.read().expect("usable");
    fs::remove_file(&path).expect("removed");
    let error = file.read_if_changed().expect_err("absent");
    unusable(&error, &path, "cannot be read");
    folder.write("secrets", lines(&[0]));
    unchanged(&mut file);
    fs::remove_file(&path).expect("removed");
    file.read_if_changed().expect_err("absent");
    folder.write("secrets", lines(&[1]));
    assert_eq!(changed(&mut file), ["-", "primary", "-"]);
}

/// A content that stays no longer than this must not be taken: half of what counts as settled.
const BRIEFLY: Duration = Duration::from_millis(50);

#[test]
fn a_file_that_is_still_changing_is_not_taken() {
    let folder = Folder::new("changing");
    let mut file = KeyFile::new(folder.write("secrets", lines(&[0])));
    file.read().expect("usable");
    let (stop, writes) = (AtomicBool::new(false), AtomicU64::new(0));
    let longest = AtomicU64::new(0);
    let write = || {
        let mut last = Instant::now();
        while !stop.load(Ordering::SeqCst) {
            let nth = writes.load(Ordering::SeqCst);
            folder.write("secrets", format!("{nth:064}\n"));
            let pause = u64::try_from(last.elapsed().as_millis()).expect("a while");
            last = Instant::now();
            longest.fetch_max(pause, Ordering::SeqCst);
            writes.store(nth + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(1));
        }
    };
    let mut verdicts = Vec::new();
    thread::scope(|scope| {
        let writer = scope.spawn(write);
        // A writer that was held up proves nothing: more attempts than are counted.
        for _ in 0..100 {
            longest.store(0, Ordering::SeqCst);
            let looked = file.read_if_changed();
            // The pause during which the look ended counts as well.
            let seen = writes.load(Ordering::SeqCst);
            while writes.load(Ordering::SeqCst) < seen + 2 && !writer.is_finished() {
                thread::sleep(Duration::from_millis(1));
            }
            if Duration::from_millis(longest.load(Ordering::SeqCst)) < BRIEFLY {
                verdicts.push(looked.map(|keys| keys.is_none()));
            }
            if verdicts.len() == 5 {
                break;
            }
        }
        stop.store(true, Ordering::SeqCst);
    });
    assert_eq!(verdicts.len(), 5, "the writer was held up all the time");
    for verdict in verdicts {
        assert!(verdict.expect("a usable file"), "it was taken");
    }
    folder.write("secrets", lines(&[2]));
    assert_eq!(changed(&mut file), ["-", "-", "primary"]);
}
