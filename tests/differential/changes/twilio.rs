//! What Twilio signs beside a body: the URL, and a digest in it.

use fastrand::Rng;
use sha2::{Digest as _, Sha256};

use super::When::{Content, Headers, Items};
use super::{Change, is_twilio};
use crate::draft::{Draft, one, word};
use crate::form;
use crate::support::signing;
use hmac::{Hmac, KeyInit as _, Mac as _};

pub(crate) const CHANGES: &[Change] = &[
    Change::new("a body of JSON with its digest", Content, is_twilio, digest),
    Change::new(
        "a body of JSON with a wrong digest",
        Content,
        is_twilio,
        wrong_digest,
    ),
    Change::new(
        "a body of JSON with two digests",
        Content,
        is_twilio,
        two_digests,
    ),
    Change::new(
        "a body of JSON without a digest",
        Content,
        is_twilio,
        no_digest,
    ),
    Change::new("a form with a digest", Content, is_twilio, form_digest),
    Change::new(
        "a form with a digest, unsigned",
        Content,
        is_twilio,
        form_unsigned,
    ),
    Change::new("an odd form", Content, is_twilio, odd_form),
    Change::new("an unsorted form", Content, is_twilio, unsorted),
    Change::new(
        "a form of very many fields",
        Content,
        is_twilio,
        many_fields,
    ),
    Change::new("another content type", Content, is_twilio, content_type),
    Change::new("two content types", Headers, is_twilio, two_content_types),
    Change::new("a port in the URL", Content, is_twilio, port),
    Change::new("an odd URL", Content, is_twilio, odd_url),
    Change::new(
        "a URL signed as it would be escaped",
        Content,
        is_twilio,
        escaped_url,
    ),
    Change::new("another query", Content, is_twilio, other_query),
    Change::new("a shared key", Items, is_twilio, shared_key),
];

const FORM: &str = "application/x-www-form-urlencoded";

fn hash(body: &[u8]) -> String {
    signing::hex(&Sha256::digest(body))
}

fn with_query(draft: &mut Draft, pair: &str) {
    draft.sent.url = format!("{}&{pair}", draft.sent.url);
}

fn json(rng: &mut Rng) -> Vec<u8> {
    format!("{{\"EventType\":\"{}\"}}", word(rng)).into_bytes()
}

fn digest(draft: &mut Draft, rng: &mut Rng) {
    draft.as_json(json(rng));
    let digest = hash(&draft.sent.body);
    let digest = one(
        rng,
        &[digest.clone(), digest.clone(), digest.to_uppercase()].each_ref(),
    )
    .clone();
    with_query(draft, &format!("bodySHA256={digest}"));
}

fn wrong_digest(draft: &mut Draft, rng: &mut Rng) {
    let of_other = hash(b"{}");
    let digest = one(rng, &[&of_other[..], "", &of_other[..63], "é"]).to_owned();
    draft.as_json(json(rng));
    with_query(draft, &format!("bodySHA256={digest}"));
}

fn two_digests(draft: &mut Draft, rng: &mut Rng) {
    draft.as_json(json(rng));
    let (right, wrong) = (hash(&draft.sent.body), hash(b"{}"));
    let [first, second] = match rng.u8(0..3) {
        0 => [&right, &right],
        1 => [&right, &wrong],
        _ => [&wrong, &right],
    };
    let pairs = format!("bodySHA256={first}&bodySHA256={second}");
    with_query(draft, &pairs);
}

fn no_digest(draft: &mut Draft, rng: &mut Rng) {
    draft.as_json(json(rng));
}

fn form_digest(draft: &mut Draft, rng: &mut Rng) {
    let of_other = hash(b"");
    let right = hash(&draft.sent.body);
    let digest = one(rng, &[&right, &right, &of_other]).clone();
    with_query(draft, &format!("bodySHA256={digest}"));
}

fn form_unsigned(draft: &mut Draft, rng: &mut Rng) {
    form_digest(draft, rng);
    draft.keep_signed().is_form = false;
}

fn odd_form(draft: &mut Draft, rng: &mut Rng) {
    let forms = [
        &b"b=2&a=1&a=1&a=0"[..],
        b"a&b=&=c&&d",
        b"a=%zz&b=%&c=%4",
        b"a=1;b=2",
        b"a=b=c&a%3Db=c",
        b"a=%ff&b=%c3",
        b"%F0%9F%98%80=1&%EF%BF%BD=2",
        b"a=%F0%9F%98%80&a=%EF%BD%9E",
        b"a=+&b=%2B&c=%20",
        b"A=1&a=2&_=3&10=4&9=5",
        b"a[]=1&a[b]=2",
        b"__proto__=1&constructor=2",
        b"a=1&",
        b"a=%00",
    ];
    draft.sent.body = one(rng, &forms).to_vec();
}

/// Signed in the order in which the fields are sent.
fn unsorted(draft: &mut Draft, _: &mut Rng) {
    draft.sent.body = [b"z=1&z=1&b=2&", &*draft.sent.body].concat();
    let fields = form::fields(&draft.sent.body).into_iter();
    let text: Vec<u8> = fields
        .flat_map(|(name, value)| [name, value].concat())
        .collect();
    let signed = draft.keep_signed();
    signed.url.push_str(&String::from_utf8_lossy(&text));
    signed.is_form = false;
}

fn many_fields(draft: &mut Draft, rng: &mut Rng) {
    let fields: Vec<String> = (0..one(rng, &[999, 1000, 1001, 1500]))
        .map(|nth| format!("f{nth}=1"))
        .collect();
    draft.sent.body = fields.join("&").into_bytes();
}

fn content_type(draft: &mut Draft, rng: &mut Rng) {
    let types = [
        "",
        "application/json",
        "application/x-www-form-urlencoded; charset=utf-8",
        "Application/X-WWW-Form-URLEncoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/x-www-form-urlencodedx",
    ];
    draft.content_type = one(rng, &types);
    if rng.bool() {
        draft.sent.is_form = draft.content_type.to_ascii_lowercase() == FORM;
    }
}

fn two_content_types(draft: &mut Draft, rng: &mut Rng) {
    let line = (
        "content-type".to_owned(),
        one(rng, &[FORM, "application/json"]).as_bytes().to_vec(),
    );
    let at = rng.usize(..=draft.headers.len());
    draft.headers.insert(at, line);
}

fn host(draft: &mut Draft, host: &str) {
    draft.sent.url = draft.sent.url.replacen("hooks.example.com", host, 1);
}

fn port(draft: &mut Draft, rng: &mut Rng) {
    let signed = one(
        rng,
        &[
            "hooks.example.com",
            "hooks.example.com:443",
            "hooks.example.com:8443",
            "hooks.example.com:80",
        ],
    );
    let sent = one(
        rng,
        &[
            "hooks.example.com",
            "hooks.example.com:443",
            "hooks.example.com:8443",
        ],
    );
    if rng.bool() {
        draft.sent.url = draft.sent.url.replacen("https", "http", 1);
    }
    draft.keep_signed();
    host(draft, sent);
    let signed_url = draft.sent.url.replacen(sent, signed, 1);
    draft.keep_signed().url = signed_url;
}

fn odd_url(draft: &mut Draft, rng: &mut Rng) {
    match rng.u8(0..7) {
        0 => host(draft, "HOOKS.Example.com"),
        1 => host(draft, "user:pass@hooks.example.com"),
        2 => host(draft, "user@hooks.example.com:8443"),
        3 => host(draft, "[2001:db8::1]"),
        4 => host(draft, "[2001:db8::1]:8443"),
        5 => draft.sent.url.push_str("#rc=2"),
        _ => draft.sent.url = draft.sent.url.replacen("https", "HTTPS", 1),
    }
    match rng.u8(0..3) {
        0 => {}
        1 => {
            let lower = form::urls(&draft.sent.url)[0].clone();
            draft.keep_signed().url = lower;
        }
        _ => {
            let with_port = form::urls(&draft.sent.url)[1].clone();
            draft.keep_signed().url = with_port;
        }
    }
}

/// Signed by who read the query and wrote it anew.
fn escaped_url(draft: &mut Draft, rng: &mut Rng) {
    let (pair, escaped) = one(
        rng,
        &[
            ("c='1'", "c=%271%27"),
            ("c=a+b", "c=a%20b"),
            ("c=%7e", "c=~"),
            ("c", "c="),
            ("b=2", "b=2"),
        ],
    );
    let plain = format!("{}&{escaped}", draft.sent.url);
    with_query(draft, pair);
    if rng.bool() {
        draft.keep_signed().url = plain;
    }
}

fn other_query(draft: &mut Draft, rng: &mut Rng) {
    draft.keep_signed();
    draft.sent.url = match rng.u8(0..4) {
        0 => draft.sent.url.replacen("&a=1", "", 1),
        1 => draft.sent.url.replacen("&a=1", "&a=%31", 1),
        2 => draft
            .sent
            .url
            .replacen("?b", "?a=1&b", 1)
            .replacen("&a=1", "", 1),
        _ => format!("{}&c=1", draft.sent.url),
    };
}

/// HMAC-SHA256 under a key of its own, as a header beside says.
fn shared_key(draft: &mut Draft, rng: &mut Rng) {
    let signed = draft.signed.as_ref().unwrap_or(&draft.sent);
    let mut mac = Hmac::<Sha256>::new_from_slice(&draft.key).expect("a key of any length");
    mac.update(&signed.of_twilio());
    let text = draft.text(&mac.finalize().into_bytes());
    draft.items = vec![text.into_bytes()];
    let algorithm = one(
        rng,
        &["HMAC_SHA256", "HMAC_SHA256", "HMAC_SHA1", "HMAC_SHA512"],
    );
    draft.add(
        "X-Twilio-Webhooks-Signature-Settings",
        format!("key=webhooks_sharedkey_1,algorithm={algorithm}").into_bytes(),
    );
}
