//! Keys exchanged under load: a key that is live refuses nothing genuine, a retired one proves
//! nothing.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use hookproof::{
    Delivery, Endpoint, Keyring, Proven, Secret, Signer, Verification, VerifiedBody, Verifier,
    VerifyErrorKind, providers,
};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::Empty;
use tower::{Layer as _, ServiceExt as _, service_fn};

use super::support::http::{Scripted, Step, request};

const DELIVERIES: usize = 50_000;

/// How many keys are retired meanwhile, at least.
const RETIREMENTS: usize = 10;

const EVERY: Duration = Duration::from_millis(50);

/// How many deliveries a thread has under way, so that many begin before a swap and end after it.
const UNDER_WAY: usize = 64;

/// The keys are numbered, and come into force and retire in order. What is known of them is written
/// before a swap and after it, since nobody knows the very moment.
struct Record {
    /// Keys from this one on are not in force yet.
    adding: AtomicUsize,
    /// Keys before this one are in force, unless they are retired.
    added: AtomicUsize,
    /// Keys from this one on are not retired yet.
    retiring: AtomicUsize,
    /// Keys before this one are retired.
    retired: AtomicUsize,
}

/// What the record says before a delivery begins.
#[derive(Clone, Copy)]
struct Before {
    added: usize,
    retired: usize,
}

/// What a delivery must come to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Due {
    /// Its key was live when it began.
    Accepted,
    /// Its key was retired before it began.
    Retired,
    /// Its key came into force after it began, if at all.
    Unknown,
    /// It began during a swap.
    Either,
}

impl Record {
    fn before(&self) -> Before {
        Before {
            added: self.added.load(Ordering::SeqCst),
            retired: self.retired.load(Ordering::SeqCst),
        }
    }

    /// Of a delivery that has begun since.
    fn due(&self, key: usize, before: Before) -> Due {
        let retiring = self.retiring.load(Ordering::SeqCst);
        let adding = self.adding.load(Ordering::SeqCst);
        if key < before.retired {
            Due::Retired
        } else if key >= adding {
            Due::Unknown
        } else if key < before.added && key >= retiring {
            Due::Accepted
        } else {
            Due::Either
        }
    }
}

fn label(key: usize) -> String {
    format!("key-{key}")
}

fn secret(key: usize) -> Secret {
    Secret::new(format!("{key:064x}"))
}

/// Adds keys, promotes them and retires the ones before, until it is told to stop.
fn swap(verifier: &Verifier, record: &Record, stop: &AtomicBool) {
    let alone = |key| Keyring::labelled(label(key), secret(key));
    let two = |newest, older| alone(newest).with_labelled(label(older), secret(older));
    let rotate = |keys: Keyring| verifier.rotate(keys).expect("a sound keyring");
    for key in 1.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        thread::sleep(EVERY);
        record.adding.store(key + 1, Ordering::SeqCst);
        rotate(two(key - 1, key));
        record.added.store(key + 1, Ordering::SeqCst);
        thread::sleep(EVERY);
        rotate(two(key, key - 1));
        thread::sleep(EVERY);
        record.retiring.store(key, Ordering::SeqCst);
        rotate(alone(key));
        record.retired.store(key, Ordering::SeqCst);
    }
}

/// What came of a thread's deliveries.
#[derive(Debug, Default)]
struct Tally {
    accepted: usize,
    /// Those of `accepted` whose key was retired by the time they ended.
    straddling: usize,
    retired: usize,
    unknown: usize,
    either: usize,
}

/// A thread that sends.
struct Sender<'a> {
    record: &'a Record,
    sent: &'a AtomicUsize,
    signed: HashMap<usize, (HeaderMap, Bytes)>,
    tally: Tally,
    since: Instant,
}

impl<'a> Sender<'a> {
    fn new(record: &'a Record, sent: &'a AtomicUsize) -> Self {
        Self {
            record,
            sent,
            signed: HashMap::new(),
            tally: Tally::default(),
            since: Instant::now(),
        }
    }

    /// The key of the next delivery, if there is to be one: live ones mostly, retired ones, the next.
    fn next(&self) -> Option<usize> {
        assert!(self.since.elapsed().as_secs() < 120, "it takes too long");
        let nth = self.sent.fetch_add(1, Ordering::SeqCst);
        let Before { added, retired } = self.record.before();
        if nth >= DELIVERIES && retired >= RETIREMENTS {
            return None;
        }
        Some(match nth % 8 {
            0..=2 => retired,
            3 | 4 => added - 1,
            5 => retired.saturating_sub(1),
            6 => nth / 8 % (retired + 1),
            _ => added,
        })
    }

    fn signed(&mut self, key: usize) -> (HeaderMap, Bytes) {
        let sign = || {
            let body = Bytes::from(format!(r#"{{"id":"evt_{key}"}}"#));
            let signer = Signer::new(&providers::STRIPE, secret(key)).expect("a secret");
            (signer.sign(&body).expect("signed"), body)
        };
        self.signed.entry(key).or_insert_with(sign).clone()
    }

    fn ended(&mut self, key: usize, due: Due, outcome: &Result<String, VerifyErrorKind>) {
        let accepted = outcome == &Ok(label(key));
        let refused = outcome == &Err(VerifyErrorKind::Mismatch);
        let (right, count) = match due {
            Due::Accepted => (accepted, &mut self.tally.accepted),
            Due::Retired => (refused, &mut self.tally.retired),
            Due::Unknown => (refused, &mut self.tally.unknown),
            Due::Either => (accepted || refused, &mut self.tally.either),
        };
        assert!(right, "key {key} was due {due:?}: {outcome:?}");
        *count += 1;
        if due == Due::Accepted && key < self.record.before().retired {
            self.tally.straddling += 1;
        }
    }

    /// In one call.
    fn whole(mut self, verifier: &Verifier) -> Tally {
        while let Some(key) = self.next() {
            let (headers, body) = self.signed(key);
            let before = self.record.before();
            let judged = verifier.verify(Delivery::new(&headers, &body));
            let due = self.record.due(key, before);
            let outcome = judged.map(|receipt| receipt.key().to_owned());
            self.ended(key, due, &outcome.map_err(|error| error.kind()));
        }
        self.tally
    }

    /// In frames, many at a time.
    fn streamed(mut self, verifier: &Verifier) -> Tally {
        let mut under_way = VecDeque::new();
        while let Some(key) = self.next() {
            let (headers, body) = self.signed(key);
            let before = self.record.before();
            let mut verification = verifier.begin(&headers).expect("a good head");
            let due = self.record.due(key, before);
            verification.update(body.slice(..3)).expect("short");
            under_way.push_back((key, due, verification, body));
            if under_way.len() > UNDER_WAY {
                let oldest = under_way.pop_front().expect("not empty");
                self.finish(oldest);
            }
        }
        for rest in under_way {
            self.finish(rest);
        }
        self.tally
    }

    fn finish(&mut self, under_way: (usize, Due, Verification, Bytes)) {
        let (key, due, mut verification, body) = under_way;
        verification.update(body.slice(3..9)).expect("short");
        verification.update(body.slice(9..)).expect("short");
        let outcome = verification.finish().map(|proven| {
            assert_eq!(proven.body(), &body);
            proven.receipt().key().to_owned()
        });
        self.ended(key, due, &outcome.map_err(|error| error.kind()));
    }

    /// Through the layer, many at a time.
    async fn layered(mut self, endpoint: &Endpoint) -> Tally {
        let service = endpoint.layer().layer(service_fn(name_the_key));
        let mut under_way = VecDeque::new();
        while let Some(key) = self.next() {
            let (headers, body) = self.signed(key);
            let frames = [
                Step::Data(body.slice(..3)),
                Step::Later,
                Step::Data(body.slice(3..)),
            ];
            let sent = request(headers, Scripted::new(frames));
            let mut answer = Box::pin(service.clone().oneshot(sent));
            let before = self.record.before();
            // The first poll judges the head and waits for the body.
            let pending = poll_fn(|cx| Poll::Ready(answer.as_mut().poll(cx).is_pending())).await;
            assert!(pending, "the body has not come yet");
            let due = self.record.due(key, before);
            under_way.push_back((key, due, answer));
            if under_way.len() > UNDER_WAY {
                let (key, due, answer) = under_way.pop_front().expect("not empty");
                self.answered(key, due, answer).await;
            }
        }
        for (key, due, answer) in under_way {
            self.answered(key, due, answer).await;
        }
        self.tally
    }

    async fn answered(
        &mut self,
        key: usize,
        due: Due,
        answer: Pin<Box<impl Future<Output = Result<Response<Empty<Bytes>>, Infallible>>>>,
    ) {
        let answer = answer.await.expect("infallible");
        let outcome = match answer.status() {
            StatusCode::OK => {
                let key = answer.headers()["key"].to_str().expect("ASCII");
                Ok(key.to_owned())
            }
            StatusCode::UNAUTHORIZED => Err(VerifyErrorKind::Mismatch),
            other => panic!("{other}"),
        };
        self.ended(key, due, &outcome);
    }
}

/// Answers with the label of the key that matched.
async fn name_the_key(
    request: Request<VerifiedBody>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let proven = Proven::of(request.extensions()).expect("a proof");
    let label = proven.receipt().key().parse().expect("a value");
    let mut answer = Response::new(Empty::new());
    answer.headers_mut().insert("key", label);
    Ok(answer)
}

#[test]
fn no_live_key_refuses_and_no_retired_key_proves_while_keys_are_exchanged() {
    let keys = Keyring::labelled(label(0), secret(0));
    let verifier = Verifier::new(&providers::STRIPE, keys).expect("a secret");
    let endpoint = Endpoint::builder("stripe", verifier.clone())
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let record = Record {
        adding: AtomicUsize::new(1),
        added: AtomicUsize::new(1),
        retiring: AtomicUsize::new(0),
        retired: AtomicUsize::new(0),
    };
    let (sent, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let sender = || Sender::new(&record, &sent);
    let of_a_clone = verifier.clone();

    let tallies = thread::scope(|scope| {
        scope.spawn(|| swap(&verifier, &record, &stop));
        let senders = [
            scope.spawn(|| sender().whole(&of_a_clone)),
            scope.spawn(|| sender().streamed(&verifier)),
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime");
                runtime.block_on(sender().layered(&endpoint))
            }),
        ];
        let ended = senders.map(thread::ScopedJoinHandle::join);
        stop.store(true, Ordering::SeqCst);
        ended.map(|tally| tally.expect("every delivery came to what it was due"))
    });

    let sum = |part: fn(&Tally) -> usize| tallies.iter().map(part).sum::<usize>();
    let total = sum(|tally| tally.accepted + tally.retired + tally.unknown + tally.either);
    assert!(total >= DELIVERIES, "{tallies:?}");
    assert!(record.before().retired >= RETIREMENTS);
    // What decides nothing is the exception.
    assert!(sum(|tally| tally.either) < total / 10, "{tallies:?}");
    // Each way of verifying met each sort.
    for tally in &tallies {
        assert!(tally.accepted >= 1_000, "{tallies:?}");
        assert!(tally.retired >= 500, "{tallies:?}");
        assert!(tally.unknown >= 200, "{tallies:?}");
    }
    for tally in &tallies[1..] {
        assert!(tally.straddling >= 50, "{tallies:?}");
    }
}
