//! The key is secret, and with it the MAC and the token that a delivery should have: every algorithm
//! and encoding, candidates that are right and wrong in each way, one key and several, whole and
//! streamed.

use hookproof::scheme::{
    Algorithm, Digest, Encoding, Grammar, Part, ReplayId, Scheme, SchemeBuilder, Timestamp,
};
use hookproof::{Head, Keyring, Verifier};
use hookproof_constant_time::{BODY, NOW, Signed};

use crate::judged::{ARRIVALS, Group, judge};
use crate::memcheck::secret;

/// Newest first. Text and `user:password` at once.
pub const SECRETS: [&str; 3] = [
    "user:the-secret-of-this-year-0123456789",
    "user:the-secret-of-last-year-0123456789",
    "user:the-oldest-secret-of-all-012345678",
];

const ENCODINGS: [Encoding; 4] = [
    Encoding::Base64,
    Encoding::Base64Url,
    Encoding::Hex,
    Encoding::HexUpper,
];

pub fn run() -> Vec<Group> {
    let mut groups = Vec::new();
    for encoding in ENCODINGS {
        for (name, scheme) in shapes() {
            let scheme = built(scheme.encoding(encoding));
            groups.push(group(
                &format!("key secret: HMAC-SHA256, {encoding:?}, {name}"),
                &scheme,
            ));
        }
    }
    for (name, scheme) in others() {
        groups.push(group(&format!("key secret: {name}"), &built(scheme)));
    }
    groups
}

pub fn built(scheme: SchemeBuilder) -> Scheme {
    scheme.try_build().expect("a scheme that can be built")
}

/// A grammar each, with the MAC that runs along.
pub fn shapes() -> [(&'static str, SchemeBuilder); 4] {
    const STAMPED: &[Part] = &[Part::Timestamp, Part::Literal("."), Part::Body];
    let scheme = || Scheme::builder("own", "x-signature");
    [
        ("plain", scheme()),
        (
            "prefixed",
            scheme().grammar(Grammar::Prefixed {
                prefix: "sha256=",
                optional: false,
            }),
        ),
        (
            "pairs",
            scheme()
                .grammar(Grammar::Pairs {
                    signature: "v1",
                    separator: b',',
                    assign: b'=',
                })
                .timestamp(Timestamp::Pair("t"))
                .content(STAMPED),
        ),
        (
            "a list",
            scheme()
                .grammar(Grammar::List {
                    prefix: "v1,",
                    separator: b' ',
                })
                .timestamp(Timestamp::Header("x-timestamp"))
                .content(STAMPED),
        ),
    ]
}

/// What is judged when the delivery is whole.
pub fn others() -> Vec<(String, SchemeBuilder)> {
    let scheme = || Scheme::builder("own", "x-signature");
    let digests = [
        Digest::Keccak256,
        Digest::Md5,
        Digest::Sha1,
        Digest::Sha256,
        Digest::Sha384,
        Digest::Sha512,
    ];
    let mut others = Vec::new();
    for digest in digests {
        let plain = scheme()
            .algorithm(Algorithm::Digest(digest))
            .content(&[Part::Secret, Part::Body]);
        others.push((format!("a plain digest, {digest:?}"), plain));
        if !matches!(digest, Digest::Keccak256 | Digest::Sha256) {
            let hmac = scheme().algorithm(Algorithm::Hmac(digest));
            others.push((format!("HMAC-{digest:?}"), hmac));
        }
    }
    let signed = scheme().content(&[Part::Body, Part::Secret]);
    others.push(("HMAC-SHA256 over a content with the secret".into(), signed));
    let credential = |algorithm| {
        scheme()
            .algorithm(algorithm)
            .content(&[Part::Secret])
            .dangerous_body_unsigned("credentials sign nothing")
            .replay_id(ReplayId::UnsignedBody)
    };
    others.push(("a token".into(), credential(Algorithm::Token)));
    others.push(("Basic".into(), credential(Algorithm::Basic)));
    others
}

fn group(name: &str, scheme: &Scheme) -> Group {
    let mut group = Group::of(name, scheme);
    for keys in [1, SECRETS.len()] {
        let ring = Keyring::from_list(SECRETS.iter().take(keys).map(|text| secret(text)));
        let verifier = Verifier::new(scheme, ring.expect("a keyring")).expect("good secrets");
        for (signer, text) in SECRETS.iter().enumerate().take(keys) {
            let signed = Signed::new(scheme, text);
            for (what, candidates, is_right) in candidates(&signed) {
                // Newest first, until one is right.
                let verdicts = if is_right { signer + 1 } else { keys };
                let headers = signed.with(&candidates);
                for arrival in ARRIVALS {
                    let what = format!("{what}, of key {signer} of {keys}, {arrival:?}");
                    let seen = judge(&verifier, (Head::from(&headers), BODY), NOW, arrival);
                    group.take(what, &seen, is_right, verdicts);
                }
            }
        }
    }
    group
}

/// Candidates that are right and wrong at either end, alone and in company.
pub fn candidates(signed: &Signed) -> Vec<(&'static str, Vec<String>, bool)> {
    let right = || signed.candidate.clone();
    let wrong = |at| signed.wrong_at(at);
    let mut all = vec![
        ("right", vec![right()], true),
        ("wrong first byte", vec![wrong(0)], false),
        ("wrong byte within", vec![wrong(9)], false),
        ("wrong last byte", vec![wrong(-1)], false),
    ];
    if matches!(
        signed.scheme.grammar(),
        Grammar::List { .. } | Grammar::Pairs { .. }
    ) {
        all.extend([
            (
                "right before two wrong",
                vec![right(), wrong(0), wrong(-1)],
                true,
            ),
            (
                "right after two wrong",
                vec![wrong(0), wrong(-1), right()],
                true,
            ),
            ("three wrong", vec![wrong(-1), wrong(9), wrong(0)], false),
        ]);
    }
    all
}
