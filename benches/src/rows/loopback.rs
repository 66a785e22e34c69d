//! Deliveries over real sockets, HTTP/1.1 on loopback, with an endpoint in front of the handler and
//! without. The server has one thread and is busy; the client is another thread, and cheap.

use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

use crate::arms::router::{self, Deliveries, PATH};
use crate::measure::median;
use crate::row::Row;

const SIZE: usize = 1024;
const CONNECTIONS: usize = 8;
/// Of each connection in a round.
const REQUESTS: usize = 25;
/// Many and short: some fit between disturbances.
const ROUNDS: usize = 500;

fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}

/// Serves in a thread of its own, as long as the process runs.
fn serve(router: Router) -> SocketAddr {
    let (told, address) = mpsc::channel();
    thread::spawn(move || {
        runtime().block_on(async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
            let listener = listener.expect("a free port");
            let address = listener.local_addr().expect("an address");
            told.send(address).expect("who asked still waits");
            let router = router.with_state(());
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                stream.set_nodelay(true).expect("a socket");
                let service = TowerToHyperService::new(router.clone());
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
    });
    address.recv().expect("a server that starts")
}

/// Connections to one server.
struct Client {
    connections: Vec<TcpStream>,
}

impl Client {
    async fn new(router: Router) -> Self {
        let address = serve(router);
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            let stream = TcpStream::connect(address).await.expect("a server");
            stream.set_nodelay(true).expect("a socket");
            connections.push(stream);
        }
        Self { connections }
    }

    /// Requests a second, all connections at once.
    async fn round(&mut self, request: &Rc<[u8]>) -> f64 {
        let start = Instant::now();
        let tasks = Vec::from_iter(self.connections.drain(..).map(|stream| {
            let request = Rc::clone(request);
            tokio::task::spawn_local(requests(stream, request))
        }));
        for task in tasks {
            self.connections.push(task.await.expect("a good round"));
        }
        (CONNECTIONS * REQUESTS) as f64 / start.elapsed().as_secs_f64()
    }
}

/// One request after another on one connection.
async fn requests(mut stream: TcpStream, request: Rc<[u8]>) -> TcpStream {
    let mut answer = [0; 1024];
    for _ in 0..REQUESTS {
        stream
            .write_all(&request)
            .await
            .expect("a server that reads");
        let mut held = 0;
        while !answer[..held].ends_with(b"\r\n\r\n") {
            let read = stream.read(&mut answer[held..]).await.expect("an answer");
            assert!(read > 0, "the server closed the connection");
            held += read;
        }
        // A row would be worth nothing if deliveries were refused.
        assert!(answer.starts_with(b"HTTP/1.1 204 "));
    }
    stream
}

/// A genuine delivery as it is written to a socket.
fn written() -> Rc<[u8]> {
    let deliveries = Deliveries::new(SIZE);
    let mut written = format!("POST {PATH} HTTP/1.1\r\n").into_bytes();
    for (name, value) in deliveries.headers() {
        written.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    written.extend(b"\r\n");
    written.extend(deliveries.body());
    Rc::from(written)
}

/// Requests a second in each round: without an endpoint, with the adapter, with the layer.
async fn rates() -> [Vec<f64>; 3] {
    let request = written();
    let mut clients = [
        Client::new(router::bare_route()).await,
        Client::new(router::adapter_route()).await,
        Client::new(router::layer_route()).await,
    ];
    let mut rates = [const { Vec::new() }; 3];
    for nth in 0..ROUNDS {
        for turn in 0..clients.len() {
            let which = (nth + turn) % clients.len();
            rates[which].push(clients[which].round(&request).await);
        }
    }
    rates
}

pub fn rows() -> Vec<Row> {
    let rates = LocalSet::new().block_on(&runtime(), rates());
    let best = rates
        .each_ref()
        .map(|it| it.iter().copied().fold(0.0, f64::max));
    let median = rates.each_ref().map(|rates| median(rates));
    let row = |what: &str, nth: usize| {
        let name = format!("requests/s on loopback, {what} ÷ without, 1 KiB");
        Row::at_least(name, 0.95, best[nth] / best[0])
    };
    let medians = |what: &str, nth: usize| {
        let name = format!("… {what}, medians of rounds");
        Row::new(name, None, median[nth] / median[0])
    };
    vec![
        row("adapter", 1),
        row("layer", 2),
        medians("adapter", 1),
        medians("layer", 2),
        Row::new("requests/s on loopback without, 1 KiB", None, best[0]),
    ]
}
