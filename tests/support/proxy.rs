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
    /// The same within the answer, of which the first half is back.
    CutInside,
    /// Every connection breaks at the first word.
    Broken,
    /// Each command is answered so, and the server hears of none.
    Answers(&'static [u8]),
    /// The same, and the connection breaks then.
    AnswersAndBreaks(&'static [u8]),
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
    asked: AtomicUsize,
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
            asked: AtomicUsize::new(0),
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

    /// How often a client has sent something, whatever became of it.
    pub fn asked(&self) -> usize {
        self.sky.asked.load(Ordering::SeqCst)
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
        if matches!(
            now,
            Weather::CutBefore | Weather::CutAfter | Weather::CutInside
        ) {
            *weather = Weather::Fair;
        }
        self.asked.fetch_add(1, Ordering::SeqCst);
        now
    }
}

/// Both ways, until one side closes or the weather breaks it.
async fn carry(mut client: TcpStream, server: u16, sky: &Sky) -> io::Result<()> {
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await?;
    let (mut request, mut answer) = (vec![0; 65_536], vec![0; 65_536]);
    let mut met = Weather::Fair;
    loop {
        tokio::select! {
            read = client.read(&mut request) => {
                let sent = &request[..read?];
                if sent.is_empty() {
                    return Ok(());
                }
                met = sky.now();
                match met {
                    Weather::CutBefore | Weather::Broken => return Ok(()),
                    Weather::Silent => return swallow(client).await,
                    Weather::Answers(said) => client.write_all(&said.repeat(commands(sent))).await?,
                    Weather::AnswersAndBreaks(said) => return client.write_all(said).await,
                    Weather::Slow(time) => {
                        tokio::time::sleep(time).await;
                        server.write_all(sent).await?;
                    }
                    _ => server.write_all(sent).await?,
                }
            }
            read = server.read(&mut answer) => match (read?, met) {
                (0, _) | (_, Weather::CutAfter) => return Ok(()),
                (length, Weather::CutInside) => return client.write_all(&answer[..length / 2]).await,
                (length, _) => client.write_all(&answer[..length]).await?,
            },
        }
    }
}

/// How many commands a client has sent: arrays of strings, each after its length.
fn commands(mut sent: &[u8]) -> usize {
    let mut commands = 0;
    while let Some((kind, length, rest)) = line(sent) {
        let string = if kind == b'$' { length + 2 } else { 0 };
        commands += usize::from(kind == b'*');
        sent = rest.get(string..).unwrap_or_default();
    }
    commands
}

/// What a line begins with, its number, and what comes after it.
fn line(sent: &[u8]) -> Option<(u8, usize, &[u8])> {
    let end = sent.windows(2).position(|pair| pair == b"\r\n")?;
    let (kind, number) = sent[..end].split_first()?;
    let number = std::str::from_utf8(number).ok()?.parse().ok()?;
    Some((*kind, number, &sent[end + 2..]))
}

async fn swallow(mut client: TcpStream) -> io::Result<()> {
    let mut swallowed = [0; 4_096];
    while client.read(&mut swallowed).await? > 0 {}
    Ok(())
}
