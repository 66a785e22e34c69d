//! Where it is known that time tells of a secret. The gate sees it each time, and fails when it is
//! mended and still stands here.

use hookproof::scheme::{Canonical, Part, Scheme};

/// Why a scheme's verification depends on its secret.
pub fn leak_of(scheme: &Scheme) -> Option<&'static str> {
    let sorts = scheme
        .content()
        .contains(&Part::Canonical(Canonical::Wecom));
    sorts.then_some("wecom: the token is sorted among the texts that are signed")
}
