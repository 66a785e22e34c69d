use super::*;

fn asked(method: &Method, headers: &[(&'static str, &str)]) -> Result<(), Refusal> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let value = value.parse().expect("a header's value");
        map.append(*name, value);
    }
    judge(method, None, &map, &["sandbox.example.com".to_owned()])
}

#[test]
fn loopback_names_and_allowed_ones_may_be_asked() {
    for host in [
        "localhost",
        "LocalHost:8080",
        "127.0.0.1:8080",
        "127.9.9.9",
        "[::1]:8080",
        "[::1]",
        "sandbox.example.com:80",
        "SANDBOX.example.com",
    ] {
        assert_eq!(asked(&Method::GET, &[("host", host)]), Ok(()), "{host}");
    }
}

#[test]
fn no_other_name_may_be_asked() {
    for host in [
        "example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "example.com@localhost",
        "localhost@example.com",
        "10.0.0.1",
        "0.0.0.0",
        "128.0.0.1",
        "[::2]",
        "[::ffff:10.0.0.1]",
        "::1",
        "localhost/",
        "",
        "sub.sandbox.example.com",
    ] {
        let refused = asked(&Method::GET, &[("host", host)]);
        assert_eq!(refused, Err(Refusal::Host), "{host}");
    }
}

#[test]
fn a_request_names_one_host() {
    assert_eq!(asked(&Method::GET, &[]), Err(Refusal::Host));
    let twice = [("host", "localhost"), ("host", "localhost")];
    assert_eq!(asked(&Method::GET, &twice), Err(Refusal::Host));
}

#[test]
fn the_request_lines_host_counts_too() {
    let mut headers = HeaderMap::new();
    headers.insert(HOST, "localhost".parse().expect("a header's value"));
    let ask = |named| judge(&Method::GET, Some(named), &headers, &[]);
    assert_eq!(ask("localhost:80"), Ok(()));
    assert_eq!(ask("example.com"), Err(Refusal::Host));
}

#[test]
fn only_its_own_page_may_change_something() {
    let host = ("host", "127.0.0.1:8080");
    let own = ("origin", "http://127.0.0.1:8080");
    for method in [Method::POST, Method::DELETE, Method::PUT, Method::OPTIONS] {
        assert_eq!(asked(&method, &[host]), Ok(()), "a program");
        assert_eq!(asked(&method, &[host, own]), Ok(()));
        for origin in [
            "null",
            "http://example.com",
            "https://127.0.0.1:8080",
            "http://127.0.0.1:8081",
            "http://127.0.0.1",
            "http://localhost:8080",
            "",
        ] {
            let refused = asked(&method, &[host, ("origin", origin)]);
            assert_eq!(refused, Err(Refusal::Origin), "{method} {origin}");
        }
        let two = asked(&method, &[host, own, ("origin", "http://example.com")]);
        assert_eq!(two, Err(Refusal::Origin));
    }
}

#[test]
fn what_the_browser_says_of_the_site_counts() {
    let host = ("host", "localhost");
    for (site, expected) in [
        ("same-origin", Ok(())),
        ("none", Ok(())),
        ("same-site", Err(Refusal::Origin)),
        ("cross-site", Err(Refusal::Origin)),
        ("", Err(Refusal::Origin)),
    ] {
        let asked_with = |method| asked(&method, &[host, ("sec-fetch-site", site)]);
        assert_eq!(asked_with(Method::POST), expected, "{site}");
        assert_eq!(asked_with(Method::GET), Ok(()), "{site}");
    }
}

#[test]
fn no_sandbox_asks_a_sandbox() {
    let named = [("host", "localhost"), ("user-agent", deliver::USER_AGENT)];
    for method in [Method::GET, Method::POST] {
        assert_eq!(asked(&method, &named), Err(Refusal::Loop));
    }
    let other = [("host", "localhost"), ("user-agent", "curl/8.14.1")];
    assert_eq!(asked(&Method::POST, &other), Ok(()));
}
