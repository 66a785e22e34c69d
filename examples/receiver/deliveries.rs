//! What is sent: genuine deliveries of the example bodies, and forgeries.

use std::cell::Cell;
use std::error::Error;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;
use hookproof::scheme::{Encoding, Grammar, Part, Place, ReplayId, Scheme};
use hookproof::{Answers, Clock as _, Secret, Signer, SystemClock, UnixTime, VerifyErrorKind};

use crate::corpus::Example;
use crate::presets::Preset;

type BoxError = Box<dyn Error + Send + Sync>;

/// One delivery, and what must become of it.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) preset: &'static Preset,
    /// What it is called in the table.
    pub(crate) title: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) expected: Expected,
}

/// What must become of a delivery.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    /// It was handled before: it is acknowledged, and no handler runs.
    Duplicate,
    /// It is handled once, as this variant of the typed event, under this name where one is known.
    Event(&'static str, Option<String>),
    /// It is refused with this status, and no handler runs.
    Refused(StatusCode),
}

/// Writes one preset's deliveries.
#[derive(Debug)]
pub(crate) struct Author {
    preset: &'static Preset,
    signer: Signer,
    /// What a signed header holds that names the endpoint.
    endpoint: String,
    now: UnixTime,
    /// How many deliveries were signed: where the id stands in a header, each has its own.
    signed: Cell<u32>,
}

impl Author {
    /// Of an endpoint's deliveries, whose id is the one that its provider gave it.
    pub(crate) fn new(
        preset: &'static Preset,
        secret: &str,
        endpoint: &str,
    ) -> Result<Self, BoxError> {
        Ok(Self {
            preset,
            signer: Signer::new(preset.scheme, Secret::new(secret))?,
            endpoint: endpoint.to_owned(),
            now: SystemClock.now().ok_or("there is no clock")?,
            signed: Cell::new(0),
        })
    }

    /// An example body, signed as the provider signs it.
    pub(crate) fn genuine(&self, example: &Example) -> Result<Delivery, BoxError> {
        Ok(Delivery {
            preset: self.preset,
            title: example.title.clone(),
            headers: self.sign(&example.body, self.now)?,
            body: example.body.clone(),
            expected: Expected::Event(example.variant, example.name.clone()),
        })
    }

    /// A delivery that was handled, sent again: as it was, in another spelling, and as a provider
    /// retries it.
    pub(crate) fn replays(&self, handled: &Delivery) -> Result<Vec<Delivery>, BoxError> {
        let mut spelt = handled.headers.clone();
        let name =
            HeaderName::from_static(self.preset.scheme.signature_header().unwrap_or_default());
        if let Some(signature) = spelt.get(&name) {
            spelt.insert(name, respelt(self.preset.scheme, signature)?);
        }
        spelt.insert("x-request-id", HeaderValue::from_static("another"));
        let mut replays = vec![
            self.replayed("as it was", handled, handled.headers.clone()),
            self.replayed("spelt otherwise", handled, spelt),
        ];
        // A retry has a fresh timestamp; what identifies the delivery stays.
        if self.preset.scheme.timestamp().is_some() {
            let retry = self
                .signer
                .sign_at(&handled.headers, &handled.body, self.moved(-30))?;
            replays.push(self.replayed("stamped anew", handled, retry));
        }
        Ok(replays)
    }

    fn replayed(&self, how: &str, handled: &Delivery, headers: HeaderMap) -> Delivery {
        Delivery {
            preset: self.preset,
            title: format!("replayed: {how}"),
            headers,
            body: handled.body.clone(),
            expected: Expected::Duplicate,
        }
    }

    /// What must be refused: the example body with one thing wrong at a time.
    pub(crate) fn forgeries(
        &self,
        example: &Example,
        max_body: usize,
    ) -> Result<Vec<Delivery>, BoxError> {
        let body = &example.body;
        let signed = self.sign(body, self.now)?;

        let mut tampered = body.to_vec();
        if let Some(byte) = tampered.last_mut() {
            *byte ^= 1;
        }
        let stranger = Self::new(self.preset, &self.preset.form.random()?, &self.endpoint)?;
        let mut twice = signed.clone();
        let name =
            HeaderName::from_static(self.preset.scheme.signature_header().unwrap_or_default());
        if let Some(signature) = signed.get(&name) {
            twice.append(name, signature.clone());
        }
        let oversized = vec![b' '; max_body + 1];

        use VerifyErrorKind::{DuplicateHeader, Future, Mismatch, Stale, TooLarge};
        let mut forgeries = vec![
            self.forged("tampered body", Mismatch, signed, tampered),
            self.forged(
                "wrong key",
                Mismatch,
                stranger.sign(body, self.now)?,
                body.clone(),
            ),
            self.forged("duplicated header", DuplicateHeader, twice, body.clone()),
            self.forged(
                "oversized body",
                TooLarge,
                self.sign(&oversized, self.now)?,
                oversized,
            ),
        ];
        // Only where a timestamp is signed is there a window to fall out of.
        if let Some(tolerance) = self.preset.scheme.tolerance() {
            let past = self.moved(-i64::from(tolerance.past()) - 60);
            let ahead = self.moved(i64::from(tolerance.future()) + 60);
            forgeries.push(self.forged("stale", Stale, self.sign(body, past)?, body.clone()));
            forgeries.push(self.forged("future", Future, self.sign(body, ahead)?, body.clone()));
        }
        Ok(forgeries)
    }

    fn forged(
        &self,
        what: &str,
        kind: VerifyErrorKind,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Delivery {
        let answer = Answers::for_scheme(self.preset.scheme).to(kind);
        Delivery {
            preset: self.preset,
            title: format!("forged: {what}"),
            headers,
            body: body.into(),
            expected: Expected::Refused(answer.status()),
        }
    }

    /// The scheme's headers. Where it signs further ones, they are the provider's to fill.
    fn sign(&self, body: &[u8], at: UnixTime) -> Result<HeaderMap, BoxError> {
        let mut given = HeaderMap::new();
        for part in self.preset.scheme.content() {
            if let Part::Header(name) = *part {
                given.insert(name, HeaderValue::from_str(&self.header_id())?);
            }
        }
        Ok(self.signer.sign_at(&given, body, at)?)
    }

    /// What the provider writes into a signed header: a new id for each delivery where it names
    /// the delivery, and the same one where it names the endpoint.
    fn header_id(&self) -> String {
        let names_the_delivery = matches!(
            self.preset.scheme.replay_id(),
            ReplayId::Id(Place::Header(_))
        );
        if !names_the_delivery {
            return self.endpoint.clone();
        }
        self.signed.set(self.signed.get() + 1);
        format!("wh_{:016x}", self.signed.get())
    }

    const fn moved(&self, seconds: i64) -> UnixTime {
        UnixTime::from_secs(self.now.as_secs().saturating_add(seconds))
    }
}

/// The same signature in other letters: hex in upper case, or a bogus candidate before it.
fn respelt(scheme: &Scheme, signature: &HeaderValue) -> Result<HeaderValue, BoxError> {
    let text = signature.to_str()?;
    let respelt = match (scheme.grammar(), scheme.encoding()) {
        (Grammar::Pairs { signature, .. }, _) => format!("{signature}={},{text}", "00".repeat(32)),
        (Grammar::List { prefix, separator }, _) => {
            let bogus = "A".repeat(43);
            format!("{prefix}{bogus}={}{text}", char::from(separator))
        }
        (Grammar::Prefixed { prefix, .. }, Encoding::Hex) => match text.strip_prefix(prefix) {
            Some(hex) => format!("{prefix}{}", hex.to_uppercase()),
            None => text.to_uppercase(),
        },
        (_, Encoding::Hex) => text.to_uppercase(),
        _ => text.to_owned(),
    };
    Ok(HeaderValue::from_str(&respelt)?)
}
