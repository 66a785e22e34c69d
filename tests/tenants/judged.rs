//! By whose keys a delivery is judged, and when it came.

use std::time::Duration;

use hookproof::{UnixTime, VerifyErrorKind, providers};

use super::platform::{DRIVERS, Driver, Platform};
use super::register::{Act, secret_of};
use crate::support::delivered::NOW;

const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn a_delivery_is_judged_by_its_own_tenants_keys_and_no_others() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.add("bolt");
        // Cold, then from the cache.
        for _ in 0..2 {
            for (tenant, other) in [("acme", "bolt"), ("bolt", "acme")] {
                assert!(platform.serve(tenant).await.is_handlers(), "{driver:?}");
                let others = platform.delivery(other);
                assert!(platform.send(tenant, &others).await.is_refusal());
                let told = platform.refusals();
                let expected = (VerifyErrorKind::Mismatch, Some(tenant.to_owned()));
                assert_eq!(told, [expected], "{driver:?}");
            }
        }
        let receipts = platform.receipts();
        let tenants: Vec<_> = receipts.iter().map(|it| it.tenant()).collect();
        assert_eq!(
            tenants,
            [Some("acme"), Some("bolt"), Some("acme"), Some("bolt")]
        );
        assert!(receipts.iter().all(|it| it.endpoint() == Some("hooks")));
        assert_eq!(platform.register.asked(), 2);
    }
}

#[tokio::test]
async fn a_tenants_previous_secret_is_named_by_its_label() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        let (new, old, oldest) = (secret_of("new"), secret_of("old"), secret_of("oldest"));
        let keys = vec![new.clone(), old.clone(), oldest.clone()];
        platform.register.set("acme", Act::Keys(keys));
        for secret in [&new, &old, &oldest] {
            let delivered = platform.delivery_under(secret);
            assert!(platform.send("acme", &delivered).await.is_handlers());
        }
        let retired = platform.delivery_under(&secret_of("retired"));
        assert!(platform.send("acme", &retired).await.is_refusal());
        let receipts = platform.receipts();
        let labels: Vec<_> = receipts.iter().map(|it| it.key()).collect();
        assert_eq!(labels, ["primary", "previous", "previous-2"]);
    }
}

#[tokio::test]
async fn a_key_of_a_tenants_ring_ends_when_it_says() {
    use hookproof::tenants::{SourceError, TenantAt, Tenants};
    use hookproof::{Endpoint, Keyring, Secret};

    async fn keys(_: String) -> Result<Option<Keyring>, SourceError> {
        let old = Secret::new(secret_of("old"));
        let until = UnixTime::from_secs(NOW + 10);
        let keys = Keyring::new(Secret::new(secret_of("new")));
        Ok(Some(keys.with_previous_until(old, until)))
    }
    let platform = Platform::new(Driver::Layer);
    let clock = platform.clock.clone();
    let tenants = Tenants::new(
        &providers::STRIPE,
        TenantAt::by(|_| Some("acme".into())),
        keys,
    );
    let endpoint = Endpoint::for_tenants("hooks", tenants.clock(clock.clone()))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let judged = async || {
        let delivered = platform.delivery_under(&secret_of("old"));
        let mut verification = endpoint.admit(&delivered.headers).await?;
        verification.update(delivered.body.into())?;
        verification.finish()
    };
    clock.pass(secs(9));
    let proven = judged().await.expect("it is in force");
    assert_eq!(proven.receipt().key(), "previous");
    // The ring in the cache is the same one.
    clock.pass(secs(1));
    let refused = judged().await.expect_err("it is not in force");
    assert_eq!(refused.kind(), VerifyErrorKind::Mismatch);
}

#[tokio::test(start_paused = true)]
async fn a_delivery_does_not_age_while_its_keys_are_looked_up() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(secs(1));
        let delivered = platform.delivery("acme");
        platform.clock.pass(secs(299));
        let answering = tokio::spawn(platform.send("acme", &delivered));
        tokio::time::sleep(Duration::from_millis(500)).await;
        platform.clock.pass(secs(2));
        let reply = answering.await.expect("no panic");
        assert!(reply.is_handlers(), "{driver:?}");
        assert_eq!(platform.receipts()[0].age_secs(), Some(299));

        // One that comes now is too old.
        assert!(platform.send("acme", &delivered).await.is_refusal());
        assert_eq!(platform.refusal(), VerifyErrorKind::Stale);
    }
}

#[tokio::test(start_paused = true)]
async fn a_ring_is_judged_by_to_the_end_of_a_delivery() {
    use super::platform::addressed;
    use crate::support::http::{Scripted, Step};

    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        let delivered = platform.delivery("acme");
        let mut sent = addressed("acme", &delivered);
        let mut steps: Vec<Step> = (0..200).map(|_| Step::Later).collect();
        steps.push(Step::Data(delivered.body.clone().into()));
        *sent.body_mut() = Scripted::new(steps);
        let answering = tokio::spawn(platform.post(sent));
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        assert_eq!(platform.register.asked(), 1);
        // The body is on the way.
        platform.register.set("acme", Act::Nobody);
        platform.endpoint.forget_tenant("acme");
        let reply = answering.await.expect("no panic");
        assert!(reply.is_handlers(), "{driver:?}");
        assert!(platform.serve("acme").await.is_refusal(), "{driver:?}");
    }
}
