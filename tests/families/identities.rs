//! What a delivery is remembered by: the same on a retry, another for another event, and not to be
//! changed by who holds a captured delivery.

use hookproof::VerifyErrorKind::{Malformed, Mismatch};
use hookproof::replay::Identity;
use hookproof::scheme::{
    Encoding, FormJson, Grammar, Part, Place, ReplayId, Scheme, SchemeBuilder, Timestamp,
};
use hookproof::{PublicUrl, Secret};

use super::kit::{KEY, NOW, OTHER_KEY, Sent, mac, mac_under, rotating, verifier, with_keys};

const BODY: &str = r#"{"id":"evt_1"}"#;

const TOUCH: &str = "the vendor joins them so";

const UNSIGNED: &str = "the vendor does not sign it";

const fn own() -> SchemeBuilder {
    Scheme::builder("own", "own-signature")
}

static STAMPED: Scheme = own()
    .timestamp(Timestamp::Header("own-time"))
    .content(&[
        Part::Header("own-id"),
        Part::Literal("."),
        Part::Timestamp,
        Part::Literal("."),
        Part::Body,
    ])
    .build();

fn stamped_under(key: &str, id: &str, at: i64, body: &str) -> Sent {
    Sent::json(body)
        .with("own-id", id)
        .with("own-time", at.to_string())
        .with("own-signature", mac_under(key, format!("{id}.{at}.{body}")))
}

fn stamped(id: &str, at: i64, body: &str) -> Sent {
    stamped_under(KEY, id, at, body)
}

#[test]
fn each_kind_of_identity_knows_a_retry_and_another_event() {
    let other = r#"{"id":"evt_2"}"#;
    let cases: [(ReplayId, [bool; 3]); 4] = [
        // Whether it stays for: another stamp, another id, another body.
        (ReplayId::Body, [true, true, false]),
        (ReplayId::Content, [false, false, false]),
        (ReplayId::ContentWithoutTimestamp, [true, false, false]),
        (ReplayId::Id(Place::Header("own-id")), [true, false, true]),
    ];
    for (kind, [stamp, id, body]) in cases {
        let scheme = STAMPED.adjust().replay_id(kind).build();
        let verifier = verifier(&scheme);
        let first = stamped("a", NOW, BODY).identity(&verifier);
        assert_eq!(
            stamped("a", NOW, BODY).identity(&verifier),
            first,
            "{kind:?}"
        );
        let same = |sent: Sent| sent.identity(&verifier) == first;
        assert_eq!(same(stamped("a", NOW - 60, BODY)), stamp, "{kind:?} stamp");
        assert_eq!(same(stamped("b", NOW, BODY)), id, "{kind:?} id");
        assert_eq!(same(stamped("a", NOW, other)), body, "{kind:?} body");
    }
}

#[test]
fn identities_of_one_kind_are_no_identities_of_another() {
    let kinds = [
        ReplayId::Body,
        ReplayId::Content,
        ReplayId::ContentWithoutTimestamp,
        ReplayId::Id(Place::Header("own-id")),
    ];
    let all: Vec<Identity> = kinds
        .into_iter()
        .map(|kind| {
            let scheme = STAMPED.adjust().replay_id(kind).build();
            stamped("a", NOW, BODY).identity(&verifier(&scheme))
        })
        .collect();
    for (nth, identity) in all.iter().enumerate() {
        assert!(!all[..nth].contains(identity), "{nth}");
    }
}

#[test]
fn spelling_and_keys_leave_it_alone() {
    for kind in [
        ReplayId::Body,
        ReplayId::Content,
        ReplayId::ContentWithoutTimestamp,
        ReplayId::Id(Place::Header("own-id")),
    ] {
        let scheme = STAMPED.adjust().replay_id(kind).build();
        let ring = with_keys(&scheme, rotating());
        let first = stamped("a", NOW, BODY);
        let identity = first.identity(&verifier(&scheme));
        assert_eq!(first.identity(&ring), identity, "{kind:?} among two keys");
        let newer = stamped_under(OTHER_KEY, "a", NOW, BODY);
        assert_eq!(
            newer.identity(&ring),
            identity,
            "{kind:?} under the newer key"
        );
        let alone = with_keys(&scheme, Secret::new(OTHER_KEY));
        assert_eq!(
            newer.identity(&alone),
            identity,
            "{kind:?} the secret is no part of it"
        );
        let signature = mac(format!("a.{NOW}.{BODY}")).to_uppercase();
        let upper = first.clone().with("own-signature", signature);
        assert_eq!(upper.identity(&ring), identity, "{kind:?} in capitals");
        let more = first.with("own-event", "x").uri("/elsewhere?n=1");
        assert_eq!(
            more.identity(&ring),
            identity,
            "{kind:?} beside what is read"
        );
    }
}

/// A scheme that is judged when the delivery is whole: the same must hold there.
static SECRET: Scheme = own()
    .content(&[
        Part::Secret,
        Part::Literal("."),
        Part::Header("own-id"),
        Part::Literal("."),
        Part::Body,
    ])
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

#[test]
fn a_secret_that_is_signed_is_no_part_of_it() {
    let sent = |key: &str, id: &str| {
        Sent::json(BODY).with("own-id", id).with(
            "own-signature",
            mac_under(key, format!("{key}.{id}.{BODY}")),
        )
    };
    let ring = with_keys(&SECRET, rotating());
    let first = sent(KEY, "a").identity(&ring);
    assert_eq!(sent(OTHER_KEY, "a").identity(&ring), first);
    assert_eq!(sent(KEY, "a").identity(&verifier(&SECRET)), first);
    assert_ne!(sent(KEY, "b").identity(&ring), first);
    let crossed = sent(KEY, "a").with(
        "own-signature",
        mac_under(OTHER_KEY, format!("{KEY}.a.{BODY}")),
    );
    assert_eq!(
        crossed.verdict(&ring),
        Err(Mismatch),
        "each secret with its own key"
    );
}

#[test]
fn it_does_not_hang_on_which_port_variant_matched() {
    for kind in [ReplayId::Body, ReplayId::ContentWithoutTimestamp] {
        let scheme = own()
            .content(&[Part::Url, Part::Literal("|"), Part::Body])
            .port_variants()
            .replay_id(kind)
            .build();
        for configured in ["https://hooks.example.com", "https://hooks.example.com:443"] {
            let url = PublicUrl::base(configured).expect("a URL");
            let verifier = verifier(&scheme).with_public_url(url);
            let by = |origin: &str| {
                Sent::json(BODY)
                    .uri("/in")
                    .with("own-signature", mac(format!("{origin}/in|{BODY}")))
                    .identity(&verifier)
            };
            let bare = by("https://hooks.example.com");
            assert_eq!(
                by("https://hooks.example.com:443"),
                bare,
                "{kind:?} {configured}"
            );
        }
    }
}

#[test]
fn an_unsigned_body_de_duplicates_and_no_more() {
    let scheme = own()
        .content(&[Part::Header("own-id")])
        .dangerous_body_unsigned(UNSIGNED)
        .replay_id(ReplayId::UnsignedBody)
        .build();
    let verifier = verifier(&scheme);
    let sent = |body: &str| {
        Sent::json(body)
            .with("own-id", "a")
            .with("own-signature", mac("a"))
    };
    assert_eq!(
        sent(BODY).identity(&verifier),
        sent(BODY).identity(&verifier)
    );
    assert_ne!(
        sent(BODY).identity(&verifier),
        sent("{}").identity(&verifier)
    );
    assert_eq!(sent("").nameless(&verifier), Malformed);
    let body = own()
        .content(&[Part::Header("own-id")])
        .dangerous_body_unsigned(UNSIGNED);
    assert!(body.replay_id(ReplayId::Body).try_build().is_err());
    assert!(own().replay_id(ReplayId::UnsignedBody).try_build().is_err());
}

#[cfg(all(feature = "forms", feature = "json"))]
#[test]
fn an_id_may_stand_in_a_form_in_json_or_in_json_in_a_form() {
    let places = [
        (
            Place::Form("id"),
            "application/x-www-form-urlencoded",
            "id=ID&n=N",
        ),
        (
            Place::Json("/id"),
            "application/json",
            r#"{"id":"ID","n":N}"#,
        ),
        (
            Place::FormJson(&FormJson {
                field: "json",
                pointer: "/id",
            }),
            "application/x-www-form-urlencoded",
            r#"json={"id":"ID","n":N}"#,
        ),
    ];
    for (place, content_type, template) in places {
        // The form is signed whole, as bytes.
        let scheme = own()
            .content(&[Part::Body, Part::Literal("."), Part::Method])
            .replay_id(ReplayId::Id(place))
            .build();
        let verifier = verifier(&scheme);
        let sent = |id: &str, n: &str| {
            let body = template.replace("ID", id).replace('N', n);
            let signature = mac(format!("{body}.POST"));
            Sent::to("/")
                .with("content-type", content_type)
                .with("own-signature", signature)
                .body(body)
        };
        let first = sent("evt_1", "1").identity(&verifier);
        assert_eq!(
            sent("evt_1", "2").identity(&verifier),
            first,
            "{place:?} a retry"
        );
        assert_ne!(
            sent("evt_2", "1").identity(&verifier),
            first,
            "{place:?} another event"
        );
        // Without a usable id, the signed body stands for it.
        for id in ["", &"x".repeat(257)] {
            let one = sent(id, "1").identity(&verifier);
            assert_ne!(one, sent(id, "2").identity(&verifier), "{place:?}");
            assert_eq!(one, sent(id, "1").identity(&verifier), "{place:?}");
        }
    }
}

#[cfg(feature = "forms")]
#[test]
fn a_delivery_without_its_id_has_no_identity_where_the_body_is_not_signed() {
    let scheme = Scheme::builder_at("form", Place::Form("sig"))
        .content(&[Part::Form("id")])
        .dangerous_body_unsigned(UNSIGNED)
        .replay_id(ReplayId::Id(Place::Form("id")))
        .build();
    let verifier = verifier(&scheme);
    let sent = |id: &str, read: &str| Sent::form(format!("id={id}&sig={}", mac(read)));
    let first = sent("evt_1", "evt_1").identity(&verifier);
    assert_eq!(
        sent("evt%5f1", "evt_1").identity(&verifier),
        first,
        "its text counts"
    );
    assert_ne!(sent("evt_2", "evt_2").identity(&verifier), first);
    assert_eq!(sent("", "").nameless(&verifier), Malformed);
    assert_eq!(sent("a%00", "a\0").nameless(&verifier), Malformed);
    let long = "x".repeat(257);
    assert_eq!(sent(&long, &long).nameless(&verifier), Malformed);
    let longest = "x".repeat(256);
    sent(&longest, &longest).identity(&verifier);
}

static TOUCHING: Scheme = own()
    .timestamp(Timestamp::Header("own-time"))
    .content(&[Part::Timestamp, Part::Body])
    .dangerous_parts_touch(TOUCH)
    .build();

static TOUCHING_AT_THE_END: Scheme = own()
    .timestamp(Timestamp::Header("own-time"))
    .content(&[Part::Body, Part::Timestamp])
    .dangerous_parts_touch(TOUCH)
    .build();

fn touching(at: i64, body: &str) -> Sent {
    Sent::json(body)
        .with("own-time", at.to_string())
        .with("own-signature", mac(format!("{at}{body}")))
}

#[test]
fn a_body_that_touches_a_stamp_without_a_window_has_its_brackets() {
    let open = TOUCHING.adjust().dangerous_without_window().build();
    let verifier = verifier(&open);
    for body in [r#"{"a":1}"#, "[1]", "{", "[x"] {
        touching(NOW, body).identity(&verifier);
    }
    for body in ["", "1", "a=1", " {}", "\"x\"", "12{}", "\u{feff}{}"] {
        assert_eq!(
            touching(NOW, body).nameless(&verifier),
            Malformed,
            "{body:?}"
        );
    }
    let open = TOUCHING_AT_THE_END
        .adjust()
        .dangerous_without_window()
        .build();
    let verifier = super::kit::verifier(&open);
    let sent = |body: &str| touching(NOW, body).with("own-signature", mac(format!("{body}{NOW}")));
    for body in [r#"{"a":1}"#, "[1]", "}", "1]"] {
        sent(body).identity(&verifier);
    }
    for body in ["", "1", "a=1", "{} ", "{}\n"] {
        assert_eq!(sent(body).nameless(&verifier), Malformed, "{body:?}");
    }
}

#[test]
fn with_a_window_a_body_that_touches_the_stamp_needs_none() {
    for body in [r#"{"a":1}"#, "1", "a=1"] {
        touching(NOW, body).identity(&verifier(&TOUCHING));
        let end = touching(NOW, body).with("own-signature", mac(format!("{body}{NOW}")));
        end.identity(&verifier(&TOUCHING_AT_THE_END));
    }
}

/// A digit of the stamp given to the body, or one of the body to the stamp.
#[test]
fn a_digit_moved_across_makes_no_second_identity() {
    let open = TOUCHING.adjust().dangerous_without_window().build();
    for (scheme, has_window) in [(&TOUCHING, true), (&open, false)] {
        let verifier = verifier(scheme);
        for body in [r#"{"a":1}"#, "7 apples", "7"] {
            let whole = format!("{NOW}{body}");
            let genuine = touching(NOW, body);
            let identity = genuine.proven(&verifier).identity().ok();
            assert_eq!(identity.is_some(), has_window || body.starts_with('{'));
            for cut in 1..=12.min(whole.len()) {
                let (stamp, rest) = whole.split_at(cut);
                if stamp.parse::<i64>() == Ok(NOW) {
                    continue;
                }
                let moved = Sent::json(rest)
                    .with("own-time", stamp)
                    .with("own-signature", mac(&whole));
                if let Ok(proven) = moved.judged(&verifier) {
                    assert!(!has_window, "{stamp} {rest}");
                    let error = proven.identity().expect_err("a second identity");
                    assert_eq!(error.kind(), Malformed);
                }
            }
        }
    }
}

#[test]
fn a_free_text_beside_the_body_wants_its_brackets_behind_a_literal_too() {
    let parted = own()
        .content(&[Part::Header("own-note"), Part::Literal("."), Part::Body])
        .build();
    let behind = own()
        .content(&[Part::Body, Part::Literal("."), Part::Header("own-note")])
        .build();
    let touching = own()
        .content(&[Part::Header("own-note"), Part::Body])
        .dangerous_parts_touch(TOUCH)
        .build();
    let method = own()
        .content(&[Part::Method, Part::Body])
        .dangerous_parts_touch(TOUCH)
        .build();
    let free = own()
        .content(&[Part::Method, Part::Literal("\n"), Part::Body])
        .build();
    let sent = |body: &str, content: String| {
        Sent::json(body)
            .with("own-note", "a.b")
            .with("own-signature", mac(content))
    };
    for (body, begins, ends) in [
        (r#"{"a":1}"#, true, true),
        ("[1].2", true, false),
        ("1.[2]", false, true),
        ("x", false, false),
        ("", false, false),
    ] {
        let named = |scheme: &Scheme, content: String| {
            let proven = sent(body, content).proven(&verifier(scheme));
            proven.identity().is_ok()
        };
        let has_body = !body.is_empty();
        // An empty body has no identity for want of a stamp.
        assert_eq!(named(&parted, format!("a.b.{body}")), begins, "{body}");
        assert_eq!(named(&behind, format!("{body}.a.b")), ends, "{body}");
        assert_eq!(named(&touching, format!("a.b{body}")), begins, "{body}");
        assert_eq!(named(&method, format!("POST{body}")), begins, "{body}");
        assert_eq!(named(&free, format!("POST\n{body}")), has_body, "{body}");
    }
}

/// The method is for the sender to write: a letter of the body could be given to it.
#[test]
fn a_method_that_touches_the_body_makes_no_second_identity() {
    let scheme = own()
        .content(&[Part::Method, Part::Body])
        .dangerous_parts_touch(TOUCH)
        .build();
    let verifier = verifier(&scheme);
    let sent = |method: &str, body: &str| {
        Sent::to("/")
            .method(method.parse().expect("a method"))
            .with("own-signature", mac("POSTs=1"))
            .body(body)
    };
    for (method, body) in [("POST", "s=1"), ("POSTs", "=1"), ("PO", "STs=1")] {
        assert_eq!(
            sent(method, body).nameless(&verifier),
            Malformed,
            "{method}"
        );
    }
}

#[test]
fn values_that_run_together_have_one_identity() {
    let scheme = own()
        .content(&[
            Part::Header("own-a"),
            Part::Header("own-b"),
            Part::Literal("."),
            Part::Body,
        ])
        .dangerous_parts_touch(TOUCH)
        .replay_id(ReplayId::Body)
        .build();
    let verifier = verifier(&scheme);
    let sent = |a: &str, b: &str| {
        Sent::json(BODY)
            .with("own-a", a)
            .with("own-b", b)
            .with("own-signature", mac(format!("abc.{BODY}")))
            .identity(&verifier)
    };
    assert_eq!(sent("a", "bc"), sent("ab", "c"));
}

/// The signature is good for every way to cut what touches, so that none of them is another event.
#[test]
fn values_that_touch_are_one_content_however_they_are_cut() {
    let running = own()
        .timestamp(Timestamp::Header("own-time"))
        .content(&[
            Part::Header("own-a"),
            Part::Header("own-b"),
            Part::Literal("."),
            Part::Timestamp,
            Part::Literal("."),
            Part::Body,
        ])
        .dangerous_parts_touch(TOUCH);
    for kind in [ReplayId::Content, ReplayId::ContentWithoutTimestamp] {
        let scheme = running.replay_id(kind).build();
        let verifier = verifier(&scheme);
        let sent = |a: &str, b: &str| {
            Sent::json(BODY)
                .with("own-a", a)
                .with("own-b", b)
                .with("own-time", NOW.to_string())
                .with("own-signature", mac(format!("abc.{NOW}.{BODY}")))
                .identity(&verifier)
        };
        assert_eq!(sent("a", "bc"), sent("ab", "c"), "{kind:?}");
    }
}

/// Where a part is left out of what is remembered, or is all of it, nothing may be moved to or from it.
#[test]
fn what_touches_is_no_identity_of_its_own() {
    let touching = |content: &'static [Part], stamped: bool| {
        let scheme = own().content(content).dangerous_parts_touch(TOUCH);
        match stamped {
            true => scheme.timestamp(Timestamp::Header("own-time")),
            false => scheme,
        }
    };
    let two = touching(
        &[
            Part::Header("own-a"),
            Part::Header("own-b"),
            Part::Literal("."),
            Part::Body,
        ],
        false,
    );
    for name in ["own-a", "own-b"] {
        let by_id = two.replay_id(ReplayId::Id(Place::Header(name)));
        assert!(by_id.try_build().is_err(), "{name}");
    }
    let body = touching(&[Part::Header("own-a"), Part::Body], false);
    assert!(
        body.replay_id(ReplayId::Id(Place::Header("own-a")))
            .try_build()
            .is_err()
    );
    let stamp = touching(&[Part::Header("own-a"), Part::Timestamp, Part::Body], true);
    let by_id = stamp.replay_id(ReplayId::Id(Place::Header("own-a")));
    assert!(by_id.try_build().is_ok(), "the window bounds the stamp");
    assert!(by_id.dangerous_without_window().try_build().is_err());
    let without = stamp.replay_id(ReplayId::ContentWithoutTimestamp);
    assert!(without.try_build().is_ok(), "the window bounds the stamp");
    assert!(without.dangerous_without_window().try_build().is_err());
    let with = stamp
        .replay_id(ReplayId::Content)
        .dangerous_without_window();
    assert!(with.try_build().is_ok());
}

#[test]
fn an_empty_body_is_told_apart_by_its_stamp_or_not_at_all() {
    let verifier = verifier(&STAMPED);
    let first = stamped("a", NOW, "").identity(&verifier);
    assert_eq!(stamped("a", NOW, "").identity(&verifier), first);
    assert_ne!(stamped("a", NOW - 1, "").identity(&verifier), first);
    assert_ne!(stamped("b", NOW, "").identity(&verifier), first);
    let bare = own().build();
    let empty = Sent::to("/").with("own-signature", mac(""));
    assert_eq!(empty.nameless(&super::kit::verifier(&bare)), Malformed);
    let whole = own()
        .timestamp(Timestamp::Header("own-time"))
        .content(&[
            Part::Method,
            Part::Literal("."),
            Part::Timestamp,
            Part::Literal("."),
            Part::Body,
        ])
        .build();
    let empty = |at: i64| {
        Sent::to("/")
            .with("own-time", at.to_string())
            .with("own-signature", mac(format!("POST.{at}.")))
            .identity(&super::kit::verifier(&whole))
    };
    assert_eq!(empty(NOW), empty(NOW));
    assert_ne!(empty(NOW), empty(NOW - 1));
}

#[test]
fn a_candidate_that_is_added_or_written_otherwise_changes_nothing() {
    let scheme = own()
        .grammar(Grammar::List {
            prefix: "v1,",
            separator: b' ',
        })
        .encoding(Encoding::Hex)
        .build();
    let verifier = verifier(&scheme);
    let sent = |text: String| {
        Sent::json(BODY)
            .with("own-signature", text)
            .identity(&verifier)
    };
    let good = mac(BODY);
    let first = sent(format!("v1,{good}"));
    assert_eq!(sent(format!("v1,{} v1,{good}", mac("x"))), first);
    assert_eq!(sent(format!("v2,x v1,{good} ")), first);
    assert_eq!(sent(format!("v1,{}", good.to_uppercase())), first);
}

#[cfg(all(feature = "memory-store", feature = "tower"))]
mod guarded {
    use std::convert::Infallible;

    use bytes::Bytes;
    use hookproof::replay::MemoryStore;
    use hookproof::scheme::Scheme;
    use hookproof::{Endpoint, VerifyErrorKind};
    use http::{Request, Response, StatusCode};
    use http_body_util::{Empty, Full};
    use std::sync::{Arc, Mutex};
    use tower::{Layer as _, ServiceExt as _, service_fn};

    use super::{NOW, TOUCHING, touching};
    use crate::kit::{Sent, verifier};
    use crate::support::clock::Fixed;

    type Kinds = Arc<Mutex<Vec<VerifyErrorKind>>>;

    fn endpoint(scheme: &Scheme) -> (Endpoint, Kinds) {
        let kinds = Kinds::default();
        let seen = Arc::clone(&kinds);
        let endpoint = Endpoint::builder("own", verifier(scheme).with_clock(Fixed::at(NOW)))
            .on_refusal(move |refusal| {
                let mut kinds = seen.lock().expect("no panic");
                kinds.push(refusal.error().kind());
            })
            .replay(MemoryStore::default())
            .build()
            .expect("a sound endpoint");
        (endpoint, kinds)
    }

    async fn status(endpoint: &Endpoint, sent: &Sent) -> StatusCode {
        let handler = service_fn(|_: Request<_>| async {
            Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
        });
        let request = sent
            .request
            .clone()
            .map(|body| Full::new(Bytes::from(body)));
        let service = endpoint.layer().layer(handler);
        service.oneshot(request).await.expect("infallible").status()
    }

    #[tokio::test]
    async fn a_guard_refuses_what_it_could_not_recognise() {
        let open = TOUCHING.adjust().dangerous_without_window().build();
        let (endpoint, kinds) = endpoint(&open);
        assert_eq!(
            status(&endpoint, &touching(NOW, "{}")).await,
            StatusCode::OK
        );
        assert!(kinds.lock().expect("no panic").is_empty());
        let refused = status(&endpoint, &touching(NOW, "7 apples")).await;
        assert_eq!(refused, StatusCode::UNAUTHORIZED);
        assert_eq!(
            *kinds.lock().expect("no panic"),
            [VerifyErrorKind::Malformed]
        );
    }

    #[tokio::test]
    async fn a_guard_lets_a_window_bound_the_stamp() {
        let (endpoint, kinds) = endpoint(&TOUCHING);
        assert_eq!(
            status(&endpoint, &touching(NOW, "7 apples")).await,
            StatusCode::OK
        );
        let again = status(&endpoint, &touching(NOW, "7 apples")).await;
        assert!(
            again.is_success(),
            "it is acknowledged and not handled: {again}"
        );
        assert!(kinds.lock().expect("no panic").is_empty());
    }
}
