//! Deliveries that are judged whole, a second time: every part of the signed content is put
//! together anew for every candidate, and nothing is kept from one step to the next.

use hookproof::Verifier;
use hookproof::scheme::{Algorithm, BodyForm, Part, Place, Scheme, Timestamp};

use super::json::Json;
use super::stamp::Moment;
use super::{Header, canonical, decode, digest, encode, form, grammar, hmac, key, public_key, url};
use hookproof::scheme::{Digest, Encoding};

/// A delivery with all that a scheme can sign of it.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    pub scheme: &'r Scheme,
    pub now: i64,
    pub method: &'r str,
    pub url: &'r str,
    pub headers: &'r [Header],
    pub body: &'r [u8],
    /// What is configured under every name that the scheme signs.
    pub config: &'r str,
}

/// Why a delivery is not accepted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum No {
    Refused,
    /// It has what this reference does not read.
    Undecided,
}

/// What a signature text claims.
struct Claim {
    signatures: Vec<Vec<u8>>,
    stamp: Option<Vec<u8>>,
}

/// Whether the delivery is one that the secret's owner signed, and is not too old.
///
/// # Errors
///
/// Refused, or not decided.
pub fn judge(request: &Request<'_>, secret: &str) -> Result<(), No> {
    let scheme = request.scheme;
    for (name, value) in scheme.required_headers() {
        if request.header(name)? != value.as_bytes() {
            return Err(No::Refused);
        }
    }
    for part in scheme.content() {
        if let Part::Header(name) = part {
            request.header(name)?;
        }
    }
    if request.count("content-type") > 1
        || (scheme.body_form() == BodyForm::Decoded && request.count("content-encoding") > 0)
    {
        return Err(No::Undecided);
    }
    let document = Json::unambiguous(request.body);
    if let Some(array) = scheme.each() {
        return judge_items(request, secret, document.as_ref(), array);
    }
    for claim in claims(request, document.as_ref())? {
        match judge_claim(request, secret, document.as_ref(), &claim) {
            Err(No::Refused) => {}
            verdict => return verdict,
        }
    }
    Err(No::Refused)
}

/// Every item has its own signature.
fn judge_items(
    request: &Request<'_>,
    secret: &str,
    document: Option<&Json>,
    array: &str,
) -> Result<(), No> {
    let items = match document.and_then(|document| document.at(array)) {
        Some(Json::List(items)) if (1..=1000).contains(&items.len()) => items,
        _ => return Err(No::Refused),
    };
    for item in items {
        let text = request.at(Some(item), request.scheme.signature())?;
        let claim = Claim {
            signatures: signatures(request.scheme, &[(None, text)]),
            stamp: None,
        };
        judge_claim(request, secret, Some(item), &claim)?;
    }
    Ok(())
}

fn judge_claim(
    request: &Request<'_>,
    secret: &str,
    document: Option<&Json>,
    claim: &Claim,
) -> Result<(), No> {
    let scheme = request.scheme;
    let stamp = match scheme.timestamp() {
        None => None,
        Some(Timestamp::At(place)) => Some(request.at(document, place)?),
        Some(Timestamp::Header(name)) => Some(request.header(name)?),
        Some(_) => claim.stamp.clone(),
    };
    if let Some(stamp) = &stamp {
        let moment = Moment::read(scheme.unit(), stamp).ok_or(No::Refused)?;
        if !moment.is_inside(scheme.tolerance(), request.now) {
            return Err(No::Refused);
        }
    }
    check_body_digest(request, document)?;
    for url in urls(request) {
        let content = Content {
            request,
            document,
            stamp: stamp.as_deref().unwrap_or_default(),
            secret,
            url: &url,
        };
        if agrees(&content, &content.message()?, &claim.signatures)? {
            return Ok(());
        }
    }
    Err(No::Refused)
}

/// The forms that the URL may have been signed in.
fn urls(request: &Request<'_>) -> Vec<String> {
    if request.scheme.has_port_variants() {
        url::port_variants(request.url)
    } else {
        vec![request.url.to_owned()]
    }
}

/// The text of the signature that the secret's owner would write into a delivery, where it is made
/// of a secret; of items, that of the first. What stands there now must not be part of the content.
#[must_use]
pub fn sign(request: &Request<'_>, secret: &str) -> Option<Vec<u8>> {
    let scheme = request.scheme;
    let document = match (Json::unambiguous(request.body), scheme.each()) {
        (Some(document), Some(array)) => Some(document.at(&format!("{array}/0"))?.clone()),
        (document, _) => document,
    };
    let claims = claims(request, document.as_ref()).ok()?;
    let stamp = match scheme.timestamp() {
        Some(Timestamp::At(place)) => request.at(document.as_ref(), place).ok(),
        Some(Timestamp::Header(name)) => request.header(name).ok(),
        _ => claims.into_iter().next().and_then(|claim| claim.stamp),
    };
    let url = urls(request).pop()?;
    let content = Content {
        request,
        document: document.as_ref(),
        stamp: stamp.as_deref().unwrap_or_default(),
        secret,
        url: &url,
    };
    let signature = symmetric(scheme, &content.message().ok()?, secret).ok()??;
    Some(match scheme.algorithm() {
        Algorithm::Token | Algorithm::Basic => signature,
        _ => encode(scheme.encoding(), &signature).into_bytes(),
    })
}

fn agrees(content: &Content<'_>, message: &[u8], signatures: &[Vec<u8>]) -> Result<bool, No> {
    let (scheme, secret) = (content.request.scheme, content.secret);
    if let Some(expected) = symmetric(scheme, message, secret)? {
        return Ok(signatures.contains(&expected));
    }
    let algorithm = match scheme.algorithm() {
        Algorithm::RsaBySignatureVersion => match content.text("/SignatureVersion")?.as_deref() {
            Some("1") => Algorithm::Rsa(Digest::Sha1),
            Some("2") => Algorithm::Rsa(Digest::Sha256),
            _ => return Err(No::Refused),
        },
        other => other,
    };
    let key = public_key::read(scheme.key_format(), secret).ok_or(No::Undecided)?;
    for signature in signatures {
        if public_key::verifies(algorithm, &key, message, signature).ok_or(No::Undecided)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The only right signature; none where it is made with a private key.
fn symmetric(scheme: &Scheme, message: &[u8], secret: &str) -> Result<Option<Vec<u8>>, No> {
    Ok(Some(match scheme.algorithm() {
        Algorithm::Hmac(of) => {
            let key = key(scheme.key_format(), secret).ok_or(No::Refused)?;
            hmac(of, &key, message)
        }
        Algorithm::Digest(of) => digest(of, message),
        Algorithm::Token => message.to_vec(),
        Algorithm::Basic => encode(Encoding::Base64, message).into_bytes(),
        _ => return Ok(None),
    }))
}

/// What the delivery claims: one thing, or one for each group.
fn claims(request: &Request<'_>, document: Option<&Json>) -> Result<Vec<Claim>, No> {
    let scheme = request.scheme;
    let texts = request.signature_texts(document)?;
    let claim = |texts: &[(Option<String>, Vec<u8>)]| {
        let mut found = Claim {
            signatures: Vec::new(),
            stamp: None,
        };
        let mut whole = Vec::new();
        for (name, text) in texts {
            // A text without its timestamp claims nothing.
            if let Ok(stamp) = grammar::stamp(scheme, text) {
                if stamp
                    .as_deref()
                    .is_some_and(|stamp| Moment::read(scheme.unit(), stamp).is_none())
                {
                    return None;
                }
                found.stamp = stamp.or(found.stamp);
                whole.push((name.clone(), text.clone()));
            }
        }
        found.signatures = signatures(scheme, &whole);
        Some(found)
    };
    match (scheme.groups(), texts.as_slice()) {
        (Some(separator), [(name, text)]) => {
            let groups = text.split(|&byte| byte == separator).take(8);
            let groups = groups.filter_map(|group| claim(&[(name.clone(), group.to_vec())]));
            Ok(groups.collect())
        }
        _ => Ok(claim(&texts).into_iter().collect()),
    }
}

/// The first 32 candidates, decoded where they can be.
fn signatures(scheme: &Scheme, texts: &[(Option<String>, Vec<u8>)]) -> Vec<Vec<u8>> {
    let candidates = texts
        .iter()
        .flat_map(|(name, text)| grammar::candidate_texts(scheme, name.as_deref(), text))
        .take(Verifier::MAX_CANDIDATES);
    if scheme.algorithm().is_credential() {
        return candidates.collect();
    }
    let decoded = candidates.filter_map(|text| decode(scheme.encoding(), &text));
    decoded.filter(|bytes| !bytes.is_empty()).collect()
}

/// A digest that stands beside the signed content must be the body's.
fn check_body_digest(request: &Request<'_>, document: Option<&Json>) -> Result<(), No> {
    let Some((place, of)) = request.scheme.body_digest() else {
        return Ok(());
    };
    let by_field = request.scheme.content().contains(&Part::SortedForm)
        && (request.is_form() || request.body.is_empty());
    let is_absent = match place {
        Place::Header(name) => request.count(name) == 0,
        Place::Query(name) => request.query(name).is_empty(),
        _ => false,
    };
    if by_field && is_absent {
        return Ok(());
    }
    let expected = encode(Encoding::Hex, &digest(of, request.body));
    if request.at(document, place)? == expected.as_bytes() {
        Ok(())
    } else {
        Err(No::Refused)
    }
}

impl Request<'_> {
    fn count(&self, name: &str) -> usize {
        self.headers
            .iter()
            .filter(|header| header.0 == name)
            .count()
    }

    /// A header that is there once, neither empty nor too long.
    pub(super) fn header(&self, name: &str) -> Result<Vec<u8>, No> {
        let value = super::first(self.headers, name);
        let fits = (1..=Verifier::MAX_HEADER).contains(&value.len());
        if self.count(name) == 1 && fits {
            Ok(value)
        } else {
            Err(No::Refused)
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.count(name) > 0
    }

    fn content_type_starts(&self, with: &str) -> bool {
        let value = super::first(self.headers, "content-type").to_ascii_lowercase();
        value.starts_with(with.as_bytes())
    }

    pub(super) fn is_form(&self) -> bool {
        self.content_type_starts("application/x-www-form-urlencoded")
    }

    /// The body's fields.
    pub(super) fn form(&self) -> Result<Vec<form::Field>, No> {
        if self.content_type_starts("multipart/") {
            return Err(No::Undecided);
        }
        let fields = form::fields(self.body);
        if fields.len() > form::MOST {
            return Err(No::Refused);
        }
        Ok(fields)
    }

    fn form_value(&self, name: &str) -> Result<Vec<u8>, No> {
        let mut fields = self.form()?;
        fields.retain(|field| field.0 == name.as_bytes());
        if fields.len() > 1 && !self.scheme.last_field_counts() {
            return Err(No::Refused);
        }
        let (_, value) = fields.pop().ok_or(No::Refused)?;
        Ok(value)
    }

    /// All values of that name in the query.
    fn query(&self, name: &str) -> Vec<Vec<u8>> {
        let fields = form::fields(url::query(self.url).as_bytes());
        let named = fields
            .into_iter()
            .filter(|field| field.0 == name.as_bytes());
        named.map(|field| field.1).collect()
    }

    /// The value of that name in the query; none where there is none.
    pub(super) fn query_value(&self, name: &str) -> Result<Option<Vec<u8>>, No> {
        match self.query(name).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(value.clone())),
            _ => Err(No::Refused),
        }
    }

    /// The text at a place.
    fn at(&self, document: Option<&Json>, place: Place) -> Result<Vec<u8>, No> {
        match place {
            Place::Header(name) => self.header(name),
            Place::Query(name) => self.query_value(name)?.ok_or(No::Refused),
            Place::Form(name) => self.form_value(name),
            Place::Json(pointer) => text_at(document, pointer)?.ok_or(No::Refused),
            Place::FormJson { field, pointer } => {
                let document = Json::unambiguous(&self.form_value(field)?);
                text_at(document.as_ref(), pointer)?.ok_or(No::Refused)
            }
            _ => panic!("a place that this reference does not know"),
        }
    }

    /// Everything that holds signatures, with the header's name where it is one.
    fn signature_texts(
        &self,
        document: Option<&Json>,
    ) -> Result<Vec<(Option<String>, Vec<u8>)>, No> {
        let scheme = self.scheme;
        let Some(first) = scheme.signature_header() else {
            return Ok(vec![(None, self.at(document, scheme.signature())?)]);
        };
        let mut names: Vec<String> = Vec::new();
        if !scheme.alternates().is_empty() {
            names.push(first.to_owned());
        }
        names.extend(scheme.alternates().iter().map(|name| (*name).to_owned()));
        if let Some(numbered) = scheme.numbered() {
            names.extend((1..=numbered.last).map(|nth| format!("{}{nth}", numbered.prefix)));
        }
        if names.is_empty() {
            let mut names = [&[first], scheme.aliases()].concat().into_iter();
            let name = names.find(|name| self.has(name)).unwrap_or(first);
            return Ok(vec![(Some(name.to_owned()), self.header(name)?)]);
        }
        names.retain(|name| self.has(name));
        names
            .into_iter()
            .map(|name| Ok((Some(name.clone()), self.header(&name)?)))
            .collect()
    }
}

/// The text of a value of the document; none where it is missing or null.
fn text_at(document: Option<&Json>, pointer: &str) -> Result<Option<Vec<u8>>, No> {
    match document.ok_or(No::Refused)?.at(pointer) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => {
            let text = value.text().ok_or(No::Refused)?;
            Ok(Some(text.as_bytes().to_vec()))
        }
    }
}

/// What signed content is made of.
pub(super) struct Content<'c> {
    pub(super) request: &'c Request<'c>,
    /// The body as JSON, or the item of it that is signed by itself.
    document: Option<&'c Json>,
    pub(super) stamp: &'c [u8],
    pub(super) secret: &'c str,
    pub(super) url: &'c str,
}

impl Content<'_> {
    fn message(&self) -> Result<Vec<u8>, No> {
        let parts = self.request.scheme.content().iter();
        let parts = parts.map(|part| self.part(*part));
        Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn part(&self, part: Part) -> Result<Vec<u8>, No> {
        let request = self.request;
        let text = |text: &str| Ok(text.as_bytes().to_vec());
        match part {
            Part::Body => Ok(request.body.to_vec()),
            Part::BodyDigest(of) => text(&encode(Encoding::Hex, &digest(of, request.body))),
            Part::Canonical(rule) => canonical::content(rule, self),
            Part::Config(_) => text(request.config),
            Part::Form(name) => request.at(self.document, Place::Form(name)),
            Part::FormJson { field, pointer } => {
                request.at(self.document, Place::FormJson { field, pointer })
            }
            Part::Header(name) => request.header(name),
            Part::Json { pointer, absent } => {
                let absent = absent.map(|absent| absent.as_bytes().to_vec());
                text_at(self.document, pointer)?
                    .or(absent)
                    .ok_or(No::Refused)
            }
            Part::Literal(literal) => text(literal),
            Part::Method => text(request.method),
            Part::Path => text(url::path(self.url)),
            Part::Query(name) => request.query_value(name)?.ok_or(No::Refused),
            Part::RawQuery => text(url::query(self.url)),
            Part::Secret => text(self.secret),
            Part::SortedForm => canonical::sorted_form(self),
            Part::Timestamp => Ok(self.stamp.to_vec()),
            Part::Url => text(self.url),
            Part::UrlWithoutQuery => text(url::without_query(self.url)),
            _ => panic!("a part that this reference does not know"),
        }
    }

    /// The text of a value of the document.
    pub(super) fn text(&self, pointer: &str) -> Result<Option<String>, No> {
        let text = text_at(self.document, pointer)?;
        Ok(text.map(|text| String::from_utf8(text).expect("JSON is UTF-8")))
    }
}
