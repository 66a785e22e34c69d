//! Signatures, timestamps and signed values in JSON, forms and queries: what is read, and what
//! cannot be.

use hookproof::VerifyErrorKind::{
    DuplicateHeader, Future, Malformed, Mismatch, MissingHeader, Stale, Unavailable,
};
use hookproof::scheme::{FormJson, Part, Place, ReplayId, Scheme, Timestamp};
use hookproof::{Delivery, Verifier};
use http::HeaderMap;

use super::kit::{FORM, NOW, Sent, mac, verifier};
use crate::support::delivered::kind;

const SELECTED: &str = "the vendor signs selected fields";

/// Signature, timestamp and values in a JSON body.
static JSON: Scheme = Scheme::builder_at("json", Place::Json("/auth/sig"))
    .timestamp(Timestamp::At(Place::Json("/auth/at")))
    .content(&[
        Part::Timestamp,
        Part::Literal("|"),
        Part::Json {
            pointer: "/data/amount",
            absent: None,
        },
        Part::Literal("|"),
        Part::Json {
            pointer: "/data/note",
            absent: Some("-"),
        },
    ])
    .dangerous_body_unsigned(SELECTED)
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

/// The same in a form.
static FORMS: Scheme = Scheme::builder_at("forms", Place::Form("sig"))
    .timestamp(Timestamp::At(Place::Form("at")))
    .content(&[Part::Form("token"), Part::Literal("|"), Part::Timestamp])
    .dangerous_body_unsigned(SELECTED)
    .replay_id(ReplayId::Content)
    .build();

/// The same, where the last of repeated fields counts.
static LAST: Scheme = FORMS.adjust().slug("last").last_field_counts().build();

/// The same in a document that is the value of a field.
static FORM_JSON: Scheme = Scheme::builder_at(
    "form-json",
    Place::FormJson(&FormJson {
        field: "json",
        pointer: "/event/hash",
    }),
)
.timestamp(Timestamp::At(Place::FormJson(&FormJson {
    field: "json",
    pointer: "/event/time",
})))
.content(&[
    Part::FormJson(&FormJson {
        field: "json",
        pointer: "/event/time",
    }),
    Part::Literal(":"),
    Part::FormJson(&FormJson {
        field: "json",
        pointer: "/event/type",
    }),
])
.dangerous_body_unsigned(SELECTED)
.replay_id(ReplayId::Content)
.build();

/// The same in the query.
static QUERY: Scheme = Scheme::builder_at("query", Place::Query("sig"))
    .timestamp(Timestamp::At(Place::Query("at")))
    .content(&[
        Part::Timestamp,
        Part::Literal("|"),
        Part::Query("shop"),
        Part::Literal("|"),
        Part::Body,
    ])
    .build();

fn json(at: &str, amount: &str, note: &str, signed: &str) -> Sent {
    let sig = mac(signed);
    Sent::json(format!(
        r#"{{"data":{{"amount":{amount}{note}}},"auth":{{"sig":"{sig}","at":{at}}}}}"#
    ))
}

#[test]
fn values_of_a_json_body_are_signed_as_they_were_sent() {
    let verifier = verifier(&JSON);
    let numbers = [
        "1",
        "0",
        "-0",
        "1.00",
        "1.0",
        "1e5",
        "1E+5",
        "-12.50",
        "0.1e-7",
        "123456789012345678901234567890",
        "1.00000000000000000000000000001",
        "1e999",
    ];
    for number in numbers {
        let good = json(
            &NOW.to_string(),
            number,
            r#","note":"x""#,
            &format!("{NOW}|{number}|x"),
        );
        assert_eq!(good.verdict(&verifier), Ok(()), "{number}");
        let text = json(
            &NOW.to_string(),
            &format!("\"{number}\""),
            "",
            &format!("{NOW}|{number}|-"),
        );
        assert_eq!(text.verdict(&verifier), Ok(()), "{number} as a text");
    }
    for (sent, printed) in [
        ("1.00", "1"),
        ("1e5", "100000"),
        ("1.0", "1"),
        ("-0", "0"),
        ("1e2", "1E2"),
    ] {
        let reprinted = json(&NOW.to_string(), sent, "", &format!("{NOW}|{printed}|-"));
        assert_eq!(reprinted.verdict(&verifier), Err(Mismatch), "{sent}");
    }
    for (sent, read) in [
        ("true", "true"),
        ("false", "false"),
        (r#""""#, ""),
        (r#""a\/b\u00e9\n\"""#, "a/b\u{e9}\n\""),
        (r#""\ud83d\udcec""#, "\u{1F4EC}"),
    ] {
        let good = json(&NOW.to_string(), sent, "", &format!("{NOW}|{read}|-"));
        assert_eq!(good.verdict(&verifier), Ok(()), "{sent}");
    }
}

#[test]
fn a_missing_or_null_value_is_malformed_or_the_text_that_stands_for_it() {
    let verifier = verifier(&JSON);
    let signed = format!("{NOW}|5|-");
    for note in ["", r#","note":null"#] {
        let sent = json(&NOW.to_string(), "5", note, &signed);
        assert_eq!(sent.verdict(&verifier), Ok(()), "{note}");
    }
    let empty = json(&NOW.to_string(), "5", r#","note":"""#, &signed);
    assert_eq!(empty.verdict(&verifier), Err(Mismatch));
    let dash = json(&NOW.to_string(), "5", r#","note":"-""#, &signed);
    assert_eq!(dash.verdict(&verifier), Ok(()), "it reads alike");
    let sig = mac(&signed);
    let bodies = [
        format!(r#"{{"data":{{}},"auth":{{"sig":"{sig}","at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":null}},"auth":{{"sig":"{sig}","at":{NOW}}}}}"#),
        format!(r#"{{"data":null,"auth":{{"sig":"{sig}","at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":{{}}}},"auth":{{"sig":"{sig}","at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":[5]}},"auth":{{"sig":"{sig}","at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":5,"note":[]}},"auth":{{"sig":"{sig}","at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":5}},"auth":{{"at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":5}},"auth":{{"sig":null,"at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":5}},"auth":{{"sig":"{sig}"}}}}"#),
        format!(r#"{{"data":{{"amount":5}},"auth":{{"sig":"{sig}","at":null}}}}"#),
        format!(r#"{{"data":{{"amount":5}},"auth":{{"sig":"","at":{NOW}}}}}"#),
        format!(r#"{{"data":{{"amount":5}},"auth":{{"sig":7,"at":{NOW}}}}}"#),
    ];
    for body in bodies {
        assert_eq!(
            Sent::json(body.clone()).verdict(&verifier),
            Err(Malformed),
            "{body}"
        );
    }
}

#[test]
fn a_stamp_in_a_body_may_be_a_number_or_a_text_and_is_judged() {
    let verifier = verifier(&JSON);
    for at in [NOW.to_string(), format!("\"{NOW}\"")] {
        assert_eq!(
            json(&at, "5", "", &format!("{NOW}|5|-")).verdict(&verifier),
            Ok(())
        );
    }
    for (at, verdict) in [
        (NOW - 300, Ok(())),
        (NOW + 300, Ok(())),
        (NOW - 301, Err(Stale)),
        (NOW + 301, Err(Future)),
    ] {
        let sent = json(&at.to_string(), "5", "", &format!("{at}|5|-"));
        assert_eq!(sent.verdict(&verifier), verdict);
        let forged = json(&at.to_string(), "5", "", "something else");
        assert_eq!(forged.verdict(&verifier), verdict.and(Err(Mismatch)));
    }
    for at in [
        "1767225600.0",
        "1.7672256e9",
        "\"01767225600\"",
        "true",
        "\"\"",
        "{}",
        "\" 1767225600\"",
    ] {
        assert_eq!(
            json(at, "5", "", "x").verdict(&verifier),
            Err(Malformed),
            "{at}"
        );
    }
}

#[test]
fn a_key_that_stands_twice_anywhere_is_malformed() {
    let verifier = verifier(&JSON);
    let sig = mac(format!("{NOW}|5|-"));
    let auth = format!(r#""auth":{{"sig":"{sig}","at":{NOW}}}"#);
    let good = [
        format!(r#"{{"data":{{"amount":5}},{auth}}}"#),
        format!(r#"{{"data":{{"amount":5}},{auth},"other":[{{"a":1}},{{"a":1}}]}}"#),
    ];
    for body in good {
        assert_eq!(
            Sent::json(body.clone()).verdict(&verifier),
            Ok(()),
            "{body}"
        );
    }
    let bad = [
        format!(r#"{{"data":{{"amount":5,"amount":5}},{auth}}}"#),
        format!(r#"{{"data":{{"amount":5}},"data":{{"amount":6}},{auth}}}"#),
        format!(r#"{{"data":{{"amount":5}},{auth},"other":{{"a":1,"b":2,"a":1}}}}"#),
        format!(r#"{{"data":{{"amount":5}},{auth},"other":[[{{"a":1,"\u0061":2}}]]}}"#),
        format!(r#"{{"data":{{"amount":5}},{auth},"\u0061uth":{{}}}}"#),
    ];
    for body in bad {
        assert_eq!(
            Sent::json(body.clone()).verdict(&verifier),
            Err(Malformed),
            "{body}"
        );
    }
}

#[test]
fn what_is_no_json_is_malformed() {
    let verifier = verifier(&JSON);
    let good = json(&NOW.to_string(), "5", "", &format!("{NOW}|5|-"));
    let body = good.request.body().clone();
    let text = String::from_utf8(body.clone()).expect("ASCII");
    let bodies: Vec<Vec<u8>> = vec![
        Vec::new(),
        b" ".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"sig=1".to_vec(),
        text.replace('"', "'").into_bytes(),
        text.as_bytes()[..text.len() - 1].to_vec(),
        format!("{text}x").into_bytes(),
        format!("{text}{text}").into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        text.replace(":5", ":05").into_bytes(),
        text.replace(":5", ":NaN").into_bytes(),
        text.replace(":5", ":\"\\ud800\"").into_bytes(),
        [text.as_bytes(), b"\xff"].concat(),
        text.replace(":5", ":5,").into_bytes(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    for body in bodies {
        let shown = String::from_utf8_lossy(&body).into_owned();
        assert_eq!(
            Sent::json(body).verdict(&verifier),
            Err(Malformed),
            "{shown}"
        );
    }
    let spaced = format!(" \r\n{text}\t ");
    assert_eq!(Sent::json(spaced).verdict(&verifier), Ok(()));
}

#[test]
fn json_is_read_whatever_its_content_type() {
    let verifier = verifier(&JSON);
    let good = json(&NOW.to_string(), "5", "", &format!("{NOW}|5|-"));
    assert_eq!(
        good.clone().without("content-type").verdict(&verifier),
        Ok(())
    );
    assert_eq!(
        good.clone().with("content-type", FORM).verdict(&verifier),
        Ok(())
    );
    assert_eq!(
        good.and("content-type", "text/plain").verdict(&verifier),
        Ok(())
    );
}

#[test]
fn json_is_read_127_levels_deep_and_no_deeper() {
    let verifier = verifier(&JSON);
    let sig = mac(format!("{NOW}|5|-"));
    let nested = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        Sent::json(format!(
            r#"{{"data":{{"amount":5}},"auth":{{"sig":"{sig}","at":{NOW}}},"x":{open}{close}}}"#
        ))
    };
    assert_eq!(nested(126).verdict(&verifier), Ok(()));
    assert_eq!(nested(127).verdict(&verifier), Err(Malformed));
    assert_eq!(nested(100_000).verdict(&verifier), Err(Malformed));
}

/// Bodies as long as an endpoint takes them by default, made to be dear to read.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    const SIZE: usize = Verifier::DEFAULT_BODY_LIMIT;
    let filled = |open: &str, piece: &str, close: &str| {
        let mut body = open.to_owned();
        while body.len() + piece.len() + close.len() <= SIZE {
            body.push_str(piece);
        }
        body.push_str(close);
        body.into_bytes()
    };
    let mut keys = String::from("{");
    for nth in 0.. {
        let key = format!("\"{nth:x}\":0,");
        if keys.len() + key.len() > SIZE - 8 {
            break;
        }
        keys.push_str(&key);
    }
    keys.push_str("\"z\":0}");
    vec![
        ("open brackets", vec![b'['; SIZE]),
        ("open braces", filled("", "{\"a\":", "")),
        ("keys", keys.into_bytes()),
        ("backslashes", filled("{\"a\":\"", "\\\\", "\"}")),
        ("escapes", filled("{\"a\":\"", "\\u0061", "\"}")),
        ("short items", filled("[0", ",0", "]")),
        ("digits", filled("{\"a\":", "1", "}")),
        ("quotation marks", vec![b'"'; SIZE]),
        ("ampersands", vec![b'&'; SIZE]),
        ("equals signs", vec![b'='; SIZE]),
        ("fields", filled("", "a=&", "")),
        ("percent signs", vec![b'%'; SIZE]),
        ("plus signs", filled("a=", "+", "")),
        ("boundaries", filled("", "--b\r\n", "")),
        (
            "parts",
            filled(
                "",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n",
                "--b--",
            ),
        ),
        (
            "part headers",
            filled("--b\r\n", "A: b\r\n", "\r\n\r\n--b--"),
        ),
        ("zeros", vec![0; SIZE]),
    ]
}

#[test]
fn a_mebibyte_of_hostile_body_is_judged() {
    const FORMS_TOO: &[&str] = &[FORM, "multipart/form-data; boundary=b"];
    let cases = [
        (&JSON, &["application/json"][..]),
        (&FORMS, FORMS_TOO),
        (&FORM_JSON, FORMS_TOO),
    ];
    for (scheme, types) in cases {
        let verifier = verifier(scheme);
        for (what, body) in hostile() {
            for content_type in types {
                let sent = Sent::to("/")
                    .with("content-type", content_type)
                    .body(body.clone());
                let verdict = sent.verdict(&verifier);
                assert_eq!(
                    verdict,
                    Err(Malformed),
                    "{} {what} {content_type}",
                    scheme.slug()
                );
            }
        }
    }
}

fn form(body: impl Into<Vec<u8>>) -> Sent {
    Sent::form(body)
}

fn signed_form(token: &str, at: i64) -> (String, String) {
    (mac(format!("{token}|{at}")), at.to_string())
}

#[test]
fn the_decoded_values_of_a_form_are_signed() {
    let verifier = verifier(&FORMS);
    let cases = [
        ("abc", "abc"),
        ("a%20b", "a b"),
        ("a+b", "a b"),
        ("a%2Bb", "a+b"),
        ("a%2bb", "a+b"),
        ("", ""),
        ("a=b", "a=b"),
        ("%", "%"),
        ("%zz", "%zz"),
        ("%C3%A9", "\u{e9}"),
        ("\u{e9}", "\u{e9}"),
    ];
    for (sent, read) in cases {
        let (sig, at) = signed_form(read, NOW);
        for body in [
            format!("token={sent}&at={at}&sig={sig}"),
            format!("sig={sig}&other=1&other=2&at={at}&token={sent}&"),
            format!("%73ig={sig}&a%74={at}&token={sent}"),
        ] {
            assert_eq!(form(body.clone()).verdict(&verifier), Ok(()), "{body}");
        }
    }
}

#[test]
fn a_form_field_that_is_missing_is_malformed() {
    let verifier = verifier(&FORMS);
    let (sig, at) = signed_form("t", NOW);
    let fields = vec![
        "token=t".to_owned(),
        format!("at={at}"),
        format!("sig={sig}"),
    ];
    assert_eq!(form(fields.join("&")).verdict(&verifier), Ok(()));
    for nth in 0..fields.len() {
        let mut fewer = fields.clone();
        fewer.remove(nth);
        assert_eq!(
            form(fewer.join("&")).verdict(&verifier),
            Err(Malformed),
            "{nth}"
        );
    }
    for other in ["Token=t", "token%00=t", " token=t", "token[]=t"] {
        let body = format!("{other}&at={at}&sig={sig}");
        assert_eq!(
            form(body.clone()).verdict(&verifier),
            Err(Malformed),
            "{body}"
        );
    }
    assert_eq!(form("").verdict(&verifier), Err(Malformed));
    let bare = format!("token&at={at}&sig={}", mac(format!("|{at}")));
    assert_eq!(
        form(bare).verdict(&verifier),
        Ok(()),
        "a name alone is empty"
    );
}

#[test]
fn a_repeated_form_field_is_malformed_unless_the_last_counts() {
    let (strict, last) = (verifier(&FORMS), verifier(&LAST));
    let (sig, at) = signed_form("t", NOW);
    let old = NOW - 9999;
    let right_last = [
        format!("token=x&token=t&at={at}&sig={sig}"),
        format!("token=t&token=t&at={at}&sig={sig}"),
        format!("token=t&at={old}&at={at}&sig={sig}"),
        format!("token=t&at={at}&sig=zz&sig={sig}"),
        format!("token=1&token=2&token=3&token=t&at={at}&sig={sig}"),
    ];
    for body in right_last {
        assert_eq!(
            form(body.clone()).verdict(&strict),
            Err(Malformed),
            "{body}"
        );
        assert_eq!(form(body.clone()).verdict(&last), Ok(()), "{body}");
    }
    let wrong_last = [
        (format!("token=t&token=x&at={at}&sig={sig}"), Mismatch),
        (format!("token=t&at={at}&at={old}&sig={sig}"), Stale),
        (format!("token=t&at={at}&sig={sig}&sig=zz"), Malformed),
    ];
    for (body, kind) in wrong_last {
        assert_eq!(
            form(body.clone()).verdict(&strict),
            Err(Malformed),
            "{body}"
        );
        assert_eq!(form(body.clone()).verdict(&last), Err(kind), "{body}");
    }
}

#[test]
fn bytes_that_are_no_utf_8_stay_apart() {
    let verifier = verifier(&FORMS);
    let content = |token: &[u8]| [token, format!("|{NOW}").as_bytes()].concat();
    for token in [&b"\xff"[..], b"\xfe", b"a\x80b", "\u{fffd}".as_bytes()] {
        let good = mac(content(token));
        for other in [&b"\xff"[..], b"\xfe", b"a\x80b", "\u{fffd}".as_bytes()] {
            let raw = [b"token=", other, format!("&at={NOW}&sig={good}").as_bytes()].concat();
            let escaped: String = other.iter().map(|byte| format!("%{byte:02X}")).collect();
            let escaped = format!("token={escaped}&at={NOW}&sig={good}").into_bytes();
            let wanted = if token == other {
                Ok(())
            } else {
                Err(Mismatch)
            };
            assert_eq!(form(raw).verdict(&verifier), wanted, "{other:?}");
            assert_eq!(form(escaped).verdict(&verifier), wanted, "{other:?}");
        }
    }
}

#[test]
fn a_form_has_at_most_1000_fields() {
    let verifier = verifier(&FORMS);
    let (sig, at) = signed_form("t", NOW);
    let of = |fields: usize| {
        let more = "a=1&".repeat(fields - 3);
        form(format!("{more}token=t&at={at}&sig={sig}"))
    };
    assert_eq!(of(1000).verdict(&verifier), Ok(()));
    assert_eq!(of(1001).verdict(&verifier), Err(Malformed));
}

fn multipart(fields: &[(&str, &str)]) -> Sent {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--XX--\r\n");
    Sent::to("/hook")
        .with("content-type", "multipart/form-data; boundary=XX")
        .body(body)
}

#[test]
fn the_parts_of_a_multipart_body_are_fields() {
    let verifier = verifier(&FORMS);
    let (sig, at) = signed_form("a+b%20\r\nc", NOW);
    let fields = [
        ("token", "a+b%20\r\nc"),
        ("at", &at),
        ("sig", &sig),
        ("file", "x"),
    ];
    let sent = multipart(&fields);
    assert_eq!(sent.verdict(&verifier), Ok(()));
    for nth in 0..3 {
        let mut fewer = fields.to_vec();
        let taken = fewer.remove(nth);
        assert_eq!(
            multipart(&fewer).verdict(&verifier),
            Err(Malformed),
            "{}",
            taken.0
        );
        let more = [&fields[..], &[taken]].concat();
        assert_eq!(
            multipart(&more).verdict(&verifier),
            Err(Malformed),
            "{}",
            taken.0
        );
        assert_eq!(
            multipart(&more).verdict(&super::kit::verifier(&LAST)),
            Ok(())
        );
    }
    for content_type in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=YY",
        FORM,
        "text/plain",
    ] {
        let other = sent.clone().with("content-type", content_type);
        assert_eq!(other.verdict(&verifier), Err(Malformed), "{content_type}");
    }
    let twice = sent.clone().and("content-type", FORM);
    assert_eq!(twice.verdict(&verifier), Err(DuplicateHeader));
    let cut = sent.request.body()[..40].to_vec();
    assert_eq!(sent.body(cut).verdict(&verifier), Err(Malformed));
}

#[test]
fn a_document_in_a_form_field_is_read_as_json() {
    let verifier = verifier(&FORM_JSON);
    let sig = mac(format!("{NOW}:sent"));
    let document = format!(r#"{{"event":{{"time":"{NOW}","type":"sent","hash":"{sig}"}}}}"#);
    let escape = |text: &str| {
        text.replace('%', "%25")
            .replace('&', "%26")
            .replace('+', "%2B")
    };
    let sent = form(format!("json={}&x=1", escape(&document)));
    assert_eq!(sent.verdict(&verifier), Ok(()));
    assert_eq!(multipart(&[("json", &document)]).verdict(&verifier), Ok(()));
    for broken in [
        String::new(),
        "x".to_owned(),
        document.replace("\"type\":\"sent\",", ""),
        document.replace("\"sent\"", "null"),
        document.replace("\"type\"", "\"type\":1,\"type\""),
        document.replace(&sig, ""),
        format!("{document},"),
    ] {
        let sent = form(format!("json={}", escape(&broken)));
        assert_eq!(sent.verdict(&verifier), Err(Malformed), "{broken}");
    }
    let other = document.replace("\"sent\"", "\"open\"");
    assert_eq!(
        form(format!("json={other}")).verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        form(format!("jso={document}")).verdict(&verifier),
        Err(Malformed)
    );
    assert_eq!(
        form(format!("json={document}&json={document}")).verdict(&verifier),
        Err(Malformed)
    );
    let old = document.replace(&NOW.to_string(), &(NOW - 301).to_string());
    assert_eq!(form(format!("json={old}")).verdict(&verifier), Err(Stale));
}

fn asked(query: &str) -> Sent {
    Sent::to(&format!("/hook{query}")).body("{}")
}

#[test]
fn the_decoded_values_of_a_query_are_signed() {
    let verifier = verifier(&QUERY);
    for (sent, read) in [
        ("7", "7"),
        ("a%20b", "a b"),
        ("a+b", "a b"),
        ("a%2Bb", "a+b"),
        ("", ""),
        ("a=b", "a=b"),
        ("%C3%A9", "\u{e9}"),
    ] {
        let sig = mac(format!("{NOW}|{read}|{{}}"));
        for query in [
            format!("?shop={sent}&at={NOW}&sig={sig}"),
            format!("?sig={sig}&x=1&x=2&at={NOW}&sh%6Fp={sent}"),
        ] {
            assert_eq!(asked(&query).verdict(&verifier), Ok(()), "{query}");
        }
    }
}

#[test]
fn a_query_value_is_missing_or_duplicate_as_a_header_is() {
    let verifier = verifier(&QUERY);
    let sig = mac(format!("{NOW}|7|{{}}"));
    let values = vec![
        "shop=7".to_owned(),
        format!("at={NOW}"),
        format!("sig={sig}"),
    ];
    for nth in 0..values.len() {
        let mut fewer = values.clone();
        let taken = fewer.remove(nth);
        let query = format!("?{}", fewer.join("&"));
        assert_eq!(
            asked(&query).verdict(&verifier),
            Err(MissingHeader),
            "{query}"
        );
        let query = format!("?{}&{taken}", values.join("&"));
        assert_eq!(
            asked(&query).verdict(&verifier),
            Err(DuplicateHeader),
            "{query}"
        );
    }
    assert_eq!(asked("").verdict(&verifier), Err(MissingHeader));
    assert_eq!(asked("?").verdict(&verifier), Err(MissingHeader));
    let in_form = Sent::form(values.join("&"));
    assert_eq!(
        in_form.verdict(&verifier),
        Err(MissingHeader),
        "a body is no query"
    );
}

#[test]
fn values_of_a_query_are_judged_in_the_usual_order() {
    let verifier = verifier(&QUERY);
    let sig = mac(format!("{NOW}|7|{{}}"));
    let cases = [
        (format!("?shop=7&at={NOW}&sig=zz"), Malformed),
        (format!("?shop=7&at={NOW}&sig="), Malformed),
        (format!("?shop=7&at=0{NOW}&sig={sig}"), Malformed),
        (format!("?shop=7&at=&sig={sig}"), Malformed),
        (format!("?shop=7&at={}&sig={sig}", NOW - 301), Stale),
        (format!("?shop=7&at={}&sig={sig}", NOW + 301), Future),
        (format!("?shop=8&at={NOW}&sig={sig}"), Mismatch),
        (format!("?at={}&sig={sig}", NOW - 301), MissingHeader),
    ];
    for (query, kind) in cases {
        assert_eq!(asked(&query).verdict(&verifier), Err(kind), "{query}");
    }
    let good = asked(&format!("?shop=7&at={NOW}&sig={sig}"));
    assert_eq!(good.verdict(&verifier), Ok(()));
    assert_eq!(good.body("{ }").verdict(&verifier), Err(Mismatch));
}

#[test]
fn a_query_is_read_before_the_body() {
    let verifier = verifier(&QUERY);
    let sig = mac(format!("{NOW}|7|{{}}"));
    let begun = |stamp: &str| asked(&format!("?shop=7&at={stamp}&sig={sig}")).begun(&verifier);
    assert_eq!(begun(&NOW.to_string()), Ok(()));
    assert_eq!(begun(&format!("0{NOW}")), Err(Malformed));
    assert_eq!(begun(""), Err(Malformed));
}

#[test]
fn headers_alone_do_not_tell_a_query() {
    let verdict = verifier(&QUERY).verify(Delivery::new(&HeaderMap::new(), b"{}"));
    assert_eq!(kind(&verdict), Err(Unavailable));
}
