//! What a receiver gets, and what is never called.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use http::header::LOCATION;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::receiver::Receiver;
use super::{Stand, emit, emit_as, subscription, why};
use crate::deliver::Emit;
use crate::delivery::{Outcome, State, Truth};
use crate::provider::Provider;

#[tokio::test]
async fn the_request_is_a_post_of_the_body_to_the_path() {
    let receiver = Receiver::answering(|_| 204).await;
    let url = format!("{}?a=b", receiver.url);
    let stand = Stand::with(subscription(Provider::Sendmux, &url));
    let emit = emit()
        .event("message.bounced")
        .body("{\"id\": \"evt_mine\"}");
    let delivery = stand.deliver(Provider::Sendmux, &emit).await;
    assert_eq!(delivery.state, State::Delivered);
    let [seen] = &receiver.seen()[..] else {
        panic!("one request");
    };
    assert_eq!(seen.path, "/hook?a=b");
    assert_eq!(seen.body, "{\"id\": \"evt_mine\"}");
    assert_eq!(seen.headers["host"], url[7..url.len() - 9]);
    assert_eq!(seen.headers["content-type"], "application/json");
    assert_eq!(seen.headers["content-length"], "18");
    assert_eq!(seen.headers["x-sendmux-event-id"], "evt_mine");
    assert_eq!(seen.headers["x-sendmux-event-type"], "message.bounced");
    assert_eq!(seen.headers["x-sendmux-delivery-attempt"], "1");
    for (name, value) in &delivery.attempts[0].headers {
        assert_eq!(seen.headers[name], *value, "{name}");
    }
}

#[tokio::test]
async fn an_empty_body_is_sent_and_so_is_a_slow_one() {
    let receiver = Receiver::answering(|_| 200).await;
    let stand = Stand::with(subscription(Provider::SendKit, &receiver.url));
    let text = "x".repeat(1_000);
    for emit in [
        emit().event("email.sent").body(""),
        emit_as(Truth::Slow).event("email.sent").body(""),
        emit_as(Truth::Slow).event("email.sent").body(text.as_str()),
    ] {
        let delivery = stand.deliver(Provider::SendKit, &emit).await;
        assert_eq!(delivery.state, State::Delivered);
    }
    let bodies: Vec<_> = receiver.seen().into_iter().map(|seen| seen.body).collect();
    assert_eq!(bodies, ["", "", text.as_str()]);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Receiver::answering(|_| 200).await;
    let url = elsewhere.url.clone();
    let receiver = Receiver::responding(move |_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
        let location = url.parse().expect("a value");
        response.headers_mut().insert(LOCATION, location);
        response
    })
    .await;
    let stand = Stand::with(subscription(Provider::JetEmail, &receiver.url));
    let delivery = stand.deliver(Provider::JetEmail, &emit()).await;
    assert_eq!(
        why(&delivery.state),
        "the schedule has ended, after 6 attempts"
    );
    assert_eq!(receiver.seen().len(), 6);
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn a_webhook_elsewhere_is_kept_and_never_called() {
    for url in [
        "https://example.com/hook",
        "http://example.com/hook",
        "http://192.0.2.1/hook",
        // It leads to the loopback wherever it is known, and is not asked for.
        "http://ip6-localhost/hook",
    ] {
        let stand = Stand::with(subscription(Provider::Sent, url));
        let numbers = stand.deliverer.emit(Provider::Sent, &emit());
        let delivery = stand.store.delivery(1).expect("it is kept");
        assert_eq!(numbers, Ok(vec![1]));
        assert!(matches!(delivery.state, State::NotSent { .. }), "{url}");
        assert_eq!(delivery.attempts.len(), 0);
        assert_eq!(stand.deliverer.tasks.count(), 0);
        assert!(stand.deliverer.log().lines().is_empty());
        // Nor does an attacker.
        let forged = stand.deliver(Provider::Sent, &emit_as(Truth::Forged)).await;
        assert!(matches!(forged.state, State::NotSent { .. }), "{url}");
    }
}

#[tokio::test]
async fn a_webhook_that_is_off_is_not_called() {
    let receiver = Receiver::answering(|_| 200).await;
    let mut off = subscription(Provider::MailingApi, &receiver.url);
    off.on = false;
    let stand = Stand::with(off);
    let delivery = stand.deliver(Provider::MailingApi, &emit()).await;
    assert_eq!(why(&delivery.state), "the webhook is off");
    assert_eq!(receiver.seen().len(), 0);
}

#[tokio::test]
async fn a_receiver_that_never_answers_is_given_up_in_time_and_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let silent = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    let mut patient = subscription(Provider::SendKit, &url);
    patient.timeout = std::time::Duration::from_millis(50);
    patient.retries = 1;
    let stand = Stand::with(patient);
    let delivery = stand.deliver(Provider::SendKit, &emit()).await;
    assert_eq!(delivery.attempts.len(), 2);
    for attempt in &delivery.attempts {
        let why = "no answer within 50 ms".to_owned();
        assert_eq!(attempt.outcome, Outcome::Failed { why });
    }
    silent.abort();
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    let stand = Stand::with(subscription(Provider::JetEmail, &url));
    let delivery = stand.deliver(Provider::JetEmail, &emit()).await;
    assert_eq!(delivery.attempts.len(), 6);
    let Outcome::Failed { why } = &delivery.attempts[0].outcome else {
        panic!("there is no answer");
    };
    assert!(why.starts_with("no connection: "), "{why}");
}

#[tokio::test]
async fn an_answer_without_end_does_no_harm() {
    let receiver = Receiver::responding(|_| {
        let chunk = || Some((Ok::<_, std::io::Error>(vec![b'x'; 8_192]), ()));
        let endless = futures_util::stream::unfold((), move |()| async move { chunk() });
        Response::new(Body::from_stream(endless))
    })
    .await;
    let stand = Stand::with(subscription(Provider::Sent, &receiver.url));
    let delivery = stand.deliver(Provider::Sent, &emit()).await;
    assert_eq!(delivery.state, State::Delivered);
    assert_eq!(delivery.attempts.len(), 1);
}

#[tokio::test]
async fn a_receiver_that_only_ever_announces_its_answer_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let hints = tokio::spawn(async move {
        let hints = b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100);
        let (mut stream, _) = listener.accept().await.expect("a delivery");
        while stream.write_all(&hints).await.is_ok() {}
    });
    let stand = Stand::with(subscription(Provider::Sent, &url));
    let delivery = stand.deliver(Provider::Sent, &emit().once()).await;
    let Outcome::Failed { why } = &delivery.attempts[0].outcome else {
        panic!("there is no answer");
    };
    // It is left for what it sends, and not when its time is over.
    assert!(why.starts_with("the connection failed"), "{why}");
    hints.await.expect("it was hung up on");
}

#[tokio::test]
async fn a_broken_attempt_does_not_come_whole_and_is_tried_again() {
    let receiver = Receiver::answering(|_| 200).await;
    let stand = Stand::with(subscription(Provider::MailingApi, &receiver.url));
    let broken: Emit = emit_as(Truth::Broken);
    let delivery = stand.deliver(Provider::MailingApi, &broken).await;
    assert_eq!(delivery.state, State::Delivered);
    assert_eq!(
        super::truths(&delivery.attempts),
        [Truth::Broken, Truth::Genuine]
    );
    assert!(matches!(
        delivery.attempts[0].outcome,
        Outcome::Failed { .. }
    ));
    let [seen] = &receiver.seen()[..] else {
        panic!("one request came whole");
    };
    assert_eq!(seen.body, delivery.body);
}

#[tokio::test]
async fn what_is_under_way_ends_when_the_deliverer_is_stopped() {
    let receiver = Receiver::answering(|_| 500).await;
    let stand = Stand::new(1, super::Chaos::none());
    stand.add(subscription(Provider::Sendmux, &receiver.url));
    let numbers = stand.deliverer.emit(Provider::Sendmux, &emit());
    assert_eq!(numbers, Ok(vec![1]));
    assert_eq!(stand.deliverer.tasks.count(), 1);
    stand.deliverer.stop();
    // Half a minute before its next attempt.
    stand.deliverer.idle().await;
    assert_eq!(stand.deliverer.tasks.count(), 0);
}
