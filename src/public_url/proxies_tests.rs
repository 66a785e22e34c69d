use std::net::IpAddr;

use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use super::TrustedProxies;
use crate::error::{ConfigError, ConfigErrorKind};
use crate::public_url::PublicUrl;
use crate::public_url::seen::Seen;

const PROTO: &str = "x-forwarded-proto";
const HOST: &str = "x-forwarded-host";

const STRANGER: &str = "the connection's peer is not among the trusted proxies";
const NO_PEER: &str = "the server does not tell the address of the connection's peer";
const NO_PROTO: &str = "x-forwarded-proto is not there once, in printable ASCII";
const NO_HOST: &str = "x-forwarded-host is not there once, in printable ASCII";
const LIST: &str =
    "x-forwarded-proto or x-forwarded-host is a list, whose start the sender may have written";
const BAD_PROTO: &str = "the proxy reports a scheme that is neither http nor https";
const BAD_HOST: &str = "the proxy reports a host that is not legal";
const NO_FORWARDED: &str = "the header forwarded is not there once, in printable ASCII";
const MALFORMED: &str = "the header forwarded is malformed";
const NOT_BOTH: &str = "the last element of the header forwarded has not both proto and host";

fn headers<V: AsRef<[u8]>>(lines: &[(&str, V)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("evil.example"));
    for (name, value) in lines {
        headers.append(
            name.parse::<HeaderName>().unwrap(),
            HeaderValue::from_bytes(value.as_ref()).unwrap(),
        );
    }
    headers
}

/// The URL of a request for `/a?b` with these headers, from that peer.
fn from<V: AsRef<[u8]>>(
    peer: Option<&str>,
    proxies: &TrustedProxies,
    lines: &[(&str, V)],
) -> Result<String, &'static str> {
    let uri = Uri::from_static("http://evil.example/a?b");
    PublicUrl::forwarded(proxies.clone()).of(&Seen {
        headers: &headers(lines),
        uri: Some(&uri),
        peer: peer.map(|peer| peer.parse::<IpAddr>().unwrap()),
    })
}

fn by_x_forwarded<V: AsRef<[u8]>>(lines: &[(&str, V)]) -> Result<String, &'static str> {
    let proxies = TrustedProxies::x_forwarded(["10.0.0.1"]).unwrap();
    from(Some("10.0.0.1"), &proxies, lines)
}

fn by_forwarded<V: AsRef<[u8]>>(values: &[V]) -> Result<String, &'static str> {
    let proxies = TrustedProxies::forwarded(["10.0.0.1"]).unwrap();
    let lines: Vec<(&str, &V)> = values.iter().map(|value| ("forwarded", value)).collect();
    from(Some("10.0.0.1"), &proxies, &lines)
}

fn good<'v>() -> [(&'v str, &'v str); 3] {
    [
        (PROTO, "https"),
        (HOST, "hooks.example.com"),
        ("forwarded", "host=hooks.example.com;proto=https"),
    ]
}

fn known() -> Result<String, &'static str> {
    Ok("https://hooks.example.com/a?b".to_owned())
}

#[track_caller]
fn says(made: Result<TrustedProxies, ConfigError>, text: &str) {
    let error = made.unwrap_err();
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    assert_eq!(error.to_string(), text);
}

#[test]
fn a_named_proxy_is_believed_by_either_kind_of_header() {
    let peers = ["10.0.0.0/8"];
    for proxies in [
        TrustedProxies::x_forwarded(peers).unwrap(),
        TrustedProxies::forwarded(peers).unwrap(),
    ] {
        assert_eq!(from(Some("10.1.2.3"), &proxies, &good()), known());
    }
}

#[test]
fn nobody_else_is_believed_whatever_the_headers_say() {
    let peers = ["10.0.0.0/8", "2001:db8::/32", "127.0.0.1"];
    for proxies in [
        TrustedProxies::x_forwarded(peers).unwrap(),
        TrustedProxies::forwarded(peers).unwrap(),
    ] {
        for peer in [
            "11.0.0.1",
            "127.0.0.2",
            "2001:db9::1",
            "::1",
            "::",
            "0.0.0.0",
        ] {
            let mut lines = good().to_vec();
            lines.push(("x-forwarded-for", "10.0.0.1"));
            lines.push(("x-real-ip", "10.0.0.1"));
            assert_eq!(from(Some(peer), &proxies, &lines), Err(STRANGER), "{peer}");
        }
        assert_eq!(from(None, &proxies, &good()), Err(NO_PEER));
    }
}

#[test]
fn the_other_kind_of_header_is_not_read() {
    let x_forwarded = TrustedProxies::x_forwarded(["10.0.0.1"]).unwrap();
    let forwarded = TrustedProxies::forwarded(["10.0.0.1"]).unwrap();
    let [proto, host, element] = good();
    assert_eq!(
        from(Some("10.0.0.1"), &x_forwarded, &[element]),
        Err(NO_PROTO)
    );
    assert_eq!(
        from(Some("10.0.0.1"), &forwarded, &[proto, host]),
        Err(NO_FORWARDED)
    );
    let evil = ("forwarded", "host=evil.example;proto=http");
    assert_eq!(
        from(Some("10.0.0.1"), &x_forwarded, &[proto, host, evil]),
        known()
    );
    let evil = [(PROTO, "http"), (HOST, "evil.example"), element];
    assert_eq!(from(Some("10.0.0.1"), &forwarded, &evil), known());
}

#[test]
fn ipv4_is_the_same_peer_when_it_is_written_as_ipv6() {
    for named in [
        "10.0.0.0/8",
        "::ffff:10.0.0.0/104",
        "10.0.0.1",
        "::ffff:10.0.0.1",
    ] {
        let proxies = TrustedProxies::x_forwarded([named]).unwrap();
        for peer in ["10.0.0.1", "::ffff:10.0.0.1", "::ffff:a00:1"] {
            assert_eq!(
                from(Some(peer), &proxies, &good()),
                known(),
                "{named} {peer}"
            );
        }
        for peer in ["::10.0.0.1", "::ffff:11.0.0.1", "64:ff9b::10.0.0.1"] {
            assert_eq!(
                from(Some(peer), &proxies, &good()),
                Err(STRANGER),
                "{named} {peer}"
            );
        }
    }
}

#[test]
fn a_host_keeps_the_port_and_case_in_which_it_is_reported() {
    for host in [
        "Hooks.Example.com:8443",
        "[2001:db8::1]:443",
        "192.0.2.1",
        "h.",
    ] {
        let url = Ok(format!("https://{host}/a?b"));
        assert_eq!(by_x_forwarded(&[(PROTO, "https"), (HOST, host)]), url);
        assert_eq!(by_forwarded(&[format!("proto=https;host=\"{host}\"")]), url);
    }
}

#[test]
fn port_and_prefix_headers_are_not_read() {
    let mut lines = good().to_vec();
    lines.push(("x-forwarded-port", "81"));
    lines.push(("x-forwarded-prefix", "/evil"));
    assert_eq!(by_x_forwarded(&lines), known());
}

#[test]
fn a_header_that_is_missing_or_there_twice_is_refused() {
    let [proto, host, _] = good();
    assert_eq!(by_x_forwarded(&[host]), Err(NO_PROTO));
    assert_eq!(by_x_forwarded(&[proto]), Err(NO_HOST));
    assert_eq!(by_x_forwarded(&[proto, proto, host]), Err(NO_PROTO));
    assert_eq!(
        by_x_forwarded(&[proto, (HOST, "evil.example"), host]),
        Err(NO_HOST)
    );
    assert_eq!(by_x_forwarded(&[proto, host, (HOST, "")]), Err(NO_HOST));
    assert_eq!(by_forwarded::<&str>(&[]), Err(NO_FORWARDED));
    let element = "host=hooks.example.com;proto=https";
    assert_eq!(by_forwarded(&[element, element]), Err(NO_FORWARDED));
    assert_eq!(by_forwarded(&["for=1", element]), Err(NO_FORWARDED));
}

#[test]
fn a_list_is_refused_since_the_sender_may_have_begun_it() {
    for host in [
        "evil.example, hooks.example.com",
        "hooks.example.com,hooks.example.com",
        "hooks.example.com,",
        ",",
    ] {
        assert_eq!(
            by_x_forwarded(&[(PROTO, "https"), (HOST, host)]),
            Err(LIST),
            "{host}"
        );
    }
    for proto in ["https,http", "https, https", ",https"] {
        assert_eq!(
            by_x_forwarded(&[(PROTO, proto), (HOST, "h")]),
            Err(LIST),
            "{proto}"
        );
    }
}

#[test]
fn only_the_last_element_of_forwarded_is_believed() {
    let element = "host=hooks.example.com;proto=https";
    assert_eq!(
        by_forwarded(&[format!("host=evil.example;proto=http, {element}")]),
        known()
    );
    assert_eq!(
        by_forwarded(&[format!("{element}, for=10.0.0.2")]),
        Err(NOT_BOTH)
    );
    assert_eq!(by_forwarded(&[format!("{element}, host=h")]), Err(NOT_BOTH));
    assert_eq!(
        by_forwarded(&[format!("{element}, proto=https")]),
        Err(NOT_BOTH)
    );
    assert_eq!(
        by_forwarded(&[format!("for=\"x, {element}")]),
        Err(MALFORMED)
    );
    assert_eq!(by_forwarded(&[""]), Err(MALFORMED));
}

#[test]
fn a_scheme_is_http_or_https_in_lower_case() {
    assert_eq!(
        by_x_forwarded(&[(PROTO, "http"), (HOST, "h")]).as_deref(),
        Ok("http://h/a?b")
    );
    for proto in [
        "",
        "HTTPS",
        "Https",
        "wss",
        "ftp",
        "https:",
        "https://",
        "http s",
        "javascript",
    ] {
        assert_eq!(
            by_x_forwarded(&[(PROTO, proto), (HOST, "h")]),
            Err(BAD_PROTO),
            "{proto}"
        );
        let element = format!("host=h;proto=\"{proto}\"");
        assert_eq!(by_forwarded(&[element]), Err(BAD_PROTO), "{proto}");
    }
}

#[test]
fn a_host_is_a_host_and_nothing_more() {
    for host in [
        "",
        "user@hooks.example.com",
        "user:pass@hooks.example.com",
        "evil.example/",
        "evil.example/hooks.example.com",
        "evil.example?",
        "evil.example#",
        "evil example",
        "https://evil.example",
        "evil.example:0",
        "evil.example:99999",
        "evil.example:",
        "evil%2eexample",
        "[::1",
        "::1",
    ] {
        assert_eq!(
            by_x_forwarded(&[(PROTO, "https"), (HOST, host)]),
            Err(BAD_HOST),
            "{host}"
        );
        let element = format!("proto=https;host=\"{host}\"");
        assert_eq!(by_forwarded(&[element]), Err(BAD_HOST), "{host}");
    }
    let escaped = "for=1;host=\"a\\\"b\";proto=https";
    assert_eq!(by_forwarded(&[escaped]), Err(BAD_HOST));
}

#[test]
fn blanks_around_a_value_are_part_of_it() {
    for value in [" h", "h ", "\th"] {
        assert_eq!(
            by_x_forwarded(&[(PROTO, "https"), (HOST, value)]),
            Err(BAD_HOST)
        );
        let element = format!("proto=https;host=\"{value}\"");
        assert!(by_forwarded(&[element]).is_err());
    }
}

#[test]
fn bytes_outside_ascii_are_refused() {
    let host: &[u8] = b"b\xc3\xbccher.example";
    assert_eq!(
        by_x_forwarded(&[(PROTO, b"https".as_slice()), (HOST, host)]),
        Err(NO_HOST)
    );
    assert_eq!(
        by_x_forwarded(&[(PROTO, b"https\xff".as_slice()), (HOST, b"h")]),
        Err(NO_PROTO)
    );
    assert_eq!(
        by_forwarded(&[b"proto=https;host=\"h\xff\""]),
        Err(NO_FORWARDED)
    );
}

#[test]
fn values_of_8_kib_are_refused_and_cost_nothing() {
    let long = "a".repeat(8 * 1024);
    assert_eq!(
        by_x_forwarded(&[(PROTO, "https"), (HOST, &long)]),
        Err(BAD_HOST)
    );
    assert_eq!(
        by_x_forwarded(&[(PROTO, &long), (HOST, &"h".to_owned())]),
        Err(BAD_PROTO)
    );
    assert_eq!(
        by_forwarded(&[format!("proto=https;host={long}")]),
        Err(MALFORMED)
    );
    let fits = &long[..8 * 1024 - "proto=https;host=".len()];
    assert_eq!(
        by_forwarded(&[format!("proto=https;host={fits}")]),
        Err(BAD_HOST)
    );
}

#[test]
fn a_list_of_nobody_is_refused() {
    says(
        TrustedProxies::x_forwarded::<&str>([]),
        "the list of trusted proxies is empty: name the proxies",
    );
}

#[test]
fn everyone_is_nobody() {
    for (text, shown) in [
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("::/0", "::/0"),
        ("::ffff:0.0.0.0/96", "0.0.0.0/0"),
        ("0.0.0.0", "0.0.0.0/32"),
        ("::", "::/128"),
    ] {
        let text = [text, "127.0.0.1"];
        says(
            TrustedProxies::forwarded(text),
            &format!("{shown} names nobody: name the proxies"),
        );
    }
}

#[test]
fn text_that_names_no_address_is_refused_with_that_text() {
    for text in [
        "",
        "/",
        "/8",
        "proxy.internal",
        "*",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/8/8",
        "10.0.0",
        "010.0.0.1",
        "010.0.0.0/8",
        " 10.0.0.1",
        "10.0.0.1 ",
        "10.0.0.1:80",
        "[::1]",
        "fe80::1%eth0",
        "::/129",
        "10.0.0.1,10.0.0.2",
    ] {
        says(
            TrustedProxies::x_forwarded([text]),
            &format!("{text:?} is neither an address nor a network"),
        );
    }
}

#[test]
fn a_network_that_is_written_with_an_address_inside_it_is_refused() {
    for (text, network) in [
        ("10.0.0.1/8", "10.0.0.0/8"),
        ("2001:db8::1/32", "2001:db8::/32"),
    ] {
        says(
            TrustedProxies::x_forwarded([text]),
            &format!("the network {text} has an address inside it: name the address, or {network}"),
        );
    }
}

#[test]
fn peers_may_be_borrowed_or_owned() {
    let owned = vec!["10.0.0.1".to_owned()];
    assert!(TrustedProxies::x_forwarded(&owned).is_ok());
    assert!(TrustedProxies::forwarded(owned).is_ok());
    assert!(TrustedProxies::forwarded("10.0.0.1,::1".split(',')).is_ok());
}
