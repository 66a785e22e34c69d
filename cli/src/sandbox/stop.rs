//! What ends the sandbox: Ctrl-C, and on Unix SIGTERM.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Waits for the end, from the moment that it is made.
#[cfg(unix)]
pub(super) struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(unix)]
impl Stop {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    pub(super) async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Waits for the end, from the moment that it is made.
#[cfg(windows)]
pub(super) struct Stop(CtrlC);

#[cfg(windows)]
impl Stop {
    pub(super) fn new() -> io::Result<Self> {
        ctrl_c().map(Self)
    }

    pub(super) async fn wait(&mut self) {
        self.0.recv().await;
    }
}
