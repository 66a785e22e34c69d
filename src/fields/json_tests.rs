use std::borrow::Cow;

use super::{Document, MAX_DEPTH, Value};

fn at(body: &str, pointer: &str) -> Option<String> {
    match Document::parse(body.as_bytes())?.at(pointer) {
        Value::Text(text) => Some(text.into_owned()),
        Value::Absent => Some("absent".to_owned()),
        Value::Other => Some("other".to_owned()),
    }
}

#[test]
fn a_pointer_gives_the_text_as_it_was_sent() {
    let cases = [
        (r#"{"a":"b"}"#, "/a", "b"),
        (r#"{"a":"\u00e9\n\ud83d\ude00"}"#, "/a", "é\n😀"),
        (r#"{"a":""}"#, "/a", ""),
        (
            r#"{"a":12345678901234567890123}"#,
            "/a",
            "12345678901234567890123",
        ),
        (r#"{"a": 1.50 }"#, "/a", "1.50"),
        (r#"{"a":-0}"#, "/a", "-0"),
        (r#"{"a":1E999}"#, "/a", "1E999"),
        (r#"{"a":1e999}"#, "/a/b", "absent"),
        (r#"{"a":true,"b":false}"#, "/b", "false"),
        (r#"{"a":null}"#, "/a", "absent"),
        (r#"{"a":{}}"#, "/a", "other"),
        (r#"{"a":[]}"#, "/a", "other"),
        (r#"{"a":1}"#, "/b", "absent"),
        (r#"{"a":"b"}"#, "/a/b", "absent"),
        (r#"{"a":null}"#, "/a/b", "absent"),
        (r#"{"a/b":{"m~n":{"":"x"}}}"#, "/a~1b/m~0n/", "x"),
        (r#"{"~1":"x"}"#, "/~01", "x"),
        (r#"{"\u0061":"x"}"#, "/a", "x"),
        (r#"[["x","y"],"z"]"#, "/0/1", "y"),
        (r#"["x","y"]"#, "/2", "absent"),
        (r#"["x","y"]"#, "/01", "absent"),
        (r#"["x","y"]"#, "/-", "absent"),
        (r#"["x","y"]"#, "/-1", "absent"),
        (r#"["x","y"]"#, "/+1", "absent"),
        (r#"["x","y"]"#, "/99999999999999999999999", "absent"),
        (r#"{"01":"x"}"#, "/01", "x"),
        (" \t\r\n\"x\" \n", "", "x"),
        ("1", "", "1"),
        ("null", "", "absent"),
        ("[]", "", "other"),
    ];
    for (body, pointer, text) in cases {
        assert_eq!(at(body, pointer).as_deref(), Some(text), "{body} {pointer}");
    }
}

#[test]
fn a_text_without_escapes_is_borrowed() {
    let document = Document::parse(br#"{"a":"b"}"#).expect("a document");
    let text = document.at("/a");
    assert!(matches!(text, Value::Text(Cow::Borrowed("b"))));
}

#[test]
fn what_is_not_one_json_value_is_no_document() {
    let bodies: [&[u8]; 27] = [
        b"",
        b" ",
        b"{",
        b"{}}",
        b"{} {}",
        b"{\"a\":1} trailing",
        b"[1,]",
        b"{\"a\":1,}",
        b"{\"a\"}",
        b"{a:1}",
        b"{\"a\":'b'}",
        b"[01]",
        b"[1.]",
        b"[.5]",
        b"[+1]",
        b"[NaN]",
        b"[-Infinity]",
        b"[tru]",
        b"\"",
        b"\"\\\"",
        b"\"\\x\"",
        b"\"\\u12g4\"",
        b"\"a\nb\"",
        b"\xef\xbb\xbf{}",
        b"\"\xff\"",
        b"{}\xff",
        b"\0",
    ];
    for body in bodies {
        assert!(Document::parse(body).is_none(), "{}", body.escape_ascii());
    }
}

#[test]
fn half_a_character_is_no_document_wherever_it_stands() {
    for body in [
        r#""\ud800""#,
        r#"{"a":["\udc00"]}"#,
        r#"{"\ud800":1}"#,
        r#"["\ud800\u0041"]"#,
        r#"["\udc00\ud800"]"#,
    ] {
        assert!(Document::parse(body.as_bytes()).is_none(), "{body}");
    }
    assert_eq!(at(r#""\ud83d\ude00""#, "").as_deref(), Some("😀"));
}

#[test]
fn a_repeated_key_is_no_document_wherever_it_stands() {
    for body in [
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"b":2,"a" : 3}"#,
        r#"{"a":1,"\u0061":1}"#,
        r#"{"\u0061":1,"\u0061":1}"#,
        r#"{"\/":1,"/":1}"#,
        r#"{"x":[{"y":{"a":1,"a":2}}]}"#,
        r#"{"a":{"b":1},"a":{}}"#,
        r#"{"":1,"":1}"#,
        r#"{"é":1,"\u00e9":1}"#,
    ] {
        assert!(Document::parse(body.as_bytes()).is_none(), "{body}");
    }
}

#[test]
fn equal_keys_of_different_objects_are_not_repeated() {
    for body in [
        r#"{"a":{"a":{"a":1}},"b":{"a":1}}"#,
        r#"[{"a":1},{"a":1}]"#,
        r#"{"a":"a","b":"a"}"#,
        r#"{"a":["a","a"],"b":1}"#,
        r#"{"a":1,"A":1,"á":1,"a ":1}"#,
        r#"{"a":"\"a\":","b":"{\"b\":"}"#,
        r#"{"\\":1,"\"":1,"\\\"":1}"#,
    ] {
        assert!(Document::parse(body.as_bytes()).is_some(), "{body}");
    }
}

#[test]
fn nesting_ends_where_serde_json_ends_it() {
    for (depth, taken) in [(MAX_DEPTH, true), (MAX_DEPTH + 1, false)] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let body = open.repeat(depth) + "1" + &close.repeat(depth);
            assert_eq!(Document::parse(body.as_bytes()).is_some(), taken);
            let tree = serde_json::from_str::<serde_json::Value>(&body);
            assert_eq!(tree.is_ok(), taken);
        }
    }
    let deep = "{\"a\":".repeat(MAX_DEPTH) + "1" + &"}".repeat(MAX_DEPTH);
    assert_eq!(at(&deep, &"/a".repeat(MAX_DEPTH)).as_deref(), Some("1"));
}

#[test]
fn the_items_of_a_list_are_documents() {
    let body = br#"{"v":[ {"a":"x"}, [1] ,"s",null,2]}"#;
    let document = Document::parse(body).expect("a document");
    let items = document.items("/v").expect("a list");
    assert_eq!(items.len(), 5);
    assert_eq!(items[0].at("/a"), Value::Text("x".into()));
    assert_eq!(items[1].at("/0"), Value::Text("1".into()));
    assert_eq!(items[1].items("").map(|items| items.len()), Some(1));
    assert_eq!(items[2].at(""), Value::Text("s".into()));
    assert_eq!(items[3].at(""), Value::Absent);
    assert_eq!(items[4].at(""), Value::Text("2".into()));
    for pointer in ["", "/v/0", "/v/2", "/v/3", "/w"] {
        assert!(document.items(pointer).is_none(), "{pointer}");
    }
    let empty = Document::parse(b"[]").expect("a document");
    assert_eq!(empty.items("").map(|items| items.len()), Some(0));
}

#[test]
fn hostile_bodies_are_no_document_and_no_panic() {
    let keys = |count: usize| "\"a\":0,".repeat(count);
    let bodies = [
        "[".repeat(1 << 20),
        "{\"a\":".repeat(1 << 18),
        "[".repeat(1 << 19) + &"]".repeat(1 << 19),
        "{\"a\":".repeat(1 << 17) + "0" + &"}".repeat(1 << 17),
        format!("{{{}\"b\":0}}", keys(200_000)),
        format!("{{{}\"\\u0061\":0}}", keys(1)),
        "\"".to_owned() + &"\\".repeat((1 << 20) + 1) + "\"",
        "[".to_owned() + &"0,".repeat(1 << 19),
        "{}".repeat(1 << 19),
    ];
    for body in bodies {
        assert!(Document::parse(body.as_bytes()).is_none());
    }
}

#[test]
fn large_bodies_are_documents() {
    let number = "9".repeat(1 << 20);
    assert_eq!(at(&number, "").as_deref(), Some(number.as_str()));
    let spaced = format!("{{\"a\"{}:1}}", " ".repeat(1 << 20));
    assert_eq!(at(&spaced, "/a").as_deref(), Some("1"));
    let escapes = "\"".to_owned() + &"\\\\".repeat(1 << 19) + "\"";
    assert_eq!(at(&escapes, "").map(|text| text.len()), Some(1 << 19));
    let list = format!("[{}0]", "0,".repeat(1 << 19));
    let document = Document::parse(list.as_bytes()).expect("a document");
    let items = document.items("").map(|items| items.len());
    assert_eq!(items, Some((1 << 19) + 1));
}
