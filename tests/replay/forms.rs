//! One delivery in other forms: as a provider may send it again, or somebody who captured it.

use hookproof::replay::Identity;
use hookproof::scheme::{Encoding, Grammar, Place, ReplayId, Scheme, Timestamp};
use hookproof::{Endpoint, providers};
use serde_json::{Value, json};

use crate::support::delivered::Delivered;
use crate::support::reading::{other_version, window};
use crate::support::shapes;
use crate::support::signing::put;

/// The presets whose deliveries these features can tell apart.
pub(crate) fn presets() -> impl Iterator<Item = &'static Scheme> {
    let in_json = |scheme: &Scheme| matches!(scheme.replay_id(), ReplayId::Id(Place::Json(_)));
    let known = move |scheme: &&Scheme| {
        let readable = cfg!(feature = "json") || !in_json(scheme);
        readable && scheme.replay_id() != ReplayId::Indistinct
    };
    shapes::presets().into_iter().filter(known)
}

/// The presets whose deliveries nothing tells apart, and a scheme of one's own.
pub(crate) fn indistinct() -> Vec<Scheme> {
    let own = providers::GITHUB.adjust().replay_id(ReplayId::Indistinct);
    let presets = shapes::presets().into_iter().copied();
    presets
        .filter(|scheme| scheme.replay_id() == ReplayId::Indistinct)
        .chain([own.build()])
        .collect()
}

/// A body with the event's id where the scheme has it, and something beside it.
pub(crate) fn body(scheme: &Scheme, id: &str, beside: &Value) -> String {
    let mut body = json!({ "beside": beside });
    if let ReplayId::Id(Place::Json(pointer)) = scheme.replay_id() {
        let mut place = &mut body;
        for key in pointer.split('/').skip(1) {
            place = &mut place[key];
        }
        *place = id.into();
    }
    body.to_string()
}

/// The event of that number, with all ids of its own.
pub(crate) fn event(scheme: &Scheme, nth: usize) -> Delivered {
    let body = body(scheme, &format!("evt_{nth}"), &nth.into());
    let mut delivered = Delivered::signed(scheme).with_body(body);
    for name in delivered.signed_headers() {
        put(&mut delivered.headers, name, format!("id_{nth}").as_bytes());
    }
    delivered.sign();
    delivered
}

/// As the endpoint of that name proves it.
pub(crate) fn at_endpoint(delivered: &Delivered, name: &str) -> Delivered {
    let endpoint = Endpoint::builder(name, delivered.verifier.clone())
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    Delivered {
        verifier: endpoint.verifier().expect("one keyring").clone(),
        ..delivered.clone()
    }
}

pub(crate) fn identity(delivered: &Delivered) -> Identity {
    let proven = delivered.stream(&[&delivered.body]).expect("genuine");
    proven.identity().expect("an identity")
}

/// The same delivery in other forms, each with its name. All of them verify.
pub(crate) fn others(delivered: &Delivered) -> Vec<(&'static str, Delivered)> {
    let mut forms = rewritten(delivered);
    let scheme = &delivered.scheme;
    // Where the signed content identifies, another stamp is another delivery.
    if scheme.timestamp().is_some() && scheme.replay_id() != ReplayId::Content {
        forms.push(("stamped anew", stamped_anew(delivered)));
    }
    forms
}

/// The same with a later stamp, which the window allows.
pub(crate) fn stamped_anew(delivered: &Delivered) -> Delivered {
    let ahead = window(&delivered.scheme).map_or(60, |(_, future)| future.min(60));
    let mut again = delivered.at(delivered.now + ahead);
    again.sign();
    again.at(delivered.now)
}

/// Those that need no secret: the signed bytes stay.
pub(crate) fn rewritten(delivered: &Delivered) -> Vec<(&'static str, Delivered)> {
    let scheme = &delivered.scheme;
    let good = delivered.encoded(&delivered.mac(&delivered.now.to_string()));
    let bogus = delivered.encoded(&[7; 32]);
    let mut forms = Vec::new();

    let mut dressed = delivered.clone();
    for name in ["user-agent", "x-request-id", "x-forwarded-for"] {
        put(&mut dressed.headers, name, b"another");
    }
    for place in [scheme.delivery_id(), scheme.event_type()] {
        if let Some(place @ Place::Header(name)) = place
            && !scheme.covers(place)
        {
            put(&mut dressed.headers, name, b"another");
        }
    }
    forms.push(("with other headers that nobody signed", dressed));

    if scheme.encoding() == Encoding::Hex {
        let mut upper = delivered.clone();
        upper.write(&[&good.to_uppercase()]);
        forms.push(("in upper-case hex", upper));
    }
    let mut signature = |what, text: String| {
        let mut form = delivered.clone();
        put(
            &mut form.headers,
            scheme.signature_header().expect("a signature in a header"),
            text.as_bytes(),
        );
        forms.push((what, form));
    };
    match scheme.grammar() {
        Grammar::List { prefix, separator } => {
            let joined = |items: &[&str]| items.join(&char::from(separator).to_string());
            let (good, bogus) = (format!("{prefix}{good}"), format!("{prefix}{bogus}"));
            signature("among other candidates", joined(&[&bogus, &good, &bogus]));
            signature("among empty items", joined(&["", "", &good, "", ""]));
            let other = other_version(prefix).unwrap_or_else(|| "v2".to_owned());
            let other = format!("{other}{bogus}");
            let text = joined(&[&other, "v2", "what", &good]);
            signature("after items of other versions", text);
        }
        Grammar::Pairs {
            signature: key,
            separator,
            assign,
        } => {
            let Some(Timestamp::Pair(stamp_key)) = scheme.timestamp() else {
                panic!("{} has its timestamp elsewhere", scheme.slug());
            };
            let joined = |items: &[&str]| items.join(&char::from(separator).to_string());
            let pair = |key: &str, value: &str| format!("{key}{}{value}", char::from(assign));
            let stamp = pair(stamp_key, &delivered.now.to_string());
            let other = pair(&format!("{key}a"), &good);
            let unknown = pair("a", "b");
            let (good, bogus) = (pair(key, &good), pair(key, &bogus));
            let text = joined(&[&stamp, &bogus, &good, &bogus]);
            signature("among other candidates", text);
            signature("in another order", joined(&[&good, &stamp]));
            let text = joined(&["", &other, "", &stamp, "what", &unknown, &good, ""]);
            signature("among unknown and empty pairs", text);
        }
        Grammar::Prefixed { prefix, optional } if optional => {
            signature("with the prefix", format!("{prefix}{good}"));
            signature("without the prefix", good.clone());
        }
        _ => {}
    }
    for alias in scheme.aliases() {
        let mut form = delivered.clone();
        let value = form
            .headers
            .remove(scheme.signature_header().expect("a signature in a header"));
        form.headers.insert(*alias, value.expect("a signature"));
        forms.push(("under the other header name", form));
    }
    forms
}
