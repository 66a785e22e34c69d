//! The same schemes, forward: signing deliveries, for tests and for those who send.

use core::fmt;
use std::error::Error;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::clock::{Clock, SystemClock, UnixTime};
use crate::error::ConfigError;
use crate::keys::{Keyring, Ring, RingKey};
use crate::scheme::{Grammar, Part, Scheme, Timestamp};
use crate::secret::Secret;

/// Signs deliveries as a provider does: tests of a receiver sign their requests with it, since
/// nothing can be proven in another way.
///
/// # Example
///
/// ```
/// use hookproof::{Delivery, Secret, Signer, UnixTime, Verifier, providers};
/// use http::HeaderMap;
///
/// let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// let now = UnixTime::from_secs(1_767_225_600);
///
/// // What the scheme signs beside timestamp and body is given; the rest is added.
/// let mut headers = HeaderMap::new();
/// headers.insert("webhook-id", "msg_1".parse()?);
/// let signer = Signer::new(&providers::STANDARD_WEBHOOKS, Secret::new(secret))?;
/// let headers = signer.sign_at(&headers, b"{}", now)?;
/// assert_eq!(headers["webhook-timestamp"], "1767225600");
///
/// let verifier = Verifier::new(&providers::STANDARD_WEBHOOKS, Secret::new(secret))?;
/// let receipt = verifier.verify_at(Delivery::new(&headers, b"{}"), now)?;
/// assert_eq!(receipt.signed_id(), Some("msg_1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Signer {
    scheme: Scheme,
    key: RingKey,
}

impl Signer {
    /// A signer of one scheme with one secret.
    ///
    /// # Errors
    ///
    /// `bad-secret` as for a [`Verifier`](crate::Verifier::new).
    pub fn new(scheme: &Scheme, secret: Secret) -> Result<Self, ConfigError> {
        let ring = Ring::new(&Keyring::new(secret), scheme.key_format())?;
        Ok(Self {
            scheme: *scheme,
            key: ring.newest,
        })
    }

    /// Whether the key has fewer than 16 bytes, which is taken but deserves a warning.
    #[must_use]
    pub const fn has_short_key(&self) -> bool {
        self.key.short
    }

    /// The headers that sign a body now, for a scheme that signs no other header.
    ///
    /// # Errors
    ///
    /// Where the scheme signs a header, which must then be given to [`sign_at`](Self::sign_at),
    /// and where there is no system clock.
    pub fn sign(&self, body: impl AsRef<[u8]>) -> Result<HeaderMap, SignError> {
        let now = SystemClock.now().ok_or(SignError::Clock)?;
        self.sign_at(&HeaderMap::new(), body, now)
    }

    /// The headers that sign a body at a moment: those given, the timestamp's and the signature's.
    /// Allocates the map and the texts.
    ///
    /// # Errors
    ///
    /// Where a header that the scheme signs is not given, and where the moment has no timestamp in
    /// the scheme's grammar (before 1970, or past 12 digits).
    pub fn sign_at(
        &self,
        given: &HeaderMap,
        body: impl AsRef<[u8]>,
        now: UnixTime,
    ) -> Result<HeaderMap, SignError> {
        let scheme = &self.scheme;
        let timestamp = now.to_string();
        if scheme.timestamp().is_some() && UnixTime::from_digits(timestamp.as_bytes()).is_none() {
            return Err(SignError::Clock);
        }
        let mut mac = self.key.mac.start();
        for part in scheme.content() {
            match *part {
                Part::Body => mac.update(body.as_ref()),
                Part::Literal(text) => mac.update(text.as_bytes()),
                Part::Timestamp => mac.update(timestamp.as_bytes()),
                Part::Header(name) => match given.get(name) {
                    Some(value) => mac.update(value.as_bytes()),
                    None => return Err(SignError::Header(name)),
                },
            }
        }
        let signature = scheme.encoding().encode_mac(&mac.finish_for_signing());

        let mut headers = given.clone();
        let text = match scheme.grammar() {
            Grammar::Plain | Grammar::Prefixed { optional: true, .. } => signature,
            Grammar::Prefixed { prefix, .. } | Grammar::List { prefix, .. } => {
                format!("{prefix}{signature}")
            }
            Grammar::Pairs {
                signature: key,
                separator,
                assign,
            } => {
                let (separator, assign) = (char::from(separator), char::from(assign));
                match scheme.timestamp() {
                    Some(Timestamp::Pair(timestamp_key)) => format!(
                        "{timestamp_key}{assign}{timestamp}{separator}{key}{assign}{signature}"
                    ),
                    _ => format!("{key}{assign}{signature}"),
                }
            }
        };
        if let Some(Timestamp::Header(name)) = scheme.timestamp() {
            insert(&mut headers, name, &timestamp)?;
        }
        insert(&mut headers, scheme.signature_header(), &text)?;
        Ok(headers)
    }
}

fn insert(headers: &mut HeaderMap, name: &'static str, text: &str) -> Result<(), SignError> {
    let value = HeaderValue::from_str(text).map_err(|_| SignError::Header(name))?;
    headers.insert(HeaderName::from_static(name), value);
    Ok(())
}

/// Why a delivery cannot be signed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignError {
    /// There is no clock, or its reading has no timestamp in the scheme's grammar.
    Clock,
    /// The scheme signs this header, and it is not given.
    Header(&'static str),
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock => f.write_str("the clock gives no timestamp of 1 to 12 digits"),
            Self::Header(name) => write!(f, "the scheme signs the header {name}: give its value"),
        }
    }
}

impl Error for SignError {}
