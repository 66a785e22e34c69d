//! The rules that make signed content which no list of parts can express, each by an example whose
//! content is written out here.

use hookproof::VerifyErrorKind::{
    DuplicateHeader, Malformed, Mismatch, MissingHeader, Stale, Unavailable,
};
use hookproof::scheme::{
    Algorithm, Canonical, Digest, Grammar, Part, Place, ReplayId, Scheme, Timestamp, Unit,
};
use hookproof::{PublicUrl, Verifier};
use sha2::Digest as _;

use super::kit::{FORM, KEY, NOW, Sent, mac, rotating, verifier, with_keys};
use crate::support::signing::hex;

const UNSIGNED: &str = "the vendor does not sign the body";

/// A plain digest, for schemes that put the secret into what they sign.
fn sha256(content: impl AsRef<[u8]>) -> String {
    hex(&sha2::Sha256::digest(content.as_ref()))
}

static ALIPAY: Scheme = Scheme::builder_at("alipay", Place::Form("sign"))
    .content(&[Part::Canonical(Canonical::AlipayV1)])
    .replay_id(ReplayId::Id(Place::Form("notify_id")))
    .build();

#[test]
fn alipays_fields_are_sorted_and_joined() {
    let verifier = verifier(&ALIPAY);
    let sign = mac("amount=88.88&b=&=x&notify_id=1&subject=a b+c&t=2&t=3");
    let fields = format!(
        "t=3&subject=a+b%2Bc&sign_type=RSA2&empty=&notify_id=1&amount=88.88&b=%26%3Dx&t=2&sign={sign}"
    );
    assert_eq!(Sent::form(&*fields).verdict(&verifier), Ok(()));
    let turned: Vec<&str> = fields.rsplit('&').collect();
    assert_eq!(
        Sent::form(turned.join("&")).verdict(&verifier),
        Ok(()),
        "any order"
    );
    let dropped = [
        fields.replace("&empty=", ""),
        fields.replace("RSA2", "RSA"),
        fields.replace("&sign_type=RSA2", ""),
        fields.replace("&empty=", "&empty=&other="),
    ];
    for body in dropped {
        assert_eq!(Sent::form(&*body).verdict(&verifier), Ok(()), "{body}");
    }
    for body in [
        fields.replace("88.88", "88.9"),
        fields.replace("&t=2", ""),
        fields.replace("empty=", "empty=1"),
        fields.replace("subject", "Subject"),
        format!("{fields}&more=1"),
    ] {
        assert_eq!(
            Sent::form(&*body).verdict(&verifier),
            Err(Mismatch),
            "{body}"
        );
    }
    assert_eq!(
        Sent::form(format!("{fields}&sign={sign}")).verdict(&verifier),
        Err(Malformed)
    );
    assert_eq!(Sent::form("a=1").verdict(&verifier), Err(Malformed));
}

/// The text of an id may not be made to swallow the field behind it: `&` and `=` stand in the signed
/// content as they are.
#[test]
fn alipays_fields_do_not_run_together_into_another_identity() {
    let verifier = verifier(&ALIPAY);
    let sign = mac("notify_id=1&notify_type=trade");
    let sent = Sent::form(format!("notify_id=1&notify_type=trade&sign={sign}"));
    sent.identity(&verifier);
    let swallowed = Sent::form(format!("notify_id=1%26notify_type%3Dtrade&sign={sign}"));
    assert_eq!(
        swallowed.verdict(&verifier),
        Ok(()),
        "as the vendor's own verifiers"
    );
    assert_eq!(swallowed.nameless(&verifier), Malformed);
    let hidden = Sent::form(format!("notify_id%3D1%26notify_type=trade&sign={sign}"));
    assert_eq!(hidden.nameless(&verifier), Malformed);
}

static VONAGE: Scheme = Scheme::builder_at("vonage", Place::Form("sig"))
    .timestamp(Timestamp::At(Place::Form("timestamp")))
    .content(&[Part::Canonical(Canonical::VonageSig)])
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

#[test]
fn vonages_fields_are_sorted_and_their_values_made_safe() {
    let verifier = verifier(&VONAGE);
    let sign = |content: &str| mac(content);
    let sig = sign(&format!("&msisdn=49&text=a_b_c d&timestamp={NOW}&to=1"));
    let fields = format!("to=1&text=a%26b%3Dc+d&timestamp={NOW}&msisdn=49&sig={sig}");
    let sent = Sent::form(&*fields);
    assert_eq!(sent.verdict(&verifier), Ok(()));
    for body in [
        fields.replace("49", "50"),
        fields.replace("to=1&", ""),
        fields.replace("to=1", "to="),
        format!("{fields}&extra="),
    ] {
        assert_eq!(
            Sent::form(&*body).verdict(&verifier),
            Err(Mismatch),
            "{body}"
        );
    }
    let without = fields.replace(&format!("timestamp={NOW}&"), "");
    assert_eq!(Sent::form(without).verdict(&verifier), Err(Malformed));
    let old = NOW - 301;
    let sig = sign(&format!("&timestamp={old}&to=1"));
    let old = Sent::form(format!("to=1&timestamp={old}&sig={sig}"));
    assert_eq!(old.verdict(&verifier), Err(Stale));
    let at = |at: i64, to: &str| {
        let sig = sign(&format!("&timestamp={at}&to={to}"));
        Sent::form(format!("to={to}&timestamp={at}&sig={sig}")).identity(&verifier)
    };
    assert_eq!(at(NOW, "1"), at(NOW - 9, "1"), "a retry");
    assert_ne!(at(NOW, "1"), at(NOW, "2"), "another event");
}

#[test]
fn vonages_underscores_do_not_make_a_second_identity() {
    let scheme = VONAGE
        .adjust()
        .replay_id(ReplayId::Id(Place::Form("id")))
        .build();
    let verifier = verifier(&scheme);
    let sig = mac(format!("&id=m_1&timestamp={NOW}"));
    let sent = |id: &str| Sent::form(format!("id={id}&timestamp={NOW}&sig={sig}"));
    let genuine = sent("m_1").identity(&verifier);
    assert_eq!(sent("m%5F1").identity(&verifier), genuine);
    for other in ["m%261", "m=1", "m%3D1"] {
        assert_eq!(sent(other).verdict(&verifier), Ok(()), "{other}");
        assert_eq!(sent(other).nameless(&verifier), Malformed, "{other}");
    }
}

static PLIVO: Scheme = Scheme::builder("plivo", "own-signature")
    .content(&[
        Part::Canonical(Canonical::PlivoV3),
        Part::Literal("."),
        Part::Header("own-nonce"),
    ])
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

fn base(scheme: &Scheme) -> Verifier {
    let url = PublicUrl::base("https://hooks.example.com").expect("a URL");
    verifier(scheme).with_public_url(url)
}

fn plivo(target: &str, canonical: &str) -> Sent {
    Sent::to(target).with("own-nonce", "n1").with(
        "own-signature",
        mac(format!("https://hooks.example.com{canonical}.n1")),
    )
}

#[test]
fn plivos_query_and_form_are_sorted_each() {
    let verifier = base(&PLIVO);
    let form = |sent: Sent, body: &str| {
        sent.with("content-type", FORM)
            .body(body)
            .verdict(&verifier)
    };
    assert_eq!(plivo("/in", "/in").verdict(&verifier), Ok(()));
    assert_eq!(plivo("/in?", "/in").verdict(&verifier), Ok(()));
    assert_eq!(
        plivo("/in?b=2&a=%201&b=1", "/in?a= 1&b=1&b=2").verdict(&verifier),
        Ok(())
    );
    assert_eq!(
        form(plivo("/in", "/in?To1a23"), "a=3&a=2&To=1"),
        Err(Mismatch)
    );
    assert_eq!(form(plivo("/in", "/in?To1a2a3"), "a=3&a=2&To=1"), Ok(()));
    assert_eq!(
        form(plivo("/in?b=2&a=1", "/in?a=1&b=2.To1a2"), "a=2&To=1"),
        Ok(())
    );
    assert_eq!(
        form(plivo("/in?b=2&a=1", "/in?a=1&b=2To1a2"), "a=2&To=1"),
        Err(Mismatch)
    );
    assert_eq!(form(plivo("/in?b=2&a=1", "/in?a=1&b=2"), ""), Ok(()));
    let good = plivo("/in?a=1", "/in?a=1");
    assert_eq!(
        good.clone().uri("/in?a=2").verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        good.clone().with("own-nonce", "n2").verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        good.clone().without("own-nonce").verdict(&verifier),
        Err(MissingHeader)
    );
    for body in ["{}", "x", "a=1"] {
        let json = good
            .clone()
            .with("content-type", "application/json")
            .body(body);
        assert_eq!(
            json.verdict(&verifier),
            Err(Malformed),
            "{body} is not signed"
        );
    }
    assert_eq!(good.verdict(&self::verifier(&PLIVO)), Err(Unavailable));
}

static FRESHBOOKS: Scheme = Scheme::builder("freshbooks", "own-signature")
    .content(&[Part::Canonical(Canonical::FreshbooksJson)])
    .replay_id(ReplayId::Indistinct)
    .build();

#[test]
fn freshbooks_fields_are_printed_as_python_prints_them() {
    let verifier = verifier(&FRESHBOOKS);
    let sent = |content: &str, body: &str| {
        Sent::form(body)
            .with("own-signature", mac(content))
            .verdict(&verifier)
    };
    let cases = [
        (
            r#"{"name": "invoice.create", "object_id": "7"}"#,
            "name=invoice.create&object_id=7",
        ),
        (r#"{"b": "2", "a": ""}"#, "b=2&a="),
        ("{}", ""),
        (
            r#"{"a": "\u00e9 \"q\" \\ / \n\r\t\b\f\u0000\u007f"}"#,
            "a=%C3%A9+%22q%22+%5C+/+%0A%0D%09%08%0C%00%7F",
        ),
        (r#"{"a": "\ud83d\udcec"}"#, "a=%F0%9F%93%AC"),
        (r#"{"\u00e9": "~"}"#, "%C3%A9=~"),
    ];
    for (content, body) in cases {
        assert_eq!(sent(content, body), Ok(()), "{body}");
        assert_eq!(
            sent(content, &format!("{body}&x=1")),
            Err(Mismatch),
            "{body}"
        );
    }
    assert_eq!(
        sent(r#"{"a": "2", "b": "1"}"#, "b=1&a=2"),
        Err(Mismatch),
        "in order"
    );
    assert_eq!(
        sent(r#"{"a": "2"}"#, "a=1&a=2"),
        Err(Malformed),
        "a repeated field"
    );
    assert_eq!(sent(r#"{"a": "?"}"#, "a=%FF"), Err(Malformed), "no UTF-8");
}

static MERCADOPAGO: Scheme = Scheme::builder("mercadopago", "x-signature")
    .grammar(Grammar::Pairs {
        signature: "v1",
        separator: b',',
        assign: b'=',
    })
    .timestamp(Timestamp::Pair("ts"))
    .unit(Unit::Millis)
    .content(&[Part::Canonical(Canonical::Mercadopago)])
    .dangerous_body_unsigned(UNSIGNED)
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

#[test]
fn mercadopagos_segments_are_left_out_whose_source_is_absent() {
    let verifier = verifier(&MERCADOPAGO);
    let ms = NOW * 1000;
    let sent = |target: &str, id: Option<&str>, content: &str| {
        let sent = Sent::to(target).with("x-signature", format!("ts={ms},v1={}", mac(content)));
        let sent = match id {
            Some(id) => sent.with("x-request-id", id),
            None => sent,
        };
        sent.verdict(&verifier)
    };
    let all = format!("id:abc1;request-id:r-1;ts:{ms};");
    assert_eq!(
        sent("/in?data.id=ABC1&type=payment", Some("r-1"), &all),
        Ok(())
    );
    assert_eq!(sent("/in?data.id=%41bc1", Some("r-1"), &all), Ok(()));
    assert_eq!(sent("/in?data.id=abc2", Some("r-1"), &all), Err(Mismatch));
    assert_eq!(sent("/in?data.id=abc1", Some("r-2"), &all), Err(Mismatch));
    assert_eq!(sent("/in?data.id=abc1", None, &all), Err(Mismatch));
    assert_eq!(sent("/in?data.id=abc1", Some(""), &all), Err(Malformed));
    assert_eq!(sent("/in", Some("r-1"), &all), Err(Mismatch));
    assert_eq!(
        sent("/in?data.id=abc1", None, &format!("id:abc1;ts:{ms};")),
        Ok(())
    );
    assert_eq!(
        sent("/in", Some("r-1"), &format!("request-id:r-1;ts:{ms};")),
        Ok(())
    );
    assert_eq!(
        sent(
            "/in?data.id=",
            Some("r-1"),
            &format!("request-id:r-1;ts:{ms};")
        ),
        Ok(())
    );
    assert_eq!(sent("/in", None, &format!("ts:{ms};")), Ok(()));
    let twice = "/in?data.id=abc1&data.id=abc1";
    assert_eq!(sent(twice, Some("r-1"), &all), Err(DuplicateHeader));
    let later = Sent::to("/in?data.id=1").with(
        "x-signature",
        format!("ts={ms},v1={}", mac(format!("id:1;ts:{ms};"))),
    );
    assert_eq!(later.clone().at(NOW + 301).verdict(&verifier), Err(Stale));
    let id = later.identity(&verifier);
    let (again, ms) = (NOW * 1000 + 7, "id:1;ts:");
    let anew = Sent::to("/in?data.id=1").with(
        "x-signature",
        format!("ts={again},v1={}", mac(format!("{ms}{again};"))),
    );
    assert_eq!(anew.identity(&verifier), id, "a retry");
    let repeated = anew.and("x-request-id", "a").and("x-request-id", "b");
    assert_eq!(repeated.verdict(&verifier), Err(DuplicateHeader));
}

static UNISENDER: Scheme = Scheme::builder_at("unisender", Place::Json("/auth"))
    .algorithm(Algorithm::Digest(Digest::Sha256))
    .content(&[Part::Canonical(Canonical::UnisenderGo)])
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

#[test]
fn unisenders_signature_is_replaced_by_the_secret() {
    let verifier = verifier(&UNISENDER);
    let body = |auth: &str, event: &str| format!(r#"{{"auth":"{auth}" , "events":["{event}"]}}"#);
    let auth = sha256(body(KEY, "sent"));
    assert_eq!(Sent::json(body(&auth, "sent")).verdict(&verifier), Ok(()));
    assert_eq!(
        Sent::json(body(&auth, "open")).verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        Sent::json(body(&auth, "sent").replace(" , ", ",")).verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        Sent::json(body(KEY, "sent")).verdict(&verifier),
        Err(Malformed),
        "no digest"
    );
    assert_eq!(
        Sent::json(body("", "sent")).verdict(&verifier),
        Err(Malformed)
    );
    assert_eq!(Sent::json("{}").verdict(&verifier), Err(Malformed));
    let escaped =
        body(&auth, "sent").replacen(&auth[..1], &format!("\\u{:04x}", auth.as_bytes()[0]), 1);
    let at_auth = body(&auth, "sent").replace(
        &auth,
        &format!("\\u{:04x}{}", auth.as_bytes()[0], &auth[1..]),
    );
    assert_eq!(
        Sent::json(at_auth).verdict(&verifier),
        Err(Malformed),
        "escaped"
    );
    assert_ne!(Sent::json(escaped).verdict(&verifier), Ok(()));
    let rotating = with_keys(&UNISENDER, rotating());
    assert_eq!(
        Sent::json(body(&auth, "sent"))
            .proven(&rotating)
            .receipt()
            .key(),
        "previous"
    );
}

#[test]
fn unisenders_identity_does_not_hang_on_how_its_signature_is_written() {
    let verifier = verifier(&UNISENDER);
    let body = |auth: &str| format!(r#"{{"auth":"{auth}","n":1}}"#);
    let auth = sha256(body(KEY));
    let lower = Sent::json(body(&auth)).identity(&verifier);
    let upper = Sent::json(body(&auth.to_uppercase())).identity(&verifier);
    assert_eq!(lower, upper);
}

static WECOM: Scheme = Scheme::builder_at("wecom", Place::Query("msg_signature"))
    .algorithm(Algorithm::Digest(Digest::Sha256))
    .timestamp(Timestamp::At(Place::Query("timestamp")))
    .content(&[Part::Canonical(Canonical::Wecom)])
    .dangerous_body_unsigned(UNSIGNED)
    .replay_id(ReplayId::Content)
    .build();

fn wecom(texts: [&str; 3], further: &str) -> Sent {
    let [nonce, encrypted, secret] = texts;
    let stamp = NOW.to_string();
    let mut sorted = [secret, &stamp, nonce, encrypted];
    sorted.sort_unstable();
    let signature = sha256(sorted.concat());
    Sent::to(&format!(
        "/in?msg_signature={signature}&timestamp={NOW}&nonce={nonce}{further}"
    ))
}

#[test]
fn wecoms_texts_are_sorted_and_joined() {
    let verifier = verifier(&WECOM);
    let xml = |encrypted: &str| {
        format!(
            "<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        )
    };
    for (nonce, encrypted) in [
        ("13726", "RypEvHKD8QQKFhvQ6QleEB4"),
        ("zz", "+abc=="),
        ("0", "a"),
    ] {
        let sent = wecom([nonce, encrypted, KEY], "").body(xml(encrypted));
        assert_eq!(sent.verdict(&verifier), Ok(()), "{nonce}");
        assert_eq!(
            sent.clone().body(xml("other")).verdict(&verifier),
            Err(Mismatch)
        );
        assert_eq!(
            sent.clone().body("<xml/>").verdict(&verifier),
            Err(MissingHeader),
            "no echostr"
        );
        let unclosed = xml(encrypted).replace("]]></Encrypt>", "</Encrypt>");
        assert_eq!(
            sent.clone().body(unclosed).verdict(&verifier),
            Err(MissingHeader)
        );
        assert_eq!(sent.clone().at(NOW + 301).verdict(&verifier), Err(Stale));
        let unsigned = sent.clone().body(xml(encrypted).replace("[x]", "[y]"));
        assert_eq!(
            unsigned.identity(&verifier),
            sent.identity(&verifier),
            "not signed"
        );
    }
    let question = wecom(["1", "echo", KEY], "&echostr=echo");
    assert_eq!(question.verdict(&verifier), Ok(()));
    let question = wecom(["1", "echo", KEY], "&echostr=other");
    assert_eq!(question.verdict(&verifier), Err(Mismatch));
    let without_nonce = wecom(["1", "echo", KEY], "&echostr=echo");
    let target = without_nonce
        .request
        .uri()
        .to_string()
        .replace("nonce=", "once=");
    assert_eq!(
        without_nonce.uri(&target).verdict(&verifier),
        Err(MissingHeader)
    );
    let body_wins = wecom(["1", "echo", KEY], "&echostr=other").body(xml("echo"));
    assert_eq!(body_wins.verdict(&verifier), Ok(()));
}

static COINBASE: Scheme = Scheme::builder("coinbase", "x-hook0-signature")
    .grammar(Grammar::Pairs {
        signature: "v1",
        separator: b',',
        assign: b'=',
    })
    .timestamp(Timestamp::Pair("t"))
    .content(&[Part::Canonical(Canonical::CoinbaseCdp)])
    .build();

fn coinbase(list: &str, values: &str, body: &str) -> Sent {
    let dot = if values.is_empty() { "" } else { "." };
    let signature = mac(format!("{NOW}.{list}{dot}{values}.{body}"));
    Sent::json(body)
        .with("x-event-id", "evt-1")
        .with("x-event-type", "a.b")
        .with(
            "x-hook0-signature",
            format!("t={NOW},h={list},v1={signature}"),
        )
}

#[test]
fn coinbase_lists_the_headers_that_are_signed() {
    let verifier = verifier(&COINBASE);
    let body = r#"{"a":1}"#;
    let sent = coinbase(
        "content-type x-event-id x-event-type",
        "application/json.evt-1.a.b",
        body,
    );
    assert_eq!(sent.verdict(&verifier), Ok(()));
    assert_eq!(sent.clone().body("{}").verdict(&verifier), Err(Mismatch));
    assert_eq!(
        sent.clone().with("x-event-id", "evt-2").verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        sent.clone().without("x-event-id").verdict(&verifier),
        Err(MissingHeader)
    );
    assert_eq!(
        sent.clone().and("x-event-id", "evt-1").verdict(&verifier),
        Err(DuplicateHeader)
    );
    assert_eq!(
        sent.clone().with("x-event-id", "").verdict(&verifier),
        Err(Malformed)
    );
    assert_eq!(sent.clone().at(NOW + 301).verdict(&verifier), Err(Stale));
    let cased = coinbase("X-Event-Id", "evt-1", body);
    assert_eq!(cased.verdict(&verifier), Ok(()), "looked up in any case");
    let twice = coinbase("x-event-id x-event-id", "evt-1.evt-1", body);
    assert_eq!(
        twice.verdict(&verifier),
        Ok(()),
        "a name that is listed twice"
    );
    for list in ["x-event-id, x", "x event:id", "x-\u{e9}", "x/y"] {
        let illegal = coinbase(list, "evt-1", body);
        assert_ne!(illegal.verdict(&verifier), Ok(()), "{list}");
    }
    let illegal = coinbase("x-event-id x/y", "evt-1.z", body);
    assert_eq!(illegal.verdict(&verifier), Err(Malformed));
    let good = mac(format!("{NOW}.x-event-id.evt-1.{body}"));
    let with = |text: String| coinbase("x-event-id", "evt-1", body).with("x-hook0-signature", text);
    assert_eq!(
        with(format!("t={NOW},h=x-event-id,v0=ab,v1={good}")).verdict(&verifier),
        Ok(())
    );
    assert_eq!(
        with(format!("t={NOW},v1={good}")).verdict(&verifier),
        Err(Malformed)
    );
    let lists = format!("t={NOW},h=x-event-id,h=x-event-id,v1={good}");
    assert_eq!(with(lists).verdict(&verifier), Err(Malformed));
}

/// The values end in front of the body with a dot, and may hold one.
#[test]
fn coinbases_body_cannot_give_a_part_of_it_to_a_header() {
    let verifier = verifier(&COINBASE);
    let sent = coinbase("x-event-type", "a.b", r#"{"sum":"1.5"}"#);
    sent.identity(&verifier);
    let moved = sent
        .clone()
        .with("x-event-type", r#"a.b.{"sum":"1"#)
        .body(r#"5"}"#);
    assert_eq!(
        moved.verdict(&verifier),
        Ok(()),
        "as the vendor's own verifiers"
    );
    assert_eq!(moved.nameless(&verifier), Malformed);
    let moved = sent.with("x-event-type", "a").body(r#"b.{"sum":"1.5"}"#);
    assert_eq!(moved.verdict(&verifier), Ok(()));
    assert_eq!(moved.nameless(&verifier), Malformed);
}

static CONTENTFUL: Scheme = Scheme::builder("contentful", "x-contentful-signature")
    .timestamp(Timestamp::Header("x-contentful-timestamp"))
    .unit(Unit::Millis)
    .content(&[Part::Canonical(Canonical::Contentful)])
    .build();

const LIST: &str = "content-type,x-contentful-signed-headers,x-contentful-timestamp";

fn contentful(list: &str, headers: &str) -> Sent {
    let signature = mac(format!("POST\n/in/a?b=1\n{headers}\n{{}}"));
    Sent::json("{}")
        .uri("/in/a?b=1")
        .with("x-contentful-timestamp", format!("{NOW}000"))
        .with("x-contentful-signed-headers", list)
        .with("x-contentful-signature", signature)
}

fn listed() -> Sent {
    contentful(
        LIST,
        &format!(
            "content-type:application/json;x-contentful-signed-headers:{LIST};x-contentful-timestamp:{NOW}000"
        ),
    )
}

#[test]
fn contentful_lists_the_headers_that_are_signed() {
    let verifier = base(&CONTENTFUL);
    let sent = listed();
    assert_eq!(sent.verdict(&verifier), Ok(()));
    assert_eq!(sent.clone().body("[]").verdict(&verifier), Err(Mismatch));
    assert_eq!(
        sent.clone().method(http::Method::PUT).verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        sent.clone().uri("/in/a?b=2").verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(sent.clone().uri("/in/a").verdict(&verifier), Err(Mismatch));
    assert_eq!(
        sent.clone()
            .with("content-type", "text/json")
            .verdict(&verifier),
        Err(Mismatch)
    );
    assert_eq!(
        sent.clone().without("content-type").verdict(&verifier),
        Err(MissingHeader)
    );
    assert_eq!(
        sent.clone().and("content-type", "x").verdict(&verifier),
        Err(DuplicateHeader)
    );
    assert_eq!(sent.clone().at(NOW + 301).verdict(&verifier), Err(Stale));
    assert_eq!(sent.verdict(&self::verifier(&CONTENTFUL)), Err(Unavailable));
    let without = sent.clone().without("x-contentful-signed-headers");
    assert_eq!(without.verdict(&verifier), Err(MissingHeader));
    for list in [
        "",
        ",",
        "content-type,",
        "content-type, x",
        "a/b",
        &format!("{LIST},a b"),
    ] {
        let bad = sent.clone().with("x-contentful-signed-headers", list);
        assert_eq!(bad.verdict(&verifier), Err(Malformed), "{list:?}");
    }
    let upper = LIST.replace("content-type", "Content-Type");
    let cased = contentful(
        &upper,
        &format!(
            "content-type:application/json;x-contentful-signed-headers:{upper};x-contentful-timestamp:{NOW}000"
        ),
    );
    assert_eq!(
        cased.verdict(&verifier),
        Ok(()),
        "names are signed in lower case"
    );
}

/// Else a value can be written that reads as the list and the timestamp did, and the timestamp is
/// anybody's to choose.
#[test]
fn contentfuls_list_names_itself_and_the_timestamp() {
    let verifier = base(&CONTENTFUL);
    let genuine = listed();
    assert_eq!(genuine.verdict(&verifier), Ok(()));
    let value = format!(
        "application/json;x-contentful-signed-headers:{LIST};x-contentful-timestamp:{NOW}000"
    );
    let much_later = NOW + 90_000;
    let restamped = genuine
        .with("content-type", &value)
        .with("x-contentful-signed-headers", "content-type")
        .with("x-contentful-timestamp", format!("{much_later}000"))
        .at(much_later);
    assert_eq!(restamped.verdict(&verifier), Err(Malformed));
    for (list, headers) in [
        ("content-type", "content-type:application/json".to_owned()),
        (
            "x-contentful-timestamp",
            format!("x-contentful-timestamp:{NOW}000"),
        ),
        (
            "x-contentful-signed-headers",
            "x-contentful-signed-headers:x-contentful-signed-headers".to_owned(),
        ),
    ] {
        assert_eq!(
            contentful(list, &headers).verdict(&verifier),
            Err(Malformed),
            "{list}"
        );
    }
}

static SORTED: Scheme = Scheme::builder("sorted", "own-signature")
    .content(&[Part::Url, Part::SortedForm])
    .dangerous_parts_touch("the vendor joins them so")
    .replay_id(ReplayId::ContentWithoutTimestamp)
    .build();

#[test]
fn a_sorted_form_has_each_pair_once() {
    let verifier = base(&SORTED);
    let sent = |content: &str, body: &str| {
        let signature = mac(format!("https://hooks.example.com/in{content}"));
        Sent::form(body).uri("/in").with("own-signature", signature)
    };
    let cases = [
        ("", ""),
        ("A1", "A=1"),
        ("A1a0b2b3", "b=3&a=0&A=1&b=2"),
        ("A1a0b2b3", "b=3&a=0&A=1&b=2&b=3&A=1"),
        ("a1 b", "a=1+b"),
        ("a", "a="),
        ("a", "a"),
        ("a1a11a2", "a=11&a=2&a=1"),
    ];
    for (content, body) in cases {
        assert_eq!(sent(content, body).verdict(&verifier), Ok(()), "{body}");
    }
    assert_eq!(sent("a2a1", "a=2&a=1").verdict(&verifier), Err(Mismatch));
    assert_eq!(sent("a1a1", "a=1&a=1").verdict(&verifier), Err(Mismatch));
    let typed = |content_type: &str| {
        sent("a1", "a=1")
            .with("content-type", content_type)
            .verdict(&verifier)
    };
    assert_eq!(
        typed("application/x-www-form-urlencoded; charset=utf-8"),
        Ok(())
    );
    assert_eq!(typed("Application/X-WWW-Form-Urlencoded"), Ok(()));
    assert_eq!(typed("application/json"), Err(Malformed));
    assert_eq!(typed("multipart/form-data; boundary=x"), Err(Malformed));
    assert_eq!(
        sent("", r#"{"a":1}"#)
            .with("content-type", "application/json")
            .verdict(&verifier),
        Err(Malformed)
    );
}

/// Name and value stand there with nothing between: a field can be written as another, so that none
/// of them identifies a delivery.
#[test]
fn no_field_of_a_form_that_is_joined_with_nothing_between_identifies() {
    for content in [
        &[Part::SortedForm][..],
        &[Part::Canonical(Canonical::PlivoV3)],
    ] {
        let joined = Scheme::builder("joined", "own-signature")
            .content(match content {
                [Part::SortedForm] => &[Part::SortedForm],
                _ => &[Part::Canonical(Canonical::PlivoV3)],
            })
            .replay_id(ReplayId::Id(Place::Form("id")));
        assert!(joined.try_build().is_err(), "{content:?}");
    }
}
