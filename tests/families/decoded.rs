//! Bodies that are signed as they were before a transfer compressed them.

use hookproof::VerifyErrorKind::{Mismatch, MissingHeader, Unavailable};
use hookproof::scheme::{BodyForm, Digest, Part, Scheme};

use super::kit::{Sent, mac, verifier};

const BODY: &str = r#"{"id":"evt_1"}"#;

static DECODED: Scheme = Scheme::builder("decoded", "own-signature")
    .body_form(BodyForm::Decoded)
    .build();

static SENT: Scheme = Scheme::builder("sent", "own-signature").build();

/// The same, of a scheme that is judged when the delivery is whole.
static WHOLE: Scheme = Scheme::builder("whole", "own-signature")
    .content(&[Part::BodyDigest(Digest::Sha256)])
    .body_form(BodyForm::Decoded)
    .build();

fn sent() -> Sent {
    Sent::json(BODY).with("own-signature", mac(BODY))
}

#[test]
fn a_body_that_is_still_compressed_cannot_be_judged() {
    let verifier = verifier(&DECODED);
    for encoding in [
        "gzip",
        "br",
        "deflate",
        "zstd",
        "x-gzip",
        "gzip, identity",
        "identity, gzip",
        "IDENTITY-",
        "",
        "?",
    ] {
        let compressed = sent().with("content-encoding", encoding);
        assert_eq!(
            compressed.verdict(&verifier),
            Err(Unavailable),
            "{encoding:?}"
        );
        let unsigned = compressed.without("own-signature");
        assert_eq!(
            unsigned.verdict(&verifier),
            Err(Unavailable),
            "{encoding:?}"
        );
    }
}

#[test]
fn a_body_that_is_not_compressed_is_judged() {
    let verifier = verifier(&DECODED);
    for sent in [sent(), sent().with("content-encoding", "identity")] {
        assert_eq!(sent.verdict(&verifier), Ok(()));
        assert_eq!(sent.clone().body("{}").verdict(&verifier), Err(Mismatch));
        assert_eq!(
            sent.without("own-signature").verdict(&verifier),
            Err(MissingHeader)
        );
    }
}

/// Codings are named in any case (RFC 9110, section 8.4.1).
#[test]
fn no_coding_may_be_named_in_any_case() {
    let sent = sent().with("content-encoding", "Identity");
    assert_eq!(sent.verdict(&verifier(&DECODED)), Ok(()));
}

#[test]
fn no_second_line_hides_a_coding() {
    let hidden = sent()
        .with("content-encoding", "identity")
        .and("content-encoding", "gzip");
    assert_eq!(hidden.verdict(&verifier(&DECODED)), Err(Unavailable));
}

#[test]
fn a_body_that_is_signed_as_sent_is_judged_whatever_its_coding() {
    let verifier = verifier(&SENT);
    let sent = sent().with("content-encoding", "gzip");
    assert_eq!(sent.verdict(&verifier), Ok(()));
    assert_eq!(sent.body("\x1f").verdict(&verifier), Err(Mismatch));
}

#[test]
fn it_is_the_same_for_a_delivery_that_is_judged_whole() {
    let verifier = verifier(&WHOLE);
    let digest = "40993c639ffb5f13a0a2ef5c93c965f10b405f2b87a379272381da2dbc158dfa";
    let sent = Sent::json(BODY).with("own-signature", mac(digest));
    assert_eq!(sent.verdict(&verifier), Ok(()));
    assert_eq!(
        sent.clone()
            .with("content-encoding", "identity")
            .verdict(&verifier),
        Ok(())
    );
    assert_eq!(
        sent.with("content-encoding", "gzip").verdict(&verifier),
        Err(Unavailable)
    );
}
