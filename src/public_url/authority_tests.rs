use super::is_authority;

#[test]
fn a_host_is_a_name_or_an_address_with_or_without_a_port() {
    for text in [
        "localhost",
        "hooks.example.com",
        "Hooks.Example.COM",
        "hooks.example.com.",
        "my_container:8080",
        "xn--bcher-kva.example",
        "192.0.2.1:1",
        "[::1]",
        "[2001:db8::1]:65535",
        "[::ffff:192.0.2.1]:443",
    ] {
        assert!(is_authority(text), "{text}");
    }
}

#[test]
fn what_is_no_host_is_refused() {
    for text in [
        "",
        ".",
        "..",
        "a..b",
        ".example.com",
        "example.com..",
        "user@example.com",
        "user:password@example.com",
        "example.com/",
        "example.com?",
        "example.com#",
        "example.com\\",
        "example.com ",
        " example.com",
        "exam ple.com",
        "example.com\t",
        "example%2ecom",
        "a,b",
        "a;b",
        "b\u{fc}cher.example",
        "[]",
        "[::1",
        "::1",
        "[::1]]",
        "[::1]x",
        "[::1]x:80",
        "[fe80::1%25eth0]",
        "[fe80::1%eth0]",
        "[192.0.2.1]",
        "[example.com]",
        "[v1.a]",
    ] {
        assert!(!is_authority(text), "{text}");
    }
}

#[test]
fn what_is_no_port_is_refused() {
    for port in [
        "", "0", "00", "080", "+80", "-1", "65536", "99999999", "80:80", "8o", " 80", "80 ", "80/",
    ] {
        for host in ["example.com", "[::1]"] {
            let text = format!("{host}:{port}");
            assert!(!is_authority(&text), "{text}");
        }
    }
}

#[test]
fn a_host_is_no_longer_than_names_can_be() {
    let longest = format!("{}:65535", "a".repeat(254));
    assert!(is_authority(&longest));
    assert!(!is_authority(&format!("a{longest}")));
    assert!(!is_authority(&"a".repeat(8 * 1024)));
}
