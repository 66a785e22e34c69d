//! An hour of chaos: the five providers, as the sandbox plays them, deliver to receivers that were
//! registered with them, and what the sandbox knows is held against what the receivers say.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "chaos/agreement.rs"]
mod agreement;
#[path = "../soak/gates.rs"]
#[allow(
    dead_code,
    reason = "the soak's own, of which the names are wanted here"
)]
mod gates;
#[path = "chaos/inside.rs"]
mod inside;
#[path = "../soak/memory.rs"]
#[allow(dead_code, reason = "the soak's own, which prints more of it")]
mod memory;
#[path = "chaos/registered.rs"]
mod registered;
#[path = "chaos/soaked.rs"]
mod soaked;
mod support;
#[path = "../soak/verdict.rs"]
#[allow(dead_code, reason = "the soak's own, which prints a table too")]
mod verdict;
#[path = "chaos/webhooks.rs"]
mod webhooks;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use agreement::{Difference, differences, genuine};
use hookproof_sandbox::{Chaos, EmitError, Line, Running, Sandbox, State, Truth};
use inside::{Care, Lines, router};
use registered::Registered;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use webhooks::Webhook;

const SPEED: NonZeroU32 = NonZeroU32::new(1_000).expect("not zero");

/// An hour of the providers' time.
const HOUR: Duration = Duration::from_millis(3_600);

/// From each provider to each receiver, at least.
const EVENTS: usize = 40;

/// How many of them are under way at once. Sent switches a webhook off after ten failures in a row,
/// and where handlers fail first, each of its deliveries does.
const AT_ONCE: usize = 4;

async fn sandbox(chaos: Chaos) -> Running {
    let anywhere = "127.0.0.1:0".parse().expect("an address");
    let sandbox = Sandbox::default().speed(SPEED).chaos(chaos);
    sandbox.start(anywhere).await.expect("listening")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_event_of_an_hour_is_handled_once_no_forgery_is_and_both_logs_agree() {
    let sandbox = sandbox(Chaos::from_seed(23)).await;
    let mut receivers = [
        Registered::start(&sandbox, &[]).await,
        Registered::start(&sandbox, &["--fail-first", "1"]).await,
    ];
    let began = Instant::now();
    let mut events = 0;
    while events < EVENTS || began.elapsed() < HOUR {
        for nth in events..events + AT_ONCE {
            for receiver in &mut receivers {
                receiver.emit(&sandbox, nth);
            }
        }
        events += AT_ONCE;
        sandbox.idle().await;
    }

    for (receiver, fails) in receivers.into_iter().zip([false, true]) {
        assert_eq!(receiver.deliveries.len(), events * 5);
        for number in &receiver.deliveries {
            assert_eq!(sandbox.settled(*number).await, Some(State::Delivered));
        }
        let (sent, written) = receiver.logs(&sandbox);
        assert_eq!(differences(&sent, &written), []);
        assert_eq!(genuine(&sent).len(), events * 5, "no two events are alike");
        let seen: BTreeSet<_> = sent.iter().map(|line| line.truth).collect();
        assert_eq!(seen.len(), 8, "not all that chaos has was there: {seen:?}");
        let failed = written
            .iter()
            .any(|line| line["verdict"] == "handler-failed");
        assert_eq!(failed, fails);
    }
}

/// What the sandbox and a receiver in this process write of one event of each kind from each
/// provider.
async fn one_of_each(care: Care) -> (Vec<Line>, Vec<Value>) {
    let sandbox = sandbox(Chaos::none()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let webhooks = Webhook::create_all(&sandbox, &format!("http://{address}")).await;
    let lines = Lines::default();
    let app = router(care, &webhooks, &lines);
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let kinds = [
        Truth::Duplicate,
        Truth::Late,
        Truth::Early,
        Truth::Tampered,
        Truth::Forged,
    ];
    for webhook in &webhooks {
        for (nth, truth) in kinds.into_iter().enumerate() {
            let begun = sandbox.emit(webhook.provider, &webhook.event(nth).truth(truth));
            // Nothing is late or early where no timestamp is signed.
            assert!(
                matches!(begun, Ok(_) | Err(EmitError::Unsendable(_))),
                "{begun:?}"
            );
        }
    }
    sandbox.idle().await;
    server.abort();
    (sandbox.log(), lines.all())
}

#[tokio::test]
async fn a_receiver_that_remembers_nothing_is_found_out() {
    let (sent, written) = one_of_each(Care::WithoutReplayGuard).await;
    let twice: Vec<_> = genuine(&sent)
        .into_iter()
        .map(|event| Difference::Handled(event, 2))
        .collect();
    assert_eq!(twice.len(), 5);
    assert_eq!(differences(&sent, &written), twice);
}

#[tokio::test]
async fn a_receiver_that_proves_nothing_is_found_out() {
    let (sent, written) = one_of_each(Care::WithoutVerification).await;
    let found = differences(&sent, &written);
    let count = |is: fn(&Difference) -> bool| found.iter().filter(|found| is(found)).count();
    let attacks = sent.iter().filter(|line| line.truth.is_attack()).count();
    assert_eq!(attacks, 5 * 2 + 3 * 2);
    assert_eq!(
        count(|found| matches!(found, Difference::Taken(_))),
        attacks
    );
    assert_eq!(
        count(|found| matches!(found, Difference::Invented(_))),
        attacks
    );
    assert_eq!(count(|found| matches!(found, Difference::Handled(_, 2))), 5);
}

#[tokio::test]
async fn a_line_too_few_or_too_many_and_an_event_that_nobody_handled_are_found() {
    let (sent, mut written) = one_of_each(Care::Sound).await;
    assert_eq!(differences(&sent, &written), []);

    let refused = |line: &Value| line["verdict"] == "refused";
    let at = written.iter().position(refused).expect("a refusal");
    let line = written.remove(at);
    let found = differences(&sent, &written);
    assert!(
        matches!(found[..], [Difference::Unwritten(_, 1)]),
        "{found:?}"
    );

    written.extend([line.clone(), line]);
    let found = differences(&sent, &written);
    assert!(matches!(found[..], [Difference::Unsent(_, 1)]), "{found:?}");

    written.pop();
    let accepted = |line: &&mut Value| line["verdict"] == "accepted";
    let lost = written.iter_mut().find(accepted).expect("an event");
    lost["verdict"] = json!("duplicate");
    let found = differences(&sent, &written);
    assert!(
        matches!(found[..], [Difference::Handled(_, 0)]),
        "{found:?}"
    );
}
