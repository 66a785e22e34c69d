//! The sandbox while it runs, and its end.
#![allow(clippy::expect_used, reason = "helpers fail the test that calls them")]

use std::net::SocketAddr;

use hookproof_sandbox::{Emit, EmitError, Provider, Running, Sandbox, Truth};
use tokio::net::TcpStream;

async fn started() -> Running {
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let started = Sandbox::default().start(address).await;
    started.expect("it listens")
}

#[tokio::test]
async fn without_a_subscription_nobody_is_sent_anything() {
    let sandbox = started().await;
    for provider in Provider::ALL {
        let nobody = sandbox.emit(provider, &Emit::default());
        assert_eq!(nobody, Err(EmitError::Nobody));
    }
    let unknown = sandbox.repeat(1, Truth::Duplicate);
    assert_eq!(unknown, Err(EmitError::NotFound));
    assert_eq!(sandbox.settled(1).await, None);
    sandbox.idle().await;
    assert!(sandbox.log().is_empty());
}

#[tokio::test]
async fn stopped_it_does_not_listen_any_more() {
    let sandbox = started().await;
    let address = sandbox.address();
    assert!(TcpStream::connect(address).await.is_ok());
    sandbox.stop().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn dropped_it_does_not_listen_any_more() {
    let sandbox = started().await;
    let address = sandbox.address();
    drop(sandbox);
    // The server is another task, and has to be given its turn.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
