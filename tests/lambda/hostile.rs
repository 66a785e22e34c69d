//! Events that AWS does not make.

use hookproof::lambda::{LambdaError, LambdaRequest};
use serde_json::json;

use crate::events::{HTTP_2, REST, SOURCES, error, read, small_with};

fn from(event: &str) -> Result<LambdaRequest, LambdaError> {
    LambdaRequest::from_slice(event.as_bytes())
}

#[test]
fn a_key_that_is_read_and_is_there_twice_is_an_error() {
    for (event, field) in [
        (
            r#"{"httpMethod":"POST","path":"/","headers":{},"body":"a","body":"b"}"#,
            "body",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","headers":{},"body":"a","body":null}"#,
            "body",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","headers":{},"bod\u0079":"a","body":"a"}"#,
            "body",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","headers":{"a":"1"},"headers":{}}"#,
            "headers",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","headers":{"a":"1","a":"1"}}"#,
            "headers",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","multiValueHeaders":{"a":["1"],"a":["2"]}}"#,
            "multiValueHeaders",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","multiValueHeaders":{},"multiValueHeaders":{}}"#,
            "multiValueHeaders",
        ),
        (
            r#"{"httpMethod":"POST","httpMethod":"GET","path":"/","headers":{}}"#,
            "httpMethod",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","path":"/b","headers":{}}"#,
            "path",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","headers":{},"isBase64Encoded":true,"isBase64Encoded":false}"#,
            "isBase64Encoded",
        ),
        (
            r#"{"version":"2.0","version":"1.0","httpMethod":"POST"}"#,
            "version",
        ),
        (
            r#"{"requestContext":{},"requestContext":{"elb":{}}}"#,
            "requestContext",
        ),
        (
            r#"{"requestContext":{"elb":{},"elb":null},"httpMethod":"POST"}"#,
            "requestContext.elb",
        ),
        (
            r#"{"requestContext":{"path":"/","path":"/"},"httpMethod":"POST"}"#,
            "requestContext.path",
        ),
        (
            r#"{"version":"2.0","requestContext":{"http":{"method":"POST","method":"PUT"}}}"#,
            "requestContext.http.method",
        ),
        (
            r#"{"httpMethod":"POST","path":"/","queryStringParameters":{"a":"1","a":"2"},"headers":{}}"#,
            "queryStringParameters",
        ),
    ] {
        let repeated = LambdaError::Repeated(field);
        assert_eq!(from(event).expect_err("no request"), repeated, "{event}");
        let said = serde_json::from_str::<LambdaRequest>(event).expect_err("no request");
        assert!(said.to_string().contains(&repeated.to_string()), "{said}");
    }
}

#[test]
fn a_key_that_is_not_read_may_be_there_twice() {
    let event =
        r#"{"httpMethod":"POST","path":"/","headers":{},"resource":1,"resource":{"a":[2]}}"#;
    assert!(from(event).is_ok());
}

#[test]
fn each_field_of_another_type_is_named() {
    for (pointer, field) in [
        ("/version", "version"),
        ("/requestContext", "requestContext"),
        ("/requestContext/http", "requestContext.http"),
        ("/requestContext/http/method", "requestContext.http.method"),
        ("/rawPath", "rawPath"),
        ("/rawQueryString", "rawQueryString"),
    ] {
        let mut event = HTTP_2.value();
        *event.pointer_mut(pointer).expect("a field") = json!(7);
        assert_eq!(error(&event), LambdaError::Type(field));
    }
    for (pointer, field) in [
        ("/httpMethod", "httpMethod"),
        ("/requestContext/path", "requestContext.path"),
        (
            "/multiValueQueryStringParameters/tag",
            "multiValueQueryStringParameters",
        ),
    ] {
        let mut event = REST.value();
        *event.pointer_mut(pointer).expect("a field") = json!({});
        assert_eq!(error(&event), LambdaError::Type(field));
    }
}

#[test]
fn what_is_not_json_is_an_error_that_says_where() {
    for event in [
        &b""[..],
        b"{",
        b"{} {}",
        b"\xef\xbb\xbf{}",
        b"{\"body\":\"\xff\"}",
        b"nul",
    ] {
        let error = LambdaRequest::from_slice(event).expect_err("no request");
        assert!(matches!(error, LambdaError::Json { .. }), "{error}");
    }
    assert_eq!(
        from("{\n  \"body\": oops}").expect_err("no request"),
        LambdaError::Json {
            line: 2,
            column: 11
        }
    );
    // Half of a pair of surrogates is no text.
    assert!(matches!(
        from(r#"{"body":"\ud83d"}"#),
        Err(LambdaError::Json { .. })
    ));
}

#[test]
fn every_beginning_of_an_event_is_refused_without_a_panic() {
    for source in SOURCES {
        let event = source.event.trim_end().as_bytes();
        for end in 0..event.len() {
            let error = LambdaRequest::from_slice(&event[..end]).expect_err("no request");
            assert!(matches!(error, LambdaError::Json { .. }), "{end} {error}");
        }
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_an_overflow() {
    let deep = "[".repeat(1_000_000);
    for event in [
        deep.clone(),
        format!(r#"{{"httpMethod":"POST","headers":{deep}"#),
    ] {
        let error = from(&event).expect_err("no request");
        assert!(matches!(error, LambdaError::Json { .. }), "{error}");
    }
}

#[test]
fn more_headers_than_a_request_can_have_are_an_error() {
    let many: serde_json::Map<_, _> = (0..40_000)
        .map(|nth| (format!("x-{nth}"), json!("1")))
        .collect();
    let event = small_with("headers", many.into());
    assert_eq!(error(&event), LambdaError::TooManyHeaders);
}

#[test]
fn many_spellings_with_many_values_are_compared_in_linear_time() {
    // Compared each with each, these would be 10^9 comparisons.
    let names = (0..1_u32 << 14).map(|bits| {
        let spell = |(nth, letter): (usize, char)| {
            if bits >> nth & 1 == 1 {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        };
        "abcdefghijklmn"
            .char_indices()
            .map(spell)
            .collect::<String>()
    });
    let headers: serde_json::Map<_, _> = names.map(|name| (name, json!("last"))).collect();
    let mut values = vec![json!("v"); 100_000];
    values.push(json!("last"));
    let mut event = small_with("headers", headers.into());
    event["multiValueHeaders"] = json!({"abcdefghijklmn": values});
    let request = read(&event).expect("a request");
    assert_eq!(request.headers().len(), 100_001);
}

#[test]
fn neither_errors_nor_debug_show_what_the_event_holds() {
    const SENT: &str = "sent-by-a-stranger";
    for (field, value) in [
        ("headers", json!(SENT)),
        ("headers", json!({"a": {SENT: SENT}})),
        ("headers", json!({format!("{SENT} "): SENT})),
        ("headers", json!({"a": format!("{SENT}\n")})),
        ("multiValueHeaders", json!({"a": SENT})),
        ("body", json!({SENT: SENT})),
        ("isBase64Encoded", json!(SENT)),
        ("httpMethod", json!(format!("{SENT} "))),
        ("path", json!(SENT)),
        ("version", json!(SENT)),
        ("requestContext", json!(SENT)),
    ] {
        let event = small_with(field, value);
        let error = error(&event);
        let thrown = serde_json::from_str::<LambdaRequest>(&event.to_string());
        let thrown = thrown.expect_err("no request");
        for said in [format!("{error} {error:?}"), format!("{thrown} {thrown:?}")] {
            assert!(!said.contains(SENT), "{said}");
        }
    }
    for event in [format!("\"{SENT}\""), format!("{{\"{SENT}\": {SENT}}}")] {
        let error = from(&event).expect_err("no request");
        assert!(!format!("{error} {error:?}").contains(SENT));
        let error = serde_json::from_str::<LambdaRequest>(&event).expect_err("no request");
        assert!(!format!("{error} {error:?}").contains(SENT));
    }

    let mut event = small_with("headers", json!({SENT: SENT}));
    event["body"] = json!(SENT);
    event["path"] = json!(format!("/{SENT}"));
    let request = read(&event).expect("a request");
    assert_eq!(
        format!("{request:?}"),
        "LambdaRequest { headers: 1, body_bytes: 18 }"
    );
}
