//! What is refused without a look-up, and with its body unread.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hookproof::VerifyErrorKind;
use http::{HeaderMap, HeaderValue};

use super::platform::{DRIVERS, Platform, addressed};
use super::register::Act;
use crate::support::delivered::NOW;

type Change = fn(&mut HeaderMap);

const SIGNATURE: &str = "stripe-signature";

fn set(headers: &mut HeaderMap, value: &'static str) {
    headers.insert(SIGNATURE, HeaderValue::from_static(value));
}

#[tokio::test]
async fn a_head_that_no_key_can_mend_costs_no_look_up_and_no_byte_of_the_body() {
    let cases: [(Change, VerifyErrorKind); 6] = [
        (
            |headers| drop(headers.remove(SIGNATURE)),
            VerifyErrorKind::MissingHeader,
        ),
        (
            |headers| set(headers, "nonsense"),
            VerifyErrorKind::Malformed,
        ),
        (
            |headers| set(headers, "t=1,v1=zz"),
            VerifyErrorKind::Malformed,
        ),
        (
            |headers| {
                let value = headers[SIGNATURE].clone();
                headers.append(SIGNATURE, value);
            },
            VerifyErrorKind::DuplicateHeader,
        ),
        (
            |headers| {
                let long = "v1=0".repeat(4_000);
                let value = HeaderValue::from_str(&long).expect("a value");
                headers.insert(SIGNATURE, value);
            },
            VerifyErrorKind::Malformed,
        ),
        (
            |headers| {
                let length = HeaderValue::from_static("9999999999");
                headers.insert("content-length", length);
            },
            VerifyErrorKind::TooLarge,
        ),
    ];
    for &driver in DRIVERS {
        for (change, kind) in &cases {
            let platform = Platform::new(driver);
            platform.register.add("acme");
            let mut sent = addressed("acme", &platform.delivery("acme"));
            change(sent.headers_mut());
            let polls = Arc::clone(&sent.body().polls);
            let reply = platform.post(sent).await;
            let status = match kind {
                VerifyErrorKind::TooLarge => 413,
                _ => 401,
            };
            assert_eq!(reply.status, status, "{driver:?} {kind}");
            // Nobody was asked for, so nobody is named.
            assert_eq!(platform.refusals(), [(*kind, None)], "{driver:?}");
            assert_eq!(platform.register.asked(), 0, "{driver:?} {kind}");
            assert_eq!(polls.load(Ordering::SeqCst), 0, "{driver:?} {kind}");
        }
    }
}

#[tokio::test]
async fn what_is_outside_its_window_costs_no_look_up() {
    for &driver in DRIVERS {
        for (age, kind) in [
            (301, VerifyErrorKind::Stale),
            (-301, VerifyErrorKind::Future),
            (i64::from(i32::MAX), VerifyErrorKind::Stale),
        ] {
            let platform = Platform::new(driver);
            platform.register.add("acme");
            let mut delivered = platform.delivery("acme");
            delivered.now = (NOW - age).max(0);
            delivered.sign();
            let sent = addressed("acme", &delivered);
            let polls = Arc::clone(&sent.body().polls);
            assert!(platform.post(sent).await.is_refusal(), "{driver:?} {age}");
            assert_eq!(platform.refusals(), [(kind, None)]);
            assert_eq!(platform.register.asked(), 0, "{driver:?} {age}");
            assert_eq!(polls.load(Ordering::SeqCst), 0, "{driver:?} {age}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_body_is_unread_while_the_keys_are_looked_up() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        platform.register.add("acme");
        platform.register.takes(Duration::from_secs(1));
        let sent = addressed("acme", &platform.delivery("acme"));
        let polls = Arc::clone(&sent.body().polls);
        let answering = tokio::spawn(platform.post(sent));
        tokio::time::sleep(Duration::from_millis(999)).await;
        assert_eq!(platform.register.under_way(), 1, "{driver:?}");
        assert_eq!(polls.load(Ordering::SeqCst), 0, "{driver:?}");
        assert!(answering.await.expect("no panic").is_handlers());
    }
}

#[tokio::test]
async fn the_body_is_unread_where_a_tenant_is_unknown_or_cannot_be_looked_up() {
    for &driver in DRIVERS {
        for act in [Act::Nobody, Act::Fails, Act::Keys(vec![String::new()])] {
            let platform = Platform::new(driver);
            platform.register.set("acme", act.clone());
            let sent = addressed("acme", &platform.delivery("acme"));
            let polls = Arc::clone(&sent.body().polls);
            assert!(!platform.post(sent).await.is_handlers());
            assert_eq!(polls.load(Ordering::SeqCst), 0, "{driver:?} {act:?}");
        }
    }
}

#[tokio::test]
async fn a_clock_that_cannot_be_read_costs_no_look_up() {
    use crate::support::clock::Fixed;
    for &driver in DRIVERS {
        let platform = Platform::with(driver, |tenants| tenants.clock(Fixed::broken()));
        platform.register.add("acme");
        assert!(platform.serve("acme").await.is_unavailable(), "{driver:?}");
        assert_eq!(platform.register.asked(), 0, "{driver:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_head_is_said_before_that_nobody_is_known() {
    for &driver in DRIVERS {
        let platform = Platform::new(driver);
        let genuine = platform.delivery("nobody");
        // From now on it is kept that nobody is known by that name.
        assert!(platform.send("nobody", &genuine).await.is_refusal());
        platform.refusals();
        for address in ["/hooks/nobody", "/elsewhere"] {
            let mut unsigned = addressed("nobody", &genuine);
            *unsigned.uri_mut() = address.parse().expect("a path");
            unsigned.headers_mut().remove(SIGNATURE);
            assert!(platform.post(unsigned).await.is_refusal(), "{driver:?}");
            assert_eq!(platform.refusal(), VerifyErrorKind::MissingHeader);

            let mut long = addressed("nobody", &genuine);
            *long.uri_mut() = address.parse().expect("a path");
            let length = HeaderValue::from_static("9999999999");
            long.headers_mut().insert("content-length", length);
            assert_eq!(platform.post(long).await.status, 413, "{driver:?}");
            assert_eq!(platform.refusal(), VerifyErrorKind::TooLarge);
        }
    }
}
