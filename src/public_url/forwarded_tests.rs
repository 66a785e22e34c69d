use super::{Element, MAX_LINE, MAX_PAIRS, last};

/// Host and scheme of the last element.
fn said(line: &str) -> Option<(Option<String>, Option<String>)> {
    let Element { host, proto } = last(line)?;
    Some((host.map(Into::into), proto.map(Into::into)))
}

fn both(host: &str, proto: &str) -> Option<(Option<String>, Option<String>)> {
    Some((Some(host.to_owned()), Some(proto.to_owned())))
}

#[test]
fn an_element_is_read_whatever_its_order_and_case() {
    for line in [
        "host=h;proto=https",
        "proto=https;host=h",
        "for=192.0.2.1;Proto=https;by=_x;HOST=h",
        "for=\"[2001:db8::1]:4711\";host=\"h\";proto=\"https\"",
        "host=\"\\h\";proto=https",
        "ext=\"a;host=x, b\";host=h;proto=https",
        "host=h;proto=https \t",
    ] {
        assert_eq!(said(line), both("h", "https"), "{line}");
    }
}

#[test]
fn only_the_last_element_counts() {
    for line in [
        "host=evil.example;proto=http, host=h;proto=https",
        "host=evil.example,host=h;proto=https",
        "for=1 \t, \tfor=2,for=3 ,host=h;proto=https",
        "host=a;proto=http, host=b;proto=http, host=h;proto=https",
        "for=\", host=evil.example;proto=http\", host=h;proto=https",
    ] {
        assert_eq!(said(line), both("h", "https"), "{line}");
    }
    assert_eq!(
        said("host=evil.example;proto=https, for=1"),
        Some((None, None))
    );
}

#[test]
fn quotation_marks_are_taken_off_and_their_contents_kept() {
    assert_eq!(said("host=\"a\\\"b\";proto=https"), both("a\"b", "https"));
    assert_eq!(said("host=\"a\\\\b\";proto=https"), both("a\\b", "https"));
    assert_eq!(said("host=\"h:8443\";proto=https"), both("h:8443", "https"));
    assert_eq!(said("host=\"\";proto=https"), both("", "https"));
    assert_eq!(said("host=\" h\";proto=https"), both(" h", "https"));
}

#[test]
fn what_is_not_in_the_grammar_is_refused() {
    for line in [
        "",
        " ",
        ",",
        ";",
        "=",
        "host",
        "host=",
        "=h",
        "host==h",
        "host=h=i",
        "host =h",
        "host= h",
        " host=h",
        "host=h;",
        ";host=h",
        "host=h;;proto=https",
        "host=h; proto=https",
        "host=h ;proto=https",
        "host=h,",
        ",host=h",
        "host=h,,host=i",
        "host=h host=i",
        "host=h:8443",
        "host=[::1]",
        "host=h/a",
        "host=h?a",
        "host=h@i",
        "host=\"h",
        "host=\"h\\",
        "host=\"h\\\"",
        "host=\"h\"i",
        "host=\"h\"\"i\"",
        "host=h\"i\"",
        "ho\"st\"=h",
        "h\u{f6}st=h",
        "host=h\u{f6}",
    ] {
        assert_eq!(said(line), None, "{line}");
    }
}

#[test]
fn a_parameter_that_occurs_twice_is_refused_in_every_element() {
    for line in [
        "host=h;host=h",
        "host=h;proto=https;Host=i",
        "proto=https;host=h;PROTO=http",
        "for=1;for=2;host=h;proto=https",
        "host=a;host=b, host=h;proto=https",
    ] {
        assert_eq!(said(line), None, "{line}");
    }
}

/// A proxy appends `, for="[2001:db8::1]:4711";host=h;proto=https` to whatever came.
#[test]
fn a_sender_cannot_swallow_what_the_proxy_appends() {
    let by_proxy = "for=\"[2001:db8::1]:4711\";host=h;proto=https";
    for sent in [
        "for=\"",
        "for=\"\\",
        "host=evil.example;proto=https;for=\"",
        "host=evil.example;proto=https;for=\"\\\"",
        "host=evil.example;proto=https;for=",
        "host=evil.example;proto=https;",
        "host=\"evil.example\\",
        "x=\"a\" ; y=\"",
    ] {
        assert_eq!(said(&format!("{sent}, {by_proxy}")), None, "{sent}");
    }
}

#[test]
fn a_line_has_a_length_and_an_element_a_number_of_parameters() {
    let padded = |length: usize| {
        let end = ";host=h;proto=https";
        format!("x={}{end}", "a".repeat(length - 2 - end.len()))
    };
    assert_eq!(said(&padded(MAX_LINE)), both("h", "https"));
    assert_eq!(said(&padded(MAX_LINE + 1)), None);
    assert_eq!(said(&",".repeat(MAX_LINE)), None);
    assert_eq!(said(&format!("host=\"{}", "\\".repeat(MAX_LINE - 6))), None);

    let of = |pairs: usize| {
        let others: String = (2..pairs).map(|it| format!("x{it}=1;")).collect();
        format!("{others}host=h;proto=https")
    };
    assert_eq!(said(&of(MAX_PAIRS)), both("h", "https"));
    assert_eq!(said(&of(MAX_PAIRS + 1)), None);
}
