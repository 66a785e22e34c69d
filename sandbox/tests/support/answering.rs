//! A receiver that answers every delivery alike.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::any;
use http::StatusCode;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A receiver, until it is dropped.
pub(crate) struct Receiver {
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Receiver {
    pub(crate) async fn answering(status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let router = Router::new().fallback(any(move || async move { status }));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { address, server }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/webhooks", self.address)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}
