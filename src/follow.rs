//! Keys from a file that changes.

use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::keys::KeyFile;
use crate::observe::log;
use crate::verify::Verifier;

impl Verifier {
    /// Looks at a file of secrets from time to time and [rotates](Self::rotate) to what is in it
    /// when it has changed. Never ends: run it as a task of its own.
    ///
    /// A file that cannot be read or used leaves the keys as they are; the log says so, once. Write it
    /// elsewhere and move it into place, so that it is never met half written.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use hookproof::{Endpoint, KeyFile, Verifier, providers};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), hookproof::ConfigError> {
    /// let mut file = KeyFile::new("/run/secrets/github");
    /// let verifier = Verifier::new(&providers::GITHUB, file.read()?)?;
    /// let endpoint = Endpoint::builder("github", verifier.clone())
    ///     .without_replay_guard()
    ///     .build()?;
    /// tokio::spawn(async move { verifier.follow(file, Duration::from_secs(10)).await });
    /// # Ok(())
    /// # }
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub async fn follow(&self, file: KeyFile, every: Duration) {
        let mut file = file;
        let mut told = None;
        loop {
            sleep(every).await;
            let read = spawn_blocking(move || (file.read_if_changed(), file)).await;
            // The runtime ends, and this with it.
            let Ok((read, same)) = read else { return };
            file = same;
            match read.and_then(|keys| keys.map(|keys| self.rotate(keys)).transpose()) {
                Ok(Some(())) => {
                    log::rotated(self.scheme().slug(), file.path(), &self.labels());
                    told = None;
                }
                Ok(None) => {}
                Err(error) => {
                    let error = error.to_string();
                    if told.as_ref() != Some(&error) {
                        log::not_rotated(self.scheme().slug(), file.path(), &error);
                    }
                    told = Some(error);
                }
            }
        }
    }
}
