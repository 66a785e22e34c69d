//! Reading a signature header: written anew from a scheme's facts, apart from the crate's parser.

use core::ops::Range;

use hookproof::Verifier;
use hookproof::scheme::{Grammar, Scheme, Timestamp};

use super::delivered::Delivered;
use super::signing::decode;

/// The pairs of a header, each key with the place of its value; none where the grammar has none.
pub fn pairs(grammar: Grammar, header: &str) -> Vec<(&str, Range<usize>)> {
    let Grammar::Pairs {
        separator, assign, ..
    } = grammar
    else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    let mut start = 0;
    for item in header.split(char::from(separator)) {
        if let Some((key, _)) = item.split_once(char::from(assign)) {
            pairs.push((key, start + key.len() + 1..start + item.len()));
        }
        start += item.len() + 1;
    }
    pairs
}

/// The texts in the places where the grammar has signatures.
pub fn candidates(grammar: Grammar, header: &str) -> Vec<&str> {
    match grammar {
        Grammar::Plain => vec![header],
        Grammar::Prefixed { prefix, optional } => match header.strip_prefix(prefix) {
            Some(signature) => vec![signature],
            None if optional => vec![header],
            None => Vec::new(),
        },
        Grammar::List { prefix, separator } => header
            .split(char::from(separator))
            .filter_map(|item| item.strip_prefix(prefix))
            .collect(),
        Grammar::Pairs { signature, .. } => pairs(grammar, header)
            .into_iter()
            .filter(|(key, _)| *key == signature)
            .map(|(_, place)| &header[place])
            .collect(),
        other => panic!("{other:?} is new: say how it is read"),
    }
}

/// Whether some candidate that is looked at reads as a MAC, right or wrong.
pub fn is_well_formed(scheme: &Scheme, header: &str) -> bool {
    candidates(scheme.grammar(), header)
        .iter()
        .take(Verifier::MAX_CANDIDATES)
        .any(|text| decode(scheme.encoding(), text).is_some_and(|bytes| bytes.len() == 32))
}

/// A timestamp, the header that it stands in, and from which byte on.
pub struct Stamp {
    pub header: &'static str,
    pub at: usize,
    pub text: String,
}

impl Stamp {
    pub fn of(delivered: &Delivered) -> Option<Self> {
        let (header, key) = match delivered.scheme.timestamp()? {
            Timestamp::Header(name) => (name, None),
            Timestamp::Pair(key) => (delivered.signature_header(), Some(key)),
            other => panic!("{other:?} is new"),
        };
        let value = String::from_utf8(delivered.value(header)).expect("a text");
        let place = match key {
            None => 0..value.len(),
            Some(wanted) => {
                let pairs = pairs(delivered.scheme.grammar(), &value);
                let pair = pairs.into_iter().find(|(key, _)| *key == wanted);
                pair.expect("a timestamp").1
            }
        };
        Some(Self {
            header,
            at: place.start,
            text: value[place].to_owned(),
        })
    }
}

/// How far a timestamp may lie in the past and in the future; `None` where no moment is refused.
pub fn window(scheme: &Scheme) -> Option<(i64, i64)> {
    let tolerance = scheme.tolerance()?;
    Some((tolerance.past().into(), tolerance.future().into()))
}

/// What the grammar takes for another version than the scheme's; an empty prefix has none.
pub fn other_version(prefix: &str) -> Option<String> {
    let end = prefix.chars().last()?;
    let version = prefix.strip_suffix(end)?;
    Some(format!("{version}a{end}"))
}
