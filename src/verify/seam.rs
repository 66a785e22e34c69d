//! Seams: where the body touches another part of the signed content that the sender chooses.
//!
//! Nothing tells there where the one ends and the other begins, so that under the same signature a
//! character can be moved across, and the delivery becomes another one. Verification follows the
//! vendor; a replay guard asks that the body end there in a bracket of JSON, which moves with no
//! character.

use crate::scheme::{Canonical, Part, Scheme};

/// Which ends of the body have a seam.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Seam {
    start: Neighbour,
    end: Neighbour,
}

/// What stands beside the body.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Neighbour {
    /// Nothing that the sender chooses, or something with a grammar of its own behind a separator.
    #[default]
    None,
    /// A free text of the sender's, behind a literal that can occur in it and in the body.
    Parted,
    /// A free text of the sender's, touching.
    Text,
    /// The timestamp, touching: a seam unless a window bounds what it can be.
    Timestamp,
}

impl Seam {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let parts = scheme.content();
        // The body stands behind the values of headers that the sender lists, and a dot.
        if parts.contains(&Part::Canonical(Canonical::CoinbaseCdp)) {
            return Self {
                start: Neighbour::Parted,
                end: Neighbour::None,
            };
        }
        let Some(body) = parts.iter().position(|part| *part == Part::Body) else {
            return Self::default();
        };
        let (before, after) = (parts.get(..body), parts.get(body + 1..));
        Self {
            start: neighbour(before.unwrap_or_default().iter().rev()),
            end: neighbour(after.unwrap_or_default().iter()),
        }
    }

    /// Whether a proven body could be another with a character moved.
    pub(super) fn is_open(self, has_window: bool, body: &[u8]) -> bool {
        let counts = |neighbour| match neighbour {
            Neighbour::None => false,
            // An empty body stands behind a literal at the content's end, which no body in brackets
            // leaves there.
            Neighbour::Parted => !body.is_empty(),
            Neighbour::Text => true,
            Neighbour::Timestamp => !has_window,
        };
        (counts(self.start) && !matches!(body.first(), Some(b'{' | b'[')))
            || (counts(self.end) && !matches!(body.last(), Some(b'}' | b']')))
    }
}

/// What stands there, looking away from the body. The secret and what is configured part as well as
/// a literal does, but a literal can occur in a free text behind it.
fn neighbour<'p>(parts: impl Iterator<Item = &'p Part>) -> Neighbour {
    let mut touching = true;
    for part in parts {
        match part {
            Part::Literal(_) => touching = false,
            Part::Timestamp if touching => return Neighbour::Timestamp,
            Part::Method if touching => return Neighbour::Text,
            // The method is a token, a digest has its length, the rest is the operator's.
            Part::Timestamp
            | Part::BodyDigest(_)
            | Part::Config(_)
            | Part::Method
            | Part::Secret => return Neighbour::None,
            _ if touching => return Neighbour::Text,
            _ => return Neighbour::Parted,
        }
    }
    Neighbour::None
}
