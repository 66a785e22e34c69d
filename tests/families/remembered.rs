//! What a delivery is remembered by where it is judged whole, or by a field of its body.

use hookproof::VerifyErrorKind::Malformed;
use hookproof::scheme::{
    Canonical, FormJson, Part, Place, ReplayId, Scheme, SchemeBuilder, Timestamp, Unit,
};
use hookproof::{Tolerance, Verifier};

use super::kit::{NOW, Sent, mac, verifier};

const UNSIGNED: &str = "the vendor signs fields alone";

const DOT: Part = Part::Literal(".");

/// A note beside the body, and the stamp.
const NOTED: &[Part] = &[
    Part::Timestamp,
    DOT,
    Part::Header("own-note"),
    DOT,
    Part::Body,
];

/// Judged whole, for the header that could hold the signature too.
const fn whole() -> SchemeBuilder {
    Scheme::builder("own", "own-signature").alternates(&["other-signature"])
}

fn with_stamp(at: i64, signed: String) -> Sent {
    Sent::to("/hook")
        .with("own-time", at.to_string())
        .with("own-signature", mac(signed))
}

#[test]
fn a_stamp_that_is_left_out_makes_no_other_delivery() {
    let header = whole()
        .timestamp(Timestamp::Header("own-time"))
        .content(NOTED)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build();
    let verifier = verifier(&header);
    let sent = |at: i64, note: &str| {
        with_stamp(at, format!("{at}.{note}.{{}}"))
            .with("own-note", note)
            .body("{}")
            .identity(&verifier)
    };
    assert_eq!(sent(NOW, "a"), sent(NOW - 1, "a"));
    assert_ne!(sent(NOW, "a"), sent(NOW, "b"));
}

#[test]
fn a_fraction_of_a_stamp_that_is_left_out_makes_no_other_delivery() {
    let millis = Scheme::builder("own", "own-signature")
        .timestamp(Timestamp::Header("own-time"))
        .unit(Unit::Millis)
        .content(NOTED)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build();
    let verifier = verifier(&millis);
    let sent = |at: i64| {
        with_stamp(at, format!("{at}.a.{{}}"))
            .with("own-note", "a")
            .body("{}")
            .identity(&verifier)
    };
    assert_eq!(sent(NOW * 1000 + 1), sent(NOW * 1000 + 2));
}

/// A scheme of fields, the stamp among them, and a body with that stamp and amount.
type Fields = (Place, &'static [Part], fn(i64, &str) -> String);

fn by_fields(stamp: Place, content: &'static [Part]) -> Verifier {
    let scheme = whole()
        .timestamp(Timestamp::At(stamp))
        .tolerance(Tolerance::symmetric(300))
        .content(content)
        .dangerous_body_unsigned(UNSIGNED)
        .replay_id(ReplayId::ContentWithoutTimestamp)
        .build();
    verifier(&scheme)
}

#[test]
fn a_stamp_in_a_field_that_is_left_out_makes_no_other_delivery() {
    const STAMP: &FormJson = &FormJson {
        field: "data",
        pointer: "/at",
    };
    const AMOUNT: &FormJson = &FormJson {
        field: "data",
        pointer: "/amount",
    };
    const fn json(pointer: &'static str) -> Part {
        Part::Json {
            pointer,
            absent: None,
        }
    }
    const OF_JSON: &[Part] = &[json("/at"), DOT, json("/amount")];
    let places: [Fields; 3] = [
        (
            Place::Form("at"),
            &[Part::Form("at"), DOT, Part::Form("amount")],
            |at, amount| format!("at={at}&amount={amount}"),
        ),
        (Place::Json("/at"), OF_JSON, |at, amount| {
            format!(r#"{{"at":{at},"amount":{amount}}}"#)
        }),
        (
            Place::FormJson(STAMP),
            &[Part::FormJson(STAMP), DOT, Part::FormJson(AMOUNT)],
            |at, amount| format!(r#"data={{"at":{at},"amount":{amount}}}"#),
        ),
    ];
    for (place, content, body) in places {
        let verifier = by_fields(place, content);
        let sent = |at: i64, amount: &str| {
            let sent = match place {
                Place::Json(_) => Sent::json(body(at, amount)),
                _ => Sent::form(body(at, amount)),
            };
            let signature = mac(format!("{at}.{amount}"));
            sent.with("own-signature", signature).identity(&verifier)
        };
        assert_eq!(sent(NOW, "7"), sent(NOW - 1, "7"), "{place:?}");
        assert_ne!(sent(NOW, "7"), sent(NOW, "8"), "{place:?}");
    }
}

#[test]
fn an_empty_body_is_told_apart_by_all_that_is_signed() {
    let scheme = whole()
        .timestamp(Timestamp::Header("own-time"))
        .content(&[Part::Query("id"), DOT, Part::Timestamp, DOT, Part::Body])
        .build();
    let verifier = verifier(&scheme);
    let sent = |id: &str| {
        with_stamp(NOW, format!("{id}.{NOW}."))
            .uri(&format!("/hook?id={id}"))
            .identity(&verifier)
    };
    assert_eq!(sent("a"), sent("a"));
    assert_ne!(sent("a"), sent("b"));
}

#[test]
fn a_signed_field_identifies_where_the_body_is_not_signed() {
    let scheme = whole()
        .content(&[Part::Json {
            pointer: "/id",
            absent: None,
        }])
        .dangerous_body_unsigned(UNSIGNED)
        .replay_id(ReplayId::Id(Place::Json("/id")))
        .build();
    let verifier = verifier(&scheme);
    let sent = |id: &str, note: &str| {
        Sent::json(format!(r#"{{"id":"{id}","note":"{note}"}}"#)).with("own-signature", mac(id))
    };
    let first = sent("evt_1", "a").identity(&verifier);
    assert_eq!(sent("evt_1", "b").identity(&verifier), first);
    assert_ne!(sent("evt_2", "a").identity(&verifier), first);
    let long = "x".repeat(257);
    assert_eq!(sent(&long, "a").nameless(&verifier), Malformed);
}

#[test]
fn a_signed_header_that_is_not_the_delivery_id_identifies() {
    let scheme = whole()
        .content(&[
            Part::Header("own-attempt"),
            DOT,
            Part::Header("own-event"),
            DOT,
            Part::Body,
        ])
        .delivery_id(Place::Header("own-attempt"))
        .replay_id(ReplayId::Id(Place::Header("own-event")))
        .build();
    let verifier = verifier(&scheme);
    let sent = |attempt: &str, event: &str| {
        Sent::to("/hook")
            .body("{}")
            .with("own-attempt", attempt)
            .with("own-event", event)
            .with("own-signature", mac(format!("{attempt}.{event}.{{}}")))
            .identity(&verifier)
    };
    assert_eq!(sent("1", "evt_1"), sent("2", "evt_1"));
    assert_ne!(sent("1", "evt_1"), sent("1", "evt_2"));
}

#[test]
fn a_field_of_a_form_identifies_where_the_whole_body_is_signed() {
    let scheme = Scheme::builder("own", "own-signature")
        .replay_id(ReplayId::Id(Place::Form("id")))
        .build();
    let verifier = verifier(&scheme);
    let sent = |body: &str| {
        Sent::form(body)
            .with("own-signature", mac(body))
            .identity(&verifier)
    };
    assert_eq!(sent("id=evt_1&try=1"), sent("id=evt_1&try=2"));
    assert_ne!(sent("id=evt_1&try=1"), sent("id=evt_2&try=1"));
}

const fn notifications(remembered_by: ReplayId) -> Scheme {
    whole()
        .timestamp(Timestamp::At(Place::Json("/Timestamp")))
        .content(&[Part::Canonical(Canonical::AmazonSns)])
        .dangerous_body_unsigned(UNSIGNED)
        .replay_id(remembered_by)
        .build()
}

fn notification(id: &str, at: i64) -> Sent {
    let body = format!(
        r#"{{"Type":"Notification","MessageId":"{id}","Timestamp":{at},"Message":"hello"}}"#
    );
    let signed = format!("Message\nhello\nMessageId\n{id}\nTimestamp\n{at}\nType\nNotification\n");
    Sent::json(body).with("own-signature", mac(signed))
}

/// A line feed in the message could take in the id behind it, but for that an id is a UUID.
#[test]
fn a_message_id_that_is_no_uuid_identifies_no_notification() {
    let verifier = verifier(&notifications(ReplayId::Id(Place::Json("/MessageId"))));
    let sent = |id: &str| notification(id, NOW);
    let uuid = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324";
    let first = sent(uuid).identity(&verifier);
    assert_eq!(notification(uuid, NOW - 1).identity(&verifier), first);
    let other = uuid.replace('2', "3");
    assert_ne!(sent(&other).identity(&verifier), first);
    for id in [
        "evt_1",
        &uuid[1..],
        &format!("{uuid}0"),
        &uuid.replace('-', "0"),
        &uuid.replacen('2', "-", 1),
        &uuid.replacen('2', "g", 1),
        &uuid.replacen("-fd", "f-d", 1),
    ] {
        assert_eq!(sent(id).nameless(&verifier), Malformed, "{id}");
    }
}

#[test]
fn the_stamp_of_a_notification_is_left_out_and_nothing_else() {
    let verifier = verifier(&notifications(ReplayId::ContentWithoutTimestamp));
    let sent = |id: &str, at: i64| notification(id, at).identity(&verifier);
    assert_eq!(sent("a", NOW), sent("a", NOW - 1));
    assert_ne!(sent("a", NOW), sent("b", NOW));
}

#[test]
fn the_id_of_a_form_is_told_where_it_can_be_shown() {
    let scheme = Scheme::builder("own", "own-signature")
        .delivery_id(Place::Form("id"))
        .build();
    let verifier = verifier(&scheme);
    let id = |sent: &str| {
        let body = format!("id={sent}");
        let signed = Sent::form(&*body).with("own-signature", mac(&body));
        signed.proven(&verifier).delivery_id()
    };
    let longest = "x".repeat(256);
    assert_eq!(id("evt%201").as_deref(), Some("evt 1"));
    assert_eq!(id(&longest), Some(longest.clone()));
    for unusable in ["", "a%0Ab", "%00", &format!("{longest}x"), "%FF"] {
        assert_eq!(id(unusable), None, "{unusable}");
    }
}
