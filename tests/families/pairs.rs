//! What stands in a text of pairs beside a signature, or looks like one: the same whether the MAC runs
//! along or the delivery is judged whole.

use hookproof::Verifier;
use hookproof::VerifyErrorKind::Malformed;
use hookproof::scheme::{Grammar, Part, Scheme, SchemeBuilder, Timestamp};

use super::kit::{NOW, Sent, mac, verifier};

const BODY: &str = r#"{"id":"evt_1"}"#;

/// Well-formed, and wrong.
const WRONG: &str = "0000000000000000000000000000000000000000000000000000000000000000";

const fn pairs() -> SchemeBuilder {
    Scheme::builder("pairs", "own-signature")
        .grammar(Grammar::Pairs {
            signature: "v1",
            separator: b',',
            assign: b'=',
        })
        .timestamp(Timestamp::Pair("t"))
        .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
}

static RUNNING: Scheme = pairs().build();

static WHOLE: Scheme = pairs().alternates(&["other-signature"]).build();

fn both() -> [Verifier; 2] {
    [verifier(&RUNNING), verifier(&WHOLE)]
}

fn sent(text: impl AsRef<[u8]>) -> Sent {
    Sent::to("/hook").body(BODY).with("own-signature", text)
}

fn good() -> String {
    mac(format!("{NOW}.{BODY}"))
}

#[test]
fn a_good_mac_under_another_key_or_sign_is_no_candidate() {
    let good = good();
    for verifier in both() {
        let genuine = sent(format!("t={NOW},v1={good}"));
        assert_eq!(genuine.verdict(&verifier), Ok(()));
        for key in ["v0=", "w1=", "ab=", "V1=", "v11=", "v=", "=", "v1:", "v1"] {
            for text in [
                format!("t={NOW},{key}{good}"),
                format!("{key}{good},t={NOW}"),
            ] {
                assert_eq!(sent(&text).verdict(&verifier), Err(Malformed), "{text}");
            }
        }
    }
}

#[test]
fn blanks_around_pairs_belong_to_them() {
    let good = good();
    for verifier in both() {
        for text in [
            format!("t={NOW}, v1={good}"),
            format!("t={NOW},v1 ={good}"),
            format!("t={NOW},v1= {good}"),
            format!("t={NOW},v1={good} "),
            format!(" t={NOW},v1={good}"),
            format!("v1={good},t={NOW} "),
        ] {
            assert_eq!(sent(&text).verdict(&verifier), Err(Malformed), "{text:?}");
        }
    }
}

#[test]
fn a_word_of_any_length_between_pairs_is_passed_over() {
    let good = good();
    for verifier in both() {
        for length in 0..40 {
            let word = "w".repeat(length);
            let text = format!("{word},t={NOW},{word},v1={good},{word}");
            assert_eq!(sent(text).verdict(&verifier), Ok(()), "{length}");
        }
    }
}

#[test]
fn a_timestamp_behind_more_candidates_than_are_looked_at_is_read() {
    let good = good();
    let others = format!(",v1={WRONG}").repeat(40);
    for verifier in both() {
        let text = format!("v1={good}{others},t={NOW}");
        assert_eq!(sent(text).verdict(&verifier), Ok(()));
    }
}

#[test]
fn candidates_that_are_malformed_are_looked_at_too() {
    let good = good();
    for verifier in both() {
        for malformed in ["00", &WRONG.replace('0', "g")] {
            let text = |before| {
                let others = format!(",v1={malformed}").repeat(before);
                format!("t={NOW}{others},v1={good}")
            };
            assert_eq!(sent(text(31)).verdict(&verifier), Ok(()), "{malformed}");
            let beyond = sent(text(32)).verdict(&verifier);
            assert_eq!(beyond, Err(Malformed), "{malformed}");
        }
    }
}
