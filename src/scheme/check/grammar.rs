//! What is looked for can be found, and told apart.

use crate::scheme::text::{can_stand_in_header, holds};
use crate::scheme::{Grammar, Scheme, Timestamp};

pub(super) const fn grammar(scheme: &Scheme) -> Result<(), &'static str> {
    if !is_legible(scheme.grammar) {
        return Err(
            "the grammar uses a character that no header can hold: keep to visible ASCII, space and tab",
        );
    }
    match scheme.grammar {
        Grammar::Plain => Ok(()),
        _ if scheme.algorithm.is_credential()
            && !matches!(scheme.grammar, Grammar::Prefixed { .. }) =>
        {
            Err("a credential has any characters: its grammar is Plain or Prefixed")
        }
        Grammar::Prefixed { prefix, optional } => {
            if prefix.is_empty() {
                return Err("the prefix is empty: use Grammar::Plain for a bare signature");
            }
            if optional && encodable(scheme, prefix) {
                return Err(
                    "an optional prefix can be read as part of the signature: it needs a character that the encoding does not use",
                );
            }
            Ok(())
        }
        Grammar::List { prefix, separator } => {
            if scheme.encoding.can_hold(separator) || holds(prefix, separator) {
                return Err(
                    "the list's separator can stand inside an item, so items cannot be told apart",
                );
            }
            if !prefix.is_empty() && encodable(scheme, prefix) {
                return Err(
                    "a signature's version cannot be told apart from the signature: end the prefix with a character that the encoding does not use",
                );
            }
            Ok(())
        }
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => {
            if scheme.groups.is_some()
                && (!matches!(scheme.timestamp, Some(Timestamp::Pair(_))) || scheme.groups_clash())
            {
                return Err(
                    "groups of pairs each have a timestamp in a pair, and their separator is none of the pairs'",
                );
            }
            if signature.is_empty() {
                return Err("the key of the pairs that hold signatures is empty");
            }
            if separator == assign
                || separator.is_ascii_alphanumeric()
                || assign.is_ascii_alphanumeric()
            {
                return Err(
                    "pairs need two different characters, neither a letter nor a digit, to separate pairs and to assign values",
                );
            }
            if scheme.encoding.can_hold(separator) {
                return Err(
                    "the pairs' separator can stand inside a signature, so pairs cannot be told apart",
                );
            }
            if holds(signature, separator) || holds(signature, assign) {
                return Err("the key of the pairs that hold signatures contains a separator");
            }
            Ok(())
        }
    }
}

/// Whether all that the grammar looks for can stand in a header.
const fn is_legible(grammar: Grammar) -> bool {
    let (text, separators) = match grammar {
        Grammar::Plain => ("", [b' ', b' ']),
        Grammar::Prefixed { prefix, .. } => (prefix, [b' ', b' ']),
        Grammar::List { prefix, separator } => (prefix, [separator, b' ']),
        Grammar::Pairs {
            signature,
            separator,
            assign,
        } => (signature, [separator, assign]),
    };
    let bytes = text.as_bytes();
    let mut nth = 0;
    while nth < bytes.len() {
        if !can_stand_in_header(bytes[nth]) {
            return false;
        }
        nth += 1;
    }
    can_stand_in_header(separators[0]) && can_stand_in_header(separators[1])
}

/// Whether every character of a prefix could stand in the signature's own text.
const fn encodable(scheme: &Scheme, prefix: &str) -> bool {
    let bytes = prefix.as_bytes();
    let mut nth = 0;
    while nth < bytes.len() {
        if !scheme.encoding.can_hold(bytes[nth]) {
            return false;
        }
        nth += 1;
    }
    true
}

impl Scheme {
    /// Whether the separator of groups is one of the pairs'.
    const fn groups_clash(&self) -> bool {
        match (self.groups, self.grammar) {
            (
                Some(groups),
                Grammar::Pairs {
                    separator, assign, ..
                },
            ) => groups == separator || groups == assign || self.encoding.can_hold(groups),
            _ => true,
        }
    }
}
