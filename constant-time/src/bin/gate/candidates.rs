//! The candidate is secret: a genuine one is the MAC, or the token itself. Beside the verdict on the
//! signature there is one on its form, which the sender knows: whether every character is of the
//! encoding. What the characters are, nothing depends on.

use hookproof::scheme::{Algorithm, Encoding, Scheme};
use hookproof::{Head, Secret, Verifier};
use hookproof_constant_time::{BODY, NOW, Signed};

use crate::judged::{ARRIVALS, Group, judge};
use crate::keys::{SECRETS, built, candidates, others, shapes};
use crate::memcheck::{make_secret, secret};

pub fn run() -> Vec<Group> {
    let mut groups = Vec::new();
    for encoding in [Encoding::Base64, Encoding::Base64Url, Encoding::Hex] {
        for (name, scheme) in shapes() {
            let scheme = built(scheme.encoding(encoding));
            groups.push(group(
                &format!("candidate secret: {encoding:?}, {name}"),
                &scheme,
            ));
        }
    }
    for (name, scheme) in others() {
        groups.push(group(&format!("candidate secret: {name}"), &built(scheme)));
    }
    groups
}

fn group(name: &str, scheme: &Scheme) -> Group {
    let mut group = Group::of(name, scheme);
    // A token has no form.
    let forms = usize::from(scheme.algorithm() != Algorithm::Token);
    let signed = Signed::new(scheme, SECRETS[0]);
    for key in [Secret::new(SECRETS[0]), secret(SECRETS[0])] {
        let verifier = Verifier::new(scheme, key).expect("a good secret");
        for (what, candidates, is_right) in candidates(&signed) {
            let headers = signed.with(&candidates);
            for place in signed.places(&headers, candidates.len()) {
                // Whether there is padding tells how long it is, and is no secret.
                let padding = match scheme.algorithm() {
                    Algorithm::Basic => 2,
                    _ => usize::from(place.ends_with(b"=")),
                };
                make_secret(&place[..place.len() - padding]);
            }
            let verdicts = forms * candidates.len() + 1;
            for arrival in ARRIVALS {
                let seen = judge(&verifier, (Head::from(&headers), BODY), NOW, arrival);
                group.take(format!("{what}, {arrival:?}"), &seen, is_right, verdicts);
            }
        }
    }
    group
}
