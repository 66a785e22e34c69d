//! What a Redis server answers, of any bytes, over a socket: the store never panics, claims nothing
//! but on a well-formed answer that says so, and understands every answer that the scripts give.
//!
//! Input: `claim`, `renew`, `complete` or `release` and a line end, then the answer. The connection
//! ends behind it.
#![no_main]

use std::io;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use hookproof::replay::{Claim, Identity, Lease, RedisStore, Renewal, ReplayStore, StoreError};
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::{first_line, named};
use libfuzzer_sys::fuzz_target;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::runtime::{Builder, Runtime};

const CALLS: [&str; 4] = ["claim", "complete", "release", "renew"];
const LASTS: Duration = Duration::from_secs(60);

/// Two connections are made, each with buffers.
const BOUND: Bound = Bound {
    fixed: 512 * 1024,
    each: 256,
};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
});

fuzz_target!(|data: &[u8]| {
    let (call, answer) = first_line(data);
    let call = named(&CALLS, call, |call| call);
    let told = BOUND.check(data.len(), || RUNTIME.block_on(ask(call, answer)));
    let number = number(answer);
    let exact = number.filter(|number| answer == format!(":{number}\r\n").as_bytes());
    match (told, exact) {
        (Ok(Told::Claim(claim)), Some(number)) => assert_eq!(claim, by_number(number)),
        (Ok(Told::Held(held)), Some(number)) => assert_eq!(held, number == 1),
        (Err(error), Some(_)) => panic!("{error}"),
        (Ok(Told::Claim(Claim::Claimed)), None) => assert!(may_say(answer, -1), "{answer:?}"),
        (Ok(Told::Held(true)), None) => assert!(may_say(answer, 1), "{answer:?}"),
        _ => {}
    }
});

#[derive(Debug)]
enum Told {
    Claim(Claim),
    Held(bool),
    Released,
}

/// What the claim's script says with a number.
fn by_number(number: i64) -> Claim {
    match number {
        -1 => Claim::Claimed,
        -2 => Claim::Done,
        left => Claim::InProgress {
            retry_after: Duration::from_millis(u64::try_from(left).unwrap_or(0)),
        },
    }
}

/// One call of the store to a server that gives this answer, and gives it again to whoever asks again.
async fn ask(call: &str, answer: &[u8]) -> Result<Told, StoreError> {
    let path = std::env::temp_dir().join(format!("hookproof-{}.sock", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).expect("a socket");
    let answer: Arc<[u8]> = answer.into();
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&answer)));
        }
    });
    // No call comes near it, on a machine however busy.
    let store = RedisStore::builder(&format!("unix://{}", path.display())).deadline(LASTS);
    let store = store.build().expect("an address");
    let lease = Lease::new(Identity::from_bytes([7; 16]), "fuzz".into());
    let held = |renewal| Told::Held(renewal == Renewal::Held);
    let told = match call {
        "claim" => store.claim(&lease, LASTS).await.map(Told::Claim),
        "complete" => store.complete(&lease, LASTS).await.map(held),
        "renew" => store.renew(&lease, LASTS).await.map(held),
        _ => store.release(&lease).await.map(|()| Told::Released),
    };
    server.abort();
    let _ = std::fs::remove_file(&path);
    told
}

/// Greets a client that tells its name in two commands, then answers its first call.
async fn serve(mut stream: UnixStream, answer: Arc<[u8]>) -> io::Result<()> {
    let mut read = Vec::new();
    let mut greeted = false;
    while stream.read_buf(&mut read).await? > 0 {
        let holds = |word: &[u8]| read.windows(word.len()).filter(|it| *it == word).count();
        if !greeted && holds(b"SETINFO") == 2 {
            greeted = true;
            stream.write_all(b"+OK\r\n+OK\r\n").await?;
        }
        if holds(b"EVALSHA") > 0 {
            return stream.write_all(&answer).await;
        }
    }
    Ok(())
}

/// Whether an answer says a number. What a server may send before, pushed messages and attributes, is
/// not read here: then the number must stand in some line behind.
fn may_say(answer: &[u8], wanted: i64) -> bool {
    match answer.first() {
        Some(b'>' | b'|') => {
            let mut starts = 0..answer.len();
            starts.any(|at| number(&answer[at..]) == Some(wanted))
        }
        _ => number(answer) == Some(wanted),
    }
}

/// The number that an answer begins with, in each form in which the client takes one: an integer, a
/// text of digits, a fraction.
fn number(answer: &[u8]) -> Option<i64> {
    let (&kind, rest) = answer.split_first()?;
    let end = rest.windows(2).position(|two| two == b"\r\n")?;
    let line = std::str::from_utf8(&rest[..end]).ok()?;
    match kind {
        b':' | b'+' => line.parse().ok(),
        b'$' => {
            let text = rest.get(end + 2..)?.get(..line.parse().ok()?)?;
            std::str::from_utf8(text).ok()?.parse().ok()
        }
        #[expect(clippy::cast_possible_truncation, reason = "as the client does it")]
        b',' => Some(line.parse::<f64>().ok()? as i64),
        _ => None,
    }
}
