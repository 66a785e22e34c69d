//! An HTTP/1.1 server that ends well: each connection so that the last answer arrives, and the
//! whole so that no delivery under way is lost.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use axum::serve::Listener;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use tower_service::Service as _;

/// How long a head may take, and a connection idle between two deliveries.
const HEAD: Duration = Duration::from_secs(10);

/// For how long what a sender still has under way is taken off the wire after the last answer.
const LINGER: Duration = Duration::from_secs(1);

/// How long deliveries under way may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(9);

/// Serves until `stop` resolves, then takes no more connections and waits for those that are
/// answering a delivery.
pub(crate) async fn serve(mut listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let (closing, _) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            (stream, _) = Listener::accept(&mut listener) => {
                tokio::spawn(connection(stream, app.clone(), closing.subscribe()));
            }
            () = &mut stop => break,
        }
    }
    drop(listener);
    closing.send_replace(true);
    // Closed, once every connection has dropped its end.
    if timeout(DRAIN, closing.closed()).await.is_err() {
        eprintln!("some connections were still open and are cut");
    }
}

async fn connection(stream: TcpStream, app: Router, mut closing: watch::Receiver<bool>) {
    // Else a `100 Continue` can hold up the answer after it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(app.clone(), request));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    // What went wrong with a connection concerns nobody: the delivery has its line and its answer.
    let told = tokio::select! {
        _ = poll_fn(|cx| connection.poll_without_shutdown(cx)) => false,
        _ = closing.wait_for(|closing| *closing) => true,
    };
    if told {
        Pin::new(&mut connection).graceful_shutdown();
        let _ = poll_fn(|cx| connection.poll_without_shutdown(cx)).await;
    }
    linger(connection.into_parts().io.into_inner()).await;
}

type Answered = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

fn answer(mut app: Router, request: Request<Incoming>) -> Answered {
    Box::pin(async move { app.call(request).await })
}

/// Closes a connection without losing what was answered last. A delivery that is refused from its
/// head is answered while its body is still arriving; closing with unread bytes makes the system
/// reset the connection, and a reset can overtake the answer.
async fn linger(mut stream: TcpStream) {
    if stream.shutdown().await.is_ok() {
        let unread = async { tokio::io::copy(&mut stream, &mut tokio::io::sink()).await };
        let _ = timeout(LINGER, unread).await;
    }
}

/// Resolves when the process is asked to end. From this call on, not from the first poll, the
/// signals no longer end it by themselves.
#[cfg(unix)]
pub(crate) fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Resolves when the process is asked to end.
#[cfg(not(unix))]
pub(crate) fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
