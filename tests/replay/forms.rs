//! One delivery in other forms: as a provider may send it again, or somebody who captured it.

use hookproof::replay::Identity;
use hookproof::scheme::{Encoding, Grammar, Place, ReplayId, Scheme, Timestamp};
use hookproof::{Endpoint, providers};

use crate::support::delivered::Delivered;
use crate::support::signing::put;

/// The presets whose deliveries these features can tell apart.
pub(crate) fn presets() -> impl Iterator<Item = &'static Scheme> {
    let in_json = |scheme: &Scheme| matches!(scheme.replay_id(), ReplayId::Id(Place::Json(_)));
    let known = move |scheme: &&Scheme| cfg!(feature = "json") || !in_json(scheme);
    providers::ALL.iter().copied().filter(known)
}

/// The event of that number, with all ids of its own.
pub(crate) fn event(scheme: &Scheme, nth: usize) -> Delivered {
    let body = format!(r#"{{"id":"evt_{nth}","event_id":"evt_{nth}"}}"#);
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
    if delivered.scheme.timestamp().is_some() {
        let mut again = delivered.at(delivered.now + 60);
        again.sign();
        forms.push(("stamped anew", again.at(delivered.now)));
    }
    forms
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
            scheme.signature_header(),
            text.as_bytes(),
        );
        forms.push((what, form));
    };
    match scheme.grammar() {
        Grammar::List { prefix, .. } => {
            let text = format!("{prefix}{bogus} {prefix}{good} {prefix}{bogus}");
            signature("among other candidates", text);
            signature("after blanks", format!("  {prefix}{good}  "));
            let text = format!("v1a,{bogus} v2,{bogus} what {prefix}{good}");
            signature("after items of other versions", text);
        }
        Grammar::Pairs { signature: key, .. } => {
            let Some(Timestamp::Pair(stamp_key)) = scheme.timestamp() else {
                panic!("{} has its timestamp elsewhere", scheme.slug());
            };
            let stamp = format!("{stamp_key}={}", delivered.now);
            let text = format!("{stamp},{key}={bogus},{key}={good},{key}={bogus}");
            signature("among other candidates", text);
            signature("in another order", format!("{key}={good},{stamp}"));
            let text = format!(",v0={bogus},,{stamp},what,a=b,{key}={good},");
            signature("among unknown and empty pairs", text);
        }
        Grammar::Prefixed { prefix, optional } if optional => {
            signature("with the prefix", format!("{prefix}{good}"));
        }
        _ => {}
    }
    for alias in scheme.aliases() {
        let mut form = delivered.clone();
        let value = form.headers.remove(scheme.signature_header());
        form.headers.insert(*alias, value.expect("a signature"));
        forms.push(("under the other header name", form));
    }
    forms
}
