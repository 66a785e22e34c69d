//! The sandbox before it runs: what can be set, and the server it becomes.

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::any;
use tokio::net::TcpListener;

use crate::app::App;
use crate::deliver::{Chaos, Deliverer};
use crate::log::{Line, Sink};
use crate::moment::Speed;
use crate::protect::protect;
use crate::running::Running;
use crate::store::Store;
use crate::{api, control, guard, page};

/// A sandbox that is not running yet.
///
/// # Example
///
/// ```
/// use hookproof_sandbox::{Provider, Sandbox};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let sandbox = Sandbox::default().start("127.0.0.1:0".parse().unwrap()).await?;
/// let create = format!("{}/api/v1/webhooks", sandbox.url(Provider::Sendmux));
/// assert!(create.ends_with("/sendmux/api/v1/webhooks"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Sandbox {
    speed: NonZeroU32,
    chaos: Chaos,
    hosts: Vec<String>,
    sink: Option<Sink>,
}

impl Default for Sandbox {
    fn default() -> Self {
        Self {
            speed: NonZeroU32::MIN,
            chaos: Chaos::none(),
            hosts: Vec::new(),
            sink: None,
        }
    }
}

impl Sandbox {
    /// Waits this many times shorter than the providers' documentation says. By default 1.
    #[must_use]
    pub const fn speed(mut self, times: NonZeroU32) -> Self {
        self.speed = times;
        self
    }

    /// What is mixed in between the genuine deliveries. By default nothing.
    #[must_use]
    pub fn chaos(mut self, chaos: Chaos) -> Self {
        self.chaos = chaos;
        self
    }

    /// A further name, without port, under which the sandbox may be asked. By default the loopback's
    /// alone: a page of another site could otherwise ask it under a name of its own.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// Is told of each line of the log as its attempt ends, beside [`Running::log`]. It must not
    /// block: deliveries wait for it.
    #[must_use]
    pub fn on_line(mut self, tell: impl Fn(&Line) + Send + Sync + 'static) -> Self {
        self.sink = Some(Sink::new(tell));
        self
    }

    /// Listens, and runs in the background until [`Running`] is dropped or stopped.
    ///
    /// # Errors
    ///
    /// Where it cannot listen at the address.
    pub async fn start(self, address: SocketAddr) -> io::Result<Running> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let store = Arc::new(Store::default());
        let speed = Speed::new(self.speed);
        let deliverer = Deliverer::new(Arc::clone(&store), speed, self.chaos);
        let deliverer = Arc::new(deliverer.on_line(self.sink));
        let app = App {
            store,
            deliverer,
            followers: Arc::default(),
            hosts: self.hosts.into(),
        };
        Ok(Running::new(address, listener, app.clone(), router(app)))
    }
}

/// The five APIs, what is the sandbox's own, and the page.
fn router(app: App) -> Router {
    let unknown = any(control::unknown_path).layer(map_response(protect));
    Router::new()
        .merge(api::router())
        .merge(control::router())
        .merge(page::router())
        .fallback_service(unknown)
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}
