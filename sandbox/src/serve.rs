//! The server: no more connections than there is room for, none that is held for nothing, and each
//! closed so that the last answer arrives.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncWriteExt as _, copy, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How many connections are open at once; further ones wait. With those to receivers they are fewer
/// than a process may have files on any system.
const MAX_CONNECTIONS: usize = 128;

/// How long a head may take, and a connection idle between two requests.
const HEAD: Duration = Duration::from_secs(5);

/// For how long what a client still sends is taken off the wire after the last answer.
const LINGER: Duration = Duration::from_secs(1);

/// How long what is under way may take at the end.
const GRACE: Duration = Duration::from_secs(1);

/// Serves until `stopped` resolves, and closes the address then.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    stopped: impl Future<Output = ()>,
) {
    let (ending, _) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stopped = pin!(stopped);
    loop {
        tokio::select! {
            () = &mut stopped => break,
            Some(_) = connections.join_next() => {}
            (stream, _) = Listener::accept(&mut listener), if connections.len() < MAX_CONNECTIONS => {
                connections.spawn(connection(stream, router.clone(), ending.subscribe()));
            }
        }
    }
    drop(listener);
    ending.send_replace(true);
    // What takes longer is cut off with the set.
    let _ = timeout(GRACE, async {
        while connections.join_next().await.is_some() {}
    })
    .await;
}

async fn connection(stream: TcpStream, router: Router, mut ending: watch::Receiver<bool>) {
    // Without this a short answer can wait for what acknowledges the one before.
    let _ = stream.set_nodelay(true);
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // What goes wrong with a connection is its client's.
    let told = tokio::select! {
        _ = poll_fn(|cx| connection.poll_without_shutdown(cx)) => false,
        _ = ending.wait_for(|ending| *ending) => true,
    };
    if told {
        Pin::new(&mut connection).graceful_shutdown();
        let _ = connection.await;
    } else {
        linger(connection.into_parts().io.into_inner()).await;
    }
}

/// A request that is refused before its end is still arriving. A system that closes with unread bytes
/// resets the connection, and the reset can overtake the answer.
async fn linger(mut stream: TcpStream) {
    if stream.shutdown().await.is_ok() {
        let unread = async { copy(&mut stream, &mut sink()).await };
        let _ = timeout(LINGER, unread).await;
    }
}
