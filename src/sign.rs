//! The same schemes, forward: signing deliveries, for tests and for those who send.

use core::fmt;
use std::error::Error;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::clock::{Clock, SystemClock, UnixTime};
use crate::error::ConfigError;
use crate::keys::{Key, Keyring, Ring, RingKey};
use crate::public_url::without_query;
use crate::scheme::{Algorithm, Grammar, Part, Scheme, Timestamp};
use crate::secret::Secret;
use crate::timestamp;

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
    method: Method,
    url: Option<String>,
    configured: Vec<(String, String)>,
}

impl Signer {
    /// A signer of one scheme with one secret.
    ///
    /// # Errors
    ///
    /// `bad-secret` as for a [`Verifier`](crate::Verifier::new), and `bad-scheme` where the scheme
    /// cannot be signed here: its key is public, or the signature, the timestamp or what is signed
    /// stands in fields of the body or the query.
    pub fn new(scheme: &Scheme, secret: Secret) -> Result<Self, ConfigError> {
        if let Some(why) = cannot_sign(scheme) {
            return Err(ConfigError::scheme(format!(
                "deliveries of {} cannot be signed here: {why}",
                scheme.slug()
            )));
        }
        let ring = Ring::new(&Keyring::new(secret), scheme)?;
        Ok(Self {
            scheme: *scheme,
            key: ring.newest,
            method: Method::POST,
            url: None,
            configured: Vec::new(),
        })
    }

    /// The method of the request, for a scheme that signs it; by default POST.
    #[must_use]
    pub fn with_method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The URL that the request will be sent to, for a scheme that signs it.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// A text that the scheme signs and that no delivery sends: as
    /// [`Verifier::with_config`](crate::Verifier::with_config).
    #[must_use]
    pub fn with_config(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.configured.push((name.into(), text.into()));
        self
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
        let timestamp = match scheme.timestamp() {
            Some(_) => timestamp::write(scheme.unit(), now).ok_or(SignError::Clock)?,
            None => String::new(),
        };
        let content = self.content(given, body.as_ref(), &timestamp)?;
        let signature = match (scheme.algorithm(), &self.key.key) {
            (Algorithm::Basic, _) => STANDARD.encode(&content),
            (Algorithm::Token, key) => key.text().to_owned(),
            (Algorithm::Digest(digest), _) => scheme.encoding().encode(&digest.of(&content)),
            (Algorithm::Hmac(digest), Key::Hmac(key, _)) => {
                scheme.encoding().encode(&digest.hmac(key, &content))
            }
            (_, key) => {
                let key = key.mac().ok_or(SignError::Key)?;
                scheme
                    .encoding()
                    .encode(&key.mac(|mac| mac.update(&content)))
            }
        };

        let mut headers = given.clone();
        let text = match scheme.grammar() {
            Grammar::Plain | Grammar::Prefixed { optional: true, .. } => signature,
            Grammar::List { prefix, separator } => match scheme.timestamp() {
                Some(Timestamp::Item(_)) => {
                    format!("{timestamp}{}{prefix}{signature}", char::from(separator))
                }
                _ => format!("{prefix}{signature}"),
            },
            Grammar::Prefixed { prefix, .. } => format!("{prefix}{signature}"),
            Grammar::Pairs {
                signature: key,
                separator,
                assign,
            } => {
                let (separator, assign) = (char::from(separator), char::from(assign));
                // Where every pair's value is a candidate, any key will do.
                let key = if key == "*" { "s" } else { key };
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
        for (name, value) in scheme.required_headers() {
            insert(&mut headers, name, value)?;
        }
        if let Some(name) = scheme.signature_header() {
            insert(&mut headers, name, &text)?;
        }
        Ok(headers)
    }

    fn content(
        &self,
        given: &HeaderMap,
        body: &[u8],
        timestamp: &str,
    ) -> Result<Vec<u8>, SignError> {
        let mut content = Vec::with_capacity(body.len() + 256);
        for part in self.scheme.content() {
            let text = match *part {
                Part::Body => body,
                Part::Literal(text) => text.as_bytes(),
                Part::Timestamp => timestamp.as_bytes(),
                Part::Header(name) => match given.get(name) {
                    Some(value) => value.as_bytes(),
                    None => return Err(SignError::Header(name)),
                },
                Part::Secret => self.key.key.text().as_bytes(),
                Part::Method => self.method.as_str().as_bytes(),
                Part::Url => self.url.as_deref().ok_or(SignError::Url)?.as_bytes(),
                Part::UrlWithoutQuery => {
                    let url = self.url.as_deref().ok_or(SignError::Url)?;
                    without_query(url).as_bytes()
                }
                Part::Config(name) => {
                    let mut known = self.configured.iter();
                    let known = known.find(|(known, _)| known == name);
                    known.ok_or(SignError::Config(name))?.1.as_bytes()
                }
                Part::BodyDigest(digest) => {
                    content.extend_from_slice(hex::encode(digest.of(body)).as_bytes());
                    continue;
                }
                _ => return Err(SignError::Key),
            };
            content.extend_from_slice(text);
        }
        Ok(content)
    }
}

/// Why a scheme's deliveries cannot be signed by headers and a shared secret.
fn cannot_sign(scheme: &Scheme) -> Option<&'static str> {
    let from_fields = |part: &Part| {
        matches!(
            part,
            Part::Canonical(_)
                | Part::Form(_)
                | Part::FormJson(_)
                | Part::Json { .. }
                | Part::Path
                | Part::Query(_)
                | Part::RawQuery
                | Part::SortedForm
        )
    };
    if scheme.algorithm().is_public_key() {
        Some("its signatures are made with a private key, and this crate only verifies them")
    } else if scheme.signature_header().is_none() {
        Some("the signature does not stand in a header")
    } else if matches!(scheme.timestamp(), Some(Timestamp::At(_))) {
        Some("the timestamp does not stand in a header")
    } else if scheme.content().iter().any(from_fields) || scheme.body_digest().is_some() {
        Some(
            "fields of the body or the query are signed, and are to be put there by who sends them",
        )
    } else {
        None
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
    /// The scheme signs a text of this name that is configured, and it is not given.
    Config(&'static str),
    /// The scheme signs this header, and it is not given.
    Header(&'static str),
    /// The key is not one that signs.
    Key,
    /// The scheme signs the URL, and it is not given.
    Url,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock => f.write_str("the clock gives no timestamp that the scheme could write"),
            Self::Config(name) => {
                write!(
                    f,
                    "the scheme signs the configured text {name}: give it by with_config"
                )
            }
            Self::Header(name) => write!(f, "the scheme signs the header {name}: give its value"),
            Self::Key => f.write_str("the key is not one that signs"),
            Self::Url => f.write_str("the scheme signs the URL: give it by with_url"),
        }
    }
}

impl Error for SignError {}
