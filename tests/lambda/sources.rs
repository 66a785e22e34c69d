//! Each source's event is told from the others, and its delivery is proven.

use hookproof::VerifyErrorKind::{Mismatch, MissingHeader};
use hookproof::lambda::{LambdaError, LambdaRequest};
use http::{Method, Request};
use serde_json::{Value, json};

use crate::events::{SOURCES, error, read, small_with};

#[test]
fn a_delivery_of_each_source_is_proven() {
    for source in SOURCES {
        let request = LambdaRequest::from_slice(source.event.as_bytes()).expect("a request");
        assert_eq!(request.method(), Method::POST, "{}", source.name);
        assert_eq!(source.judge(&request), Ok(()), "{}", source.name);
    }
}

#[test]
fn what_the_signer_signs_is_what_the_events_carry() {
    for source in SOURCES {
        let request = read(&source.value()).expect("a request");
        for (name, value) in &source.sign(request.body()) {
            assert_eq!(request.headers()[name], value, "{}", source.name);
        }
    }
}

#[test]
fn a_body_that_was_changed_is_refused_from_each_source() {
    for source in SOURCES {
        let mut event = source.value();
        event["body"] = json!("another body");
        event["isBase64Encoded"] = json!(false);
        assert_eq!(source.judge_event(&event), Err(Mismatch), "{}", source.name);
    }
}

#[test]
fn a_delivery_without_its_signature_is_refused_from_each_source() {
    for source in SOURCES {
        let mut event = source.value();
        for field in ["headers", "multiValueHeaders"] {
            if let Value::Object(headers) = &mut event[field] {
                headers.retain(|name, _| !name.to_ascii_lowercase().contains("signature"));
            }
        }
        assert_eq!(
            source.judge_event(&event),
            Err(MissingHeader),
            "{}",
            source.name
        );
    }
}

#[test]
fn an_event_is_read_as_a_payload_too() {
    for source in SOURCES {
        let from_bytes: LambdaRequest = serde_json::from_str(source.event).expect("a request");
        let from_value: LambdaRequest = serde_json::from_value(source.value()).expect("a request");
        for request in [from_bytes, from_value] {
            assert_eq!(source.judge(&request), Ok(()), "{}", source.name);
        }
    }
}

#[test]
fn the_request_is_given_away_whole() {
    for source in SOURCES {
        let read = || read(&source.value()).expect("a request");
        let request: Request<_> = read().into();
        assert_eq!(request.method(), read().method());
        assert_eq!(request.uri(), read().uri());
        assert_eq!(request.headers(), read().headers());
        assert_eq!(request.into_body(), read().into_request().into_body());
    }
}

#[test]
fn an_event_of_another_kind_is_told_from_a_request() {
    let others = [
        json!({}),
        json!([]),
        json!("POST"),
        json!(null),
        json!({"Records": [{"eventSource": "aws:sqs", "body": "{}"}]}),
        json!({"version": "0", "detail-type": "Scheduled Event", "source": "aws.events"}),
        json!({"requestContext": {"eventType": "MESSAGE", "connectionId": "a"}, "body": "{}"}),
        small_with("version", json!("3.0")),
    ];
    for event in others {
        assert_eq!(error(&event), LambdaError::Unrecognised, "{event}");
    }
    let said = LambdaError::Unrecognised.to_string();
    for field in ["version", "requestContext.elb", "httpMethod"] {
        assert!(said.contains(field), "{said}");
    }
}

#[test]
fn each_piece_that_a_request_needs_is_named_where_it_is_missing() {
    for source in SOURCES {
        let needed: &[(&str, &str)] = match source.value()["version"].as_str() {
            Some("2.0") => &[
                ("/requestContext/http/method", "requestContext.http.method"),
                ("/requestContext/http", "requestContext.http.method"),
                ("/requestContext", "requestContext.http.method"),
                ("/rawPath", "rawPath"),
                ("/headers", "headers"),
            ],
            _ if source.value().pointer("/requestContext/elb").is_some() => &[
                ("/httpMethod", "httpMethod"),
                ("/path", "path"),
                ("/headers", "headers"),
            ],
            _ => &[("/headers", "headers")],
        };
        for (pointer, named) in needed {
            let mut event = source.value();
            let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
            let parent = event.pointer_mut(parent).and_then(Value::as_object_mut);
            parent.expect("an object").remove(key);
            if key == "headers" {
                let event = event.as_object_mut().expect("an object");
                event.remove("multiValueHeaders");
            }
            let missing = LambdaError::Missing(named);
            assert_eq!(error(&event), missing, "{} {pointer}", source.name);
            assert!(missing.to_string().contains(named));
        }
    }
}

#[test]
fn a_balancers_event_with_neither_map_of_headers_is_no_request() {
    let event = json!({
        "requestContext": {"elb": {"targetGroupArn": "arn"}}, "httpMethod": "POST", "path": "/",
    });
    assert_eq!(error(&event), LambdaError::Missing("headers"));
}
