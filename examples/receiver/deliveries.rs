//! What is sent: genuine deliveries of the example bodies, and forgeries.

use std::error::Error;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;
use hookproof::scheme::Part;
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
    now: UnixTime,
}

impl Author {
    pub(crate) fn new(preset: &'static Preset, secret: &str) -> Result<Self, BoxError> {
        Ok(Self {
            preset,
            signer: Signer::new(preset.scheme, Secret::new(secret))?,
            now: SystemClock.now().ok_or("there is no clock")?,
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
        let stranger = Self::new(self.preset, &self.preset.form.random()?)?;
        let mut twice = signed.clone();
        let name = HeaderName::from_static(self.preset.scheme.signature_header());
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
                given.insert(name, HeaderValue::from_static("wh_0123456789abcdef"));
            }
        }
        Ok(self.signer.sign_at(&given, body, at)?)
    }

    const fn moved(&self, seconds: i64) -> UnixTime {
        UnixTime::from_secs(self.now.as_secs().saturating_add(seconds))
    }
}
