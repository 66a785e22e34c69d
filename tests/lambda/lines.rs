//! Header lines: none is merged, none is dropped, none is chosen.

use hookproof::VerifyErrorKind::{DuplicateHeader, Malformed, Mismatch};
use hookproof::lambda::LambdaError;
use serde_json::{Value, json};

use crate::events::{
    BALANCER_MULTI, FUNCTION_URL, HTTP_1, HTTP_2, REST, SOURCES, error, lines, read, small,
    small_with,
};

/// The name of the signature header, as the event spells it.
fn signature_name(headers: &Value) -> String {
    let headers = headers.as_object().expect("headers");
    let name = headers
        .keys()
        .find(|name| name.to_ascii_lowercase().contains("signature"));
    name.expect("a signature").clone()
}

#[test]
fn a_signature_header_with_two_values_is_two_lines_and_refused() {
    for source in [REST, HTTP_1, BALANCER_MULTI] {
        let event = source.value();
        let name = signature_name(&event["multiValueHeaders"]);
        let genuine = event["multiValueHeaders"][&name][0].clone();
        for values in [
            json!([genuine, "forged"]),
            json!(["forged", genuine]),
            json!([genuine, genuine]),
        ] {
            let mut event = event.clone();
            event["multiValueHeaders"][&name] = values;
            let request = read(&event).expect("a request");
            assert_eq!(lines(&request, &name).len(), 2, "{}", source.name);
            assert_eq!(
                source.judge(&request),
                Err(DuplicateHeader),
                "{}",
                source.name
            );
        }
    }
}

#[test]
fn names_that_differ_in_case_alone_are_two_lines_and_refused() {
    for source in SOURCES {
        let mut event = source.value();
        for field in ["headers", "multiValueHeaders"] {
            if event[field].is_object() {
                let name = signature_name(&event[field]);
                let value = event[field][&name].clone();
                event[field][name.to_ascii_uppercase()] = value;
            }
        }
        assert_eq!(
            source.judge_event(&event),
            Err(DuplicateHeader),
            "{}",
            source.name
        );
    }
}

#[test]
fn two_whole_signatures_that_aws_joined_into_one_line_are_malformed() {
    for source in [HTTP_2, FUNCTION_URL] {
        let mut event = source.value();
        let name = signature_name(&event["headers"]);
        let genuine = event["headers"][&name].as_str().expect("a signature");
        let joined = format!("{genuine},{genuine}");
        event["headers"][&name] = json!(joined);
        let request = read(&event).expect("a request");
        assert_eq!(lines(&request, &name), [joined.as_bytes()]);
        assert_eq!(source.judge(&request), Err(Malformed), "{}", source.name);
    }
}

#[test]
fn what_aws_joined_to_a_signature_that_stands_alone_makes_it_malformed() {
    let event = FUNCTION_URL.value();
    let name = signature_name(&event["headers"]);
    let genuine = event["headers"][&name].as_str().expect("a signature");
    for joined in [
        format!("forged,{genuine}"),
        format!("{genuine},forged"),
        format!("{genuine},"),
    ] {
        let mut event = event.clone();
        event["headers"][&name] = json!(joined);
        assert_eq!(FUNCTION_URL.judge_event(&event), Err(Malformed), "{joined}");
    }
}

#[test]
fn what_aws_joined_to_a_list_of_signatures_is_a_candidate_like_the_others() {
    let event = HTTP_2.value();
    let genuine = event["headers"]["stripe-signature"].as_str();
    let (timestamp, genuine) = genuine
        .and_then(|it| it.split_once(','))
        .expect("a timestamp and a signature");
    let forged = format!("v1={}", "0".repeat(64));
    for (joined, judged) in [
        (format!("{timestamp},{genuine},{forged}"), Ok(())),
        (format!("{timestamp},{forged},{genuine}"), Ok(())),
        (format!("{timestamp},{forged},{forged}"), Err(Mismatch)),
        (
            format!("{timestamp},{genuine},t=1,{forged}"),
            Err(Malformed),
        ),
    ] {
        let mut event = event.clone();
        event["headers"]["stripe-signature"] = json!(joined);
        assert_eq!(HTTP_2.judge_event(&event), judged, "{joined}");
    }
}

#[test]
fn lines_keep_their_order_and_their_commas() {
    let event = small_with(
        "multiValueHeaders",
        json!({"via": ["1.1 a, 1.1 b", "1.1 c"], "accept": ["*/*"]}),
    );
    let request = read(&event).expect("a request");
    assert_eq!(lines(&request, "via"), [&b"1.1 a, 1.1 b"[..], b"1.1 c"]);
    assert_eq!(lines(&request, "accept"), [b"*/*"]);
    assert_eq!(request.headers().len(), 3);
}

#[test]
fn a_value_that_only_one_of_both_maps_has_is_a_disagreement() {
    for source in [REST, HTTP_1] {
        let name = signature_name(&source.value()["headers"]);
        let mut other_value = source.value();
        other_value["headers"][&name] = json!("another");
        let mut other_name = source.value();
        other_name["headers"]["x-only-here"] = json!("1");
        let mut no_values = source.value();
        no_values["multiValueHeaders"][&name] = json!([]);
        for event in [other_value, other_name, no_values] {
            assert_eq!(error(&event), LambdaError::Disagreement, "{}", source.name);
        }
    }
}

#[test]
fn maps_that_spell_a_name_in_another_case_agree() {
    let mut event = small_with("headers", json!({"X-Sig": "b", "x-sig": "a"}));
    event["multiValueHeaders"] = json!({"x-sig": ["a", "b"]});
    let request = read(&event).expect("a request");
    assert_eq!(lines(&request, "x-sig"), [b"a", b"b"]);
}

#[test]
fn a_map_that_is_empty_or_null_says_nothing_against_the_other() {
    for empty in [json!({}), json!(null)] {
        let mut single = small_with("headers", json!({"a": "1"}));
        single["multiValueHeaders"] = empty.clone();
        let mut multi = small_with("multiValueHeaders", json!({"a": ["1"]}));
        multi["headers"] = empty.clone();
        for event in [single, multi] {
            assert_eq!(lines(&read(&event).expect("a request"), "a"), [b"1"]);
        }
        let none = read(&small_with("headers", empty)).expect("a request");
        assert!(none.headers().is_empty());
    }
}

#[test]
fn a_header_that_http_does_not_allow_is_an_error_and_not_dropped() {
    let illegal = [
        ("", "value"),
        ("two words", "value"),
        ("colon:", "value"),
        ("näme", "value"),
        ("name\n", "value"),
        ("name", "line\nbreak"),
        ("name", "line\r\nx-forged: 1"),
        ("name", "nul\u{0}"),
    ];
    for (name, value) in illegal {
        assert_eq!(
            error(&small_with("headers", json!({name: value}))),
            LambdaError::Illegal("headers"),
            "{name:?} {value:?}"
        );
        assert_eq!(
            error(&small_with(
                "multiValueHeaders",
                json!({name: ["sound", value]})
            )),
            LambdaError::Illegal("multiValueHeaders"),
            "{name:?} {value:?}"
        );
    }
}

#[test]
fn a_value_beyond_ascii_is_its_utf8_bytes() {
    let request = read(&small_with("headers", json!({"x-name": "Zoë\t–"}))).expect("a request");
    assert_eq!(lines(&request, "x-name"), ["Zoë\t–".as_bytes()]);
}

#[test]
fn headers_of_another_type_are_an_error() {
    for wrong in [
        json!("text"),
        json!(1),
        json!([["a", "1"]]),
        json!({"a": 1}),
        json!({"a": null}),
        json!({"a": {"b": "c"}}),
    ] {
        for field in ["headers", "multiValueHeaders"] {
            let event = small_with(field, wrong.clone());
            assert_eq!(error(&event), LambdaError::Type(field), "{wrong}");
        }
    }
    for (field, wrong) in [
        ("headers", json!({"a": ["1"]})),
        ("multiValueHeaders", json!({"a": "1"})),
        ("multiValueHeaders", json!({"a": ["1", null]})),
    ] {
        assert_eq!(error(&small_with(field, wrong)), LambdaError::Type(field));
    }
}

#[test]
fn cookies_are_no_header_line() {
    let request = read(&HTTP_2.value()).expect("a request");
    assert!(!request.headers().contains_key("cookie"));
    assert!(read(&small()).expect("a request").headers().is_empty());
}
