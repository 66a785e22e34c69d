//! Ids and event names of proven JSON bodies: what `serde_json` finds in its tree is what the
//! library finds without one.
//!
//! Input: a scheme's slug and a line end, then the body.
#![no_main]

use std::sync::LazyLock;

use hookproof::scheme::{Place, Scheme};
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::delivery::prove;
use hookproof_fuzz::reference::json::{Json, id_at};
use hookproof_fuzz::{first_line, named, schemes};
use libfuzzer_sys::fuzz_target;

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
    let fields = Bound::DELIVERY.check(body.len(), || {
        [
            (scheme.delivery_id(), proven.delivery_id()),
            (scheme.event_type(), proven.event_type()),
        ]
    });
    for (place, found) in fields {
        let Some(Place::Json(pointer)) = place else {
            continue;
        };
        assert_eq!(found, id_at(body, pointer), "{pointer}");
        // Where nobody can read the body in two ways, it is what the whole tree holds.
        if let Some(tree) = Json::unambiguous(body) {
            let text = tree.at(pointer).and_then(Json::text);
            let usable =
                |text: &&str| (1..=256).contains(&text.len()) && !text.contains(char::is_control);
            assert_eq!(found.as_deref(), text.filter(usable), "{pointer}");
        }
    }
});
