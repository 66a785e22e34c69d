//! The body is the bytes that were sent.

use hookproof::lambda::LambdaError;
use serde_json::json;

use crate::events::{BALANCER, FUNCTION_URL, REST, error, read, small, small_with};

#[test]
fn a_plain_body_is_the_texts_bytes() {
    let request = read(&small_with("body", json!("{\"name\":\"Zoë\"}\r\n\u{0}"))).expect("read");
    assert_eq!(request.body(), "{\"name\":\"Zoë\"}\r\n\u{0}".as_bytes());
}

#[test]
fn a_body_that_looks_like_base64_is_decoded_only_where_the_event_says_so() {
    let mut event = small_with("body", json!("SGk="));
    assert_eq!(read(&event).expect("a request").body(), "SGk=");
    event["isBase64Encoded"] = json!(null);
    assert_eq!(read(&event).expect("a request").body(), "SGk=");
    event["isBase64Encoded"] = json!(true);
    assert_eq!(read(&event).expect("a request").body(), "Hi");
}

#[test]
fn a_body_that_is_no_text_is_proven() {
    let request = read(&BALANCER.value()).expect("a request");
    assert!(std::str::from_utf8(request.body()).is_err());
    assert_eq!(BALANCER.judge(&request), Ok(()));
}

#[test]
fn a_form_in_base64_is_proven_as_the_form_that_was_sent() {
    let request = read(&FUNCTION_URL.value()).expect("a request");
    assert!(request.body().starts_with(b"payload=%7B"));
    assert_eq!(FUNCTION_URL.judge(&request), Ok(()));
}

#[test]
fn the_same_body_is_proven_plain_and_in_base64() {
    use base64::Engine as _;
    let mut event = REST.value();
    let body = event["body"].as_str().expect("a body");
    event["body"] = json!(base64::engine::general_purpose::STANDARD.encode(body));
    event["isBase64Encoded"] = json!(true);
    assert_eq!(REST.judge_event(&event), Ok(()));
}

#[test]
fn no_body_is_an_empty_body() {
    for encoded in [true, false] {
        for mut event in [
            small(),
            small_with("body", json!(null)),
            small_with("body", json!("")),
        ] {
            event["isBase64Encoded"] = json!(encoded);
            assert!(read(&event).expect("a request").body().is_empty());
        }
    }
}

#[test]
fn base64_is_decoded_strictly() {
    for wrong in [
        "SGk", "SGl=", "SGk=\n", " SGk=", "SGk==", "S-_k", "SGk=SGk=", "Zoë=", "=", "A",
    ] {
        let mut event = small_with("body", json!(wrong));
        event["isBase64Encoded"] = json!(true);
        assert_eq!(error(&event), LambdaError::Base64, "{wrong}");
    }
}

#[test]
fn a_body_of_another_type_is_an_error() {
    for wrong in [json!({"id": 1}), json!(["a"]), json!(1.5), json!(true)] {
        let event = small_with("body", wrong.clone());
        assert_eq!(error(&event), LambdaError::Type("body"), "{wrong}");
    }
    for wrong in [json!("true"), json!(1), json!({})] {
        let event = small_with("isBase64Encoded", wrong.clone());
        assert_eq!(
            error(&event),
            LambdaError::Type("isBase64Encoded"),
            "{wrong}"
        );
    }
}
