use super::pairs;

fn read(text: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    pairs(text)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

#[test]
fn pairs_are_split_and_decoded_byte_for_byte() {
    type Pairs = &'static [(&'static [u8], &'static [u8])];
    let cases: [(&[u8], Pairs); 15] = [
        (b"", &[]),
        (b"&&&&", &[]),
        (b"=", &[(b"", b"")]),
        (b"a", &[(b"a", b"")]),
        (b"a=", &[(b"a", b"")]),
        (b"a=b=c", &[(b"a", b"b=c")]),
        (b"a=1&&b=2&", &[(b"a", b"1"), (b"b", b"2")]),
        (b"a=1;b=2", &[(b"a", b"1;b=2")]),
        (b"+a+=%2B+", &[(b" a ", b"+ ")]),
        (b"a%3Db=%26%3d", &[(b"a=b", b"&=")]),
        (b"%", &[(b"%", b"")]),
        (b"a=%zz%4&b=%%41+%", &[(b"a", b"%zz%4"), (b"b", b"%A %")]),
        (b"a=%00%ff\xfe", &[(b"a", b"\0\xff\xfe")]),
        (b"a=1&a=2", &[(b"a", b"1"), (b"a", b"2")]),
        (b" a = b \r\n", &[(b" a ", b" b \r\n")]),
    ];
    for (text, expected) in cases {
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, value)| (name.to_vec(), value.to_vec()))
            .collect();
        assert_eq!(read(text), expected, "{}", text.escape_ascii());
    }
}

#[test]
fn different_bytes_stay_different() {
    assert_ne!(read(b"a=\xff"), read(b"a=\xfe"));
    assert_ne!(read(b"a=%ff"), read("a=\u{fffd}".as_bytes()));
}

#[test]
fn a_body_of_separators_is_no_pairs() {
    assert_eq!(pairs(&vec![b'&'; 1 << 20]).count(), 0);
    assert_eq!(pairs(&vec![b'%'; 1 << 20]).count(), 1);
    assert_eq!(pairs(&vec![b'='; 1 << 20]).count(), 1);
    assert_eq!(pairs(&b"=&".repeat(1 << 19)).count(), 1 << 19);
}
