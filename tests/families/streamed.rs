//! A body in single bytes gets the verdict that it gets whole. Every delivery of these tests is
//! judged both ways; here is one of each shape and each kind of refusal, with what it must be.

use bytes::Bytes;
use hookproof::VerifyErrorKind::{
    DuplicateHeader, Malformed, Mismatch, MissingHeader, Stale, TooLarge, Unavailable,
};
use hookproof::scheme::{
    Algorithm, Digest, Grammar, Numbered, Part, Place, ReplayId, Scheme, SchemeBuilder, Timestamp,
    Unit,
};
use hookproof::{PublicUrl, UnixTime, Verifier};

use super::kit::{KEY, NOW, Sent, mac, rotating, verifier, with_keys};
use crate::support::delivered::Verdict;

const BODY: &str = r#"{"id":"evt_1","n":1}"#;

const WHY: &str = "the vendor does not sign it";

const fn own(slug: &'static str) -> SchemeBuilder {
    Scheme::builder(slug, "own-signature")
}

static RUNNING: Scheme = own("running")
    .timestamp(Timestamp::Header("own-time"))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .build();
static MILLIS: Scheme = RUNNING.adjust().slug("millis").unit(Unit::Millis).build();
static SHA_512: Scheme = own("sha-512")
    .algorithm(Algorithm::Hmac(Digest::Sha512))
    .build();
static TOKEN: Scheme = own("token")
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned(WHY)
    .replay_id(ReplayId::UnsignedBody)
    .build();
static URL: Scheme = own("url")
    .content(&[Part::Url, Part::Literal("|"), Part::Body])
    .port_variants()
    .build();
static NUMBERED: Scheme = own("numbered")
    .numbered(Numbered {
        prefix: "own-signature-",
        last: 3,
    })
    .build();
static GROUPS: Scheme = own("groups")
    .grammar(Grammar::Pairs {
        signature: "v1",
        separator: b',',
        assign: b'=',
    })
    .timestamp(Timestamp::Pair("t"))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .groups(b' ')
    .build();
static JSON: Scheme = Scheme::builder_at("json", Place::Json("/sig"))
    .timestamp(Timestamp::At(Place::Json("/at")))
    .content(&[Part::Timestamp])
    .dangerous_body_unsigned(WHY)
    .replay_id(ReplayId::Content)
    .build();
static FORM: Scheme = Scheme::builder_at("form", Place::Form("sig"))
    .content(&[Part::Form("id")])
    .dangerous_body_unsigned(WHY)
    .replay_id(ReplayId::Id(Place::Form("id")))
    .build();
static ITEMS: Scheme = Scheme::builder_at("items", Place::Json("/sig"))
    .each("/items")
    .content(&[Part::Json {
        pointer: "/id",
        absent: None,
    }])
    .dangerous_body_unsigned(WHY)
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

fn sent() -> Sent {
    Sent::to("/hook").body(BODY)
}

fn shapes() -> Vec<(&'static str, Verifier, Sent, Verdict)> {
    let url = || PublicUrl::base("https://hooks.example.com").expect("a URL");
    let stamped = |at: i64| {
        let signature = mac(format!("{at}.{BODY}"));
        sent()
            .with("own-time", at.to_string())
            .with("own-signature", signature)
    };
    let of_url = sent().with(
        "own-signature",
        mac(format!("https://hooks.example.com:443/hook|{BODY}")),
    );
    let group = |at: i64| format!("t={at},v1={}", mac(format!("{at}.{BODY}")));
    let in_json = |at: i64| Sent::json(format!(r#"{{"at":{at},"sig":"{}"}}"#, mac(at.to_string())));
    let items = |sig: &str| {
        Sent::json(format!(
            r#"{{"items":[{{"id":1,"sig":"{}"}},{{"id":2,"sig":"{sig}"}}]}}"#,
            mac("1")
        ))
    };
    let ring = || with_keys(&RUNNING, rotating());
    vec![
        ("running", verifier(&RUNNING), stamped(NOW), Ok(())),
        ("running, older key", ring(), stamped(NOW), Ok(())),
        (
            "running, tampered",
            verifier(&RUNNING),
            stamped(NOW).body("{}"),
            Err(Mismatch),
        ),
        (
            "running, old",
            verifier(&RUNNING),
            stamped(NOW - 301),
            Err(Stale),
        ),
        (
            "milliseconds",
            verifier(&MILLIS),
            stamped(NOW * 1000),
            Ok(()),
        ),
        (
            "milliseconds, old",
            verifier(&MILLIS),
            stamped(NOW),
            Err(Stale),
        ),
        (
            "another digest, short",
            verifier(&SHA_512),
            stamped(NOW),
            Err(Malformed),
        ),
        (
            "token",
            verifier(&TOKEN),
            sent().with("own-signature", KEY),
            Ok(()),
        ),
        (
            "token, wrong",
            verifier(&TOKEN),
            sent().with("own-signature", "x"),
            Err(Mismatch),
        ),
        (
            "URL",
            verifier(&URL).with_public_url(url()),
            of_url.clone(),
            Ok(()),
        ),
        (
            "URL, older key",
            with_keys(&URL, rotating()).with_public_url(url()),
            of_url.clone(),
            Ok(()),
        ),
        (
            "URL, unknown",
            verifier(&URL),
            of_url.clone(),
            Err(Unavailable),
        ),
        (
            "URL, tampered",
            verifier(&URL).with_public_url(url()),
            of_url.body("{}"),
            Err(Mismatch),
        ),
        (
            "numbered",
            verifier(&NUMBERED),
            sent().with("own-signature-2", mac(BODY)),
            Ok(()),
        ),
        (
            "numbered, none",
            verifier(&NUMBERED),
            sent(),
            Err(MissingHeader),
        ),
        (
            "numbered, twice",
            verifier(&NUMBERED),
            sent()
                .with("own-signature-2", "a")
                .and("own-signature-2", "b"),
            Err(DuplicateHeader),
        ),
        (
            "groups",
            verifier(&GROUPS),
            sent().with(
                "own-signature",
                format!("{} {}", group(NOW - 301), group(NOW)),
            ),
            Ok(()),
        ),
        (
            "groups, old",
            verifier(&GROUPS),
            sent().with("own-signature", group(NOW - 301)),
            Err(Stale),
        ),
        ("JSON", verifier(&JSON), in_json(NOW), Ok(())),
        ("JSON, old", verifier(&JSON), in_json(NOW - 301), Err(Stale)),
        ("JSON, none", verifier(&JSON), sent(), Err(Malformed)),
        (
            "form",
            verifier(&FORM),
            Sent::form(format!("id=1&sig={}", mac("1"))),
            Ok(()),
        ),
        (
            "form, tampered",
            verifier(&FORM),
            Sent::form(format!("id=2&sig={}", mac("1"))),
            Err(Mismatch),
        ),
        ("items", verifier(&ITEMS), items(&mac("2")), Ok(())),
        (
            "items, one forged",
            verifier(&ITEMS),
            items(&mac("1")),
            Err(Mismatch),
        ),
        (
            "items, too long",
            verifier(&ITEMS).with_body_limit(20),
            items(&mac("2")).with("content-length", "21"),
            Err(TooLarge),
        ),
    ]
}

#[test]
fn single_bytes_get_the_verdict_of_the_whole() {
    for (shape, verifier, sent, wanted) in shapes() {
        if wanted == Err(TooLarge) {
            continue;
        }
        assert_eq!(sent.verdict(&verifier), wanted, "{shape}");
    }
}

#[test]
fn a_body_past_the_limit_is_too_large_in_every_shape() {
    for (shape, verifier, sent, wanted) in shapes() {
        let length = sent.request.body().len();
        let judge = |limit: usize| {
            let verifier = verifier.clone().with_body_limit(limit);
            let mut verification = verifier.begin_at(&sent.request, UnixTime::from_secs(NOW))?;
            for byte in sent.request.body() {
                verification.update(Bytes::copy_from_slice(&[*byte]))?;
            }
            verification.finish()
        };
        if wanted == Ok(()) {
            assert!(judge(length).is_ok(), "{shape}");
            let error = judge(length - 1).expect_err("it is too long");
            assert_eq!(error.kind(), TooLarge, "{shape}");
        } else if wanted == Err(TooLarge) {
            assert_eq!(
                judge(20).expect_err("announced").kind(),
                TooLarge,
                "{shape}"
            );
        }
    }
}

#[test]
fn a_frame_that_is_left_out_or_turned_is_noticed() {
    for (shape, verifier, sent, wanted) in shapes() {
        if wanted != Ok(()) || !verifier.scheme().covers_body() {
            continue;
        }
        let body = sent.request.body();
        let (first, second) = body.split_at(body.len() / 2);
        for frames in [[second, first], [first, b""], [b"", second], [first, first]] {
            let begun = verifier.begin_at(&sent.request, UnixTime::from_secs(NOW));
            let mut verification = begun.expect("a good head");
            for frame in frames {
                verification
                    .update(Bytes::copy_from_slice(frame))
                    .expect("room");
            }
            let error = verification.finish().expect_err("other bytes");
            // Of several groups the first says why.
            let wanted = if shape == "groups" { Stale } else { Mismatch };
            assert_eq!(error.kind(), wanted, "{shape}");
        }
    }
}
