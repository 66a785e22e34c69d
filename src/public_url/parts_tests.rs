use super::{Parts, path, query, without_query};

#[test]
fn a_url_is_cut_as_python_cuts_it() {
    // What `urlsplit(url).path`, `urlsplit(url).query` and `url.split("?")[0]` give.
    for (url, want_path, want_query, before) in [
        ("https://h", "", "", "https://h"),
        ("https://h/", "/", "", "https://h/"),
        ("https://h/a/b", "/a/b", "", "https://h/a/b"),
        ("https://h/a?b=c&d", "/a", "b=c&d", "https://h/a"),
        ("https://h?b", "", "b", "https://h"),
        ("https://h/a?", "/a", "", "https://h/a"),
        ("https://h/a?b?c", "/a", "b?c", "https://h/a"),
        ("https://h/a?b/c", "/a", "b/c", "https://h/a"),
        ("https://h?b/c", "", "b/c", "https://h"),
        ("https://h/a#f", "/a", "", "https://h/a#f"),
        ("https://h/a?b#f?g", "/a", "b", "https://h/a"),
        ("https://h/a#f?g", "/a", "", "https://h/a#f"),
        ("https://h//a//?x", "//a//", "x", "https://h//a//"),
        ("https://h/a;p?x", "/a;p", "x", "https://h/a;p"),
        ("https://h/a%3fb?%23", "/a%3fb", "%23", "https://h/a%3fb"),
        ("https://u@h:1/a?x", "/a", "x", "https://u@h:1/a"),
        ("http://[::1]:80/a?b:c", "/a", "b:c", "http://[::1]:80/a"),
        ("HTTPS://H/A?B", "/A", "B", "HTTPS://H/A"),
        (
            "https://h/a?u=https://i/j?k",
            "/a",
            "u=https://i/j?k",
            "https://h/a",
        ),
    ] {
        assert_eq!(path(url), want_path, "{url}");
        assert_eq!(query(url), want_query, "{url}");
        assert_eq!(without_query(url), before, "{url}");
    }
}

#[test]
fn an_empty_query_is_told_from_none() {
    let query = |url| Parts::of(url).and_then(|parts| parts.query);
    assert_eq!(query("https://h/a?"), Some(""));
    assert_eq!(query("https://h/a"), None);
}

#[test]
fn other_urls_have_no_parts() {
    for url in [
        "",
        "h",
        "//h/a",
        "/a?b",
        "ftp://h/a",
        "https:/h",
        "xhttps://h",
        " https://h",
    ] {
        assert!(Parts::of(url).is_none(), "{url}");
        assert_eq!((path(url), query(url)), ("", ""), "{url}");
    }
}
