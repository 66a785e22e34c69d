use hookproof::scheme::Scheme;
use hookproof::{Delivery, Secret, UnixTime, Verifier, providers};
use http::HeaderMap;

use super::{Message, Stamp, sign, signature_names};
use crate::deliver::tests::{SECRET, subscription};
use crate::events::{Event, Occurrence, all};
use crate::provider::Provider;
use crate::subscription::SecretText;

const STAMP: Stamp = Stamp {
    secs: 1_780_000_000,
    attempt: 3,
};

fn event(provider: Provider) -> Event {
    let subscription = subscription(provider, "http://127.0.0.1/");
    let known = all(provider).first().expect("an event");
    let occurrence = Occurrence::now(provider).expect("random bytes");
    occurrence.event(known, known.name, &subscription)
}

fn signed(provider: Provider, event: &Event) -> Message {
    let subscription = subscription(provider, "http://127.0.0.1/");
    sign(&subscription, &subscription.secret, event, STAMP).expect("a message")
}

fn verifies(scheme: &Scheme, message: &Message) -> bool {
    let mut headers = HeaderMap::new();
    for (name, value) in &message.headers {
        let name = http::HeaderName::from_bytes(name.as_bytes()).expect("a name");
        headers.append(name, value.parse().expect("a value"));
    }
    let verifier = Verifier::new(scheme, Secret::new(SECRET)).expect("a verifier");
    let delivery = Delivery::new(&headers, &message.body);
    verifier
        .verify_at(delivery, UnixTime::from_secs(1_780_000_000))
        .is_ok()
}

/// The headers but for those of every request, with what changes put in words.
fn headers(provider: Provider) -> Vec<String> {
    let event = event(provider);
    let message = signed(provider, &event);
    let headers = message.headers.iter();
    let text = headers.map(|(name, value)| {
        let value = match &event.id {
            Some(id) => value.replace(id.as_str(), "ID"),
            None => value.clone(),
        };
        let hex: String = value.chars().filter(char::is_ascii_hexdigit).collect();
        let mac = value.len().checked_sub(64).map(|at| value.split_at(at));
        match mac {
            Some((prefix, mac)) if hex.ends_with(mac) => format!("{name}: {prefix}HEX"),
            _ if value.len() == 47 => format!("{name}: {}BASE64", &value[..3]),
            _ => format!("{name}: {value}"),
        }
    });
    text.skip(2).collect()
}

#[test]
fn each_provider_has_its_own_headers() {
    assert_eq!(
        headers(Provider::Sendmux),
        [
            "X-Sendmux-Event-Id: ID",
            "X-Sendmux-Event-Type: message.delivered",
            "X-Sendmux-Delivery-Attempt: 3",
            "X-Sendmux-Signature: sha256=HEX",
            "X-Sendmux-Timestamp: 1780000000",
            "X-Sendmux-Signature-V2: v1=HEX",
        ]
    );
    assert_eq!(
        headers(Provider::MailingApi),
        ["X-MailingAPI-Signature: t=1780000000,v1=HEX"]
    );
    assert_eq!(
        headers(Provider::SendKit),
        ["X-Webhook-Event: email.sent", "X-Webhook-Signature: HEX"]
    );
    assert_eq!(
        headers(Provider::JetEmail),
        [
            "X-Webhook-ID: ID",
            "X-Webhook-Timestamp: 1780000000",
            "X-Webhook-Signature: sha256=HEX",
        ]
    );
    assert_eq!(
        headers(Provider::Sent),
        [
            "X-Webhook-ID: sub_sent",
            "X-Webhook-Event-ID: ID",
            "X-Webhook-Timestamp: 1780000000",
            "X-Webhook-Signature: v1,BASE64",
        ]
    );
}

#[test]
fn every_request_says_that_it_is_json_and_who_sends_it() {
    for provider in Provider::ALL {
        let message = signed(provider, &event(provider));
        let json = ("Content-Type".to_owned(), "application/json".to_owned());
        assert_eq!(message.headers[0], json);
        assert!(message.headers[1].1.starts_with("hookproof-sandbox/"));
    }
}

#[test]
fn each_preset_of_a_provider_proves_its_deliveries() {
    for (provider, scheme) in [
        (Provider::Sendmux, &providers::SENDMUX),
        (Provider::Sendmux, &providers::SENDMUX_V2),
        (Provider::MailingApi, &providers::MAILINGAPI),
        (Provider::SendKit, &providers::SENDKIT),
        (Provider::JetEmail, &providers::JETEMAIL),
        (Provider::Sent, &providers::SENT),
    ] {
        let mut message = signed(provider, &event(provider));
        assert!(verifies(scheme, &message), "{provider}");
        message.body = b"{}".as_slice().into();
        assert!(!verifies(scheme, &message), "{provider}");
    }
}

#[test]
fn what_was_signed_is_kept_as_it_was() {
    let texts = |provider| {
        let event = event(provider);
        let message = signed(provider, &event);
        let body = String::from_utf8_lossy(&event.body).into_owned();
        let signed = message.signed.iter().map(|signed| {
            let whole = [&signed.before[..], &signed.body].concat();
            String::from_utf8_lossy(&whole).replace(&body, "BODY")
        });
        signed.collect::<Vec<_>>()
    };
    assert_eq!(texts(Provider::Sendmux), ["BODY", "1780000000.BODY"]);
    assert_eq!(texts(Provider::MailingApi), ["1780000000.BODY"]);
    assert_eq!(texts(Provider::SendKit), ["BODY"]);
    assert_eq!(texts(Provider::JetEmail), ["BODY"]);
    assert_eq!(texts(Provider::Sent), ["sub_sent.1780000000.BODY"]);
}

#[test]
fn a_body_is_kept_once_however_often_it_is_signed() {
    for provider in Provider::ALL {
        let event = event(provider);
        for _ in 0..2 {
            for signed in signed(provider, &event).signed {
                assert_eq!(signed.body.as_ptr(), event.body.as_ptr(), "{provider}");
            }
        }
    }
}

#[test]
fn the_headers_of_signatures_are_known_by_name() {
    let sendmux: Vec<_> = signature_names(Provider::Sendmux).collect();
    assert_eq!(sendmux, ["x-sendmux-signature", "x-sendmux-signature-v2"]);
}

#[test]
fn a_secret_that_cannot_sign_is_told_without_being_told() {
    let subscription = subscription(Provider::Sent, "http://127.0.0.1/");
    let secret = SecretText::new("whsec_no*base64*at*all");
    let refused = sign(&subscription, &secret, &event(Provider::Sent), STAMP);
    let why = refused.expect_err("it cannot sign");
    assert!(why.starts_with("its secret cannot sign"), "{why}");
    assert!(!why.contains("no*base64"), "{why}");
}
