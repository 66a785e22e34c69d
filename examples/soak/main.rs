//! A soak: the five providers, as the sandbox plays them, deliver to one receiver without a pause, with
//! chaos between. In the end every event was handled once, nothing that a provider never sent was, each
//! attempt was answered as it should be, and the receiver's memory is flat.
//!
//! `cargo run --example soak -- SECONDS`, or `scripts/soak.sh`. With `redis-server` at hand half of the
//! deliveries are remembered there. What is counted is what the sandbox knows against what the receiver,
//! a process of its own, says of each attempt.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a proof that cannot be made fails by panicking"
)]

#[path = "../tests/chaos/agreement.rs"]
mod agreement;
mod gates;
mod load;
mod memory;
mod process;
mod receiver;
#[path = "../../tests/support/redis.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the tests' own, of which a server is wanted here"
)]
mod redis;
#[path = "../receiver/server.rs"]
#[allow(dead_code, reason = "the example's own, which listens for signals too")]
mod server;
mod verdict;
#[path = "../tests/chaos/webhooks.rs"]
#[allow(
    dead_code,
    reason = "the tests' own, whose receiver looks for secrets in variables"
)]
mod webhooks;

use std::env;
use std::error::Error;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use gates::Gate;
use load::Load;
use memory::Memory;
use process::{Process, RECEIVE};
use redis::RedisServer;
use tokio::time::{Instant, MissedTickBehavior, interval};
use verdict::{AllSeen, broken, table};

/// The length of a run unless told otherwise, and the least: the stores are full, and steady, when the
/// first third of it is over.
const SECONDS: u64 = 600;
const LEAST: u64 = 3 * (receiver::RETENTION.as_secs() + 2);

/// A round every so often: with four gates a hundred events a second.
const ROUND: Duration = Duration::from_millis(200);

/// Rounds at once in the beginning, of which the sandbox has its hands full. So what the receiver ever takes
/// for requests that are open together it takes in the first third, and not when the machine stalls.
const BURST: usize = 60;

/// Rounds between two readings of the memory, and between two lines.
const READING: u64 = 5;
const LINE: u64 = 50;

/// How long retries that are due may take at the end.
const PATIENCE: Duration = Duration::from_secs(60);

type BoxError = Box<dyn Error + Send + Sync>;

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    let argument = env::args().nth(1);
    let done = match argument.as_deref() {
        Some(RECEIVE) => receiver::run().await.map(|()| true),
        _ => match argument.map_or(Ok(SECONDS), |text| text.parse()) {
            Ok(seconds) if seconds >= LEAST => soak(Duration::from_secs(seconds)).await,
            _ => Err(format!("usage: soak [SECONDS], {LEAST} at least").into()),
        },
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all claims hold.
async fn soak(length: Duration) -> Result<bool, BoxError> {
    let redis = has_redis().then(|| RedisServer::start(&[]));
    if redis.is_none() {
        println!("not run: the gates with Redis (redis-server is missing)");
    }
    let gates = Gate::ALL.into_iter();
    let gates: Vec<_> = gates
        .filter(|gate| redis.is_some() || !gate.needs_redis())
        .collect();
    let mut process = Process::start()?;
    let mut load = Load::start(&gates, &process.address).await?;
    process.tell(&load.set_up(redis.as_ref().map(RedisServer::url)))?;

    let mut seen = AllSeen::new();
    let memory = drive(length, &mut load, &process, &mut seen).await?;
    let is_over = load.idle(PATIENCE).await;
    for gate in &gates {
        seen.entry(*gate).or_default().begun = load.begun[gate];
    }
    take(&mut seen, &load, process.end()?);

    println!("\n{}", table(&seen, &memory));
    let mut broken = broken(&seen, &memory);
    if !is_over {
        broken.push(format!(
            "deliveries are still under way after {} s",
            PATIENCE.as_secs()
        ));
    }
    for sentence in &broken {
        println!("BROKEN: {sentence}");
    }
    if broken.is_empty() {
        println!("every event was handled once, nothing else was, and memory is flat");
    }
    Ok(broken.is_empty())
}

/// The steady load, and what the receiver held meanwhile.
async fn drive(
    length: Duration,
    load: &mut Load,
    process: &Process,
    seen: &mut AllSeen,
) -> Result<Memory, BoxError> {
    let mut memory = Memory::default();
    let mut rounds = interval(ROUND);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let begun = Instant::now();
    (0..BURST).for_each(|_| load.round());
    for nth in 1_u64.. {
        rounds.tick().await;
        if begun.elapsed() >= length {
            break;
        }
        load.round();
        if nth.is_multiple_of(READING) {
            memory.add(process.resident()?);
            take(seen, load, process.lines());
        }
        if nth.is_multiple_of(LINE) {
            tell(begun.elapsed(), load, seen, &memory);
        }
    }
    Ok(memory)
}

/// Sorts what both sides have said since by gates.
fn take(seen: &mut AllSeen, load: &Load, written: impl IntoIterator<Item = serde_json::Value>) {
    for line in load.lines() {
        if let Some(gate) = load.gate(&line.subscription) {
            seen.entry(gate).or_default().sent.push(line);
        }
    }
    for line in written {
        if let Some(Ok(gate)) = line["gate"].as_str().map(str::parse) {
            seen.entry(gate).or_default().written.push(line);
        } else if let Some(entries) = line["entries"].as_u64() {
            println!("the memory store ends with {entries} entries");
        }
    }
}

fn tell(elapsed: Duration, load: &Load, seen: &AllSeen, memory: &Memory) {
    let begun: usize = load.begun.values().sum();
    let sent: usize = seen.values().map(|seen| seen.sent.len()).sum();
    let written = || seen.values().flat_map(|seen| &seen.written);
    let of = |verdict| written().filter(|line| line["verdict"] == verdict).count();
    println!(
        "{:>4} s: {begun} events, {sent} attempts, {} handled, {} refused, {} KiB",
        elapsed.as_secs(),
        of("accepted"),
        of("refused"),
        memory.latest()
    );
}

fn has_redis() -> bool {
    let mut asked = Command::new("redis-server");
    let asked = asked.arg("--version").stdout(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}
