//! The log on standard output, written apart from the deliveries: a reader that is slow, or none, must
//! not hold them up.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

use hookproof_sandbox::Line;

/// How long the last lines may take at the end.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many lines wait for a reader that is slow; the sandbox itself keeps as many.
const WAITING: usize = 100_000;

/// What is sent to the writer.
enum Told {
    Line(Vec<u8>),
    End,
}

/// The writer of the log.
pub(super) struct Lines {
    lines: SyncSender<Told>,
    written: Receiver<()>,
}

impl Lines {
    pub(super) fn start() -> Self {
        let (lines, told) = mpsc::sync_channel(WAITING);
        let (done, written) = mpsc::channel();
        thread::spawn(move || {
            write(&told);
            // Whoever no longer waits need not be told.
            let _ = done.send(());
        });
        Self { lines, written }
    }

    /// What is called with each line.
    pub(super) fn writer(&self) -> impl Fn(&Line) + Send + Sync + 'static {
        let lines = self.lines.clone();
        move |line| {
            if let Ok(mut text) = serde_json::to_vec(line) {
                text.push(b'\n');
                // It is lost where nobody reads, or has read for long.
                let _ = lines.try_send(Told::Line(text));
            }
        }
    }

    /// Waits until what was told so far is written, but not for a reader that has stopped reading.
    pub(super) fn finish(self) {
        let _ = self.lines.try_send(Told::End);
        let _ = self.written.recv_timeout(PATIENCE);
    }
}

/// A reader that went away has what it wanted: the sandbox goes on without it.
fn write(told: &Receiver<Told>) {
    let mut stdout = io::stdout();
    while let Ok(Told::Line(text)) = told.recv() {
        if stdout
            .write_all(&text)
            .and_then(|()| stdout.flush())
            .is_err()
        {
            return;
        }
    }
}
