//! Which texts are no secrets, whatever the scheme: those with what nobody sees at an end, and those that
//! stand where a secret was to be put.

const INVISIBLE: [(u32, u32); 15] = [
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180e, 0x180e),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0x00, 0x1f),
    (0x7f, 0x9f),
];

const WORDS: &str = "changeme change_me nil none null placeholder replaceme replace_me todo undefined \
    webhook_secret_here your_secret your_secret_here your_signing_secret your_signing_secret_here \
    your_webhook_secret your_webhook_secret_here";

pub(super) fn is_secret(text: &str) -> bool {
    let shows = |c: Option<char>| c.is_some_and(|c| !is_invisible(c));
    shows(text.chars().next())
        && shows(text.chars().next_back())
        && !text.contains('\n')
        && !text.contains('\r')
        && text != "whsec_"
        && !is_placeholder(text)
}

fn is_invisible(c: char) -> bool {
    let code = u32::from(c);
    let ranges = INVISIBLE.iter();
    c.is_whitespace()
        || ranges
            .into_iter()
            .any(|&(first, last)| first <= code && code <= last)
}

fn is_placeholder(text: &str) -> bool {
    let own = if text.starts_with("whsec_") {
        &text["whsec_".len()..]
    } else {
        text
    };
    let word = own.to_ascii_lowercase().replace(['-', ' '], "_");
    let masked = own.trim_start_matches(|c| "xX.*…•".contains(c)).is_empty();
    WORDS.split(' ').any(|known| known == word) || masked && !own.is_empty() || is_template(text)
}

fn is_template(text: &str) -> bool {
    let opened = text.find("${");
    if opened.is_some_and(|at| text[at..].contains('}')) {
        return true;
    }
    let inside = |start: &str, end: &str| {
        let fits = text.len() >= start.len() + end.len();
        let around = fits && text.starts_with(start) && text.ends_with(end);
        around.then(|| text[start.len()..text.len() - end.len()].to_owned())
    };
    inside("{{", "}}").is_some()
        || inside("<", ">").is_some()
        || inside("%", "%").is_some_and(|name| is_variable(&name))
        || inside("$", "").is_some_and(|name| is_variable(&name))
}

fn is_variable(name: &str) -> bool {
    let mut characters = name.chars();
    let first = characters.next();
    first.is_some_and(|c| c.is_ascii_uppercase() || c == '_')
        && characters.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}
