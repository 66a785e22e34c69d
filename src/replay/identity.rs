//! What a delivery is remembered by.

use core::fmt;

use sha2::{Digest, Sha256};

use crate::error::VerifyError;
use crate::scheme::{Place, ReplayId, Unit};
use crate::verify::{Proven, Receipt};

/// The longest id, in bytes, that identifies a delivery.
const MAX_ID: usize = 256;

/// What a replay guard remembers of a delivery: 16 bytes, the beginning of a SHA-256 over the
/// names of endpoint, tenant and provider and the delivery's signed id or the digest of its body, each
/// after its length.
///
/// It is the same whichever key matched, however the headers were written and whenever the
/// provider sends the delivery again; [`ReplayId`] says what it is made of. Stores hold it and
/// learn nothing from it.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Identity([u8; 16]);

impl Identity {
    /// An identity made elsewhere, for tests of stores.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes, which are evenly spread.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// 32 lower-case hex digits.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 32];
        hex::encode_to_slice(self.0, &mut digits).map_err(|_| fmt::Error)?;
        f.write_str(core::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({self})")
    }
}

impl Proven {
    /// What a replay guard remembers of this delivery. Reads or digests the body at each call;
    /// allocates for an id alone.
    ///
    /// # Errors
    ///
    /// `malformed` where the body is empty and the signed content has no timestamp, where the scheme
    /// says that its deliveries cannot be told apart, and where the body touches another part of the
    /// signed content and does not end there in a bracket of JSON; `unavailable` where the id stands in a JSON
    /// body and the feature `json` is off.
    pub fn identity(&self) -> Result<Identity, VerifyError> {
        let receipt = self.receipt();
        if receipt.has_open_seam(self.body()) {
            return Err(VerifyError::seam());
        }
        let scheme = receipt.scheme();
        match scheme.replay_id() {
            ReplayId::Body | ReplayId::UnsignedBody => by_body(receipt, self.body()),
            ReplayId::Content => Ok(by_content(receipt, self.body(), true)),
            ReplayId::ContentWithoutTimestamp => Ok(by_content(receipt, self.body(), false)),
            ReplayId::Id(place) => {
                let told = match place {
                    Place::Header(_) => receipt.replay_header(),
                    _ => receipt.facts().and_then(|facts| facts.replay.as_deref()),
                };
                match (told.filter(|id| is_id(id)), place) {
                    (Some(id), _) => Ok(by_id(receipt, id)),
                    (None, Place::Json(pointer)) if scheme.covers_body() => {
                        self.by_pointer(pointer)
                    }
                    (None, _) => self.without_id(),
                }
            }
            ReplayId::Indistinct => Err(VerifyError::no_identity()),
        }
    }

    /// The body stands for an id that a delivery lacks, where it is signed.
    fn without_id(&self) -> Result<Identity, VerifyError> {
        if self.receipt().scheme().covers_body_bytes() {
            by_body(self.receipt(), self.body())
        } else {
            Err(VerifyError::no_identity())
        }
    }

    #[cfg(feature = "json")]
    fn by_pointer(&self, pointer: &str) -> Result<Identity, VerifyError> {
        match crate::json::text_at(self.body(), pointer) {
            Some(id) => Ok(by_id(self.receipt(), id.as_bytes())),
            None => self.without_id(),
        }
    }

    /// Never by another identity instead: a retry would then pass for a new event or, worse, two
    /// receivers would remember one event by two.
    #[cfg(not(feature = "json"))]
    fn by_pointer(&self, _: &str) -> Result<Identity, VerifyError> {
        Err(VerifyError::unavailable("the feature json"))
    }
}

fn is_id(text: &[u8]) -> bool {
    (1..=MAX_ID).contains(&text.len()) && !text.iter().any(u8::is_ascii_control)
}

fn by_id(receipt: &Receipt, id: &[u8]) -> Identity {
    let mut digest = Namespaced::new(receipt, "id");
    digest.field(id);
    digest.finish()
}

fn by_body(receipt: &Receipt, body: &[u8]) -> Result<Identity, VerifyError> {
    if !body.is_empty() {
        let mut digest = Namespaced::new(receipt, "body");
        digest.field(body);
        return Ok(digest.finish());
    }
    if receipt.timestamp().is_none() {
        return Err(VerifyError::no_identity());
    }
    Ok(by_content(receipt, body, true))
}

/// By all that is signed. A timestamp has one spelling, so its number stands for its text; where a
/// delivery was judged whole, the content was digested then.
fn by_content(receipt: &Receipt, body: &[u8], with_timestamp: bool) -> Identity {
    let mut digest = Namespaced::new(receipt, "content");
    if let Some(content) = receipt.facts().and_then(|facts| facts.content) {
        digest.field(&content);
        return digest.finish();
    }
    let timestamp = receipt
        .timestamp()
        .filter(|_| with_timestamp)
        .map_or(0, |timestamp| timestamp.as_secs());
    digest.field(&timestamp.to_be_bytes());
    if receipt.scheme().unit() != Unit::Seconds && with_timestamp {
        digest.field(&receipt.timestamp_nanos().to_be_bytes());
    }
    digest.field(receipt.raw_id().unwrap_or_default());
    digest.field(receipt.other_headers());
    digest.field(body);
    digest.finish()
}

/// A digest of fields, each after its length, so that no two lists of fields read alike.
struct Namespaced(Sha256);

impl Namespaced {
    fn new(receipt: &Receipt, kind: &str) -> Self {
        let mut digest = Self(Sha256::new());
        digest.field(b"hookproof identity 1");
        digest.field(receipt.endpoint().unwrap_or_default().as_bytes());
        digest.field(receipt.tenant().unwrap_or_default().as_bytes());
        digest.field(receipt.provider().as_bytes());
        digest.field(kind.as_bytes());
        digest
    }

    fn field(&mut self, bytes: &[u8]) {
        self.0
            .update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.update(bytes);
    }

    fn finish(self) -> Identity {
        let mut identity = [0; 16];
        identity.copy_from_slice(&self.0.finalize()[..16]);
        Identity(identity)
    }
}
