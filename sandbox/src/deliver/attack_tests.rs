use super::{Genuine, check};
use crate::deliver::EmitError;
use crate::deliver::tests::subscription;
use crate::delivery::Truth;
use crate::events::Event;
use crate::provider::Provider;

fn genuine(body: &str) -> Genuine {
    let event = Event {
        name: "message.delivered".to_owned(),
        id: Some("evt_1".to_owned()),
        body: body.to_owned().into(),
    };
    let subscription = subscription(Provider::Sendmux, "http://127.0.0.1/");
    Genuine::now(subscription, event, 1).expect("it is signed")
}

#[test]
fn a_tampered_body_differs_and_its_headers_do_not() {
    for body in ["{\"id\":\"z9Z\"}", "{}", "", "é"] {
        let genuine = genuine(body);
        for salt in [0, 1, 7, u64::MAX] {
            let tampered = genuine.turned(Truth::Tampered, salt).expect("a message");
            assert_ne!(tampered.body, genuine.message.body, "{body} {salt}");
            assert_eq!(tampered.headers, genuine.message.headers);
        }
    }
}

#[test]
fn what_is_not_genuine_can_be_told_from_what_is() {
    let genuine = genuine("{\"id\":\"evt_1\"}");
    let same = genuine.turned(Truth::Duplicate, 3).expect("a message");
    assert_eq!(same.headers, genuine.message.headers);
    assert_eq!(same.body, genuine.message.body);
    for truth in [Truth::Late, Truth::Early, Truth::Forged] {
        let other = genuine.turned(truth, 3).expect("a message");
        assert_ne!(other.headers, genuine.message.headers, "{truth:?}");
    }
}

#[test]
fn late_and_early_mean_something_only_where_a_timestamp_is_signed() {
    for provider in Provider::ALL {
        let is_stamped = !matches!(provider, Provider::SendKit | Provider::JetEmail);
        assert_eq!(check(provider, Truth::Late).is_ok(), is_stamped);
        assert_eq!(check(provider, Truth::Early).is_ok(), is_stamped);
        assert_eq!(check(provider, Truth::Forged), Ok(()));
    }
    let refused = check(Provider::JetEmail, Truth::Late);
    let Err(EmitError::Unsendable(why)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        why,
        "JetEmail signs no timestamp: nothing of it is late or early"
    );
}
