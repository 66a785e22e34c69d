//! Secrets: which are refused at start and in which words, and that none is ever shown.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use hookproof::scheme::{KeyFormat, Scheme};
use hookproof::{
    ConfigError, ConfigErrorKind, Endpoint, Keyring, Secret, Signer, Verifier, VerifyError,
    providers,
};
use http::HeaderMap;
use support::delivered::{BODY, Delivered, NOW};
use support::signing;

const TEXT: KeyFormat = KeyFormat::Text;
const HEX: KeyFormat = KeyFormat::Hex;
const BASE64: KeyFormat = KeyFormat::Base64 { prefix: "whsec_" };

fn scheme(key: KeyFormat) -> Scheme {
    Scheme::builder("own", "own-signature")
        .key_format(key)
        .build()
}

/// What is said of a secret, by verifier and signer alike.
fn judged(key: KeyFormat, text: &str) -> Result<(), ConfigError> {
    let scheme = scheme(key);
    let signer = Signer::new(&scheme, Secret::new(text)).map(drop);
    let verifier = Verifier::new(&scheme, Secret::new(text)).map(drop);
    assert_eq!(format!("{signer:?}"), format!("{verifier:?}"));
    verifier
}

#[track_caller]
fn refused(key: KeyFormat, text: &str, message: &str) {
    let error = judged(key, text).expect_err(message);
    assert_eq!(error.kind(), ConfigErrorKind::BadSecret, "{text:?}");
    assert_eq!(error.to_string(), message, "{text:?}");
    assert_eq!(
        format!("{error:?}"),
        format!("ConfigError(bad-secret: {message})")
    );
}

#[track_caller]
fn taken(key: KeyFormat, text: &str) {
    judged(key, text).expect(text);
}

#[test]
fn an_empty_or_blank_secret_is_refused() {
    for key in [TEXT, HEX, BASE64] {
        refused(
            key,
            "",
            "the secret is empty: an empty key would verify anybody's signature",
        );
        for blank in [
            " ", "\t", "   ", "\n", "\r\n", "\0", "\u{feff}", "\u{a0}", "\u{2003}",
        ] {
            refused(key, blank, "the secret is blank");
        }
    }
}

/// A key in PEM is no shared secret, and a trailing line break is the commonest slip of all.
#[test]
fn a_line_break_is_refused() {
    for key in [TEXT, HEX, BASE64] {
        for text in [
            "0123456789abcdef\n",
            "0123456789abcdef\r\n",
            "\n0123456789abcdef",
            "01234567\n89abcdef",
            "0123456789abcdef\r",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----",
        ] {
            refused(
                key,
                text,
                "the secret has a line break: remove it, for it would be part of the key",
            );
        }
    }
}

#[test]
fn white_space_at_an_end_is_refused() {
    for key in [TEXT, HEX, BASE64] {
        for space in [
            " ", "\t", "\u{a0}", "\u{2028}", "\u{3000}", "\0", "\u{7f}", "\u{feff}", "\u{ad}",
            "\u{200b}", "\u{2060}", "\u{3164}",
        ] {
            for text in [
                format!("{space}0123456789abcdef"),
                format!("0123456789abcdef{space}"),
            ] {
                refused(
                    key,
                    &text,
                    "the secret starts or ends with white space: remove it, for it would be part of the key",
                );
            }
        }
    }
    taken(TEXT, "It's a Secret to Everybody");
    taken(TEXT, "a\u{a0}b\tc");
}

#[test]
fn a_placeholder_is_refused() {
    for text in [
        "<secret>",
        "<webhook_secret>",
        "<your-secret>",
        "<your_secret>",
        "changeme",
        "change_me",
        "replace_me",
        "whsec_...",
        "whsec_your_secret_here",
        "your-webhook-secret",
        "your_secret_here",
        "your_webhook_secret",
        "ChangeMe",
        "CHANGEME",
        "YOUR_WEBHOOK_SECRET",
        "${SECRET}",
        "${}",
        "${ secrets.WEBHOOK }",
        "prefix-${SECRET}",
        "$WEBHOOK_SECRET",
        "%WEBHOOK_SECRET%",
        "{{ webhook_secret }}",
        "<your signing secret>",
        "Your-Signing-Secret",
        "whsec_your_signing_secret",
        "whsec_xxxxxxxx",
        "whsec_••••••••",
        "********",
        "placeholder",
        "undefined",
        "null",
        "None",
        "TODO",
    ] {
        for key in [TEXT, HEX, BASE64] {
            refused(
                key,
                text,
                "the secret is a placeholder from documentation or an unfilled template: put the real secret there",
            );
        }
    }
}

/// Whole texts alone are placeholders; vendors' own examples use the plain words.
#[test]
fn words_in_a_secret_are_no_placeholder() {
    for text in [
        "secret",
        "test",
        "mysecret",
        "changeme2",
        "my-changeme",
        "${SECRET",
        "$Secret",
        "$5ECRET",
        "{SECRET}",
        "whsec_xxxy",
        "<secret",
        "100%",
        "todo list",
        "password",
    ] {
        taken(TEXT, text);
    }
}

#[test]
fn a_hex_secret_is_an_even_number_of_digits() {
    let message = "the secret is not hex: this scheme's keys are an even number of hex digits, so copy the whole secret again";
    for text in [
        "abc", "0", "0x00", "0xab", "ag", "zz", "whsec_00", "00 00", "éé", "0_",
    ] {
        refused(HEX, text, message);
    }
    taken(HEX, "00");
    taken(HEX, "00112233445566778899aAbBcCdDeEfF");
}

#[test]
fn a_base64_secret_may_lack_prefix_and_padding() {
    let message =
        "the secret is not base64: copy the whole secret again, with its prefix and its = signs";
    for text in [
        "a",
        "whsec_a",
        "whsec_a-b_",
        "ab cd",
        "WHSEC_AAAA",
        "AAAA=AAA",
        "AAAA====",
        "é",
        "sk_AAAA",
        "AA=A",
    ] {
        refused(BASE64, text, message);
    }
    for text in ["whsec_", "whsec_="] {
        let error = judged(BASE64, text).expect_err("no key bytes");
        assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
    }
    for key in [TEXT, HEX, BASE64] {
        refused(
            key,
            "whsec_",
            "the secret holds no key bytes: it is only a prefix, so copy the whole secret",
        );
    }
    for text in [
        "AAAA",
        "whsec_AAAA",
        "whsec_AA",
        "whsec_AA==",
        "whsec_AAA",
        "whsec_AB",
        "+/+/",
    ] {
        taken(BASE64, text);
    }
}

/// However it was pasted, one secret is one key.
#[test]
fn spellings_of_a_base64_secret_are_one_key() {
    let mut delivered = Delivered::signed(&providers::SENT);
    delivered.secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==".to_owned();
    delivered.sign();
    for text in [
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg",
    ] {
        delivered.verifier = Verifier::new(&providers::SENT, Secret::new(text)).expect(text);
        assert_eq!(delivered.verdict(), Ok(()), "{text}");
    }
}

#[test]
fn short_keys_are_taken_and_reported() {
    let fifteen = "a".repeat(15);
    let sixteen = "a".repeat(16);
    for (key, text, short) in [
        (TEXT, "s", true),
        (TEXT, fifteen.as_str(), true),
        (TEXT, sixteen.as_str(), false),
        (HEX, "00112233445566778899aabbccddee", true),
        (HEX, "00112233445566778899aabbccddeeff", false),
        (BASE64, "whsec_AAECAwQFBgcICQoLDA0O", true),
        (BASE64, "whsec_AAECAwQFBgcICQoLDA0ODw==", false),
    ] {
        let verifier = Verifier::new(&scheme(key), Secret::new(text)).expect(text);
        let labels = verifier.short_keys();
        assert_eq!(labels, if short { &["primary"][..] } else { &[] }, "{text}");
    }
    let keys = Keyring::new(Secret::new(sixteen))
        .with_previous(Secret::new("short"))
        .with_labelled("own", Secret::new("shorter"));
    let verifier = Verifier::new(&scheme(TEXT), keys).expect("short keys");
    assert_eq!(verifier.short_keys(), ["previous", "own"]);
}

#[test]
fn a_secret_comes_from_the_environment() {
    // Cargo sets it for every test.
    let secret = Secret::from_env("CARGO_PKG_NAME").expect("set");
    let mut delivered = Delivered::signed(&providers::GITHUB);
    delivered.secret = env!("CARGO_PKG_NAME").to_owned();
    delivered.sign();
    delivered.verifier = Verifier::new(&providers::GITHUB, secret).expect("a secret");
    assert_eq!(delivered.verdict(), Ok(()));
}

#[test]
fn an_unset_variable_is_named() {
    let error = Secret::from_env("HOOKPROOF_SURELY_UNSET_7F3A").expect_err("unset");
    assert_eq!(error.kind(), ConfigErrorKind::BadSecret);
    assert_eq!(
        error.to_string(),
        "the environment variable HOOKPROOF_SURELY_UNSET_7F3A is not set: set it to the signing secret"
    );
}

/// A secret in every form in which it could slip out: as text, as its bytes in hex and base64, as
/// a list of numbers; of a decoded key also the key itself.
fn forms(text: &str, key: &[u8]) -> Vec<String> {
    let mut forms = Vec::new();
    for bytes in [text.as_bytes(), key] {
        let hex = signing::hex(bytes);
        let base64 = signing::encode(hookproof::scheme::Encoding::Base64, bytes);
        let url = signing::encode(hookproof::scheme::Encoding::Base64Url, bytes);
        let list = format!("{bytes:?}");
        forms.extend([
            hex.to_uppercase(),
            hex,
            url,
            list[1..list.len() - 1].to_owned(),
        ]);
        forms.push(base64.trim_end_matches('=').to_owned());
        forms.push(String::from_utf8_lossy(bytes).into_owned());
    }
    // A part gives away as much as the whole.
    let parts = forms
        .iter()
        .filter_map(|form| form.get(..12))
        .map(str::to_owned);
    parts.collect()
}

#[test]
fn no_debug_form_shows_a_secret() {
    const CANARY: &str = "5ec7e7ca9a7971e5c0ffee0123456789";
    for key in [TEXT, HEX, BASE64] {
        let scheme = scheme(key);
        let secret = || Secret::new(CANARY);
        let keys = || Keyring::new(secret()).with_labelled("old", secret());
        let signer = Signer::new(&scheme, secret()).expect("a secret");
        let verifier = Verifier::new(&scheme, keys()).expect("a secret");
        let now = hookproof::UnixTime::from_secs(NOW);
        let headers = signer
            .sign_at(&HeaderMap::new(), BODY, now)
            .expect("signed");
        let delivery = hookproof::Delivery::new(&headers, BODY);
        let receipt = verifier.verify_at(delivery, now).expect("a good delivery");
        let mut verification = verifier.begin_at(&headers, now).expect("a good head");
        verification
            .update(bytes::Bytes::from_static(BODY))
            .expect("within the limit");
        let under_way = format!("{verification:?} {verification:#?}");
        let proven = verification.finish().expect("a good delivery");
        let error: VerifyError = verifier
            .verify_at(hookproof::Delivery::new(&headers, b"{}"), now)
            .expect_err("another body");
        let builder = Endpoint::builder("own", verifier.clone());
        let builder_text = format!("{builder:?} {builder:#?}");
        let endpoint = builder.without_replay_guard().build().expect("an endpoint");
        let alone = secret();
        let ring = keys();
        let shown = [
            format!("{alone:?} {alone:#?} {ring:?} {ring:#?}"),
            format!("{signer:?} {signer:#?} {verifier:?} {verifier:#?}"),
            format!("{receipt:?} {receipt:#?} {proven:?} {proven:#?}"),
            format!("{error:?} {error:#?} {error}"),
            format!("{endpoint:?} {endpoint:#?}"),
            under_way,
            builder_text,
        ]
        .join("\n");
        let mac = signing::hmac(&signing::key_bytes(key, CANARY), BODY);
        let body = core::str::from_utf8(BODY).expect("text");
        for form in forms(CANARY, &signing::key_bytes(key, CANARY)) {
            assert!(!shown.contains(&form), "{form} in {shown}");
        }
        for form in forms(body, &mac) {
            assert!(!shown.contains(&form), "{form} in {shown}");
        }
    }
}

/// A secret is refused for what is wrong with it, and the words show none of it.
#[test]
fn no_set_up_error_shows_a_secret() {
    const CANARY: &str = "Zq7Xw9Kp4";
    for key in [TEXT, HEX, BASE64] {
        for text in [
            format!(" {CANARY}"),
            format!("{CANARY}\n"),
            format!("${{{CANARY}}}"),
            format!("{CANARY}-{CANARY}"),
            format!("whsec_{CANARY}é"),
        ] {
            if let Err(error) = judged(key, &text) {
                let shown = format!("{error} {error:?} {error:#?}");
                assert!(!shown.contains(CANARY), "{shown}");
            }
        }
    }
    let keys = Keyring::new(Secret::new(CANARY)).with_labelled("primary", Secret::new(CANARY));
    let error = Verifier::new(&providers::STRIPE, keys).expect_err("one label twice");
    assert!(!format!("{error} {error:?}").contains(CANARY));
}
