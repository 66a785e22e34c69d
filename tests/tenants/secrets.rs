//! Keyrings that cannot be used: nothing passes, the operator is told, and a mended one is taken up.

use std::time::Duration;

use hookproof::scheme::Scheme;
use hookproof::{VerifyErrorKind, providers};

use super::platform::{DRIVERS, Driver, Platform};
use super::register::{Act, secret_of};
use crate::support::delivered::Delivered;
use crate::support::signing;

/// A delivery signed under those very bytes as the key.
fn signed_with(platform: &Platform, key: &[u8]) -> Delivered {
    let mut delivered = platform.delivery("acme");
    let stamp = delivered.now.to_string();
    let candidate = delivered.encoded(&delivered.mac_under(key, &stamp));
    delivered.write(&[&candidate]);
    delivered
}

/// Keyrings that cannot be used, with what each might be taken for.
fn unusable(scheme: &Scheme) -> Vec<Vec<String>> {
    let usable = secret_of("acme");
    let mut rings: Vec<Vec<String>> = [
        "",
        " ",
        "\t\n",
        "\u{feff}",
        "changeme",
        "<secret>",
        "${STRIPE_SECRET}",
        "whsec_...",
    ]
    .iter()
    .map(|secret| vec![(*secret).to_owned()])
    .collect();
    rings.push(vec![format!("{usable}\n")]);
    // One bad key among good ones, at either end.
    rings.push(vec![usable.clone(), String::new()]);
    rings.push(vec![String::new(), usable]);
    rings.push((0..17).map(|nth| secret_of(&nth.to_string())).collect());
    if scheme.slug() == "svix" {
        rings.push(vec!["whsec_".to_owned()]);
        rings.push(vec!["whsec_not base64!".to_owned()]);
    }
    rings
}

#[tokio::test]
async fn a_keyring_that_cannot_be_used_lets_nothing_through() {
    for &driver in DRIVERS {
        for scheme in [&providers::STRIPE, &providers::SVIX, &providers::GITHUB] {
            for hidden in [false, true] {
                for ring in unusable(scheme) {
                    none_pass(scheme, driver, hidden, &ring).await;
                }
            }
        }
    }
}

async fn none_pass(scheme: &Scheme, driver: Driver, hidden: bool, ring: &[String]) {
    let platform = Platform::of(scheme, driver, |tenants| match hidden {
        true => tenants.hide_tenants(),
        false => tenants,
    });
    platform.register.set("acme", Act::Keys(ring.to_vec()));
    let mut keys: Vec<Vec<u8>> = vec![Vec::new(), vec![0; 32], vec![0; 64]];
    keys.extend(ring.iter().map(|secret| secret.as_bytes().to_vec()));
    keys.push(signing::key_bytes(scheme.key_format(), &secret_of("acme")));
    keys.push(signing::key_bytes(scheme.key_format(), &secret_of("0")));
    for key in keys {
        let delivered = signed_with(&platform, &key);
        let reply = platform.send("acme", &delivered).await;
        assert!(reply.is_refusal(), "{driver:?} {ring:?}: {reply:?}");
        assert_eq!(platform.refusals(), [(VerifyErrorKind::BadSecret, None)]);
    }
    assert_eq!(platform.handled(), 0);
    // That it cannot be used is kept.
    assert_eq!(platform.register.asked(), 1);
}

#[tokio::test]
async fn a_mended_secret_is_taken_up_after_unknown_for() {
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |tenants| {
            tenants.unknown_for(Duration::from_secs(7))
        });
        let blank = Act::Keys(vec![String::new()]);
        platform.register.set("acme", blank);
        assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
        platform.register.add("acme");
        platform.clock.pass(Duration::from_millis(6_999));
        assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
        assert_eq!(platform.register.asked(), 1, "{driver:?}");
        platform.clock.pass(Duration::from_millis(1));
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test]
async fn a_secret_that_turns_bad_at_the_source_is_not_outlived_by_the_good_one() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        platform
            .register
            .set("acme", Act::Keys(vec![String::new()]));
        platform.clock.pass(Duration::from_secs(60));
        for _ in 0..2 {
            assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
            assert_eq!(platform.refusal(), VerifyErrorKind::BadSecret);
        }
        platform.register.add("acme");
        platform.clock.pass(Duration::from_secs(10));
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test]
async fn one_tenants_bad_secret_is_no_others() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform
            .register
            .set("bolt", Act::Keys(vec![String::new()]));
        assert!(platform.serve("bolt").await.is_refusal(), "{driver:?}");
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
    }
}
