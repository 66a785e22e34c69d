//! Ids and event names of proven JSON bodies: what `serde_json` finds in its tree is what the
//! library finds without one.
//!
//! Input: a scheme's slug and a line end, then the body.
#![no_main]

use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

use bytes::Bytes;
use hookproof::scheme::{Place, Scheme};
use hookproof::{Proven, Secret, Signer, UnixTime, Verifier};
use hookproof_fuzz::delivery::{self, NOW};
use hookproof_fuzz::{first_line, named, schemes};
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

static SCHEMES: LazyLock<Vec<&'static Scheme>> = LazyLock::new(|| {
    let presets = schemes::all().into_iter();
    let in_body = |place| matches!(place, Some(Place::Json(_)));
    presets
        .filter(|scheme| in_body(scheme.delivery_id()) || in_body(scheme.event_type()))
        .chain([&schemes::DEEP])
        .collect()
});

fuzz_target!(|data: &[u8]| {
    let (slug, body) = first_line(data);
    let scheme = named(&SCHEMES, slug, Scheme::slug);
    let proven = prove(scheme, body);
    let fields = [
        (scheme.delivery_id(), proven.delivery_id()),
        (scheme.event_type(), proven.event_type()),
    ];
    let tree = serde_json::from_slice::<Value>(body).ok();
    let unambiguous = serde_json::from_slice::<KeysOnce>(body).is_ok();
    for (place, found) in fields {
        let Some(Place::Json(pointer)) = place else {
            continue;
        };
        if let Some(text) = &found {
            assert!((1..=256).contains(&text.len()), "{pointer}: {text:?}");
            assert!(!text.contains(char::is_control), "{pointer}: {text:?}");
        }
        let (Some(tree), true) = (&tree, unambiguous) else {
            continue;
        };
        match (tree.pointer(pointer), found) {
            (Some(Value::String(text)), found) => {
                let usable = (1..=256).contains(&text.len()) && !text.contains(char::is_control);
                assert_eq!(found.as_ref(), usable.then_some(text), "{pointer}");
            }
            (Some(Value::Bool(flag)), found) => assert_eq!(found, Some(flag.to_string())),
            (Some(Value::Number(number)), Some(text)) => {
                assert_eq!(text.parse::<Number>().ok().as_ref(), Some(number));
            }
            (Some(Value::Number(number)), None) => {
                assert!(body.len() > 256, "{pointer}: {number} is not found");
            }
            (_, found) => assert_eq!(found, None, "{pointer}"),
        }
    }
});

/// Signs, and verifies: there is no other way to a proof.
fn prove(scheme: &Scheme, body: &[u8]) -> Proven {
    let mut given = HeaderMap::new();
    for name in delivery::content_headers(scheme) {
        given.insert(name, HeaderValue::from_static("msg_1"));
    }
    let now = UnixTime::from_secs(NOW);
    let [text, ..] = delivery::secrets(scheme);
    let secret = || Secret::new(text.as_str());
    let signer = Signer::new(scheme, secret()).expect("a good secret");
    let headers = signer.sign_at(&given, body, now).expect("all is given");
    let verifier = Verifier::new(scheme, secret()).expect("a good secret");
    let mut verification = verifier.begin_at(&headers, now).expect("a good head");
    verification
        .update(Bytes::copy_from_slice(body))
        .expect("below the limit");
    verification.finish().expect("signed just now")
}

/// JSON in which no object repeats a key.
struct KeysOnce;

impl<'de> Deserialize<'de> for KeysOnce {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for KeysOnce {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut keys = HashSet::new();
        while let Some((key, Self)) = map.next_entry::<String, Self>()? {
            if !keys.insert(key) {
                return Err(A::Error::custom("a repeated key"));
            }
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}
