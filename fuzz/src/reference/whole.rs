//! Deliveries that are judged whole, a second time: every part of the signed content is put
//! together anew for every candidate, and nothing is kept from one step to the next.

use hookproof::Verifier;
use hookproof::scheme::{Algorithm, BodyForm, Digest, Encoding, Part, Place, Scheme, Timestamp};

use super::content::Content;
use super::json::Json;
use super::request::SignatureText;
pub use super::request::{No, Request};
use super::stamp::Moment;
use super::{decode, digest, encode, grammar, hmac, key, public_key, url};

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
    let claim = |texts: &[SignatureText]| {
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

/// The first 32 candidates, or 8 for a public key, decoded where they can be.
fn signatures(scheme: &Scheme, texts: &[SignatureText]) -> Vec<Vec<u8>> {
    let is_public = scheme.algorithm().is_public_key();
    let most = if is_public {
        8
    } else {
        Verifier::MAX_CANDIDATES
    };
    let candidates = texts
        .iter()
        .flat_map(|(name, text)| grammar::candidate_texts(scheme, name.as_deref(), text))
        .take(most);
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
