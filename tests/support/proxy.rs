//! A network that misbehaves, between clients and a server on this machine.

use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What becomes of what a client sends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Weather {
    /// It reaches the server, and the answer the client.
    Fair,
    /// The same, some time later.
    Slow(Duration),
    /// It is swallowed, as is all that comes later over the same connection, whatever the weather.
    Silent,
    /// The next of it is lost with its connection; then the weather is fair.
    CutBefore,
    /// The next of it reaches the server, and the connection breaks before the answer is back;
    /// then the weather is fair.
    CutAfter,
    /// Every connection breaks at the first word.
    Broken,
}

/// Listens on a port of its own while it lives.
pub struct Proxy {
    port: u16,
    sky: Arc<Sky>,
    listening: JoinHandle<()>,
}

struct Sky {
    weather: Mutex<Weather>,
    open: AtomicUsize,
    accepted: AtomicUsize,
}

impl Proxy {
    pub async fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let sky = Arc::new(Sky {
            weather: Mutex::new(Weather::Fair),
            open: AtomicUsize::new(0),
            accepted: AtomicUsize::new(0),
        });
        let above = Arc::clone(&sky);
        let listening = tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.expect("a client");
                above.accepted.fetch_add(1, Ordering::SeqCst);
                above.open.fetch_add(1, Ordering::SeqCst);
                let sky = Arc::clone(&above);
                tokio::spawn(async move {
                    let _ = carry(client, server, &sky).await;
                    sky.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self {
            port,
            sky,
            listening,
        }
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    pub fn turn(&self, weather: Weather) {
        *self.sky.weather.lock().expect("not poisoned") = weather;
    }

    /// How many connections there are now: those that neither side has closed.
    pub fn open(&self) -> usize {
        self.sky.open.load(Ordering::SeqCst)
    }

    /// How many there have been.
    pub fn accepted(&self) -> usize {
        self.sky.accepted.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Sky {
    /// The weather for one request.
    fn now(&self) -> Weather {
        let mut weather = self.weather.lock().expect("not poisoned");
        let now = *weather;
        if matches!(now, Weather::CutBefore | Weather::CutAfter) {
            *weather = Weather::Fair;
        }
        now
    }
}

/// Both ways, until one side closes or the weather breaks it.
async fn carry(mut client: TcpStream, server: u16, sky: &Sky) -> io::Result<()> {
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await?;
    let (mut request, mut answer) = (vec![0; 65_536], vec![0; 65_536]);
    let mut last = false;
    loop {
        tokio::select! {
            read = client.read(&mut request) => match (read?, sky.now()) {
                (0, _) | (_, Weather::CutBefore | Weather::Broken) => return Ok(()),
                (_, Weather::Silent) => return swallow(client).await,
                (length, weather) => {
                    last = weather == Weather::CutAfter;
                    if let Weather::Slow(time) = weather {
                        tokio::time::sleep(time).await;
                    }
                    server.write_all(&request[..length]).await?;
                }
            },
            read = server.read(&mut answer) => match read? {
                0 => return Ok(()),
                _ if last => return Ok(()),
                length => client.write_all(&answer[..length]).await?,
            },
        }
    }
}

async fn swallow(mut client: TcpStream) -> io::Result<()> {
    let mut swallowed = [0; 4_096];
    while client.read(&mut swallowed).await? > 0 {}
    Ok(())
}
