//! Who is sent what is asked for, and what cannot be asked for.

use std::sync::{Arc, Mutex};

use super::receiver::{Receiver, lock};
use super::{Stand, emit, emit_as, subscription};
use crate::deliver::emit::MAX_BODY;
use crate::deliver::{Deliverer, EmitError, MAX_UNDER_WAY};
use crate::delivery::{State, Truth};
use crate::log::Sink;
use crate::provider::Provider;
use crate::subscription::Subscription;

fn listening(id: &str, url: &str, event: &str) -> Subscription {
    Subscription {
        id: id.to_owned(),
        events: vec![event.to_owned()],
        ..subscription(Provider::Sendmux, url)
    }
}

#[tokio::test]
async fn an_event_goes_to_all_that_want_it_under_the_name_that_each_knows() {
    let receiver = Receiver::answering(|_| 200).await;
    let stand = Stand::new(super::FAST, super::Chaos::none());
    stand.add(listening("new", &receiver.url, "message.bounced"));
    stand.add(listening("old", &receiver.url, "ses.bounce"));
    stand.add(listening("other", &receiver.url, "message.delivered"));
    let emit = emit().event("message.bounced");
    let numbers = stand.deliverer.emit(Provider::Sendmux, &emit);
    assert_eq!(numbers, Ok(vec![1, 2]));
    stand.deliverer.idle().await;
    let mut names: Vec<_> = receiver.seen().iter().map(event_name).collect();
    names.sort();
    assert_eq!(names, ["message.bounced", "ses.bounce"]);
    let ids = [1, 2].map(|number| stand.store.delivery(number).and_then(|kept| kept.event_id));
    assert_eq!(ids[0], ids[1], "it is one event");
}

fn event_name(seen: &super::receiver::Seen) -> String {
    let name = seen.headers["x-sendmux-event-type"].to_str();
    name.expect("a name").to_owned()
}

#[tokio::test]
async fn without_a_name_it_is_the_first_that_is_wanted() {
    let receiver = Receiver::answering(|_| 200).await;
    let stand = Stand::with(listening("one", &receiver.url, "message.rejected"));
    let delivery = stand.deliver(Provider::Sendmux, &emit()).await;
    assert_eq!(delivery.event, "message.rejected");
}

#[tokio::test]
async fn one_that_is_named_gets_what_is_asked_for_and_nobody_else_does() {
    let receiver = Receiver::answering(|_| 200).await;
    let stand = Stand::new(super::FAST, super::Chaos::none());
    stand.add(listening("one", &receiver.url, "message.bounced"));
    stand.add(listening("two", &receiver.url, "message.delivered"));
    let emit = emit().event("message.delivered").subscription("one");
    let delivery = stand.deliver(Provider::Sendmux, &emit).await;
    assert_eq!(delivery.subscription, "one");
    assert_eq!(delivery.event, "message.delivered");
}

#[tokio::test]
async fn a_body_of_ones_own_can_have_a_name_of_its_own() {
    let receiver = Receiver::answering(|_| 200).await;
    let stand = Stand::with(subscription(Provider::SendKit, &receiver.url));
    let emit = emit().event("meeting.booked").body("[1]");
    let nobody = stand.deliverer.emit(Provider::SendKit, &emit);
    assert_eq!(nobody, Err(EmitError::Nobody));
    let emit = emit.subscription("sub_sendkit");
    stand.deliver(Provider::SendKit, &emit).await;
    let seen = receiver.seen();
    assert_eq!(seen[0].headers["x-webhook-event"], "meeting.booked");
    assert_eq!(seen[0].body, "[1]");
}

#[tokio::test]
async fn what_cannot_be_emitted_is_told() {
    let stand = Stand::with(subscription(Provider::JetEmail, "http://127.0.0.1:1/"));
    let refused = |emit| stand.deliverer.emit(Provider::JetEmail, &emit);
    let unknown = |name: &str| Err(EmitError::UnknownEvent(name.to_owned()));
    assert_eq!(
        refused(emit().event("outbound.lost")),
        unknown("outbound.lost")
    );
    assert_eq!(refused(emit().event("")), unknown(""));
    assert_eq!(
        refused(emit().event("a\r\nb: c").body("{}")),
        unknown("a\r\nb: c")
    );
    assert_eq!(
        refused(emit().event("inbound.spam")),
        Err(EmitError::Nobody)
    );
    assert_eq!(
        refused(emit().subscription("sub")),
        Err(EmitError::NotFound)
    );
    let large = "x".repeat(MAX_BODY + 1);
    assert_eq!(refused(emit().body(large)), Err(EmitError::TooLarge));
    let late = refused(emit_as(Truth::Late));
    assert!(matches!(late, Err(EmitError::Unsendable(_))), "{late:?}");
    let nobody = stand.deliverer.emit(Provider::Sent, &emit());
    assert_eq!(nobody, Err(EmitError::Nobody));
    assert!(stand.store.deliveries().is_empty());
}

#[tokio::test]
async fn when_too_many_are_under_way_no_more_are_begun() {
    let stand = Stand::new(1, super::Chaos::none());
    stand.add(subscription(Provider::Sendmux, "http://127.0.0.1:1/"));
    for _ in 0..MAX_UNDER_WAY {
        let begun = stand.deliverer.emit(Provider::Sendmux, &emit());
        assert!(begun.is_ok(), "{begun:?}");
    }
    let refused = stand.deliverer.emit(Provider::Sendmux, &emit());
    assert_eq!(refused, Err(EmitError::Busy));
    stand.deliverer.stop();
}

#[tokio::test]
async fn each_line_is_told_as_its_attempt_ends() {
    let receiver = Receiver::answering(|_| 200).await;
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let lines = Arc::clone(&told);
    let sink = Sink::new(move |line| {
        let json = serde_json::to_string(line);
        lock(&lines).push(json.expect("JSON"));
    });
    let mut stand = Stand::with(subscription(Provider::Sendmux, &receiver.url));
    let speed = stand.deliverer.speed;
    let deliverer = Deliverer::new(Arc::clone(&stand.store), speed, super::Chaos::none());
    stand.deliverer = Arc::new(deliverer.on_line(Some(sink)));
    let delivery = stand.deliver(Provider::Sendmux, &emit()).await;
    assert_eq!(delivery.state, State::Delivered);
    let [line] = &lock(&told)[..] else {
        panic!("one line");
    };
    let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(line["provider"], "sendmux");
    assert_eq!(line["subscription"], "sub_sendmux");
    assert_eq!(
        (&line["delivery"], &line["attempt"]),
        (&1.into(), &1.into())
    );
    assert_eq!(
        (&line["truth"], &line["expected"]),
        (&"genuine".into(), &"handled".into())
    );
    assert_eq!(
        (&line["outcome"], &line["status"]),
        (&"answered".into(), &200.into())
    );
    assert!(line["took_ms"].is_u64() && line["at"].is_u64());
    let seen = &receiver.seen()[0];
    for name in ["x-sendmux-signature", "x-sendmux-signature-v2"] {
        let value = seen.headers[name].to_str().expect("text");
        assert_eq!(line["signatures"][name], value);
    }
    assert_eq!(line["body_sha256"], crate::log::body_sha256(&seen.body));
}
