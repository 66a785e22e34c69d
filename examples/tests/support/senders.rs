//! Providers that send each event more than once, at once and until it is acknowledged.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hookproof::providers::{JETEMAIL_INBOUND, MAILINGAPI, SENDKIT, SENDMUX_V2, SENT};
use hookproof::scheme::Scheme;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::delivery::{request, signed_as};
use super::process::{SECRET, VARIABLES};

/// Above every deadline that an answer may have to wait for: the store's before and after the
/// handler, and the handlers of these tests.
const LONGEST: Duration = Duration::from_secs(8);

/// After which a sender stops trying, and the test fails.
const PATIENCE: Duration = Duration::from_secs(90);

/// Within which a receiver finds its way back to a store that answers again: the longest pause
/// between two attempts to connect, the attempt itself, and what was waiting to be told.
const RECOVERY: Duration = Duration::from_secs(15);

/// How many deliveries are under way at once.
const AT_ONCE: usize = 64;

/// Ids in the body, in a header, and none at all.
const SCHEMES: [&Scheme; 5] = [&SENDMUX_V2, &MAILINGAPI, &SENDKIT, &JETEMAIL_INBOUND, &SENT];

/// A secret that suits every preset, for each variable.
pub fn secrets() -> Vec<(&'static str, &'static str)> {
    VARIABLES.map(|variable| (variable, SECRET)).to_vec()
}

/// One answer: its status, and whether it asks to come again later.
type Answer = (u16, bool);

/// An event of one of the schemes; no two have the same name.
#[derive(Clone)]
pub struct Event {
    scheme: &'static Scheme,
    name: String,
}

impl Event {
    pub fn new(nth: usize) -> Self {
        let scheme = SCHEMES[nth % SCHEMES.len()];
        Self {
            scheme,
            name: format!("event-{nth}"),
        }
    }

    fn request(&self, age: i64) -> Vec<u8> {
        // The event's name tells the lines of those apart whose deliveries have no id.
        let body = format!(
            r#"{{"id":"{0}","type":"{0}","event":"{0}","payload":{{"n":"{0}"}},"data":{{"n":"{0}"}},"headers":{{}}}}"#,
            self.name
        );
        let body = body.into_bytes();
        let headers = signed_as(self.scheme, SECRET, &body, -age, &self.header_id());
        request(self.scheme, &headers, &body)
    }

    /// Sent's header names the endpoint, the same for all.
    fn header_id(&self) -> String {
        match self.scheme.slug() {
            "sent" => "endpoint".to_owned(),
            _ => self.name.clone(),
        }
    }
}

/// How senders behave.
#[derive(Clone, Copy)]
pub struct Manners {
    /// How often each event is sent at the same time.
    pub copies: usize,
    /// The first attempt hangs up after so long.
    pub hangs_up: Option<Duration>,
}

pub const TWICE: Manners = Manners {
    copies: 2,
    hangs_up: None,
};

/// Sends every event until each copy is acknowledged, to one receiver after the other.
pub async fn send_all(events: usize, receivers: &[SocketAddr], manners: Manners) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut senders = JoinSet::new();
    for nth in 0..events {
        for copy in 0..manners.copies {
            let room = Arc::clone(&room).acquire_owned().await.expect("open");
            let receivers = receivers.to_vec();
            senders.spawn(async move {
                send_until_acknowledged(&Event::new(nth), &receivers, nth + copy, manners).await;
                drop(room);
            });
        }
    }
    while let Some(sender) = senders.join_next().await {
        sender.expect("each delivery is acknowledged");
    }
}

async fn send_until_acknowledged(
    event: &Event,
    receivers: &[SocketAddr],
    first: usize,
    manners: Manners,
) {
    let since = Instant::now();
    let mut pause = Duration::from_millis(20);
    let mut hangs_up = manners.hangs_up;
    for (attempt, age) in (0..5).cycle().enumerate() {
        let receiver = receivers[(first + attempt) % receivers.len()];
        // A retry is stamped anew.
        let delivery = event.request(age);
        if let Some(after) = hangs_up.take() {
            let _ = timeout(after, post(receiver, &delivery)).await;
        } else {
            let asked = Instant::now();
            match post(receiver, &delivery).await {
                Some((200..=299, _)) => return,
                // The handler failed, as it was asked to.
                Some((500, _)) => {}
                Some((503, true)) => {}
                // The receiver is gone.
                None => {}
                Some(other) => panic!("{} is answered {other:?}", event.name),
            }
            assert!(
                asked.elapsed() < LONGEST,
                "{} waits for its answer",
                event.name
            );
        }
        assert!(
            since.elapsed() < PATIENCE,
            "{} is never acknowledged",
            event.name
        );
        sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(500));
    }
}

/// Sends a delivery over a connection of its own; `None` without an answer.
pub async fn post(receiver: SocketAddr, request: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(receiver).await.ok()?;
    let request = String::from_utf8_lossy(request).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let answer = String::from_utf8(answer).ok()?.to_ascii_lowercase();
    let status = answer.get(9..12)?.parse().ok()?;
    Some((status, answer.contains("\r\nretry-after: ")))
}

/// One delivery, sent once.
pub async fn send_once(nth: usize, receiver: SocketAddr) -> Option<Answer> {
    post(receiver, &Event::new(nth).request(0)).await
}

/// One more copy of an event that was acknowledged, for a receiver that may have to find its
/// store first: nothing but "again later", then "done".
pub async fn send_until_known(nth: usize, receiver: SocketAddr) {
    let since = Instant::now();
    loop {
        match send_once(nth, receiver).await {
            Some((200, false)) => return,
            Some((503, true)) => sleep(Duration::from_millis(100)).await,
            other => panic!("a copy of event {nth} is answered {other:?}"),
        }
        assert!(
            since.elapsed() < RECOVERY,
            "event {nth} is not known any more"
        );
    }
}

/// How often each event was handled, by the receivers' lines.
pub fn handled(lines: &[Value]) -> HashMap<String, usize> {
    let mut handled = HashMap::new();
    for line in lines.iter().filter(|line| line["verdict"] == "accepted") {
        let id = line["delivery_id"].as_str().or(line["event"].as_str());
        *handled.entry(id.expect("a name").to_owned()).or_default() += 1;
    }
    handled
}

/// Each event was handled once, and no other.
pub fn assert_each_handled_once(lines: &[Value], events: usize) {
    let handled = handled(lines);
    for nth in 0..events {
        let name = format!("event-{nth}");
        assert_eq!(handled.get(&name), Some(&1), "{name}");
    }
    assert_eq!(handled.len(), events);
}
