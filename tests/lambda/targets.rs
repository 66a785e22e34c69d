//! The URL, as far as the event tells it.

use hookproof::lambda::LambdaError;
use serde_json::{Value, json};

use crate::events::{
    BALANCER, BALANCER_MULTI, FUNCTION_URL, HTTP_1, HTTP_2, REST, error, read, small_with,
};

fn uri(event: &Value) -> String {
    read(event).expect("a request").uri().to_string()
}

#[test]
fn each_source_has_its_url() {
    for (source, expected) in [
        // With the stage, as it was sent; the parameters in the event's order.
        (
            REST,
            "/prod/hooks/github?team=core%20%26%20docs&tag=a%3D1&tag=b%2Fc",
        ),
        (HTTP_1, "/in/stripe"),
        (HTTP_2, "/in/stripe?tag=a%2Fb&tag=c&plain"),
        (FUNCTION_URL, "/github%20forms"),
        (BALANCER_MULTI, "/in/stripe?tag=a%2Fb&tag=c+d"),
        (BALANCER, "/in/github"),
    ] {
        let request = hookproof::lambda::LambdaRequest::from_slice(source.event.as_bytes());
        let request = request.expect("a request");
        assert_eq!(request.uri().to_string(), expected, "{}", source.name);
    }
}

#[test]
fn the_path_with_the_stage_goes_before_the_one_without() {
    let mut event = small_with("path", json!("/hooks"));
    assert_eq!(uri(&event), "/hooks");
    event["requestContext"] = json!({"path": "/base/hooks", "stage": "prod"});
    assert_eq!(uri(&event), "/base/hooks");
}

#[test]
fn what_a_path_cannot_hold_is_encoded_and_what_it_can_is_left() {
    for (path, expected) in [
        ("/a%2Fb/%c3%a9", "/a%2Fb/%c3%a9"),
        ("/a b", "/a%20b"),
        ("/é", "/%C3%A9"),
        ("/a?b=c#d", "/a%3Fb=c%23d"),
        ("/100%", "/100%25"),
        ("/100%/%4", "/100%25/%254"),
        ("/%é", "/%25%C3%A9"),
        ("/<a>`", "/%3Ca%3E%60"),
        ("/:@!$&'()*+,;=-._~", "/:@!$&'()*+,;=-._~"),
        ("//example.com/x", "//example.com/x"),
        ("/line\nbreak", "/line%0Abreak"),
    ] {
        assert_eq!(uri(&small_with("path", json!(path))), expected);
    }
}

#[test]
fn no_visible_character_makes_a_url_illegal() {
    for character in (0..=255_u8).map(char::from) {
        let text = format!("/{character}{character}");
        let mut event = small_with("path", json!(text));
        event["multiValueQueryStringParameters"] = json!({&text: [&text]});
        read(&event).expect("decoded parameters");
        event["requestContext"] = json!({"elb": {}});
        read(&event).expect("raw parameters");
        let mut event = HTTP_2.value();
        event["rawPath"] = json!(text);
        event["rawQueryString"] = json!(text);
        let request = read(&event).expect("a raw query");
        assert_eq!(request.uri().host(), None);
        assert!(request.uri().query().is_some());
    }
}

#[test]
fn parameters_that_aws_decoded_cannot_become_others() {
    let event = small_with(
        "multiValueQueryStringParameters",
        json!({"a&b=c": ["d&e=f#g", ""]}),
    );
    assert_eq!(uri(&event), "/?a%26b%3Dc=d%26e%3Df%23g&a%26b%3Dc=");
}

#[test]
fn single_parameters_are_taken_where_there_are_no_others() {
    let mut event = small_with("queryStringParameters", json!({"a": "2"}));
    assert_eq!(uri(&event), "/?a=2");
    event["multiValueQueryStringParameters"] = json!({"a": ["1", "2"]});
    assert_eq!(uri(&event), "/?a=1&a=2");
}

#[test]
fn a_query_without_a_path_or_a_path_without_a_slash_is_no_url() {
    for path in ["", "hooks", "*", "?a=b", "https://example.com/"] {
        let event = small_with("path", json!(path));
        assert_eq!(error(&event), LambdaError::Illegal("path"), "{path}");
        let event = small_with("requestContext", json!({"path": path}));
        let illegal = LambdaError::Illegal("requestContext.path");
        assert_eq!(error(&event), illegal, "{path}");
        let mut event = HTTP_2.value();
        event["rawPath"] = json!(path);
        assert_eq!(error(&event), LambdaError::Illegal("rawPath"), "{path}");
    }
}

#[test]
fn a_url_that_is_longer_than_a_request_can_have_is_an_error() {
    let event = small_with("path", json!(format!("/{}", "a".repeat(70_000))));
    assert_eq!(error(&event), LambdaError::Illegal("path"));
}

#[test]
fn a_method_that_http_does_not_allow_is_an_error() {
    for method in ["", "PO ST", "POST\r\n", "PÖST"] {
        let event = small_with("httpMethod", json!(method));
        assert_eq!(
            error(&event),
            LambdaError::Illegal("httpMethod"),
            "{method:?}"
        );
        let mut event = HTTP_2.value();
        event["requestContext"]["http"]["method"] = json!(method);
        let illegal = LambdaError::Illegal("requestContext.http.method");
        assert_eq!(error(&event), illegal, "{method:?}");
    }
}
