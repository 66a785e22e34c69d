//! Schemes from files: what is read is what was meant, and whatever is not is refused by name.
#![cfg(feature = "config")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "config/faults.rs"]
mod faults;
#[path = "config/hostile.rs"]
mod hostile;
#[path = "config/lints.rs"]
mod lints;
#[path = "config/round_trip.rs"]
mod round_trip;
#[path = "config/vocabulary.rs"]
mod vocabulary;

use hookproof::config::{Fault, Format, Schemes, SchemesError};
use hookproof::scheme::Scheme;
use hookproof::{
    Delivery, Secret, Signer, Tolerance, UnixTime, Verifier, VerifyErrorKind, providers,
};

/// The schemes of a sound TOML text.
#[track_caller]
fn toml(text: &str) -> Schemes {
    Schemes::parse(text, Format::Toml).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The only scheme of a sound TOML text.
#[track_caller]
fn one(text: &str) -> &'static Scheme {
    let schemes = toml(text);
    assert_eq!(schemes.len(), 1);
    schemes.iter().next().expect("one scheme")
}

/// Why a TOML text is not taken.
#[track_caller]
fn refused(text: &str) -> SchemesError {
    match Schemes::parse(text, Format::Toml) {
        Ok(schemes) => panic!("taken: {schemes:?}"),
        Err(error) => error,
    }
}

/// The only fault of a TOML text.
#[track_caller]
fn fault(text: &str) -> Fault {
    let error = refused(text);
    assert_eq!(error.faults().len(), 1, "{error}");
    error.faults()[0].clone()
}

const ACME: &str = r#"
[[scheme]]
slug = "acme"
signature = { header = "acme-signature", pairs = { key = "v1", separator = ",", assign = "=" } }
timestamp = { pair = "t" }
content = ["{timestamp}", ".", "{body}"]
replay-id = { json = "/id" }
"#;

#[test]
fn a_scheme_of_a_file_verifies_what_it_signs_and_nothing_else() {
    const NOW: i64 = 1_767_225_600;
    let secret = "6d1f0c3b8a7e5492d0b1c2a3f4e596878899aabbccddeeff0123456789abcdef";
    let scheme = one(ACME);
    let body = br#"{"id":"evt_7f3a"}"#;
    let signer = Signer::new(scheme, Secret::new(secret)).expect("a sound secret");
    let now = UnixTime::from_secs(NOW);
    let headers = signer
        .sign_at(&http::HeaderMap::new(), body, now)
        .expect("signed");
    let verifier = Verifier::new(scheme, Secret::new(secret)).expect("a sound secret");
    let verdict = |body: &[u8], at: i64| {
        let at = UnixTime::from_secs(at);
        let judged = verifier.verify_at(Delivery::new(&headers, body), at);
        judged.map(|_| ()).map_err(|error| error.kind())
    };
    assert_eq!(verdict(body, NOW), Ok(()));
    assert_eq!(verdict(b"{}", NOW), Err(VerifyErrorKind::Mismatch));
    assert_eq!(verdict(body, NOW + 301), Err(VerifyErrorKind::Stale));
}

#[test]
fn a_scheme_says_what_the_builder_would() {
    use hookproof::scheme::{Grammar, Part, Place, ReplayId, Timestamp};
    let built = Scheme::builder("acme", "acme-signature")
        .grammar(Grammar::Pairs {
            signature: "v1",
            separator: b',',
            assign: b'=',
        })
        .timestamp(Timestamp::Pair("t"))
        .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
        .replay_id(ReplayId::Id(Place::Json("/id")))
        .build();
    assert_eq!(*one(ACME), built);
}

#[test]
fn a_preset_is_extended_fact_by_fact() {
    let scheme = one(r#"
        [[scheme]]
        slug = "stripe-relayed"
        extends = "stripe"
        signature = { header = "x-relayed" }
        timestamp = { tolerance-secs = { past = 600, future = 60 } }
        retries = { acknowledge-secs = 7 }
    "#);
    let retries = providers::STRIPE.retries().acknowledge_within(7);
    let adjusted = providers::STRIPE
        .adjust()
        .slug("stripe-relayed")
        .signature_header("x-relayed")
        .tolerance(Tolerance::new(600, 60))
        .retries(retries)
        .build();
    assert_eq!(*scheme, adjusted);
    assert_eq!(scheme.provider(), "stripe");
    assert_eq!(
        *one("scheme = { slug = \"stripe-2\", extends = \"stripe\" }"),
        providers::STRIPE.adjust().slug("stripe-2").build()
    );
}

#[test]
fn the_same_text_gives_the_same_schemes_and_keeps_nothing_more() {
    let first = one(ACME);
    assert!(core::ptr::eq(first, one(ACME)));
    // So does the same scheme in another text.
    let other = format!("# With a comment.\n{ACME}algorithm = \"hmac-sha256\"\n");
    assert!(core::ptr::eq(first, one(&other)));
    let json = r#"{"scheme": {
        "slug": "acme",
        "signature": {"header": "acme-signature", "pairs": {"key": "v1", "separator": ",", "assign": "="}},
        "timestamp": {"pair": "t"},
        "content": ["{timestamp}", ".", "{body}"],
        "replay-id": {"json": "/id"}
    }}"#;
    let schemes = Schemes::parse(json, Format::Json).expect("sound");
    assert!(core::ptr::eq(first, schemes.find("acme").expect("acme")));
    // Even where two threads read at once.
    let read = || one(&ACME.replace("acme", "twice"));
    let two = [std::thread::spawn(read), std::thread::spawn(read)];
    let two = two.map(|thread| thread.join().expect("no panic"));
    assert!(core::ptr::eq(two[0], two[1]));
}

#[test]
fn presets_are_found_only_where_they_are_asked_for() {
    let schemes = toml(ACME);
    assert_eq!(schemes.find("acme").map(Scheme::slug), Some("acme"));
    assert!(schemes.find("stripe").is_none());
    assert_eq!(
        schemes.find_or_preset("stripe").map(Scheme::slug),
        Some("stripe")
    );
    assert_eq!(
        schemes.find_or_preset("acme").map(Scheme::slug),
        Some("acme")
    );
    assert!(schemes.find_or_preset("nobody").is_none());
}

#[test]
fn the_examples_of_the_explanation_are_sound_and_the_same() {
    let text = include_str!("../docs/schemes.md");
    let fenced = |language: &str| {
        let (_, rest) = text
            .split_once(&format!("```{language}\n"))
            .expect("an example");
        rest.split_once("```").expect("its end").0
    };
    let of_toml = toml(fenced("toml"));
    let of_json = Schemes::parse(fenced("json"), Format::Json).expect("sound");
    let pairs = of_toml.iter().zip(of_json.iter());
    assert_eq!((of_toml.len(), of_json.len()), (3, 3));
    for (left, right) in pairs {
        assert!(core::ptr::eq(left, right), "{left:?}\n{right:?}");
    }
}

#[test]
fn files_are_read_by_the_end_of_their_names() {
    let folder = std::env::temp_dir().join(format!("hookproof-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("written");
        Schemes::load(&path).map(|schemes| schemes.len())
    };
    let kind = |result: Result<usize, SchemesError>| result.map_err(|error| error.kind().as_str());
    assert_eq!(kind(write("a.toml", ACME.as_bytes())), Ok(1));
    let json = br#"{"scheme": [{"slug": "acme", "signature": {"header": "acme-signature"}}]}"#;
    assert_eq!(kind(write("a.JSON", json)), Ok(1));
    assert_eq!(kind(write("a.json", ACME.as_bytes())), Err("bad-syntax"));
    assert_eq!(kind(write("a.yaml", json)), Err("unreadable"));
    assert_eq!(kind(write("toml", json)), Err("unreadable"));
    let absent = Schemes::load(folder.join("absent.toml")).expect_err("no such file");
    assert_eq!(absent.kind().as_str(), "unreadable");
    assert!(absent.to_string().contains("absent.toml: "), "{absent}");
    assert!(std::error::Error::source(&absent).is_some());
    // Not UTF-8: the place of the first byte that is not.
    let latin = write("latin.toml", b"# ok\n# caf\xe9\n").expect_err("not UTF-8");
    let fault = &latin.faults()[0];
    assert_eq!((fault.line(), fault.column()), (Some(2), Some(6)));
    assert_eq!(fault.message(), "the file is not UTF-8: save it as UTF-8");
    // One byte too many.
    let long = [ACME.as_bytes(), &vec![b'\n'; 1024 * 1024]].concat();
    assert_eq!(kind(write("long.toml", &long)), Err("too-large"));
    assert_eq!(kind(write("fits.toml", &long[..1024 * 1024])), Ok(1));
    std::fs::remove_dir_all(&folder).expect("removed");
}
