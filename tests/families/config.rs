//! Texts that are signed, not sent and not secret: the operator configures them.

use hookproof::VerifyErrorKind::{Mismatch, Unavailable};
use hookproof::scheme::{Part, Scheme};
use hookproof::{ConfigErrorKind, Endpoint};

use super::kit::{Sent, mac, verifier};

const BODY: &str = r#"{"id":"evt_1"}"#;

static SHOP: Scheme = Scheme::builder("shop", "own-signature")
    .content(&[
        Part::Config("app_key"),
        Part::Literal("/"),
        Part::Config("region"),
        Part::Body,
    ])
    .build();

fn sent() -> Sent {
    Sent::to("/hook")
        .with("own-signature", mac(format!("38abcd/eu{BODY}")))
        .body(BODY)
}

#[test]
fn a_configured_text_is_signed() {
    let verifier = verifier(&SHOP)
        .with_config("app_key", "38abcd")
        .with_config("region", "eu");
    assert_eq!(sent().verdict(&verifier), Ok(()));
    assert_eq!(sent().body("{}").verdict(&verifier), Err(Mismatch));
}

#[test]
fn another_text_is_a_mismatch() {
    let usual = verifier(&SHOP).with_config("region", "eu");
    for wrong in ["38abce", "38abcd/", "38ABCD", "", " 38abcd"] {
        let verifier = usual.clone().with_config("app_key", wrong);
        assert_eq!(sent().verdict(&verifier), Err(Mismatch), "{wrong:?}");
    }
}

#[test]
fn without_all_of_them_no_endpoint_is_built_and_nothing_verifies() {
    let cases = [
        (verifier(&SHOP), "app_key"),
        (verifier(&SHOP).with_config("app_key", "38abcd"), "region"),
        (verifier(&SHOP).with_config("region", "eu"), "app_key"),
        (verifier(&SHOP).with_config("App_Key", "38abcd"), "app_key"),
    ];
    for (verifier, lacks) in cases {
        assert_eq!(sent().verdict(&verifier), Err(Unavailable), "{lacks}");
        let endpoint = Endpoint::builder("shop", verifier).without_replay_guard();
        let error = endpoint.build().expect_err("a text is not configured");
        assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
        let wanted = format!(".with_config(\"{lacks}\"");
        assert!(error.to_string().contains(&wanted), "{error}");
    }
}

#[test]
fn a_name_that_the_scheme_does_not_use_is_ignored() {
    let verifier = verifier(&SHOP)
        .with_config("app_key", "38abcd")
        .with_config("region", "eu")
        .with_config("shop", "7");
    assert_eq!(sent().verdict(&verifier), Ok(()));
    let endpoint = Endpoint::builder("shop", verifier).without_replay_guard();
    assert!(endpoint.build().is_ok());
}

#[test]
fn the_last_text_under_a_name_counts() {
    let verifier = verifier(&SHOP)
        .with_config("app_key", "old")
        .with_config("region", "eu")
        .with_config("app_key", "38abcd");
    assert_eq!(sent().verdict(&verifier), Ok(()));
}

#[test]
fn a_scheme_tells_what_must_be_configured() {
    assert!(SHOP.config_names().eq(["app_key", "region"]));
}

#[cfg(feature = "tenants")]
#[test]
fn tenants_share_what_is_configured() {
    use hookproof::Keyring;
    use hookproof::tenants::{SourceError, TenantAt, Tenants};

    let nobody = |_: String| async { Ok::<Option<Keyring>, SourceError>(None) };
    let tenants = || Tenants::new(&SHOP, TenantAt::path("/{tenant}"), nobody);
    let endpoint = Endpoint::for_tenants("shop", tenants()).without_replay_guard();
    let error = endpoint.build().expect_err("a text is not configured");
    assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
    let tenants = tenants().config("app_key", "38abcd").config("region", "eu");
    let endpoint = Endpoint::for_tenants("shop", tenants).without_replay_guard();
    assert!(endpoint.build().is_ok());
}
