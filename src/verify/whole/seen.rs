//! What the head of a delivery tells, judged as far as it goes, and kept until its body is there.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::claimed::{Claimed, Stamp};
use super::headers::{judge, signature_header, single, text};
use super::{listed, places};
use crate::clock::UnixTime;
use crate::error::VerifyError;
use crate::fields::Body;
use crate::public_url::{self, port_variants, query};
use crate::scheme::{Part, Place, Timestamp};
use crate::timestamp::{self, Moment};
use crate::verify::delivery::Head;
use crate::verify::plan::Plan;

/// At most this many groups are looked at in one delivery: each has content of its own, and so
/// costs a MAC a key. A rotation sends two.
const MAX_GROUPS: usize = 8;

/// A head whose headers, grammar and age are right, as far as it tells them.
pub(crate) struct Seen {
    pub(super) now: Option<UnixTime>,
    /// What it claims; `None` where the signature stands in the body.
    pub(super) claims: Option<Vec<Claimed>>,
    /// Why the first of several groups was refused, if it was.
    pub(super) refusal: Option<VerifyError>,
    headers: Vec<HeaderValue>,
    method: Option<String>,
    /// The URL as the provider knows it.
    url: Option<String>,
    /// The query that values are read from; `None` where nothing told it.
    query: Option<String>,
    pub(super) content_type: Option<Vec<u8>>,
    /// The digest of the body, where a header holds it.
    digest: Option<Vec<u8>>,
    /// What a rule takes from the head.
    pub(super) rule: Vec<u8>,
}

impl Seen {
    /// The order of these checks decides which kind a delivery with several faults gets, as for
    /// schemes whose MAC runs along: present once, form, timestamp's grammar, window.
    pub(in crate::verify) fn new(
        plan: &Plan,
        header_limit: usize,
        head: Head<'_>,
        now: Option<UnixTime>,
    ) -> Result<Self, VerifyError> {
        let headers = head.headers;
        for (name, _) in &plan.required {
            single(headers, name)?;
        }
        let mut configured = plan.scheme.config_names();
        if configured.any(|name| plan.config(name).is_none()) {
            return Err(VerifyError::unavailable(
                "a configured text, which the scheme signs,",
            ));
        }
        let url = url(plan, head)?;
        let own_query = head
            .request
            .map(|request| request.uri.query().unwrap_or_default());
        let mut seen = Self {
            now,
            claims: None,
            refusal: None,
            headers: Vec::with_capacity(plan.headers.len()),
            method: head.method().map(|method| method.as_str().to_owned()),
            query: match &url {
                Some(url) => Some(query(url).to_owned()),
                None => own_query.map(str::to_owned),
            },
            url,
            content_type: content_type(plan, headers)?,
            digest: None,
            rule: Vec::new(),
        };
        let signatures = signatures(plan, headers)?;
        let in_query = match plan.scheme.signature() {
            Place::Query(name) => Some(seen.query_value(name)?),
            _ => None,
        };
        let stamp = match &plan.stamp_header {
            Some(name) => Some((name, single(headers, name)?)),
            None => None,
        };
        for name in &plan.headers {
            seen.headers.push(single(headers, name)?.clone());
        }
        let digest = match &plan.digest_header {
            Some(name) if signs_fields(plan) && !headers.contains_key(name) => None,
            Some(name) => Some((name, single(headers, name)?)),
            None => None,
        };

        for (name, value) in &plan.required {
            if text(name, single(headers, name)?, header_limit)? != value.as_bytes() {
                let why = "it is not what the scheme prescribes";
                return Err(VerifyError::malformed(name.clone(), why));
            }
        }
        for (name, value) in plan.headers.iter().zip(&seen.headers) {
            text(name, value, header_limit)?;
        }
        if let Some((name, value)) = digest {
            seen.digest = Some(text(name, value, header_limit)?.to_vec());
        }
        let mut texts = Vec::with_capacity(signatures.len());
        for (name, value) in signatures {
            texts.push((name, text(name, value, header_limit)?));
        }
        seen.rule = listed::head(plan, headers, header_limit, &texts)?;
        let stamp = match stamp {
            Some((name, value)) => Some(Stamp::read(plan, name, text(name, value, header_limit)?)?),
            None => seen.stamp_in_query(plan)?,
        };
        match in_query {
            Some(text) => {
                let claim = Claimed::in_text(plan, "signature in the query", &text)?;
                seen.claims = Some(vec![Claimed { stamp, ..claim }]);
            }
            None if !texts.is_empty() => seen.claim(plan, &texts, stamp.as_ref())?,
            None => {}
        }
        Ok(seen)
    }

    /// Takes what the signature headers claim: one claim, or one a group.
    fn claim(
        &mut self,
        plan: &Plan,
        texts: &[(&HeaderName, &[u8])],
        stamp: Option<&Stamp>,
    ) -> Result<(), VerifyError> {
        let mut claims = Vec::new();
        let mut refusal = None;
        let take = |texts: &[(&HeaderName, &[u8])]| {
            let mut claim = Claimed::in_headers(plan, texts)?;
            claim.stamp = claim.stamp.or_else(|| stamp.cloned());
            if let Some(stamp) = &claim.stamp {
                judge(stamp.moment, plan.scheme.tolerance(), self.now)?;
            }
            Ok(claim)
        };
        match (plan.scheme.groups(), texts) {
            (Some(separator), [(name, text)]) => {
                let groups = text.split(|byte| *byte == separator);
                for group in groups.take(MAX_GROUPS) {
                    match take(&[(*name, group)]) {
                        Ok(claim) => claims.push(claim),
                        // Where none verifies, the first group says why.
                        Err(error) if claims.is_empty() => refusal = refusal.or(Some(error)),
                        Err(_) => {}
                    }
                }
                if claims.is_empty() {
                    return Err(refusal.unwrap_or_else(VerifyError::mismatch));
                }
            }
            _ => claims.push(take(texts)?),
        }
        self.refusal = refusal;
        self.claims = Some(claims);
        Ok(())
    }

    fn stamp_in_query(&self, plan: &Plan) -> Result<Option<Stamp>, VerifyError> {
        let Some(Timestamp::At(Place::Query(name))) = plan.scheme.timestamp() else {
            return Ok(None);
        };
        let text = self.query_value(name)?;
        let unit = plan.scheme.unit();
        let moment = Moment::read(unit, &text).ok_or_else(|| {
            VerifyError::malformed_in("timestamp in the query", timestamp::grammar(unit))
        })?;
        Ok(Some(Stamp { text, moment }))
    }

    /// The text of a header of the content.
    pub(super) fn header(&self, nth: usize) -> &[u8] {
        self.headers.get(nth).map_or(&[], HeaderValue::as_bytes)
    }

    /// The header that is the delivery's id.
    pub(in crate::verify) fn id(&self, plan: &Plan) -> Option<&HeaderValue> {
        self.headers.get(plan.id?)
    }

    /// The texts of the headers of the content.
    pub(in crate::verify) fn headers(&self) -> impl Iterator<Item = &[u8]> {
        self.headers.iter().map(HeaderValue::as_bytes)
    }

    pub(super) fn method(&self) -> Result<&str, VerifyError> {
        self.method.as_deref().ok_or_else(|| {
            VerifyError::unavailable("the request's method, which the scheme signs,")
        })
    }

    /// The URL in the forms to try; one that is empty where none is signed.
    pub(super) fn urls(&self, plan: &Plan) -> Vec<String> {
        match &self.url {
            Some(url) if plan.scheme.has_port_variants() => port_variants(url).into(),
            Some(url) => vec![url.clone()],
            None => vec![String::new()],
        }
    }

    /// The text at any place but a header.
    pub(super) fn text_at(&self, body: &Body<'_>, place: Place) -> Result<Vec<u8>, VerifyError> {
        match place {
            Place::Query(name) => self.query_value(name),
            other => places::in_body(body, other),
        }
    }

    /// The decoded value of that name, of which there must be one.
    pub(super) fn query_value(&self, name: &'static str) -> Result<Vec<u8>, VerifyError> {
        let query = self.query.as_deref().ok_or_else(|| {
            VerifyError::unavailable("the request's query, which the scheme reads,")
        })?;
        let pairs = places::query_pairs(query);
        let mut found = pairs
            .into_iter()
            .filter(|(known, _)| known == name.as_bytes());
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Ok(value),
            (None, _) => Err(VerifyError::missing_query(name)),
            (Some(_), Some(_)) => Err(VerifyError::duplicate_query(name)),
        }
    }

    /// Whether the digest of the body agrees that must. A form that is signed field by field, and an
    /// empty body beside such, need none; but one that is there is never passed over, or a signed
    /// body could be left out.
    pub(super) fn check_body_digest(
        &self,
        plan: &Plan,
        body: &Body<'_>,
        raw: &[u8],
    ) -> Result<(), VerifyError> {
        let Some((place, digest)) = plan.scheme.body_digest() else {
            return Ok(());
        };
        let by_field = signs_fields(plan) && (places::is_form(body) || raw.is_empty());
        let claimed = match (&self.digest, &plan.digest_header) {
            (Some(digest), _) => Ok(digest.clone()),
            (None, Some(name)) => Err(VerifyError::missing(name.clone())),
            (None, None) => self.text_at(body, place),
        };
        let claimed = match claimed {
            Err(error) if by_field && error.is_missing() => return Ok(()),
            claimed => claimed?,
        };
        if claimed == hex::encode(digest.of(raw)).as_bytes() {
            Ok(())
        } else {
            Err(VerifyError::mismatch())
        }
    }
}

/// Whether a form is signed field by field.
fn signs_fields(plan: &Plan) -> bool {
    plan.scheme.content().contains(&Part::SortedForm)
}

/// Every header that holds a signature, each at most once; none where it stands elsewhere.
fn signatures<'h, 'p>(
    plan: &'p Plan,
    headers: &'h HeaderMap,
) -> Result<Vec<(&'p HeaderName, &'h HeaderValue)>, VerifyError> {
    let Some(first) = &plan.signature else {
        return Ok(Vec::new());
    };
    if plan.alternates.is_empty() {
        return signature_header(plan, headers).map(|found| vec![found]);
    }
    let present = plan.alternates.iter();
    let present = present.filter(|name| headers.contains_key(*name));
    let found: Result<Vec<_>, _> = present
        .map(|name| Ok((name, single(headers, name)?)))
        .collect();
    match found {
        Ok(found) if found.is_empty() => Err(VerifyError::missing(first.clone())),
        found => found,
    }
}

/// The URL that is signed: as the caller states it for this delivery, or as it was configured.
fn url(plan: &Plan, head: Head<'_>) -> Result<Option<String>, VerifyError> {
    if let Some(url) = head.url {
        return Ok(Some(url.to_owned()));
    }
    if !plan.scheme.covers_url() {
        return Ok(None);
    }
    let Some(public) = &plan.public_url else {
        return Err(VerifyError::unavailable(
            "the public URL, which the scheme signs,",
        ));
    };
    let request = head.request;
    public
        .of(&public_url::Seen {
            headers: head.headers,
            uri: request.map(|request| public_url::uri_as_sent(request.uri, request.extensions)),
            peer: request.and_then(|request| public_url::peer(request.extensions)),
        })
        .map(Some)
        .map_err(VerifyError::unknown_url)
}

/// What a body is said to be, where the scheme reads forms.
fn content_type(plan: &Plan, headers: &HeaderMap) -> Result<Option<Vec<u8>>, VerifyError> {
    if !plan.forms {
        return Ok(None);
    }
    match single(headers, &CONTENT_TYPE) {
        Ok(value) => Ok(Some(value.as_bytes().to_vec())),
        Err(error) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}
