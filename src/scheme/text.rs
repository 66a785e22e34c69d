//! Text at compile time: what the lints need of `str`, over bytes and with `while`, since constant
//! evaluation has no iterators.

pub(super) const fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut nth = 0;
    let mut after_hyphen = true;
    while nth < bytes.len() {
        let hyphen = bytes[nth] == b'-';
        if !(bytes[nth].is_ascii_lowercase()
            || bytes[nth].is_ascii_digit()
            || (hyphen && !after_hyphen))
        {
            return false;
        }
        after_hyphen = hyphen;
        nth += 1;
    }
    !after_hyphen
}

/// A header name (RFC 9110: a token) in lower case, as `http` wants it.
pub(super) const fn is_header(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut nth = 0;
    while nth < bytes.len() {
        let byte = bytes[nth];
        let token = byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || matches!(
                byte,
                b'!' | b'#'
                    | b'$'
                    | b'%'
                    | b'&'
                    | b'\''
                    | b'*'
                    | b'+'
                    | b'-'
                    | b'.'
                    | b'^'
                    | b'_'
                    | b'`'
                    | b'|'
                    | b'~'
            );
        if !token {
            return false;
        }
        nth += 1;
    }
    !bytes.is_empty()
}

pub(super) const fn holds(text: &str, byte: u8) -> bool {
    let bytes = text.as_bytes();
    let mut nth = 0;
    while nth < bytes.len() {
        if bytes[nth] == byte {
            return true;
        }
        nth += 1;
    }
    false
}

pub(super) const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut nth = 0;
    while nth < left.len() {
        if left[nth] != right[nth] {
            return false;
        }
        nth += 1;
    }
    true
}

pub(super) const fn can_stand_in_header(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t')
}

pub(super) const fn stands_before(names: &[&str], nth: usize) -> bool {
    let mut other = 0;
    while other < nth {
        if same(names[other], names[nth]) {
            return true;
        }
        other += 1;
    }
    false
}

/// Whether a pointer leads into an item of an array and there along another pointer.
pub(super) const fn stands_in_item(array: &str, in_item: &str, pointer: &str) -> bool {
    let (array, in_item, pointer) = (array.as_bytes(), in_item.as_bytes(), pointer.as_bytes());
    let mut at = 0;
    while at < array.len() {
        if at >= pointer.len() || pointer[at] != array[at] {
            return false;
        }
        at += 1;
    }
    if at >= pointer.len() || pointer[at] != b'/' {
        return false;
    }
    at += 1;
    let index = at;
    while at < pointer.len() && pointer[at].is_ascii_digit() {
        at += 1;
    }
    if at == index || pointer.len() - at != in_item.len() {
        return false;
    }
    let mut nth = 0;
    while nth < in_item.len() {
        if pointer[at + nth] != in_item[nth] {
            return false;
        }
        nth += 1;
    }
    true
}
