//! Ids and event names that stand in a proven body.
#![cfg(feature = "json")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

use bytes::Bytes;
use hookproof::scheme::{Place, Scheme};
use hookproof::{Proven, Secret, Signer, Verifier};

const SECRET: &str = "a secret of sufficient length";

static SCHEME: Scheme = Scheme::builder("mine", "mine-signature")
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Json("/items/1/a~1b"))
    .build();

fn proven(body: impl Into<Vec<u8>>) -> Proven {
    let body = body.into();
    let headers = Signer::new(&SCHEME, Secret::new(SECRET))
        .expect("a usable secret")
        .sign(&body)
        .expect("signed");
    let verifier = Verifier::new(&SCHEME, Secret::new(SECRET)).expect("a usable secret");
    let mut verification = verifier.begin(&headers).expect("a sound head");
    verification
        .update(Bytes::from(body))
        .expect("below the limit");
    verification.finish().expect("proven")
}

#[test]
fn an_id_is_its_text_as_sent() {
    let cases = [
        (r#"{"id":"evt_1"}"#, Some("evt_1")),
        (
            r#" { "x" : [1,{"id":2}], "id" : "e\u0076t" } "#,
            Some("evt"),
        ),
        (
            r#"{"id":12345678901234567890123}"#,
            Some("12345678901234567890123"),
        ),
        (r#"{"id":1.50}"#, Some("1.50")),
        (r#"{"id":-0}"#, Some("-0")),
        (r#"{"id":true}"#, Some("true")),
        (r#"{"i\u0064":"escaped key"}"#, Some("escaped key")),
        (r#"{"id":null}"#, None),
        (r#"{"id":{}}"#, None),
        (r#"{"id":["evt_1"]}"#, None),
        (r#"{"id":""}"#, None),
        (r#"{"id":"line\nbreak"}"#, None),
        (r#"{"nested":{"id":"evt_1"}}"#, None),
        ("[]", None),
        ("1", None),
        ("\"id\"", None),
        ("", None),
        ("not JSON", None),
        (r#"{"id":"evt_1"} trailing"#, None),
        (r#"{"id":"evt_1""#, None),
    ];
    for (body, id) in cases {
        assert_eq!(proven(body).delivery_id().as_deref(), id, "{body}");
    }
}

#[test]
fn a_repeated_key_on_the_way_gives_no_id() {
    assert_eq!(proven(r#"{"id":"a","id":"b"}"#).delivery_id(), None);
    assert_eq!(
        proven(r#"{"id":"a","x":1,"x":2}"#).delivery_id().as_deref(),
        Some("a")
    );
}

#[test]
fn a_pointer_goes_through_lists_and_escapes() {
    let body = r#"{"items":[{"a/b":"first"},{"a/b":"second"}]}"#;
    assert_eq!(proven(body).event_type().as_deref(), Some("second"));
    assert_eq!(proven(r#"{"items":[{"a/b":"first"}]}"#).event_type(), None);
    assert_eq!(
        proven(r#"{"items":{"1":{"a/b":"in a map"}}}"#)
            .event_type()
            .as_deref(),
        Some("in a map")
    );
}

#[test]
fn an_id_of_256_bytes_counts_and_a_longer_one_does_not() {
    let long = "i".repeat(256);
    assert_eq!(
        proven(format!(r#"{{"id":"{long}"}}"#)).delivery_id(),
        Some(long.clone())
    );
    assert_eq!(proven(format!(r#"{{"id":"{long}i"}}"#)).delivery_id(), None);
}

#[test]
fn bytes_that_are_not_utf8_and_deep_nesting_are_no_id_and_no_panic() {
    assert_eq!(proven(b"{\"id\":\"\xff\"}".to_vec()).delivery_id(), None);
    let deep = format!(
        "{{\"x\":{}{},\"id\":\"e\"}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let id = proven(deep).delivery_id();
    assert!(id.is_none() || id.as_deref() == Some("e"));
    assert_eq!(proven("[".repeat(100_000)).delivery_id(), None);
}
