//! The replay guard: one tenant's delivery is no duplicate of another's.

use hookproof::providers;
use hookproof::replay::ReplayStore;
use hookproof::scheme::Scheme;

use super::platform::{DRIVERS, Driver, Platform};
use super::puppet::{Ask, Puppet};
use super::register::{Act, secret_of};

fn guarded(scheme: &Scheme, driver: Driver, store: impl ReplayStore) -> Platform {
    let platform = Platform::built(
        scheme,
        driver,
        |tenants| tenants,
        |endpoint| endpoint.replay(store),
    );
    platform.register.add("acme");
    platform.register.add("bolt");
    platform
}

async fn each_is_handled_once(platform: &Platform, what: &str) {
    for tenant in ["acme", "bolt"] {
        assert!(platform.serve(tenant).await.is_handlers(), "{what}");
        let again = platform.serve(tenant).await;
        assert_eq!((again.status, again.body.is_empty()), (200, true), "{what}");
    }
    // From the source again, it is still the same tenant.
    platform.endpoint.forget_tenant("acme");
    assert!(!platform.serve("acme").await.is_handlers(), "{what}");
    assert_eq!(platform.handled(), 2, "{what}");
}

#[cfg(all(feature = "memory-store", feature = "json"))]
#[tokio::test]
async fn one_event_for_two_tenants_is_two_deliveries() {
    use hookproof::replay::MemoryStore;
    for &driver in DRIVERS {
        for scheme in [&providers::STRIPE, &providers::GITHUB, &providers::SVIX] {
            let platform = guarded(scheme, driver, MemoryStore::default());
            each_is_handled_once(&platform, &format!("{driver:?} {}", scheme.slug())).await;
        }
    }
}

#[tokio::test]
async fn one_body_for_two_tenants_is_two_deliveries() {
    for &driver in DRIVERS {
        let platform = guarded(&providers::GITHUB, driver, Puppet::default());
        each_is_handled_once(&platform, &format!("{driver:?}")).await;
    }
}

#[tokio::test]
async fn two_tenants_with_one_secret_are_two_tenants() {
    for &driver in DRIVERS {
        let platform = guarded(&providers::GITHUB, driver, Puppet::default());
        let shared = Act::Keys(vec![secret_of("both")]);
        let delivered = platform.delivery_under(&secret_of("both"));
        for tenant in ["acme", "bolt"] {
            platform.register.set(tenant, shared.clone());
            let reply = platform.send(tenant, &delivered).await;
            assert!(reply.is_handlers(), "{driver:?}");
        }
        let receipts = platform.receipts();
        let tenants: Vec<_> = receipts.iter().map(|it| it.tenant()).collect();
        assert_eq!(tenants, [Some("acme"), Some("bolt")], "{driver:?}");
    }
}

#[tokio::test]
async fn a_rotated_key_makes_no_new_delivery() {
    for &driver in DRIVERS {
        let platform = guarded(&providers::GITHUB, driver, Puppet::default());
        assert!(platform.serve("acme").await.is_handlers(), "{driver:?}");
        let ring = vec![secret_of("new"), secret_of("acme")];
        platform.register.set("acme", Act::Keys(ring));
        platform.endpoint.forget_tenant("acme");
        for secret in ["new", "acme"] {
            let delivered = platform.delivery_under(&secret_of(secret));
            let reply = platform.send("acme", &delivered).await;
            assert_eq!((reply.status, reply.is_handlers()), (200, false));
        }
        assert_eq!(platform.handled(), 1, "{driver:?}");
    }
}

#[tokio::test]
async fn nothing_is_claimed_before_it_is_proven() {
    for &driver in DRIVERS {
        let store = Puppet::default();
        let platform = guarded(&providers::GITHUB, driver, store.clone());
        platform.register.set("down", Act::Fails);
        let others = platform.delivery("bolt");
        for tenant in ["acme", "nobody", "down"] {
            let reply = platform.send(tenant, &others).await;
            assert!(!reply.is_handlers(), "{driver:?} {tenant}");
        }
        assert_eq!(store.asked(Ask::Claim), 0, "{driver:?}");
    }
}
