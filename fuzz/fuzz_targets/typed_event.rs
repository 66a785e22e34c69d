//! Typed events of the five seed providers, from any body: none panics, the event's name is what
//! `serde_json` finds under the provider's key, raw pieces are pieces of the body, and the same values
//! printed anew are the same event. No error repeats the body.
//!
//! Input: the provider's name and a line end, then the body.
#![no_main]

use std::fmt::Debug;
use std::mem::discriminant;

use hookproof::events::{
    Event, EventError, RawJson, jetemail, jetemail_inbound, mailingapi, sendkit, sendmux, sent,
};
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::reference::json::Json;
use hookproof_fuzz::{first_line, named};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

const PROVIDERS: [&str; 6] = [
    "jetemail",
    "jetemail-inbound",
    "mailingapi",
    "sendkit",
    "sendmux",
    "sent",
];

fuzz_target!(|data: &[u8]| {
    let (name, body) = first_line(data);
    match named(&PROVIDERS, name, |name| name) {
        "jetemail" => check::<jetemail::Event, _>(body, &["type"], |event| {
            (discriminant(&event.kind), event.data.clone())
        }),
        "jetemail-inbound" => {
            check::<jetemail_inbound::Email, _>(body, &[], |_| ((), None));
        }
        "mailingapi" => check::<mailingapi::Event, _>(body, &["type"], |event| {
            (discriminant(&event.kind), event.data.clone())
        }),
        "sendkit" => check::<sendkit::Event, _>(body, &["event", "type", "eventType"], |event| {
            (discriminant(&event.kind), event.data.clone())
        }),
        "sendmux" => check::<sendmux::Event, _>(body, &["type"], |event| {
            (discriminant(&event.kind), event.data.clone())
        }),
        _ => check::<sent::Event, _>(body, &["event", "sub_type", "field"], |event| {
            (discriminant(&event.kind), event.payload.clone())
        }),
    }
});

/// `told` gives the kind of an event and its raw content.
fn check<E, K>(body: &[u8], names: &[&str], told: impl Fn(&E) -> (K, Option<RawJson>))
where
    E: Event + Debug + PartialEq,
    K: Debug + PartialEq,
{
    let event = Bound::DELIVERY.check(body.len(), || E::from_body(body));
    assert_eq!(event, E::from_body(body));
    let event = match event {
        Ok(event) => event,
        Err(error) => return check_error(body, &error),
    };
    let text = std::str::from_utf8(body).expect("an event is UTF-8");
    let (kind, raw) = told(&event);
    if let Some(raw) = raw {
        assert!(text.contains(raw.get()));
    }
    // What several readers can read in several ways is another thing than the tree has.
    let Some(Json::Object(entries)) = Json::unambiguous(body) else {
        return;
    };
    let texts = names.iter().filter_map(|name| {
        let (_, value) = entries.iter().find(|(key, _)| key == name)?;
        match value {
            Json::Text(text) => Some(text.as_str()),
            _ => None,
        }
    });
    assert_eq!(event.name(), texts.into_iter().next());
    let tree: Value = match serde_json::from_slice(body) {
        Ok(tree) => tree,
        // A number beyond all others, in a field that is not read.
        Err(_) => return,
    };
    let printed = serde_json::to_vec_pretty(&tree).expect("a tree can be printed");
    let again = E::from_body(&printed).expect("the same values are the same event");
    assert_eq!(told(&again).0, kind);
    assert_eq!(again.name(), event.name());
}

fn check_error(body: &[u8], error: &EventError) {
    const WHAT: [&str; 6] = [
        "JSON nests deeper than 127 levels",
        "unexpected end of JSON",
        "body is not UTF-8",
        "repeated key",
        "invalid JSON",
        "value of an unexpected type",
    ];
    let (line, column) = (error.line(), error.column());
    let lines = 1 + body.iter().filter(|&&byte| byte == b'\n').count();
    assert!((1..=lines).contains(&line) && column <= body.len() + 1);
    let told = WHAT.map(|what| format!("{what} at line {line} column {column}"));
    assert!(told.contains(&error.to_string()), "{error}");
}
