use super::port_variants;

#[test]
fn a_url_is_tried_without_and_with_its_port() {
    for (url, without, with) in [
        (
            "https://h/a?b=1&c=2",
            "https://h/a?b=1&c=2",
            "https://h:443/a?b=1&c=2",
        ),
        ("http://h/a", "http://h/a", "http://h:80/a"),
        ("https://h:1234/a", "https://h/a", "https://h:1234/a"),
        ("https://h:443/a", "https://h/a", "https://h:443/a"),
        ("http://h:443/a", "http://h/a", "http://h:443/a"),
        ("https://h", "https://h", "https://h:443"),
        ("https://h?b", "https://h?b", "https://h:443?b"),
        (
            "https://[2001:DB8::1]/a",
            "https://[2001:db8::1]/a",
            "https://[2001:db8::1]:443/a",
        ),
        (
            "https://[::1]:8443/a",
            "https://[::1]/a",
            "https://[::1]:8443/a",
        ),
    ] {
        assert_eq!(port_variants(url), [without, with], "{url}");
    }
}

#[test]
fn scheme_and_host_are_in_lower_case_and_nothing_else_is() {
    let [without, with] = port_variants("HTTPS://Hooks.Example.COM/Path/%2F?Query=%c3%A9");
    assert_eq!(without, "https://hooks.example.com/Path/%2F?Query=%c3%A9");
    assert_eq!(with, "https://hooks.example.com:443/Path/%2F?Query=%c3%A9");
}

#[test]
fn user_name_and_fragment_are_dropped() {
    for url in [
        "https://user:pass@h/a?b#c",
        "https://u@v@h/a?b",
        "https://@h/a?b#",
        "https://h:/a?b",
    ] {
        assert_eq!(
            port_variants(url),
            ["https://h/a?b", "https://h:443/a?b"],
            "{url}"
        );
    }
}

#[test]
fn what_looks_like_an_authority_in_path_or_query_stays() {
    let url = "https://h/a:80@b?c=https://d:81/";
    assert_eq!(
        port_variants(url),
        [url, "https://h:443/a:80@b?c=https://d:81/"]
    );
    let url = "https://h?@b:1";
    assert_eq!(port_variants(url), [url, "https://h:443?@b:1"]);
}

#[test]
fn an_empty_query_stays() {
    assert_eq!(
        port_variants("https://h/a?"),
        ["https://h/a?", "https://h:443/a?"]
    );
}

#[test]
fn other_urls_come_back_as_they_are() {
    for url in ["", "h/a", "ftp://h/a"] {
        assert_eq!(port_variants(url), [url, url]);
    }
}
