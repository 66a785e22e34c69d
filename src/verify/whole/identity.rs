//! What a replay guard will want of a whole delivery, kept from when it was judged.

use core::fmt;

use sha2::{Digest as _, Sha256};

use super::places;
use super::source::{Source, With};
use crate::error::VerifyError;
use crate::scheme::{Canonical, Part, Place, ReplayId, Scheme};
use crate::verify::plan::Plan;

/// Facts of a delivery that cannot be told from its receipt and body alone.
#[derive(Clone, Default)]
pub(crate) struct Facts {
    /// The digest of its signed content, for a scheme that is remembered by it, or an empty body.
    pub(crate) content: Option<[u8; 32]>,
    /// Its replay identity's text, where it stands in a form or among selected fields.
    pub(crate) replay: Option<Vec<u8>>,
    /// Its id, from there.
    #[cfg_attr(not(feature = "json"), expect(dead_code, reason = "`json` tells it"))]
    pub(crate) id: Option<String>,
    /// Its event's name, from there.
    #[cfg_attr(not(feature = "json"), expect(dead_code, reason = "`json` tells it"))]
    pub(crate) event: Option<String>,
}

impl Facts {
    pub(super) fn new(
        plan: &Plan,
        source: &Source<'_, '_>,
        urls: &[String],
    ) -> Result<Self, VerifyError> {
        // The same whichever variant matched, and however a proxy reports the host.
        let url = urls.first().map_or("", String::as_str);
        let scheme = &plan.scheme;
        let text = |place: Option<Place>| {
            let place = place.filter(|place| scheme.covers(*place))?;
            let bytes = field(source, scheme, place)?;
            String::from_utf8(bytes).ok().filter(|text| is_usable(text))
        };
        let replay = match scheme.replay_id() {
            ReplayId::Id(place) => {
                field(source, scheme, place).filter(|id| has_one_reading(scheme, id))
            }
            _ => None,
        };
        Ok(Self {
            content: content(plan, core::iter::once(source), url)?,
            replay,
            id: text(scheme.delivery_id()),
            event: text(scheme.event_type()),
        })
    }

    pub(super) fn of_items<'s, 'i: 's, 'b: 'i>(
        plan: &Plan,
        items: impl Iterator<Item = &'s Source<'i, 'b>>,
        url: &str,
    ) -> Result<Self, VerifyError> {
        Ok(Self {
            content: content(plan, items, url)?,
            ..Self::default()
        })
    }
}

/// The digest of the signed content without the secret, for a scheme that is remembered by it; of
/// several items each after its length.
fn content<'s, 'i: 's, 'b: 'i>(
    plan: &Plan,
    sources: impl Iterator<Item = &'s Source<'i, 'b>>,
    url: &str,
) -> Result<Option<[u8; 32]>, VerifyError> {
    let mut digest = Sha256::new();
    for source in sources {
        let timestamp = match plan.scheme.replay_id() {
            ReplayId::Content => true,
            ReplayId::ContentWithoutTimestamp => false,
            // An empty body is told apart by its timestamp alone.
            ReplayId::Body | ReplayId::UnsignedBody | ReplayId::Id(_)
                if source.raw.is_empty() && plan.scheme.timestamp().is_some() =>
            {
                true
            }
            _ => return Ok(None),
        };
        let with = With {
            secret: "",
            url,
            timestamp,
        };
        let content = source.assemble(plan, with)?;
        digest.update(
            u64::try_from(content.len())
                .unwrap_or(u64::MAX)
                .to_be_bytes(),
        );
        digest.update(content);
    }
    Ok(Some(digest.finalize().into()))
}

/// A field that is read at once, because the body alone does not tell it later: of a form, or of
/// JSON that is not signed as a whole.
fn field(source: &Source<'_, '_>, scheme: &Scheme, place: Place) -> Option<Vec<u8>> {
    match place {
        Place::Form(_) | Place::FormJson(_) => places::in_body(source.body, place).ok(),
        Place::Json(_) if !scheme.covers_body() => places::in_body(source.body, place).ok(),
        Place::Query(_) | Place::Header(_) | Place::Json(_) => None,
    }
}

/// Whether a field that is signed by such a rule could not be written in another way: joined by a
/// line feed or `&`, it can take in the one behind it, and where `&` and `=` become `_`, a `_` can have
/// been any.
fn has_one_reading(scheme: &Scheme, id: &[u8]) -> bool {
    scheme.content().iter().all(|part| match part {
        Part::Canonical(Canonical::AmazonSns) => is_uuid(id),
        Part::Canonical(Canonical::AlipayV1) => !id.contains(&b'&'),
        Part::Canonical(Canonical::VonageSig) => !id.contains(&b'&') && !id.contains(&b'='),
        _ => true,
    })
}

fn is_uuid(text: &[u8]) -> bool {
    let is_hyphen = |nth| matches!(nth, 8 | 13 | 18 | 23);
    let fits = |(nth, byte): (usize, &u8)| match is_hyphen(nth) {
        true => *byte == b'-',
        false => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.iter().enumerate().all(fits)
}

fn is_usable(text: &str) -> bool {
    (1..=256).contains(&text.len()) && !text.contains(char::is_control)
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Facts")
    }
}
