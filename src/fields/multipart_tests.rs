use super::{MAX_BOUNDARY, MAX_FIELDS, pairs};

const TYPE: &[u8] = b"multipart/form-data; boundary=XyZ";

fn read(body: &[u8]) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    pairs(TYPE, body)
}

fn part(name: &str, value: &str) -> String {
    format!("--XyZ\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

fn pair(name: &[u8], value: &[u8]) -> (Vec<u8>, Vec<u8>) {
    (name.to_vec(), value.to_vec())
}

#[test]
fn parts_are_pairs_byte_for_byte() {
    let body = b"--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n\
        --XyZ\r\ncontent-type: application/octet-stream\r\n\
        content-disposition: form-data; filename=\"f\"; name=\"b c\"\r\n\r\n\xff\0--XyZ\r\n\r\n\
        --XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n\
        --XyZ--\r\n";
    assert_eq!(
        read(body),
        Some(vec![
            pair(b"a", b"1\r\n2"),
            pair(b"b c", b"\xff\0--XyZ\r\n"),
            pair(b"a", b""),
        ])
    );
}

#[test]
fn a_form_of_no_parts_has_no_pairs() {
    assert_eq!(read(b"--XyZ--"), Some(vec![]));
}

#[test]
fn a_part_without_a_name_is_passed_over() {
    let nameless = "--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ\r\nA: b\r\n\r\ny\r\n";
    let body = format!("{nameless}{}--XyZ--", part("a", "1"));
    assert_eq!(read(body.as_bytes()), Some(vec![pair(b"a", b"1")]));
}

#[test]
fn a_boundary_is_read_from_the_content_type() {
    let body = part("a", "1") + "--XyZ--\r\n";
    let cases: [(&[u8], bool); 13] = [
        (b"multipart/form-data; boundary=XyZ", true),
        (b"multipart/form-data; boundary=\"XyZ\"", true),
        (b"Multipart/Form-Data; charset=utf-8; Boundary=XyZ", true),
        (b"multipart/form-data;boundary=XyZ", true),
        (b"multipart/form-data", false),
        (b"multipart/form-data; boundary=", false),
        (b"multipart/form-data; boundary=\"\"", false),
        (b"multipart/form-data; boundary=xyz", false),
        (b"multipart/form-data; boundary=Xy", false),
        (b"multipart/mixed; boundary=XyZ", false),
        (b"multipart/", false),
        (b"multipart/form-data; boundary=\xff", false),
        (b"", false),
    ];
    for (content_type, whole) in cases {
        let read = pairs(content_type, body.as_bytes());
        let expected = whole.then(|| vec![pair(b"a", b"1")]);
        assert_eq!(read, expected, "{}", content_type.escape_ascii());
    }
}

#[test]
fn a_boundary_has_70_characters_at_most() {
    for (length, taken) in [(MAX_BOUNDARY, true), (MAX_BOUNDARY + 1, false)] {
        let boundary = "b".repeat(length);
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let body = format!("--{boundary}--");
        let read = pairs(content_type.as_bytes(), body.as_bytes());
        assert_eq!(read.is_some(), taken);
    }
}

#[test]
fn a_body_that_is_not_whole_is_malformed() {
    let whole = part("a", "1") + &part("b", "") + "--XyZ--";
    assert!(read(whole.as_bytes()).is_some());
    for end in 0..whole.len() {
        assert_eq!(read(&whole.as_bytes()[..end]), None, "{end}");
    }
    let bodies: [&[u8]; 6] = [
        b"a=1",
        b"--XyZ\n\n1\n--XyZ--",
        b"--XyZ\r\n\xff: x\r\n\r\n1\r\n--XyZ--",
        b"--XyZ\r\nno colon\r\n\r\n1\r\n--XyZ--",
        b"--XyZq\r\n\r\n1\r\n--XyZ--",
        b"--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1--XyZ--",
    ];
    for body in bodies {
        assert_eq!(read(body), None, "{}", body.escape_ascii());
    }
}

#[test]
fn a_thousand_parts_count_and_more_do_not() {
    let full = part("a", "1").repeat(MAX_FIELDS);
    let read_full = read(format!("{full}--XyZ--").as_bytes());
    assert_eq!(read_full.map(|pairs| pairs.len()), Some(MAX_FIELDS));
    let more = format!("{full}--XyZ\r\nA: b\r\n\r\n\r\n--XyZ--");
    assert_eq!(read(more.as_bytes()), None);
    let many = part("a", "").repeat(100_000) + "--XyZ--";
    assert_eq!(read(many.as_bytes()), None);
}

#[test]
fn hostile_bodies_are_malformed_and_no_panic() {
    let bodies = [
        "--".repeat(1 << 19),
        "--Xy".repeat(1 << 18),
        "--XyZ ".repeat(1 << 17),
        "\r\n--XyZ".repeat(1 << 17),
        format!("--XyZ\r\n{}", "a: b\r\n".repeat(1 << 17)),
        format!("--XyZ\r\n{}\r\n--XyZ--", "a: b\r\n".repeat(33)),
        format!("--XyZ\r\n\r\n{}", "\r\n--Xy".repeat(1 << 17)),
        format!("--XyZ{}", " ".repeat(1 << 20)),
    ];
    for body in bodies {
        assert_eq!(read(body.as_bytes()), None);
    }
    let names = format!(
        "--XyZ\r\nContent-Disposition: form-data{}\r\n\r\n1\r\n--XyZ--",
        ";xname=y".repeat(1 << 17)
    );
    assert_eq!(read(names.as_bytes()), Some(vec![]));
}
