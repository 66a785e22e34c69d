//! Keys that follow a file.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use hookproof::VerifyErrorKind::Mismatch;
use hookproof::{KeyFile, Keyring, Verifier};
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tracing::subscriber::DefaultGuard;

use super::support::log::Log;
use super::{Folder, SECRETS, github, in_force};

const EVERY: Duration = Duration::from_millis(10);

/// How often the log says that the keys stay.
fn complaints(log: &Log) -> usize {
    log.text().matches("the keys stay what they were").count()
}

/// A verifier whose keys follow a file, and what the log says of it on this thread.
struct Followed {
    folder: Folder,
    verifier: Verifier,
    log: Log,
    task: JoinHandle<()>,
    _guard: DefaultGuard,
}

impl Followed {
    fn new(name: &str, text: &str) -> Self {
        let folder = Folder::new(name);
        let path = folder.write("secrets", text);
        Self::at(folder, path)
    }

    fn at(folder: Folder, path: PathBuf) -> Self {
        let log = Log::default();
        let guard = tracing::subscriber::set_default(log.subscriber());
        let mut file = KeyFile::new(path);
        let verifier = github(file.read().expect("a usable file"));
        let followed = verifier.clone();
        Self {
            folder,
            verifier,
            log,
            task: tokio::spawn(async move { followed.follow(file, EVERY).await }),
            _guard: guard,
        }
    }

    fn write(&self, content: impl AsRef<[u8]>) {
        self.folder.write("secrets", content);
    }

    /// Waits for these keys: of each secret its label, or a dash.
    async fn keys(&self, expected: [&str; 3]) {
        self.until(&expected.concat(), || self.labels() == expected)
            .await;
    }

    fn labels(&self) -> [String; 3] {
        in_force(&self.verifier).map(|matched| match matched {
            Err(Mismatch) => "-".to_owned(),
            matched => matched.expect("accepted"),
        })
    }

    async fn until(&self, what: &str, so: impl Fn() -> bool) {
        let since = Instant::now();
        while !so() {
            let late = since.elapsed() > Duration::from_secs(30);
            assert!(!late, "not within 30 s: {what}\n{}", self.log.text());
            sleep(EVERY).await;
        }
    }

    /// Long enough for several looks.
    async fn looks(&self) {
        sleep(Duration::from_millis(400)).await;
    }

    fn end(self) {
        assert!(!self.task.is_finished(), "it never ends");
        self.task.abort();
        let text = self.log.text();
        for secret in SECRETS {
            assert!(!text.contains(&secret[..8]), "{text}");
        }
        assert!(!text.contains("canary"), "{text}");
    }
}

fn lines(secrets: &[usize]) -> String {
    let lines = secrets.iter().map(|&nth| format!("{}\n", SECRETS[nth]));
    lines.collect()
}

#[tokio::test]
async fn keys_change_after_the_file_has_changed() {
    let followed = Followed::new("follow", &lines(&[0]));
    assert_eq!(followed.labels(), ["primary", "-", "-"]);
    for (content, expected) in [
        (lines(&[0, 1]), ["primary", "previous", "-"]),
        (lines(&[1, 0]), ["previous", "primary", "-"]),
        (lines(&[1]), ["-", "primary", "-"]),
        (lines(&[2, 0]), ["previous", "-", "primary"]),
    ] {
        followed.write(content);
        followed.keys(expected).await;
    }
    followed.looks().await;
    let text = followed.log.text();
    assert_eq!(text.matches("its keys are in force").count(), 4, "{text}");
    assert!(text.contains(r#"keys=["primary", "previous"]"#), "{text}");
    assert!(text.contains("path=") && text.contains("provider=\"github\""));
    assert_eq!(complaints(&followed.log), 0, "{text}");
    followed.end();
}

#[tokio::test]
async fn a_file_that_stays_changes_nothing() {
    let followed = Followed::new("follow-same", &lines(&[0]));
    // Keys of another source stay until the file changes.
    followed
        .verifier
        .rotate(Keyring::new(super::secret(1)))
        .expect("a secret");
    followed.looks().await;
    assert_eq!(followed.labels(), ["-", "primary", "-"]);
    assert_eq!(followed.log.text(), "");
    followed.end();
}

#[tokio::test]
async fn a_file_that_cannot_be_used_leaves_the_keys_and_is_logged_once() {
    let followed = Followed::new("follow-bad", &lines(&[0, 1]));
    let many: String = (0..17)
        .map(|nth| format!("canary-{nth}-canary\n"))
        .collect();
    let bad = [
        (String::new(), "holds no secret"),
        ("\n".to_owned(), "has no secret in line 1"),
        (lines(&[2]) + "\n", "has no secret in line 2"),
        (
            lines(&[2]) + "${canary}\n",
            "key previous: the secret is a placeholder",
        ),
        (many, "the keyring has 17 keys"),
    ];
    for (nth, (content, why)) in bad.iter().enumerate() {
        followed.write(content);
        let complaints = || complaints(&followed.log);
        followed.until(why, || complaints() > nth).await;
        followed.looks().await;
        assert_eq!(complaints(), nth + 1, "{}", followed.log.text());
        assert!(followed.log.text().contains(why), "{}", followed.log.text());
        assert_eq!(followed.labels(), ["primary", "previous", "-"], "{why}");
    }
    assert!(followed.log.text().contains("ERROR"));
    followed.write(lines(&[2, 0]));
    followed.keys(["previous", "-", "primary"]).await;
    followed.end();
}

#[tokio::test]
async fn a_file_that_cannot_be_read_leaves_the_keys() {
    let followed = Followed::new("follow-unread", &lines(&[0, 1]));
    let long = "canary\n".repeat(10_000);
    for content in [&b"canary\xff\n"[..], long.as_bytes()] {
        let before = complaints(&followed.log);
        followed.write(content);
        let logged = || complaints(&followed.log) > before;
        followed.until("a complaint", logged).await;
        assert_eq!(followed.labels(), ["primary", "previous", "-"]);
    }
    followed.write(lines(&[1]));
    followed.keys(["-", "primary", "-"]).await;
    followed.end();
}

#[tokio::test]
async fn a_file_that_is_removed_leaves_the_keys_until_it_is_back() {
    let followed = Followed::new("follow-removed", &lines(&[0, 1]));
    std::fs::remove_file(followed.folder.path("secrets")).expect("removed");
    let logged = || complaints(&followed.log) > 0;
    followed.until("a complaint", logged).await;
    assert!(followed.log.text().contains("cannot be read"));
    assert_eq!(followed.labels(), ["primary", "previous", "-"]);
    followed.write(lines(&[1, 2]));
    followed.keys(["-", "primary", "previous"]).await;
    followed.end();
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_is_exchanged_is_followed() {
    use super::files::mounted;
    let folder = Folder::new("follow-link");
    let path = mounted(&folder, 1, &lines(&[0]));
    let followed = Followed::at(folder, path);
    mounted(&followed.folder, 2, &lines(&[1, 0]));
    followed.keys(["previous", "primary", "-"]).await;
    mounted(&followed.folder, 3, &lines(&[1]));
    followed.keys(["-", "primary", "-"]).await;
    assert_eq!(complaints(&followed.log), 0);
    followed.end();
}
