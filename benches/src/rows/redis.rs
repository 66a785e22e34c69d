//! The Redis store beside what it stands in for, a raw `SET key owner NX EX 30`: round trips to a
//! server of this run's own, one after the other, over connections of the same kind.

use std::error::Error;
use std::fs;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{self, Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use hookproof::replay::{Claim, Lease, RedisStore, ReplayStore};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, IntoConnectionInfo};
use tokio::runtime::{Builder, Runtime};

use super::store::Deliveries;
use crate::measure::median;
use crate::row::Row;

const LEASE: Duration = Duration::from_secs(30);
const ROUNDS: usize = 400;
/// Round trips of an arm in a round.
const EACH: usize = 25;

/// A server without persistence, on a free port of the loopback.
struct Server {
    process: Child,
    folder: PathBuf,
    url: String,
}

impl Server {
    fn start() -> io::Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let folder = std::env::temp_dir().join(format!("hookproof-benches-{}", process::id()));
        fs::create_dir_all(&folder)?;
        let process = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "no", "--daemonize", "no"])
            .arg("--dir")
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let process = process.inspect_err(|_| drop(fs::remove_dir(&folder)))?;
        let mut server = Self {
            process,
            folder,
            url: format!("redis://127.0.0.1:{port}/0"),
        };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if server.process.try_wait()?.is_some() || start.elapsed() > Duration::from_secs(10) {
                return Err(io::Error::other("redis-server did not come up"));
            }
            sleep(Duration::from_millis(10));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whatever fails here, there is nothing left to do about it.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What a claim takes over a raw command. Without a server the rows are there, and say so.
pub fn rows() -> Vec<Row> {
    match measured() {
        Ok(rows) => rows,
        Err(error) => {
            let how = match error.downcast_ref::<io::Error>().map(io::Error::kind) {
                Some(ErrorKind::NotFound) => {
                    "redis-server is missing: install it (Debian: apt-get install redis-server; macOS: brew install redis)"
                }
                _ => "the Redis rows failed",
            };
            eprintln!("{how}: {error}");
            vec![Row::not_measured(NAME, TARGET)]
        }
    }
}

const NAME: &str = "Redis claim ÷ raw SET NX EX";
const TARGET: f64 = 1.35;

fn measured() -> Result<Vec<Row>, Box<dyn Error>> {
    let server = Server::start()?;
    // What `#[tokio::main]` makes, and what receivers run on.
    let several = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let alone = Builder::new_current_thread().enable_all().build()?;
    let [claim, set] = round_trips(&server, &several)?;
    let [claim_alone, set_alone] = round_trips(&server, &alone)?;
    Ok(vec![
        Row::new(NAME, TARGET, claim / set),
        Row::new("… in µs more", None, claim - set),
        Row::new(
            "… on a runtime of one thread",
            None,
            claim_alone / set_alone,
        ),
        Row::new(
            "… on a runtime of one thread, in µs more",
            None,
            claim_alone - set_alone,
        ),
        Row::new("µs of a raw SET NX EX", None, set),
    ])
}

/// Microseconds of a claim and of the raw command: the median of a round's round trips, in the best
/// round. Over all rounds a busy machine would slow both and so flatter the ratio.
fn round_trips(server: &Server, runtime: &Runtime) -> Result<[f64; 2], Box<dyn Error>> {
    let mut deliveries = Deliveries::new();
    let endpoint: Arc<str> = Arc::from("measured");
    let prefix = format!("{:?}:", runtime.handle().runtime_flavor());
    let store = RedisStore::builder(&server.url)
        .key_prefix(&prefix)
        .build()?;
    runtime.block_on(async {
        let mut raw = connection(&server.url).await?;
        let mut best = [f64::INFINITY; 2];
        for round in 0..ROUNDS {
            for arm in [round % 2, 1 - round % 2] {
                let mut readings = Vec::with_capacity(EACH);
                for _ in 0..EACH {
                    let lease = Lease::new(deliveries.next(), Arc::clone(&endpoint));
                    readings.push(match arm {
                        0 => claimed(&store, &lease).await?,
                        _ => set(&mut raw, &lease, &prefix).await?,
                    });
                }
                best[arm] = best[arm].min(median(&readings));
            }
        }
        Ok(best)
    })
}

async fn connection(url: &str) -> redis::RedisResult<MultiplexedConnection> {
    let info = url.into_connection_info()?;
    let tcp = info.tcp_settings().clone().set_nodelay(true);
    let config = AsyncConnectionConfig::new().set_response_timeout(None);
    Client::open(info.set_tcp_settings(tcp))?
        .get_multiplexed_async_connection_with_config(&config)
        .await
}

async fn claimed(store: &RedisStore, lease: &Lease) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let claim = store.claim(lease, LEASE).await?;
    let took = micros(start);
    assert_eq!(claim, Claim::Claimed);
    Ok(took)
}

async fn set(
    connection: &mut MultiplexedConnection,
    lease: &Lease,
    prefix: &str,
) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let owner = lease.owner().to_bytes();
    let key = format!("{prefix}{}", lease.identity());
    let answer: Option<String> = redis::cmd("SET")
        .arg(key)
        .arg(&owner[..])
        .arg("NX")
        .arg("EX")
        .arg(LEASE.as_secs())
        .query_async(connection)
        .await?;
    let took = micros(start);
    assert_eq!(answer.as_deref(), Some("OK"));
    Ok(took)
}

fn micros(start: Instant) -> f64 {
    start.elapsed().as_nanos() as f64 / 1_000.0
}
