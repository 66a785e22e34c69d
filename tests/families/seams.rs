//! Where the body ends beside what the sender chooses: an identity is given where nothing can be moved
//! across, and there alone.

use hookproof::VerifyErrorKind::Malformed;
use hookproof::scheme::{Part, Scheme, SchemeBuilder, Timestamp};

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
