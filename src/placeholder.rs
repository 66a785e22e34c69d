//! Texts that stand where a secret should: words of documentation, masks, unfilled templates.

/// Words of documentation, in lower case and with `_` between them. Whole texts alone: words such as
/// `secret` or `test` are in vendors' own vectors.
const WORDS: [&str; 17] = [
    "changeme",
    "change_me",
    "nil",
    "none",
    "null",
    "placeholder",
    "replaceme",
    "replace_me",
    "todo",
    "undefined",
    "webhook_secret_here",
    "your_secret",
    "your_secret_here",
    "your_signing_secret",
    "your_signing_secret_here",
    "your_webhook_secret",
    "your_webhook_secret_here",
];

/// What many secrets begin with: alone, it is what an unset variable leaves of one.
pub(crate) const PREFIX: &str = "whsec_";

/// What secrets are masked with.
const MASKS: [char; 6] = ['x', 'X', '.', '*', '…', '•'];

/// Whether the whole text is a placeholder, which everybody knows.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let own = text.strip_prefix(PREFIX).unwrap_or(text);
    let is_masked = !own.is_empty() && own.chars().all(|c| MASKS.contains(&c));
    is_word(own) || is_masked || is_template(text)
}

fn is_word(text: &str) -> bool {
    let plain = |byte: u8| match byte {
        b'-' | b' ' => b'_',
        _ => byte.to_ascii_lowercase(),
    };
    WORDS
        .iter()
        .any(|word| text.bytes().map(plain).eq(word.bytes()))
}

/// Whether something was to be filled in: `${NAME}` anywhere, or all of it `{{ name }}`, `<name>`,
/// `%NAME%` or `$NAME`.
fn is_template(text: &str) -> bool {
    let between = |start, end| text.strip_prefix(start)?.strip_suffix(end);
    text.split_once("${")
        .is_some_and(|(_, rest)| rest.contains('}'))
        || between("{{", "}}").is_some()
        || between("<", ">").is_some()
        || between("%", "%").is_some_and(is_name)
        || between("$", "").is_some_and(is_name)
}

/// Whether it is a variable's name, as variables of the environment are written.
fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_');
    !text.starts_with(|c: char| c.is_ascii_digit()) && !text.is_empty() && text.bytes().all(is_part)
}
