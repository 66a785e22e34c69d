//! Signatures in several headers, headers that must be there, and texts of several parts.

use hookproof::VerifyErrorKind::{
    DuplicateHeader, Future, Malformed, Mismatch, MissingHeader, Stale,
};
use hookproof::scheme::{Grammar, Numbered, Part, Scheme, Timestamp};

use super::kit::{NOW, OTHER_KEY, Sent, mac, mac_under, rotating, verifier, with_keys};

const BODY: &str = r#"{"id":"evt_1"}"#;

/// Well-formed, and wrong.
const WRONG: &str = "0000000000000000000000000000000000000000000000000000000000000000";

const PAIRS: Grammar = Grammar::Pairs {
    signature: "v1",
    separator: b',',
    assign: b'=',
};

static ALTERNATES: Scheme = Scheme::builder("alternates", "own-primary")
    .alternates(&["own-secondary", "own-third"])
    .build();

static NUMBERED: Scheme = Scheme::builder("numbered", "own-signature-1")
    .numbered(Numbered {
        prefix: "own-signature-",
        last: 100,
    })
    .build();

static REQUIRED: Scheme = Scheme::builder("required", "own-signature")
    .require_headers(&[("own-version", "1"), ("own-algorithm", "HmacSHA256")])
    .build();

static TRIMMED: Scheme = Scheme::builder("trimmed", "own-signature")
    .grammar(PAIRS)
    .timestamp(Timestamp::Pair("t"))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .trimmed()
    .build();

static GROUPS: Scheme = Scheme::builder("groups", "own-signature")
    .grammar(PAIRS)
    .timestamp(Timestamp::Pair("t"))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .groups(b' ')
    .build();

static ANY_KEY: Scheme = Scheme::builder("any-key", "own-signature")
    .grammar(Grammar::Pairs {
        signature: "*",
        separator: b'&',
        assign: b'|',
    })
    .build();

static ITEM: Scheme = Scheme::builder("item", "own-signature")
    .grammar(Grammar::List {
        prefix: "",
        separator: b',',
    })
    .timestamp(Timestamp::Item(0))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .build();

fn sent() -> Sent {
    Sent::to("/hook").body(BODY)
}

fn stamped(at: i64) -> String {
    mac(format!("{at}.{BODY}"))
}

#[test]
fn any_of_the_alternates_may_hold_the_signature() {
    let verifier = verifier(&ALTERNATES);
    let names = ["own-primary", "own-secondary", "own-third"];
    for name in names {
        let alone = sent().with(name, mac(BODY));
        assert_eq!(alone.verdict(&verifier), Ok(()), "{name}");
        for other in names.into_iter().filter(|other| *other != name) {
            for garbage in [WRONG, "garbage", "ff"] {
                let both = alone.clone().with(other, garbage);
                assert_eq!(both.verdict(&verifier), Ok(()), "{name} {other} {garbage}");
            }
        }
        let wrong = sent().with(name, WRONG);
        assert_eq!(wrong.verdict(&verifier), Err(Mismatch), "{name}");
        let twice = alone.clone().and(name, &mac(BODY));
        assert_eq!(twice.verdict(&verifier), Err(DuplicateHeader), "{name}");
        let empty = alone.with(name, "");
        assert_eq!(empty.verdict(&verifier), Err(Malformed), "{name}");
    }
    assert_eq!(sent().verdict(&verifier), Err(MissingHeader));
    let all = sent().with("own-primary", "a").with("own-third", "b");
    assert_eq!(all.verdict(&verifier), Err(Malformed));
    let mixed = sent().with("own-primary", "a").with("own-third", WRONG);
    assert_eq!(mixed.verdict(&verifier), Err(Mismatch));
}

#[test]
fn alternates_are_judged_under_every_key() {
    let verifier = with_keys(&ALTERNATES, rotating());
    let old = sent()
        .with("own-secondary", mac(BODY))
        .with("own-primary", WRONG);
    assert_eq!(old.proven(&verifier).receipt().key(), "previous");
    let both = old.with("own-primary", mac_under(OTHER_KEY, BODY));
    assert_eq!(both.proven(&verifier).receipt().key(), "primary");
}

#[test]
fn numbered_headers_are_candidates_with_gaps_or_without() {
    let verifier = verifier(&NUMBERED);
    for nth in [1, 2, 9, 10, 31, 99, 100] {
        let alone = sent().with(&format!("own-signature-{nth}"), mac(BODY));
        assert_eq!(alone.verdict(&verifier), Ok(()), "{nth}");
        let tampered = alone.body("{}");
        assert_eq!(tampered.verdict(&verifier), Err(Mismatch), "{nth}");
    }
    for other in [
        "own-signature-0",
        "own-signature-101",
        "own-signature-01",
        "own-signature-",
        "own-signature",
    ] {
        let elsewhere = sent().with(other, mac(BODY));
        assert_eq!(elsewhere.verdict(&verifier), Err(MissingHeader), "{other}");
    }
    let gaps = sent()
        .with("own-signature-3", WRONG)
        .with("own-signature-7", mac(BODY));
    assert_eq!(gaps.verdict(&verifier), Ok(()));
}

#[test]
fn of_numbered_headers_32_are_looked_at() {
    let verifier = verifier(&NUMBERED);
    let full = |good: usize, garbage: &str| {
        let filled = (1..=100).fold(sent(), |sent, nth| {
            sent.with(&format!("own-signature-{nth}"), garbage)
        });
        filled
            .with(&format!("own-signature-{good}"), mac(BODY))
            .verdict(&verifier)
    };
    for garbage in [WRONG, "garbage"] {
        assert_eq!(full(1, garbage), Ok(()));
        assert_eq!(full(32, garbage), Ok(()));
    }
    assert_eq!(full(33, WRONG), Err(Mismatch));
    assert_eq!(full(33, "garbage"), Err(Malformed));
    assert_eq!(full(100, WRONG), Err(Mismatch));
}

#[test]
fn a_required_header_is_there_and_says_what_it_must() {
    let verifier = verifier(&REQUIRED);
    let good = sent()
        .with("own-signature", mac(BODY))
        .with("own-version", "1")
        .with("own-algorithm", "HmacSHA256");
    assert_eq!(good.verdict(&verifier), Ok(()));
    for name in ["own-version", "own-algorithm", "own-signature"] {
        let without = good.clone().without(name);
        assert_eq!(without.verdict(&verifier), Err(MissingHeader), "{name}");
        let empty = good.clone().with(name, "");
        assert_eq!(empty.verdict(&verifier), Err(Malformed), "{name}");
        let twice = good.clone().and(name, "1");
        assert_eq!(twice.verdict(&verifier), Err(DuplicateHeader), "{name}");
    }
    for other in ["2", "01", "1.0", "1,1", "11"] {
        let changed = good.clone().with("own-version", other);
        assert_eq!(changed.verdict(&verifier), Err(Malformed), "{other}");
    }
    let other_case = good.clone().with("own-algorithm", "hmacsha256");
    assert_eq!(other_case.verdict(&verifier), Err(Malformed));
    let tampered = good.with("own-version", "2").body("{}");
    assert_eq!(
        tampered.verdict(&verifier),
        Err(Malformed),
        "before the signature"
    );
}

#[test]
fn white_space_around_pairs_is_dropped_where_the_scheme_says_so() {
    let trimmed = verifier(&TRIMMED);
    let strict = verifier(&TRIMMED_NOT);
    let good = stamped(NOW);
    let texts = [
        format!("t={NOW}, v1={good}"),
        format!(" t = {NOW} ,\tv1\t=\t{good} "),
        format!("v1={good} , t={NOW}"),
    ];
    for text in texts {
        let sent = sent().with("own-signature", &text);
        assert_eq!(sent.verdict(&trimmed), Ok(()), "{text}");
        assert_eq!(sent.verdict(&strict), Err(Malformed), "{text}");
    }
    let plain = sent().with("own-signature", format!("t={NOW},v1={good}"));
    assert_eq!(plain.verdict(&trimmed), Ok(()));
    assert_eq!(plain.verdict(&strict), Ok(()));
    for text in [
        format!("t={NOW}, v 1={good}"),
        format!("t=1 767225600,v1={good}"),
    ] {
        let inside = sent().with("own-signature", &text);
        assert_eq!(inside.verdict(&trimmed), Err(Malformed), "{text}");
    }
    let twice = sent().with("own-signature", format!("t={NOW}, t={NOW},v1={good}"));
    assert_eq!(twice.verdict(&trimmed), Err(Malformed));
}

static TRIMMED_NOT: Scheme = Scheme::builder("not-trimmed", "own-signature")
    .grammar(PAIRS)
    .timestamp(Timestamp::Pair("t"))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .build();

/// A group with a good signature.
fn good(at: i64) -> String {
    format!("t={at},v1={}", stamped(at))
}

/// A group whose signature is another's.
fn forged(at: i64) -> String {
    format!("t={at},v1={WRONG}")
}

fn groups(groups: &[String]) -> Sent {
    sent().with("own-signature", groups.join(" "))
}

#[test]
fn one_good_group_is_enough() {
    let verifier = verifier(&GROUPS);
    let others = [
        forged(NOW),
        forged(NOW - 301),
        good(NOW - 301),
        good(NOW + 301),
        "garbage".to_owned(),
        format!("t={NOW}"),
        format!("v1={}", stamped(NOW)),
        format!("t={NOW},v1=zz"),
        format!("t=0{NOW},v1={WRONG}"),
        format!("t={NOW},t={NOW},v1={WRONG}"),
        String::new(),
    ];
    assert_eq!(groups(&[good(NOW)]).verdict(&verifier), Ok(()));
    for other in others {
        let last = groups(&[other.clone(), good(NOW - 7)]);
        let proven = last.proven(&verifier);
        assert_eq!(proven.receipt().age_secs(), Some(7), "{other}");
        let first = groups(&[good(NOW), other.clone()]);
        assert_eq!(first.verdict(&verifier), Ok(()), "{other}");
        let among = groups(&[other.clone(), good(NOW), other.clone()]);
        assert_eq!(among.verdict(&verifier), Ok(()), "{other}");
    }
    let both = groups(&[good(NOW - 9), good(NOW)]).proven(&verifier);
    assert_eq!(
        both.receipt().age_secs(),
        Some(9),
        "the first that verifies"
    );
}

#[test]
fn a_stamp_of_one_group_does_not_serve_another() {
    let verifier = verifier(&GROUPS);
    let stolen = format!("t={NOW},v1={}", stamped(NOW - 301));
    assert_eq!(
        groups(core::slice::from_ref(&stolen)).verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        groups(&[good(NOW - 301), stolen]).verdict(&verifier),
        Err(Stale)
    );
    let bare = [format!("t={NOW}"), format!("v1={}", stamped(NOW))];
    assert_eq!(groups(&bare).verdict(&verifier), Err(Malformed));
}

#[test]
fn where_all_groups_are_bad_the_first_says_why() {
    let verifier = verifier(&GROUPS);
    let bad = [
        (forged(NOW), Mismatch),
        (good(NOW - 301), Stale),
        (good(NOW + 301), Future),
        ("garbage".to_owned(), Malformed),
    ];
    for (first, kind) in &bad {
        for (second, _) in &bad {
            for third in [None, Some(forged(NOW))] {
                let mut all = vec![first.clone(), second.clone()];
                all.extend(third);
                let verdict = groups(&all).verdict(&verifier);
                assert_eq!(verdict, Err(*kind), "{all:?}");
            }
        }
    }
}

#[test]
fn of_groups_eight_are_looked_at() {
    let verifier = verifier(&GROUPS);
    let after = |wrong: usize| {
        let mut all = vec![forged(NOW); wrong];
        all.push(good(NOW));
        groups(&all).verdict(&verifier)
    };
    assert_eq!(after(7), Ok(()));
    assert_eq!(after(8), Err(Mismatch));
}

#[test]
fn a_group_is_judged_under_every_key() {
    let verifier = with_keys(&GROUPS, rotating());
    let new = format!(
        "t={NOW},v1={}",
        mac_under(OTHER_KEY, format!("{NOW}.{BODY}"))
    );
    assert_eq!(
        groups(&[good(NOW)]).proven(&verifier).receipt().key(),
        "previous"
    );
    let both = groups(&[good(NOW), new]).proven(&verifier);
    assert_eq!(both.receipt().key(), "previous", "the first group verifies");
}

#[test]
fn every_pairs_value_is_a_candidate_where_any_key_will_do() {
    let verifier = verifier(&ANY_KEY);
    let good = mac(BODY);
    for text in [
        format!("public-key|{good}"),
        format!("|{good}"),
        format!("*|{good}"),
        format!("a|{WRONG}&b|{good}"),
        format!("a|garbage&b|{good}&c"),
        format!("&&b|{good}&&"),
    ] {
        let sent = sent().with("own-signature", &text);
        assert_eq!(sent.verdict(&verifier), Ok(()), "{text}");
    }
    for (text, kind) in [
        (format!("a|{WRONG}&b|{WRONG}"), Mismatch),
        (good.clone(), Malformed),
        (format!("a={good}"), Malformed),
        (format!("a||{good}"), Malformed),
        ("a|&b|".to_owned(), Malformed),
    ] {
        let sent = sent().with("own-signature", &text);
        assert_eq!(sent.verdict(&verifier), Err(kind), "{text}");
    }
}

#[test]
fn the_stamp_may_be_an_item_of_the_list() {
    let verifier = verifier(&ITEM);
    let good = stamped(NOW);
    let judge = |text: &str| sent().with("own-signature", text).verdict(&verifier);
    assert_eq!(judge(&format!("{NOW},{good}")), Ok(()));
    assert_eq!(judge(&format!("{NOW},{WRONG},{good}")), Ok(()));
    assert_eq!(judge(&format!("{NOW},,{good},x")), Ok(()));
    assert_eq!(judge(&format!("{NOW},{WRONG}")), Err(Mismatch));
    assert_eq!(judge(&format!("{},{good}", NOW + 1)), Err(Mismatch));
    let old = NOW - 301;
    assert_eq!(judge(&format!("{old},{}", stamped(old))), Err(Stale));
    for text in [
        format!("{good},{NOW}"),
        format!("0{NOW},{good}"),
        format!(",{good}"),
        format!("{NOW}"),
        format!("{NOW},"),
        format!("{NOW},zz"),
        good.clone(),
    ] {
        assert_eq!(judge(&text), Err(Malformed), "{text}");
    }
}
