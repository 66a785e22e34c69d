//! What a scheme needs beside headers, body and secret, told from the scheme alone.

use super::{Algorithm, Canonical, KeyFormat, Part, Place, ReplayId, Scheme, Timestamp, Unit};

impl Scheme {
    /// The features of this crate without which no [`Verifier`](crate::Verifier) of the scheme can be
    /// made, sorted.
    ///
    /// # Example
    ///
    /// ```
    /// use hookproof::providers;
    ///
    /// assert!(providers::STRIPE.features().is_empty());
    /// assert_eq!(providers::TWILIO.features(), ["forms", "legacy-digests"]);
    /// ```
    #[must_use]
    pub fn features(&self) -> Vec<&'static str> {
        let in_key = match self.key_format() {
            KeyFormat::TextDigest(digest) => Some(digest),
            _ => None,
        };
        let in_content = self.content().iter().find_map(|part| match part {
            Part::BodyDigest(digest) => Some(*digest),
            _ => None,
        });
        let beside = self.body_digest().map(|(_, digest)| digest);
        let digests = [self.algorithm().digest(), in_key, in_content, beside];
        let dated =
            self.timestamp().is_some() && matches!(self.unit(), Unit::HttpDate | Unit::Rfc3339);
        let by_version = self.algorithm() == Algorithm::RsaBySignatureVersion;
        let mut features: Vec<_> = digests
            .into_iter()
            .flatten()
            .filter_map(super::Digest::feature)
            .chain(self.algorithm().is_public_key().then_some("asymmetric"))
            .chain(by_version.then_some("json"))
            .chain(by_version.then_some("legacy-digests"))
            .chain(dated.then_some("dates"))
            .collect();
        for place in self.places() {
            match place {
                Place::Json(_) => features.push("json"),
                Place::Form(_) | Place::Query(_) => features.push("forms"),
                Place::FormJson(_) => features.extend(["forms", "json"]),
                Place::Header(_) => {}
            }
        }
        features.sort_unstable();
        features.dedup();
        features
    }

    /// Whether a value is read from the URL's query to judge a delivery.
    #[must_use]
    pub fn reads_query(&self) -> bool {
        let places = self.places();
        places.iter().any(|place| matches!(place, Place::Query(_)))
    }

    /// Whether the signature covers the request's method.
    #[must_use]
    pub fn covers_method(&self) -> bool {
        let by_method =
            |part: &Part| matches!(part, Part::Method | Part::Canonical(Canonical::Contentful));
        self.content().iter().any(by_method)
    }

    /// Whether the body is read as a form to judge a delivery.
    pub(crate) fn reads_form(&self) -> bool {
        self.places().into_iter().any(is_in_form)
    }

    /// Whether the id or the event's name stands in a form, which is read while its content type is
    /// known.
    pub(crate) fn has_names_in_form(&self) -> bool {
        let replay = match self.replay_id() {
            ReplayId::Id(place) => Some(place),
            _ => None,
        };
        let names = [self.delivery_id(), self.event_type(), replay];
        names.into_iter().flatten().any(is_in_form)
    }

    /// Every place that is read to judge a delivery; of a part or a rule, one of each kind.
    fn places(&self) -> Vec<Place> {
        let mut places = vec![self.signature()];
        if let Some(Timestamp::At(place)) = self.timestamp() {
            places.push(place);
        }
        if let Some((place, _)) = self.body_digest() {
            places.push(place);
        }
        for part in self.content() {
            places.extend_from_slice(match part {
                Part::Form(_) | Part::SortedForm => &[Place::Form("")],
                Part::FormJson(_) => &[Place::Form(""), Place::Json("")],
                Part::Json { .. } => &[Place::Json("")],
                Part::Query(_) => &[Place::Query("")],
                Part::Canonical(rule) => of_rule(*rule),
                _ => &[],
            });
        }
        places
    }
}

const fn is_in_form(place: Place) -> bool {
    matches!(place, Place::Form(_) | Place::FormJson(_))
}

const fn of_rule(rule: Canonical) -> &'static [Place] {
    match rule {
        Canonical::AlipayV1 | Canonical::FreshbooksJson | Canonical::VonageSig => {
            &[Place::Form("")]
        }
        Canonical::CoinbaseCdp | Canonical::Contentful => &[],
        Canonical::Mercadopago | Canonical::Wecom => &[Place::Query("")],
        Canonical::PlivoV3 => &[Place::Form(""), Place::Query("")],
        Canonical::AmazonSns | Canonical::UnisenderGo => &[Place::Json("")],
    }
}
