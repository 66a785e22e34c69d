use super::{Body, Repeats, Unreadable};

fn body<'b>(raw: &'b [u8], content_type: &'b str, repeats: Repeats) -> Body<'b> {
    Body::new(raw, Some(content_type.as_bytes()), repeats)
}

#[cfg(feature = "json")]
#[test]
fn json_is_text_absent_or_unreadable() {
    let body = Body::new(
        br#"{"a":"x","b":null,"c":[],"d":1}"#,
        None,
        Repeats::Refused,
    );
    assert_eq!(
        body.json("/a").as_ref().map(Option::as_deref),
        Ok(Some("x"))
    );
    assert_eq!(
        body.json("/d").as_ref().map(Option::as_deref),
        Ok(Some("1"))
    );
    assert_eq!(body.json("/b"), Ok(None));
    assert_eq!(body.json("/e"), Ok(None));
    let other = Unreadable("an object or a list stands where a text should");
    assert_eq!(body.json("/c"), Err(other));
    let not_json = body_of_no_document();
    assert_eq!(not_json.json("/a"), not_json.json("/b"));
    assert!(not_json.json("/a").is_err());
}

#[cfg(feature = "json")]
fn body_of_no_document() -> Body<'static> {
    body(
        b"{\"a\":1,\"a\":1}",
        "application/json",
        Repeats::LastCounts,
    )
}

#[cfg(feature = "forms")]
mod forms {
    use super::{Body, Repeats, Unreadable, body};

    const FORM: &str = "application/x-www-form-urlencoded";

    #[test]
    fn a_field_is_read_where_it_is_there_once() {
        let body = body(b"a=1&b=%FF&a+b", FORM, Repeats::Refused);
        assert_eq!(body.form("a"), Ok(b"1".as_slice()));
        assert_eq!(body.form("b"), Ok(b"\xff".as_slice()));
        assert_eq!(body.form("a b"), Ok(b"".as_slice()));
        let lacks = Unreadable("the form lacks a field of the scheme");
        assert_eq!(body.form("c"), Err(lacks));
        assert_eq!(body.form_pairs().map(<[_]>::len), Ok(3));
    }

    #[test]
    fn a_repeated_field_is_refused_or_its_last_counts() {
        let repeated = Unreadable("the form repeats a field of the scheme");
        let refused = body(b"a=1&b=2&a=3&%61=4", FORM, Repeats::Refused);
        assert_eq!(refused.form("a"), Err(repeated));
        assert_eq!(refused.form("b"), Ok(b"2".as_slice()));
        let last = body(b"a=1&b=2&a=3&%61=4", FORM, Repeats::LastCounts);
        assert_eq!(last.form("a"), Ok(b"4".as_slice()));
    }

    #[test]
    fn a_form_is_told_by_its_content_type() {
        for (content_type, is_form) in [
            (Some("application/x-www-form-urlencoded"), true),
            (
                Some("Application/X-WWW-Form-Urlencoded; charset=utf-8"),
                true,
            ),
            (Some("application/x-www-form-urlencode"), false),
            (Some("application/json"), false),
            (Some("multipart/form-data; boundary=b"), false),
            (Some(""), false),
            (None, false),
        ] {
            let body = Body::new(b"a=1", content_type.map(str::as_bytes), Repeats::Refused);
            assert_eq!(body.is_form(), is_form, "{content_type:?}");
        }
    }

    #[test]
    fn what_is_not_multipart_is_read_as_urlencoded() {
        let untyped = Body::new(b"a=1", None, Repeats::Refused);
        assert_eq!(untyped.form("a"), Ok(b"1".as_slice()));
        let parts = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1+\r\n--b--\r\n";
        let multipart = body(parts, "Multipart/form-data; boundary=b", Repeats::Refused);
        assert_eq!(multipart.form("a"), Ok(b"1+".as_slice()));
        let torn = body(
            &parts[..30],
            "multipart/form-data; boundary=b",
            Repeats::Refused,
        );
        assert!(torn.form("a").is_err());
        let mixed = body(b"a=1", "multipart/mixed; boundary=b", Repeats::Refused);
        assert!(mixed.form("a").is_err());
    }

    #[test]
    fn a_thousand_fields_count_and_more_do_not() {
        let full = "a=1&".repeat(1000);
        assert_eq!(
            body(full.as_bytes(), FORM, Repeats::LastCounts).form("a"),
            Ok(b"1".as_slice())
        );
        let more = full + "b=1";
        let more = body(more.as_bytes(), FORM, Repeats::LastCounts);
        assert!(more.form("a").is_err());
        assert!(more.form_pairs().is_err());
    }

    #[cfg(feature = "json")]
    #[test]
    fn a_document_may_stand_in_a_form_field() {
        let raw = b"x=1&json=+{\"a\":\"b%2B\",\"c\":{}}+";
        let found = body(raw, FORM, Repeats::Refused);
        for _ in 0..2 {
            let text = found.json_in_form("json", "/a");
            assert_eq!(text.as_ref().map(Option::as_deref), Ok(Some("b+")));
            assert_eq!(found.json_in_form("json", "/d"), Ok(None));
            assert!(found.json_in_form("json", "/c").is_err());
            assert!(found.json_in_form("y", "/a").is_err());
            let other = found.json_in_form("x", "");
            assert_eq!(other.as_ref().map(Option::as_deref), Ok(Some("1")));
        }
        for raw in ["json={\"a\":1,\"a\":1}", "json=%ff", "json="] {
            let malformed = body(raw.as_bytes(), FORM, Repeats::Refused);
            assert!(malformed.json_in_form("json", "/a").is_err(), "{raw}");
        }
    }
}
