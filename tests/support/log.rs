//! A log that a test can read.

use std::io;
use std::sync::{Arc, Mutex, Once};

use tracing::Subscriber;
use tracing_subscriber::Registry;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

/// What was written. Clones are one log.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Writes to this log what its thread tells, down to the least.
    pub fn subscriber(&self) -> impl Subscriber + Send + Sync + use<> {
        every_thread_listens();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .without_time()
            .with_writer(self.clone())
            .finish()
    }

    pub fn text(&self) -> String {
        let bytes = self.0.lock().expect("not poisoned").clone();
        String::from_utf8(bytes).expect("UTF-8")
    }

    pub fn lines(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }
}

/// `tracing` remembers of each event whether anyone listens, by the thread that comes to it first. Where
/// that is another test's thread, which has no log, the event would be told to nobody from then on.
fn every_thread_listens() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let heard = tracing::subscriber::set_global_default(Registry::default());
        heard.expect("no other subscriber for all");
    });
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = self.0.lock().expect("not poisoned");
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
