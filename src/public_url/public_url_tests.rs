use http::{HeaderMap, Uri};

use super::PublicUrl;
use super::seen::Seen;
use crate::error::{ConfigError, ConfigErrorKind};

/// The URL of a request to that target, whose headers all claim another host.
fn of(url: &PublicUrl, target: &str) -> Result<String, &'static str> {
    let mut headers = HeaderMap::new();
    for name in ["host", "x-forwarded-host", "x-original-host"] {
        headers.insert(name, "evil.example".parse().unwrap());
    }
    headers.insert("x-forwarded-proto", "http".parse().unwrap());
    headers.insert("forwarded", "host=evil.example;proto=http".parse().unwrap());
    let uri: Uri = target.parse().unwrap();
    url.of(&Seen {
        headers: &headers,
        uri: Some(&uri),
        peer: Some([127, 0, 0, 1].into()),
    })
}

fn based(base: &str, target: &str) -> String {
    of(&PublicUrl::base(base).unwrap(), target).unwrap()
}

#[track_caller]
fn says<T>(made: Result<T, ConfigError>, text: &str) {
    let Err(error) = made else {
        panic!("it was accepted");
    };
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    assert_eq!(error.to_string(), text);
}

#[test]
fn path_and_query_follow_the_base_as_they_were_sent() {
    for (base, target, url) in [
        ("https://h", "/", "https://h/"),
        ("https://h", "/a/b?c=%2F&d", "https://h/a/b?c=%2F&d"),
        ("https://h/", "/a", "https://h/a"),
        ("https://h", "/a?", "https://h/a?"),
        ("https://h", "//a//../b", "https://h//a//../b"),
        ("https://h/hooks", "/a?b", "https://h/hooks/a?b"),
        ("https://h/hooks/", "/a?b", "https://h/hooks/a?b"),
        ("https://h:8443", "/a", "https://h:8443/a"),
        ("https://h:443", "/a", "https://h:443/a"),
        ("http://[::1]:8080/x", "/a", "http://[::1]:8080/x/a"),
        (
            "HTTPS://Hooks.Example.COM",
            "/A",
            "HTTPS://Hooks.Example.COM/A",
        ),
    ] {
        assert_eq!(based(base, target), url);
    }
}

#[test]
fn of_a_target_in_absolute_form_only_path_and_query_count() {
    assert_eq!(
        based("https://h", "http://evil.example:81/a?b"),
        "https://h/a?b"
    );
    assert_eq!(based("https://h", "http://evil.example"), "https://h/");
    assert_eq!(based("https://h", "http://evil.example?b"), "https://h/?b");
}

#[test]
fn a_target_without_a_path_has_no_url() {
    let base = PublicUrl::base("https://h").unwrap();
    for target in ["*", "evil.example:443"] {
        assert_eq!(of(&base, target), Err("the request's target has no path"));
    }
}

#[test]
fn a_request_whose_target_is_not_known_has_no_url_but_an_exact_one() {
    let headers = HeaderMap::new();
    let seen = Seen {
        headers: &headers,
        uri: None,
        peer: None,
    };
    let base = PublicUrl::base("https://h").unwrap();
    assert_eq!(base.of(&seen), Err("the request's target is not known"));
    let exact = PublicUrl::exact("https://h/a?b").unwrap();
    assert_eq!(exact.of(&seen).as_deref(), Ok("https://h/a?b"));
}

#[test]
fn an_exact_url_is_the_text_as_written_whatever_is_requested() {
    for text in [
        "https://h",
        "https://h/",
        "https://H:443/a/?b=%2f",
        "http://h?b",
        "https://h/a?",
    ] {
        let url = PublicUrl::exact(text).unwrap();
        for target in ["/", "/else?where", "http://evil.example/", "*"] {
            assert_eq!(of(&url, target).as_deref(), Ok(text));
        }
    }
}

#[test]
fn a_base_has_no_query() {
    for text in ["https://h?", "https://h/a?b", "https://h/?"] {
        says(
            PublicUrl::base(text),
            "the public base URL has a query, which each request brings: give one whole URL as PublicUrl::exact",
        );
    }
}

#[test]
fn a_public_url_that_is_none_is_refused_with_what_to_fix() {
    for (text, why) in [
        ("", "the public URL does not start with http:// or https://"),
        (
            "h",
            "the public URL does not start with http:// or https://",
        ),
        (
            "/a",
            "the public URL does not start with http:// or https://",
        ),
        (
            "//h/a",
            "the public URL does not start with http:// or https://",
        ),
        (
            "ftp://h",
            "the public URL does not start with http:// or https://",
        ),
        (
            "https:h",
            "the public URL does not start with http:// or https://",
        ),
        (
            "wss://h/https://h",
            "the public URL does not start with http:// or https://",
        ),
        ("https://", "the public URL has no host"),
        ("https:///a", "the public URL has no host"),
        ("https://?a", "the public URL has no host"),
        (
            "https://h#",
            "the public URL has a fragment, which no request carries",
        ),
        (
            "https://h/a#b",
            "the public URL has a fragment, which no request carries",
        ),
        (
            "https://#h",
            "the public URL has a fragment, which no request carries",
        ),
        (
            "https://user@h",
            "the public URL has a user name, which no request's target carries",
        ),
        (
            "https://user:pass@h/a",
            "the public URL has a user name, which no request's target carries",
        ),
        (
            "https://@h",
            "the public URL has a user name, which no request's target carries",
        ),
        ("https://h:", "the public URL's host or port is not legal"),
        ("https://h:0", "the public URL's host or port is not legal"),
        (
            "https://h:65536",
            "the public URL's host or port is not legal",
        ),
        ("https://:443", "the public URL's host or port is not legal"),
        ("https://h\\a", "the public URL's host or port is not legal"),
        ("https://::1/", "the public URL's host or port is not legal"),
        (
            "https://[::1/",
            "the public URL's host or port is not legal",
        ),
        (
            "https://{host}/",
            "the public URL's host or port is not legal",
        ),
    ] {
        says(PublicUrl::base(text), why);
        if !text.contains('?') {
            says(PublicUrl::exact(text), why);
        }
    }
}

#[test]
fn what_a_url_writes_in_other_characters_is_refused_with_how() {
    for text in [
        " https://h",
        "https://h ",
        "https://h\n",
        "https://h/a b",
        "https://h/a\tb",
        "https://h/\0",
        "https://h/\u{7f}",
        "https://h/caf\u{e9}",
        "https://b\u{fc}cher.example",
        "https://h\u{2044}a",
    ] {
        says(
            PublicUrl::exact(text),
            "the public URL holds a blank, a control character or one outside ASCII: write those percent-encoded, and a host's name in punycode",
        );
    }
}

#[test]
fn a_user_name_inside_the_path_is_a_path() {
    assert_eq!(based("https://h/@me:1", "/a"), "https://h/@me:1/a");
}

#[test]
fn neither_errors_nor_debug_show_what_may_be_secret() {
    let error = PublicUrl::exact("https://user:hunter2@h/a?token=hunter3").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter"));
    let url = PublicUrl::exact("https://h/a?token=hunter2").unwrap();
    assert_eq!(format!("{url:?}"), "PublicUrl(exact https://h/a)");
    let url = PublicUrl::base("https://h/a/").unwrap();
    assert_eq!(format!("{url:?}"), "PublicUrl(base https://h/a)");
}
