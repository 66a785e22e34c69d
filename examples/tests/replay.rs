//! Two receivers on one Redis, whatever happens: each event is handled once, none is lost.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::time::Duration;

use support::process::Receiver;
use support::proxy::{Proxy, Weather};
use support::redis::{PERSISTENT, RedisServer};
use support::senders::{
    Manners, TWICE, assert_each_handled_once, handled, secrets, send_all, send_once,
    send_until_known,
};
use tokio::time::sleep;

/// Longer than every deadline of a store.
const OUTAGE: Duration = Duration::from_secs(4);

fn receivers(store: &str, options: &[&str]) -> [Receiver; 2] {
    let options = [&["--store", store], options].concat();
    [(); 2].map(|()| Receiver::start(&options, &secrets()))
}

/// Sends while something happens, then counts what was handled. Every line of it must have been
/// written by somebody, or what should have happened did not.
async fn each_is_handled_once(
    events: usize,
    receivers: [Receiver; 2],
    manners: Manners,
    happens: impl Future<Output = ()>,
    verdicts: &[&str],
) {
    let addresses = receivers.each_ref().map(|receiver| receiver.address);
    tokio::join!(send_all(events, &addresses, manners), happens);
    // Copies that come once more after all are known.
    for nth in 0..events.min(50) {
        send_until_known(nth, addresses[nth % 2]).await;
    }
    let lines = receivers.map(Receiver::rest).concat();
    assert_each_handled_once(&lines, events);
    for verdict in verdicts {
        let told = lines.iter().any(|line| line["verdict"] == *verdict);
        assert!(told, "nothing was {verdict}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_sent_twice_at_once_are_handled_once_though_handlers_fail_first() {
    let redis = RedisServer::start(&[]);
    let receivers = receivers(&redis.url(), &["--fail-first", "1", "--handler-delay", "3"]);
    each_is_handled_once(
        600,
        receivers,
        TWICE,
        async {},
        &["handler-failed", "in-progress"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_stops_for_a_while_costs_nothing_but_time() {
    let redis = RedisServer::start(&[]);
    let receivers = receivers(&redis.url(), &["--handler-delay", "50"]);
    let outages = async {
        for _ in 0..2 {
            sleep(Duration::from_millis(500)).await;
            redis.pause();
            sleep(OUTAGE).await;
            redis.resume();
        }
    };
    each_is_handled_once(500, receivers, TWICE, outages, &["store-unavailable"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_killed_and_comes_back_with_its_data_costs_nothing_but_time() {
    let redis = RedisServer::start(&PERSISTENT);
    let receivers = receivers(&redis.url(), &["--handler-delay", "50"]);
    let outages = async {
        for _ in 0..3 {
            sleep(Duration::from_millis(400)).await;
            redis.kill();
            sleep(Duration::from_secs(1)).await;
            redis.start_again();
        }
    };
    each_is_handled_once(500, receivers, TWICE, outages, &["store-unavailable"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_swallows_bytes_costs_nothing_but_time() {
    let redis = RedisServer::start(&[]);
    let proxy = Proxy::to(redis.port()).await;
    let receivers = receivers(&proxy.url(), &["--handler-delay", "50"]);
    let outages = async {
        for _ in 0..2 {
            sleep(Duration::from_millis(500)).await;
            proxy.turn(Weather::Silent);
            sleep(OUTAGE).await;
            proxy.turn(Weather::Fair);
        }
    };
    each_is_handled_once(500, receivers, TWICE, outages, &["store-unavailable"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_without_memory_refuses_what_is_new_and_hears_what_is_done() {
    let redis = RedisServer::start(&["--maxmemory-policy", "noeviction"]);
    let receivers = receivers(&redis.url(), &["--handler-delay", "100"]);
    let outage = async {
        sleep(Duration::from_millis(500)).await;
        let _: () = redis.ask(&["CONFIG", "SET", "maxmemory", "1"]);
        sleep(OUTAGE).await;
        let _: () = redis.ask(&["CONFIG", "SET", "maxmemory", "0"]);
    };
    each_is_handled_once(500, receivers, TWICE, outage, &["store-unavailable"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn senders_that_hang_up_find_their_event_handled() {
    let redis = RedisServer::start(&[]);
    let receivers = receivers(&redis.url(), &["--handler-delay", "60"]);
    let manners = Manners {
        hangs_up: Some(Duration::from_millis(30)),
        ..TWICE
    };
    each_is_handled_once(400, receivers, manners, async {}, &["duplicate"]).await;
}

/// The killed receiver's claims free themselves when their leases end.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_receiver_had_claimed_is_handled_by_another_within_a_minute() {
    const EVENTS: usize = 40;
    let redis = RedisServer::start(&[]);
    let [doomed, heir] = receivers(&redis.url(), &["--handler-delay", "1500"]);
    let address = doomed.address;
    let claimed = tokio::spawn(async move {
        let sent = (0..EVENTS).map(|nth| tokio::spawn(send_once(nth, address)));
        for answer in sent.collect::<Vec<_>>() {
            assert_eq!(answer.await.expect("no panic"), None);
        }
    });
    sleep(Duration::from_millis(700)).await;
    assert!(handled(&doomed.rest()).is_empty());
    claimed.await.expect("no answer came");

    let again = send_once(0, heir.address).await;
    assert!(matches!(again, Some((503, true))), "{again:?}");
    let since = std::time::Instant::now();
    send_all(EVENTS, &[heir.address], TWICE).await;
    assert!(since.elapsed() < Duration::from_secs(60));
    assert_each_handled_once(&heir.rest(), EVENTS);
}
