//! The sandbox while it runs.

use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::deliver::{Emit, EmitError};
use crate::delivery::{State, Truth};
use crate::log::Line;
use crate::provider::Provider;
use crate::serve::serve;

/// A sandbox that runs. It ends when this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    app: App,
    server: Option<JoinHandle<()>>,
}

impl Running {
    pub(crate) fn new(
        address: SocketAddr,
        listener: TcpListener,
        app: App,
        router: Router,
    ) -> Self {
        let stopped = app.deliverer.stopped();
        let server = tokio::spawn(serve(listener, router, stopped));
        Self {
            address,
            app,
            server: Some(server),
        }
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    #[cfg(test)]
    pub(crate) fn store(&self) -> &crate::store::Store {
        &self.app.store
    }

    /// What stands in place of a provider's `https://` host: `http://ADDRESS/PROVIDER`.
    #[must_use]
    pub fn url(&self, provider: Provider) -> String {
        format!("http://{}/{provider}", self.address)
    }

    /// Has a provider deliver an event now, and gives the deliveries' numbers.
    ///
    /// # Errors
    ///
    /// Where nobody wants the event, or it cannot be made.
    pub fn emit(&self, provider: Provider, emit: &Emit) -> Result<Vec<u64>, EmitError> {
        self.app.deliverer.emit(provider, emit)
    }

    /// Sends a kept delivery once more, as what is said. [`Truth::Duplicate`] is the first genuine
    /// attempt byte for byte (and [`Truth::Late`] once that is older than the window of its
    /// timestamp); [`Truth::Genuine`] is the provider's own replay; all else is made anew.
    ///
    /// # Errors
    ///
    /// Where the delivery or its subscription is not kept, and where it cannot be sent as that.
    pub fn repeat(&self, number: u64, truth: Truth) -> Result<(), EmitError> {
        self.app.deliverer.repeat(number, truth)
    }

    /// Waits until nothing more becomes of a delivery, and says what has. `None`: it is not kept.
    /// What chaos puts beside it may still be under way: see [`idle`](Self::idle).
    pub async fn settled(&self, number: u64) -> Option<State> {
        self.app.deliverer.settled(number).await
    }

    /// Waits until every delivery is settled and no attack is under way. Retries take as long as
    /// the speed makes them.
    pub async fn idle(&self) {
        self.app.deliverer.idle().await;
    }

    /// What was sent since the start, one line an attempt, in the order in which they ended: the
    /// last 100,000.
    #[must_use]
    pub fn log(&self) -> Vec<Line> {
        self.app.deliverer.log().lines()
    }

    /// Ends deliveries where they are, answers the requests that are being answered, and closes
    /// the address. Whoever hangs on for longer than a second is left.
    pub async fn stop(mut self) {
        self.app.deliverer.stop();
        self.app.deliverer.idle().await;
        if let Some(server) = self.server.take() {
            let _ = server.await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The server is told as well, and closes its address.
        self.app.deliverer.stop();
    }
}
