//! What a delivery claims: candidates for its signature, with the timestamp that goes along.

use http::HeaderName;

use crate::encoding::Encoding;
use crate::error::VerifyError;
use crate::fields::Body;
use crate::scheme::{Algorithm, Scheme};
use crate::timestamp::{self, Moment};
use crate::verify::grammar::{self, MAX_CANDIDATES, NO_CANDIDATE, Sink};
use crate::verify::plan::Plan;
use crate::verify::whole::places;

/// At most this many candidates are looked at where the key is public: each costs a verification a key,
/// while others are compared with one MAC. A rotation sends two.
const MAX_PUBLIC: usize = 8;

/// The candidates of one signature text, or of one group of it, decoded.
pub(super) struct Claimed {
    pub(super) candidates: Vec<Vec<u8>>,
    /// The timestamp, where it does not stand in the body.
    pub(super) stamp: Option<Stamp>,
}

/// A timestamp as received, and the moment that it tells.
#[derive(Clone)]
pub(super) struct Stamp {
    pub(super) text: Vec<u8>,
    pub(super) moment: Moment,
}

impl Stamp {
    /// Reads a timestamp of the signature's own header.
    pub(super) fn read(plan: &Plan, name: &HeaderName, text: &[u8]) -> Result<Self, VerifyError> {
        let unit = plan.scheme.unit();
        let moment = Moment::read(unit, text)
            .ok_or_else(|| VerifyError::malformed(name.clone(), timestamp::grammar(unit)))?;
        Ok(Self {
            text: text.to_vec(),
            moment,
        })
    }
}

impl Claimed {
    /// What several headers claim, each a text of its own.
    pub(super) fn in_headers(
        plan: &Plan,
        texts: &[(&HeaderName, &[u8])],
    ) -> Result<Self, VerifyError> {
        let mut found = Found::new(&plan.scheme);
        let mut stamp = None;
        let mut fault = None;
        for (name, text) in texts {
            let before = found.candidates.len();
            match grammar::parse::<true>(
                &plan.scheme,
                plan.stamp_in,
                (Some(name), text),
                &mut found,
            ) {
                Ok(Some(text)) => stamp = Some(Stamp::read(plan, name, text)?),
                Ok(None) => {}
                Err(why) => {
                    // What a text without its timestamp claims would be judged by no window.
                    found.candidates.truncate(before);
                    fault = fault.or(Some((*name, why)));
                }
            }
        }
        let Some((name, _)) = texts.last() else {
            return Err(VerifyError::unavailable("a signature header"));
        };
        if found.candidates.is_empty() {
            let (name, why) = fault.unwrap_or((*name, NO_CANDIDATE));
            return Err(VerifyError::malformed(name.clone(), why));
        }
        Ok(Self {
            candidates: found.candidates,
            stamp,
        })
    }

    /// What a text claims that does not stand in a header.
    pub(super) fn in_text(
        plan: &Plan,
        place: &'static str,
        text: &[u8],
    ) -> Result<Self, VerifyError> {
        let mut found = Found::new(&plan.scheme);
        let malformed = |why| VerifyError::malformed_in(place, why);
        grammar::parse::<true>(&plan.scheme, plan.stamp_in, (None, text), &mut found)
            .map_err(malformed)?;
        if found.candidates.is_empty() {
            return Err(malformed(NO_CANDIDATE));
        }
        Ok(Self {
            candidates: found.candidates,
            stamp: None,
        })
    }

    /// What the body claims.
    pub(super) fn in_body(plan: &Plan, body: &Body<'_>) -> Result<Self, VerifyError> {
        let text = places::in_body(body, plan.scheme.signature())?;
        Self::in_text(plan, "signature in the body", &text)
    }
}

struct Found {
    algorithm: Algorithm,
    encoding: Encoding,
    looked_at: usize,
    /// How many are looked at.
    most: usize,
    candidates: Vec<Vec<u8>>,
}

impl Found {
    const fn new(scheme: &Scheme) -> Self {
        Self {
            algorithm: scheme.algorithm(),
            encoding: scheme.encoding(),
            looked_at: 0,
            most: if scheme.algorithm().is_public_key() {
                MAX_PUBLIC
            } else {
                MAX_CANDIDATES
            },
            candidates: Vec::new(),
        }
    }
}

impl Sink for Found {
    fn take(&mut self, text: &[u8]) {
        self.looked_at += 1;
        if self.looked_at > self.most {
            return;
        }
        // A credential has no shape to be wrong in.
        if self.algorithm.is_credential() {
            self.candidates.push(text.to_vec());
            return;
        }
        let fits = |bytes: &Vec<u8>| {
            self.algorithm
                .signature_len()
                .is_none_or(|length| bytes.len() == length)
        };
        self.candidates
            .extend(self.encoding.decode(text).filter(fits));
    }
}
