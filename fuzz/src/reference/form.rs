//! Forms and queries: `name=value` joined by `&`.

/// A name and a value, decoded.
pub(super) type Field = (Vec<u8>, Vec<u8>);

/// The most fields that a body may have.
pub(super) const MOST: usize = 1000;

/// The fields in their order.
pub(super) fn fields(text: &[u8]) -> Vec<Field> {
    let mut fields = Vec::new();
    for segment in text.split(|&byte| byte == b'&') {
        if segment.is_empty() {
            continue;
        }
        let at = segment.iter().position(|&byte| byte == b'=');
        let (name, value) = match at {
            Some(at) => (&segment[..at], &segment[at + 1..]),
            None => (segment, &[][..]),
        };
        fields.push((decoded(name), decoded(value)));
    }
    fields
}

/// `+` is a space, `%41` is `A`, and a `%` without two hex digits is itself.
fn decoded(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match (text[at], digit(at + 1), digit(at + 2)) {
            (b'+', ..) => bytes.push(b' '),
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).expect("two digits are a byte"));
                at += 2;
            }
            (byte, ..) => bytes.push(byte),
        }
        at += 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_malformed() {
        let field = |name: &[u8], value: &[u8]| (name.to_vec(), value.to_vec());
        assert_eq!(
            fields(b"a=1+2&&%62=%2B%zz&c&=d=e"),
            [
                field(b"a", b"1 2"),
                field(b"b", b"+%zz"),
                field(b"c", b""),
                field(b"", b"d=e"),
            ]
        );
    }
}
