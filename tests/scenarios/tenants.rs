//! Tenants: whose delivery it is, and what a stranger learns of them.

use hookproof::replay::MemoryStore;
use hookproof::scheme::Scheme;
use hookproof::{EndpointBuilder, VerifyErrorKind, providers};
use serde_json::json;

use crate::captured::captured;
use crate::platform::{DRIVERS, Driver, Platform};
use crate::register::{Act, secret_of};
use crate::support::delivered::Delivered;
use crate::support::signing;

/// MailingAPI's deliveries to these tenants, at one endpoint with one store.
fn platform(driver: Driver, tenants: &[&str]) -> Platform {
    let scheme: &Scheme = &providers::MAILINGAPI;
    let guarded = |builder: EndpointBuilder| builder.replay(MemoryStore::default());
    let platform = Platform::built(scheme, driver, |tenants| tenants, guarded);
    for tenant in tenants {
        platform.register.add(tenant);
    }
    platform
}

/// The delivery with that id, signed for that tenant.
fn delivery(platform: &Platform, tenant: &str, id: &str) -> Delivered {
    let body = json!({ "id": id, "type": "delivered" }).to_string();
    let mut delivered = platform.delivery(tenant).with_body(body);
    delivered.sign();
    delivered
}

/// hx-s-007, same body to two tenants: both are handled, and each is a duplicate at its own alone.
#[tokio::test]
async fn hx_s_007_the_same_body_to_two_tenants() {
    for &driver in DRIVERS {
        let platform = platform(driver, &["a", "b"]);
        for handled in 1..=2 {
            let tenant = ["a", "b"][handled - 1];
            let delivered = delivery(&platform, tenant, "evt_1");
            assert!(platform.send(tenant, &delivered).await.is_handlers());
            let again = platform.send(tenant, &delivered).await;
            assert_eq!((again.status, again.body.len()), (200, 0), "{driver:?}");
            assert_eq!(platform.handled(), handled, "{driver:?}");
        }
    }
}

/// hx-s-008, tenant or id holding the key separator: both are handled.
#[tokio::test]
async fn hx_s_008_a_tenant_or_id_that_holds_the_separator() {
    let pairs = [
        ("a:b", "c"),
        ("a", "b:c"),
        ("a:b:c", "d"),
        ("a:b", "c:d"),
        ("a", "b:c:d"),
        ("a|b", "c"),
        ("a", "b|c"),
        ("ab", "c"),
        ("a", "bc"),
        ("a.b", "c"),
        ("a", "b.c"),
    ];
    for &driver in DRIVERS {
        let platform = platform(driver, &["a", "ab", "a:b", "a:b:c", "a|b", "a.b"]);
        for (nth, (tenant, id)) in pairs.iter().enumerate() {
            let delivered = delivery(&platform, tenant, id);
            let reply = platform.send(tenant, &delivered).await;
            assert!(reply.is_handlers(), "{driver:?} {tenant} {id}: {reply:?}");
            assert_eq!(platform.handled(), nth + 1, "{driver:?} {tenant} {id}");
        }
    }
}

/// hx-s-009, delivery for tenant A sent to tenant B's path: refused, and it stays A's.
#[tokio::test]
async fn hx_s_009_a_delivery_for_one_tenant_at_anothers_path() {
    for &driver in DRIVERS {
        let platform = platform(driver, &["a", "b"]);
        let delivered = delivery(&platform, "a", "evt_1");
        assert!(platform.send("b", &delivered).await.is_refusal());
        assert_eq!(platform.refusal(), VerifyErrorKind::Mismatch, "{driver:?}");
        assert_eq!(platform.handled(), 0);
        assert!(platform.send("a", &delivered).await.is_handlers());
    }
}

/// hx-s-027, unknown tenant: answered as a bad signature is, to the byte.
#[tokio::test]
async fn hx_s_027_an_unknown_tenant() {
    for &driver in DRIVERS {
        let platform = platform(driver, &["a"]);
        let forged = platform.delivery_under(&secret_of("a stranger"));
        let known = platform.send("a", &forged).await;
        assert_eq!(platform.refusal(), VerifyErrorKind::Mismatch);
        let unknown = platform.send("nobody", &forged).await;
        assert_eq!(platform.refusal(), VerifyErrorKind::UnknownTenant);
        assert_eq!(known, unknown, "{driver:?}");
        assert!(known.is_refusal(), "{driver:?}");
    }
}

/// A delivery signed with the empty key, which the signing helpers take and no verifier does.
fn under_the_empty_key(platform: &Platform) -> Delivered {
    let mut delivered = platform.delivery("a");
    let mac = delivered.mac_under(b"", &delivered.now.to_string());
    delivered.write(&[&signing::hex(&mac)]);
    delivered
}

/// hx-s-029, secret source returns an empty secret: refused as `bad-secret`, with an error in the log
/// that names tenant and mistake (`docs/operating.md`, Tenants).
#[test]
fn hx_s_029_the_source_returns_an_empty_secret() {
    for &driver in DRIVERS {
        for blank in [&[""][..], &[" "], &["\n"], &["", ""], &[]] {
            let captured = captured(async move {
                let platform = platform(driver, &[]);
                let secrets = blank.iter().map(|&secret| secret.to_owned()).collect();
                platform.register.set("a", Act::Keys(secrets));
                let delivered = under_the_empty_key(&platform);
                let reply = platform.send("a", &delivered).await;
                assert_ne!(reply.status, 200, "{driver:?} {blank:?}");
                assert_eq!(platform.handled(), 0, "{driver:?} {blank:?}");
            });
            captured.line(&["ERROR", "endpoint=\"hooks\""]);
        }
        let captured = captured(async move {
            let platform = platform(driver, &[]);
            platform.register.set("a", Act::Keys(vec![String::new()]));
            let delivered = under_the_empty_key(&platform);
            assert!(platform.send("a", &delivered).await.is_refusal());
            assert_eq!(platform.refusal(), VerifyErrorKind::BadSecret);
        });
        captured.line(&[
            "ERROR",
            "tenant=\"a\"",
            "secret that cannot be used",
            "empty",
        ]);
    }
}
