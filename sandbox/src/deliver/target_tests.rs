use super::Target;

fn host(url: &str) -> Option<String> {
    Target::read(url).ok().map(|target| target.host)
}

#[test]
fn an_address_of_the_loopback_is_called_as_it_is_written() {
    for url in [
        "http://127.0.0.1:8080/hook",
        "http://127.9.8.7:8080/hook",
        "http://[::1]:8080/hook",
        "http://[::ffff:127.0.0.1]:8080/hook",
    ] {
        let target = Target::read(url).expect("a target");
        let [address] = target.addresses[..] else {
            panic!("{url} has one address");
        };
        assert!(address.ip().to_canonical().is_loopback(), "{url}");
        assert_eq!(address.port(), 8080, "{url}");
        assert_eq!(target.path, "/hook", "{url}");
    }
}

#[test]
fn localhost_is_both_loopback_addresses_and_is_not_looked_up() {
    let target = Target::read("http://LocalHost/").expect("a target");
    let addresses = target.addresses.iter().map(ToString::to_string);
    let addresses: Vec<_> = addresses.collect();
    assert_eq!(addresses, ["127.0.0.1:80", "[::1]:80"]);
}

#[test]
fn nothing_else_is_called() {
    for url in [
        "http://0.0.0.0/",
        "http://[::]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://[::ffff:10.0.0.1]/",
        "http://example.com/",
        // Names that may well lead to the loopback are names.
        "http://ip6-localhost/",
        "http://localhost.localdomain/",
        "http://app.localhost/",
        "http://localhost./",
        "https://127.0.0.1/",
        "https://localhost/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "unix:/run/socket",
        "127.0.0.1",
        "",
    ] {
        assert!(Target::read(url).is_err(), "{url}");
    }
}

#[test]
fn the_host_header_has_the_port_and_neither_user_nor_fragment() {
    assert_eq!(
        host("http://user:word@127.0.0.1:81/#here").as_deref(),
        Some("127.0.0.1:81")
    );
    assert_eq!(host("http://[::1]:81/").as_deref(), Some("[::1]:81"));
    assert_eq!(host("http://127.0.0.1/").as_deref(), Some("127.0.0.1"));
}

#[test]
fn the_query_is_asked_for_and_odd_characters_do_no_harm() {
    let target = Target::read("http://127.0.0.1/a b|c^d\"é?x=1&y=<ü>#z").expect("a target");
    assert_eq!(target.path.query(), Some("x=1&y=%3C%C3%BC%3E"));
    assert!(target.path.path().starts_with("/a%20b"));
}
