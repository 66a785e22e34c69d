//! Where the body ends beside what the sender chooses: an identity is given where nothing can be moved
//! across, and there alone.

use hookproof::VerifyErrorKind::Malformed;
use hookproof::scheme::{Part, ReplayId, Scheme, SchemeBuilder, Timestamp};

use super::kit::{NOW, Sent, mac, verifier};

const fn own() -> SchemeBuilder {
    Scheme::builder("own", "own-signature").timestamp(Timestamp::Header("own-time"))
}

fn sent(content: &str, body: &str) -> Sent {
    Sent::to("/hook")
        .body(body)
        .with("own-note", "a.b")
        .with("own-time", NOW.to_string())
        .with("own-signature", mac(format!("{NOW}.{content}{body}")))
}

#[test]
fn a_stamp_behind_a_literal_leaves_any_body_its_identity_without_a_window_too() {
    let parted = own()
        .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
        .dangerous_without_window()
        .build();
    for body in ["7 apples", "{}", ""] {
        sent("", body).identity(&verifier(&parted));
    }
}

#[test]
fn an_empty_body_has_an_identity_behind_a_literal_and_none_where_it_touches() {
    let parted = own()
        .content(&[
            Part::Timestamp,
            Part::Literal("."),
            Part::Header("own-note"),
            Part::Literal("."),
            Part::Body,
        ])
        .build();
    let touching = own()
        .content(&[
            Part::Timestamp,
            Part::Literal("."),
            Part::Header("own-note"),
            Part::Body,
        ])
        .dangerous_parts_touch("the vendor joins them so")
        .build();
    sent("a.b.", "").identity(&verifier(&parted));
    assert_eq!(sent("a.b", "").nameless(&verifier(&touching)), Malformed);
}

/// No window bounds the stamp, so that a digit of it can be the header's: that is no other delivery.
#[test]
fn a_stamp_that_touches_a_header_is_one_text_with_it_where_no_window_bounds_it() {
    const DOT: Part = Part::Literal(".");
    let before: &[Part] = &[Part::Header("own-note"), Part::Timestamp, DOT, Part::Body];
    let behind: &[Part] = &[Part::Timestamp, Part::Header("own-note"), DOT, Part::Body];
    for (content, text, cuts) in [
        (before, "a17.{}", [("a", "17"), ("a1", "7")]),
        (behind, "17a.{}", [("a", "17"), ("7a", "1")]),
    ] {
        let scheme = own()
            .content(content)
            .dangerous_parts_touch("the vendor joins them so")
            .dangerous_without_window()
            .replay_id(ReplayId::Content)
            .build();
        let [whole, cut] = cuts.map(|(note, stamp)| {
            Sent::to("/hook")
                .body("{}")
                .with("own-note", note)
                .with("own-time", stamp)
                .with("own-signature", mac(text))
                .identity(&verifier(&scheme))
        });
        assert_eq!(whole, cut, "{text}");
    }
}
