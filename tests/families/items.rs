//! Items of a list that are signed one by one.

use hookproof::VerifyErrorKind::{Malformed, Mismatch};
use hookproof::scheme::{Part, Place, ReplayId, Scheme};

use super::kit::{KEY, OTHER_KEY, Sent, mac, mac_under, rotating, verifier, with_keys};

static ITEMS: Scheme = Scheme::builder_at("items", Place::Json("/sig"))
    .each("/items")
    .content(&[
        Part::Json {
            pointer: "/id",
            absent: None,
        },
        Part::Literal(":"),
        Part::Json {
            pointer: "/amount",
            absent: Some(""),
        },
    ])
    .dangerous_body_unsigned("the vendor signs fields of each item")
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

fn item_under(key: &str, id: usize, amount: &str) -> String {
    let sig = mac_under(key, format!("{id}:{amount}"));
    format!(r#"{{"id":{id},"amount":"{amount}","sig":"{sig}"}}"#)
}

fn item(id: usize, amount: &str) -> String {
    item_under(KEY, id, amount)
}

fn batch(items: &[String]) -> Sent {
    Sent::json(format!(r#"{{"live":true,"items":[{}]}}"#, items.join(",")))
}

#[test]
fn all_items_must_be_signed() {
    let verifier = verifier(&ITEMS);
    let items: Vec<String> = (0..3).map(|nth| item(nth, "1.00")).collect();
    assert_eq!(batch(&items).verdict(&verifier), Ok(()));
    assert_eq!(batch(&items[..1]).verdict(&verifier), Ok(()));
    for nth in 0..items.len() {
        let with = |changed: String| {
            let mut items = items.clone();
            items[nth] = changed;
            batch(&items).verdict(&verifier)
        };
        let usual = &items[nth];
        assert_eq!(with(usual.replace("1.00", "1.01")), Err(Mismatch), "{nth}");
        assert_eq!(with(usual.replace("1.00", "1.0")), Err(Mismatch), "{nth}");
        assert_eq!(with(usual.replace("\"amount\"", "\"sum\"")), Err(Mismatch));
        assert_eq!(with(usual.replace("\"sig\"", "\"gis\"")), Err(Malformed));
        assert_eq!(with(usual.replace("\"id\"", "\"di\"")), Err(Malformed));
        assert_eq!(
            with(format!(r#"{{"id":{nth},"amount":"1.00","sig":null}}"#)),
            Err(Malformed)
        );
        assert_eq!(
            with(format!(r#"{{"id":{nth},"amount":"1.00","sig":"00"}}"#)),
            Err(Malformed)
        );
        assert_eq!(with("null".to_owned()), Err(Malformed), "{nth}");
        assert_eq!(with("{}".to_owned()), Err(Malformed), "{nth}");
        assert_eq!(with("[]".to_owned()), Err(Malformed), "{nth}");
        assert_eq!(with(format!("[{usual}]")), Err(Malformed), "{nth}");
        assert_eq!(with("7".to_owned()), Err(Malformed), "{nth}");
        assert_eq!(with(item_under(OTHER_KEY, nth, "1.00")), Err(Mismatch));
        assert_eq!(
            with(usual.replace('}', r#","new":"unsigned"}"#)),
            Ok(()),
            "{nth}"
        );
    }
}

#[test]
fn a_signature_of_one_item_is_not_good_for_another() {
    let verifier = verifier(&ITEMS);
    let (one, two) = (mac("1:5"), mac("2:5"));
    let swapped = format!(
        r#"{{"items":[{{"id":1,"amount":5,"sig":"{two}"}},{{"id":2,"amount":5,"sig":"{one}"}}]}}"#
    );
    assert_eq!(Sent::json(swapped).verdict(&verifier), Err(Mismatch));
    let outside = format!(r#"{{"id":1,"amount":5,"sig":"{one}","items":[{{}}]}}"#);
    assert_eq!(Sent::json(outside).verdict(&verifier), Err(Malformed));
}

#[test]
fn items_of_one_batch_are_signed_under_one_key() {
    let both = with_keys(&ITEMS, rotating());
    let old = [item(1, "1"), item(2, "2")];
    let new = [item_under(OTHER_KEY, 1, "1"), item_under(OTHER_KEY, 2, "2")];
    assert_eq!(batch(&old).proven(&both).receipt().key(), "previous");
    assert_eq!(batch(&new).proven(&both).receipt().key(), "primary");
    let mixed = [old[0].clone(), new[1].clone()];
    assert_eq!(batch(&mixed).verdict(&both), Err(Mismatch));
    let mixed = [new[0].clone(), old[1].clone()];
    assert_eq!(batch(&mixed).verdict(&both), Err(Mismatch));
    assert_eq!(batch(&old).identity(&both), batch(&new).identity(&both));
}

#[test]
fn there_is_an_item_and_there_are_at_most_1000() {
    let verifier = verifier(&ITEMS);
    let of = |items: usize| {
        let items: Vec<String> = (0..items).map(|nth| item(nth, "")).collect();
        batch(&items).verdict(&verifier)
    };
    assert_eq!(of(0), Err(Malformed));
    assert_eq!(of(1), Ok(()));
    assert_eq!(of(1000), Ok(()));
    assert_eq!(of(1001), Err(Malformed));
    for body in [
        r#"{"items":null}"#,
        r#"{"items":{}}"#,
        r#"{"items":"[]"}"#,
        "{}",
        "[]",
        "",
        "x",
    ] {
        assert_eq!(
            Sent::json(body).verdict(&verifier),
            Err(Malformed),
            "{body}"
        );
    }
}

#[test]
fn another_order_or_number_of_items_is_another_delivery() {
    let verifier = verifier(&ITEMS);
    let items = [item(1, "1"), item(2, "2")];
    let first = batch(&items).identity(&verifier);
    assert_eq!(batch(&items).identity(&verifier), first);
    let turned = [items[1].clone(), items[0].clone()];
    assert_ne!(batch(&turned).identity(&verifier), first);
    assert_ne!(batch(&items[..1]).identity(&verifier), first);
    let twice = [items[0].clone(), items[1].clone(), items[1].clone()];
    assert_ne!(batch(&twice).identity(&verifier), first);
}

#[test]
fn what_no_item_signs_leaves_the_identity_alone() {
    let verifier = verifier(&ITEMS);
    let items = [item(1, "1"), item(2, "2")];
    let first = batch(&items).identity(&verifier);
    let body = String::from_utf8(batch(&items).request.body().clone()).expect("ASCII");
    for other in [
        body.replace("true", "false"),
        body.replace(',', " , "),
        body.replace("\"sig\"", "\"s\\u0069g\""),
        body.replace(&mac("1:1"), &mac("1:1").to_uppercase()),
    ] {
        assert_ne!(other, body);
        assert_eq!(Sent::json(other).identity(&verifier), first);
    }
}

#[test]
fn a_field_moved_to_the_next_item_is_another_batch() {
    let verifier = verifier(&ITEMS);
    let of = |parts: [(&str, &str); 2]| {
        let items = parts.map(|(id, amount)| {
            let sig = mac(format!("{id}:{amount}"));
            format!(r#"{{"id":"{id}","amount":"{amount}","sig":"{sig}"}}"#)
        });
        batch(&items).identity(&verifier)
    };
    assert_ne!(of([("1", "2"), ("34", "5")]), of([("1", "23"), ("4", "5")]));
    assert_ne!(of([("1", ""), ("", "2")]), of([("", ""), ("1", "2")]));
}
