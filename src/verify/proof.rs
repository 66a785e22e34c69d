//! The proof: a receipt, and the bytes that it is for.

use core::fmt;

use bytes::Bytes;
#[cfg(feature = "json")]
use http::HeaderMap;

use super::receipt::Receipt;
#[cfg(feature = "json")]
use super::unsigned::Unsigned;
#[cfg(feature = "json")]
use crate::scheme::Place;

/// A proven delivery: its receipt and its body, byte for byte as it was signed.
///
/// Cloning is cheap: the bytes are shared.
#[derive(Clone)]
#[must_use = "a proof that is dropped proves nothing to anybody"]
pub struct Proven {
    receipt: Receipt,
    body: Bytes,
}

impl Proven {
    pub(super) const fn new(receipt: Receipt, body: Bytes) -> Self {
        Self { receipt, body }
    }

    /// The receipt.
    pub const fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// The proven body.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The receipt and the proven body, apart.
    pub fn into_parts(self) -> (Receipt, Bytes) {
        (self.receipt, self.body)
    }

    /// The delivery's id, where the signature covers it: from a signed header, or from the JSON
    /// body by the scheme's pointer, as its text stands there (a number as it was sent). `None`
    /// where there is none, it is longer than 256 bytes, or the body is not JSON or repeats a key on
    /// the pointer's way, so that two readers could see two ids.
    ///
    /// Reads the body at each call, in one pass, keeping nothing but the id.
    #[cfg(feature = "json")]
    #[cfg_attr(docsrs, doc(cfg(feature = "json")))]
    #[must_use]
    pub fn delivery_id(&self) -> Option<String> {
        if let Some(id) = self.receipt.facts().and_then(|facts| facts.id.clone()) {
            return Some(id);
        }
        match self.signed(self.receipt.scheme().delivery_id()?)? {
            Place::Json(pointer) => crate::json::text_at(&self.body, pointer),
            Place::Header(_) => self.receipt.signed_id().map(str::to_owned),
            _ => None,
        }
    }

    #[cfg(feature = "json")]
    fn signed(&self, place: Place) -> Option<Place> {
        self.receipt.scheme().covers(place).then_some(place)
    }

    /// The delivery's id where the signature does not cover it: from a header of the request, or
    /// from the JSON body by the scheme's pointer. `None` where it is signed, or there is none.
    #[cfg(feature = "json")]
    #[cfg_attr(docsrs, doc(cfg(feature = "json")))]
    #[must_use]
    pub fn unsigned_delivery_id(&self, headers: &HeaderMap) -> Option<Unsigned<String>> {
        self.unsigned(self.receipt.scheme().delivery_id()?, headers)
    }

    /// The event's name where the signature does not cover it. As [`Self::unsigned_delivery_id`].
    #[cfg(feature = "json")]
    #[cfg_attr(docsrs, doc(cfg(feature = "json")))]
    #[must_use]
    pub fn unsigned_event_type(&self, headers: &HeaderMap) -> Option<Unsigned<String>> {
        self.unsigned(self.receipt.scheme().event_type()?, headers)
    }

    #[cfg(feature = "json")]
    fn unsigned(&self, place: Place, headers: &HeaderMap) -> Option<Unsigned<String>> {
        match place {
            _ if self.receipt.scheme().covers(place) => None,
            Place::Json(pointer) => crate::json::text_at(&self.body, pointer).map(Unsigned::new),
            other => {
                let text = self.receipt.unsigned(other, headers)?;
                Some(Unsigned::new(text.into_unproven().to_owned()))
            }
        }
    }

    /// The event's name, where the signature covers it. As [`Self::delivery_id`].
    #[cfg(feature = "json")]
    #[cfg_attr(docsrs, doc(cfg(feature = "json")))]
    #[must_use]
    pub fn event_type(&self) -> Option<String> {
        if let Some(event) = self.receipt.facts().and_then(|facts| facts.event.clone()) {
            return Some(event);
        }
        match self.signed(self.receipt.scheme().event_type()?)? {
            Place::Json(pointer) => crate::json::text_at(&self.body, pointer),
            _ => None,
        }
    }
}

impl fmt::Debug for Proven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proven")
            .field("receipt", &self.receipt)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
