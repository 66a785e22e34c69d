//! Secrets that come along: shared tokens and Basic credentials.

use hookproof::VerifyErrorKind::{DuplicateHeader, Malformed, Mismatch, MissingHeader};
use hookproof::scheme::{Algorithm, Grammar, Part, Place, ReplayId, Scheme};
use hookproof::{Keyring, Secret, Verifier};

use super::kit::{KEY, OTHER_KEY, Sent, rotating, verifier, with_keys};

const WHY: &str = "the vendor sends the secret and signs nothing";

static TOKEN: Scheme = Scheme::builder("token", "own-token")
    .algorithm(Algorithm::Token)
    .content(&[Part::Secret])
    .dangerous_body_unsigned(WHY)
    .delivery_id(Place::Json("/id"))
    .event_type(Place::Header("own-event"))
    .replay_id(ReplayId::UnsignedBody)
    .build();

static BEARER: Scheme = Scheme::builder("bearer", "authorization")
    .algorithm(Algorithm::Token)
    .grammar(Grammar::Prefixed {
        prefix: "Bearer ",
        optional: false,
    })
    .content(&[Part::Secret])
    .dangerous_body_unsigned(WHY)
    .replay_id(ReplayId::UnsignedBody)
    .build();

static BASIC: Scheme = Scheme::builder("basic", "authorization")
    .algorithm(Algorithm::Basic)
    .grammar(Grammar::Prefixed {
        prefix: "Basic ",
        optional: false,
    })
    .content(&[Part::Secret])
    .dangerous_body_unsigned(WHY)
    .replay_id(ReplayId::UnsignedBody)
    .build();

fn token(text: impl AsRef<[u8]>) -> Sent {
    Sent::json(r#"{"id":"evt_1"}"#).with("own-token", text)
}

fn authorization(text: &str) -> Sent {
    Sent::json("{}").with("authorization", text)
}

#[test]
fn the_token_that_is_the_secret_is_taken_and_no_other() {
    let verifier = verifier(&TOKEN);
    assert_eq!(token(KEY).verdict(&verifier), Ok(()));
    let wrong = [
        OTHER_KEY.to_owned(),
        KEY[1..].to_owned(),
        KEY[..KEY.len() - 1].to_owned(),
        format!("{KEY}x"),
        format!("x{KEY}"),
        format!("{KEY} "),
        format!(" {KEY}"),
        format!("{KEY}{KEY}"),
        format!("{KEY},{KEY}"),
        KEY.to_uppercase(),
        "x".to_owned(),
        "\u{e9}".to_owned(),
        "a".repeat(Verifier::MAX_HEADER),
    ];
    for text in wrong {
        assert_eq!(token(&text).verdict(&verifier), Err(Mismatch), "{text}");
    }
    assert_eq!(token(b"\xff\xfe").verdict(&verifier), Err(Mismatch));
    assert_eq!(token("").verdict(&verifier), Err(Malformed));
    assert_eq!(
        token("a".repeat(Verifier::MAX_HEADER + 1)).verdict(&verifier),
        Err(Malformed)
    );
    assert_eq!(
        token(KEY).without("own-token").verdict(&verifier),
        Err(MissingHeader)
    );
    assert_eq!(
        token(KEY).and("own-token", KEY).verdict(&verifier),
        Err(DuplicateHeader)
    );
}

#[test]
fn a_bearer_token_stands_after_the_schemes_name_in_any_case() {
    let verifier = verifier(&BEARER);
    for word in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        let sent = authorization(&format!("{word} {KEY}"));
        assert_eq!(sent.verdict(&verifier), Ok(()), "{word}");
        let wrong = authorization(&format!("{word} {OTHER_KEY}"));
        assert_eq!(wrong.verdict(&verifier), Err(Mismatch), "{word}");
        let upper = authorization(&format!("{word} {}", KEY.to_uppercase()));
        assert_eq!(upper.verdict(&verifier), Err(Mismatch), "{word}");
    }
    for other in [
        KEY.to_owned(),
        format!("Basic {KEY}"),
        format!("Bearer{KEY}"),
        "Bearer".to_owned(),
    ] {
        assert_eq!(
            authorization(&other).verdict(&verifier),
            Err(Malformed),
            "{other}"
        );
    }
    assert_eq!(authorization("Bearer ").verdict(&verifier), Err(Mismatch));
    assert_eq!(
        authorization(&format!("Bearer  {KEY}")).verdict(&verifier),
        Err(Mismatch)
    );
}

/// `user:pass:word!?` in base64, and the same in other spellings.
const USER: &str = "user:pass:word!?";
const BASE64: &str = "dXNlcjpwYXNzOndvcmQhPw==";

#[test]
fn basic_credentials_are_compared_as_they_are_written() {
    let verifier = with_keys(&BASIC, Secret::new(USER));
    for word in ["Basic", "basic", "BASIC", "bASIC"] {
        let sent = authorization(&format!("{word} {BASE64}"));
        assert_eq!(sent.verdict(&verifier), Ok(()), "{word}");
    }
    let wrong = [
        "dXNlcjpwYXNzOndvcmQhPw",
        "dXNlcjpwYXNzOndvcmQhPw=",
        "dXNlcjpwYXNzOndvcmQhPx==",
        "dXNlcjpwYXNzOndvcmQhPw===",
        "dXNlcjpwYXNzOndvcmQhPw== ",
        " dXNlcjpwYXNzOndvcmQhPw==",
        "DXNLCJPWYXNZOndvcmQhPw==",
        "dXNlcjpwYXNzOndvcmQhPg==",
        "dXNlcjpwYXNz",
        USER,
        "!!!",
        "",
    ];
    for text in wrong {
        let sent = authorization(&format!("Basic {text}"));
        assert_eq!(sent.verdict(&verifier), Err(Mismatch), "{text:?}");
    }
    for text in [
        BASE64.to_owned(),
        format!("Bearer {BASE64}"),
        format!("Basic{BASE64}"),
        "Basic".to_owned(),
    ] {
        assert_eq!(
            authorization(&text).verdict(&verifier),
            Err(Malformed),
            "{text}"
        );
    }
    assert_eq!(authorization("").verdict(&verifier), Err(Malformed));
}

#[test]
fn credentials_outside_an_authorization_header_have_their_prefix_in_one_case() {
    let scheme = BASIC
        .adjust()
        .slug("outer")
        .signature_header("own-authorization")
        .build();
    let verifier = with_keys(&scheme, Secret::new(USER));
    let sent = |text: &str| Sent::json("{}").with("own-authorization", text);
    assert_eq!(sent(&format!("Basic {BASE64}")).verdict(&verifier), Ok(()));
    assert_eq!(
        sent(&format!("basic {BASE64}")).verdict(&verifier),
        Err(Malformed)
    );
}

#[test]
fn both_credentials_are_taken_while_they_are_rotated() {
    let verifier = with_keys(&TOKEN, rotating());
    assert_eq!(token(KEY).proven(&verifier).receipt().key(), "previous");
    assert_eq!(
        token(OTHER_KEY).proven(&verifier).receipt().key(),
        "primary"
    );
    assert_eq!(token("neither").verdict(&verifier), Err(Mismatch));
    let basic = with_keys(
        &BASIC,
        Keyring::new(Secret::new("user:new-password")).with_previous(Secret::new(USER)),
    );
    let old = authorization(&format!("Basic {BASE64}"));
    assert_eq!(old.proven(&basic).receipt().key(), "previous");
    let verifier = with_keys(&TOKEN, Secret::new(KEY));
    verifier
        .rotate(Secret::new(OTHER_KEY))
        .expect("a usable secret");
    assert_eq!(token(KEY).verdict(&verifier), Err(Mismatch));
    assert_eq!(token(OTHER_KEY).verdict(&verifier), Ok(()));
}

#[test]
fn nothing_shows_the_secret() {
    for (scheme, secret, good) in [
        (&TOKEN, KEY, token(KEY)),
        (&BEARER, KEY, authorization(&format!("Bearer {KEY}"))),
        (&BASIC, USER, authorization(&format!("Basic {BASE64}"))),
    ] {
        let verifier = with_keys(scheme, Secret::new(secret));
        let proven = good.proven(&verifier);
        let mut shown = vec![
            format!("{verifier:?}"),
            format!("{proven:?}"),
            format!("{:?}", proven.receipt()),
            format!("{:?}", verifier.scheme()),
            format!("{:?}", proven.identity()),
        ];
        let half = &secret[..secret.len() / 2];
        for wrong in [
            half.to_owned(),
            format!("{secret}x"),
            format!("Basic {secret}"),
            format!("Bearer x{secret}"),
        ] {
            let sent = Sent::json("{}")
                .with("own-token", &wrong)
                .with("authorization", &wrong);
            let error = sent.judged(&verifier).expect_err("another secret");
            shown.extend([format!("{error:?}"), error.to_string()]);
        }
        for text in shown {
            for hidden in [half, BASE64, &BASE64[..12]] {
                assert!(!text.contains(hidden), "{text}");
            }
        }
    }
}

#[test]
fn nothing_of_the_delivery_is_covered() {
    for scheme in [&TOKEN, &BEARER, &BASIC] {
        assert!(!scheme.covers_body(), "{}", scheme.slug());
        for place in [
            Place::Json("/id"),
            Place::Form("id"),
            Place::Header("own-event"),
            Place::Query("id"),
        ] {
            assert!(!scheme.covers(place), "{} {place:?}", scheme.slug());
        }
        assert!(scheme.algorithm().is_credential());
        assert!(scheme.body_unsigned().is_some());
    }
    let verifier = verifier(&TOKEN);
    assert_eq!(token(KEY).body("anything else").verdict(&verifier), Ok(()));
    assert_eq!(token(KEY).body("").verdict(&verifier), Ok(()));
}

#[cfg(feature = "json")]
#[test]
fn ids_and_names_are_unsigned() {
    let sent = token(KEY).with("own-event", "invoice.paid");
    let proven = sent.proven(&verifier(&TOKEN));
    assert_eq!(proven.delivery_id(), None);
    assert_eq!(proven.event_type(), None);
    assert_eq!(proven.receipt().signed_id(), None);
    let id = proven.unsigned_delivery_id(sent.headers()).expect("an id");
    assert_eq!(id.into_unproven(), "evt_1");
    let event = proven.unsigned_event_type(sent.headers()).expect("a name");
    assert_eq!(event.into_unproven(), "invoice.paid");
    assert!(
        proven
            .receipt()
            .unsigned_event_type(sent.headers())
            .is_some()
    );
}

#[test]
fn a_token_may_stand_in_the_body_or_the_query() {
    #[cfg(feature = "json")]
    {
        let scheme = TOKEN
            .adjust()
            .slug("in-json")
            .signature(Place::Json("/token"))
            .build();
        let verifier = verifier(&scheme);
        let body = |token: &str| Sent::json(format!(r#"{{"token":{token}}}"#));
        assert_eq!(body(&format!("\"{KEY}\"")).verdict(&verifier), Ok(()));
        assert_eq!(body("\"x\"").verdict(&verifier), Err(Mismatch));
        assert_eq!(body("\"\"").verdict(&verifier), Err(Mismatch));
        assert_eq!(body("7").verdict(&verifier), Err(Mismatch));
        for bad in ["null", "{}", "[]", "x"] {
            assert_eq!(body(bad).verdict(&verifier), Err(Malformed), "{bad}");
        }
        assert_eq!(Sent::json("{}").verdict(&verifier), Err(Malformed));
    }
    #[cfg(feature = "forms")]
    {
        let scheme = TOKEN
            .adjust()
            .slug("in-query")
            .signature(Place::Query("token"))
            .build();
        let verifier = verifier(&scheme);
        let asked = |query: &str| Sent::to(&format!("/hook?{query}")).verdict(&verifier);
        assert_eq!(asked(&format!("token={KEY}")), Ok(()));
        assert_eq!(asked("token=x"), Err(Mismatch));
        assert_eq!(asked("token="), Err(Mismatch));
        assert_eq!(asked("other=x"), Err(MissingHeader));
        assert_eq!(
            asked(&format!("token={KEY}&token={KEY}")),
            Err(DuplicateHeader)
        );
        let scheme = TOKEN
            .adjust()
            .slug("in-form")
            .signature(Place::Form("token"))
            .build();
        let verifier = super::kit::verifier(&scheme);
        let form = |body: String| Sent::form(body).verdict(&verifier);
        assert_eq!(form(format!("token={KEY}")), Ok(()));
        assert_eq!(form(format!("token={KEY}x")), Err(Mismatch));
        assert_eq!(form(String::new()), Err(Malformed));
        assert_eq!(form(format!("token={KEY}&token={KEY}")), Err(Malformed));
    }
}
