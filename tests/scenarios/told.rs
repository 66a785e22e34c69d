//! What senders and logs are told of refusals.

use hookproof::replay::MemoryStore;
use hookproof::{Endpoint, VerifyErrorKind, providers};
use http::{HeaderMap, HeaderValue};

use crate::captured::captured;
use crate::driver::{App, Driver, all, builder};
use crate::forms::event;
use crate::platform::{DRIVERS, Platform, addressed};
use crate::support::delivered::{Delivered, NOW, SECRET};

const SIGNATURE: &str = "x-mailingapi-signature";

fn delivery() -> Delivered {
    let body = br#"{"id":"canary-of-the-body","type":"canary-of-the-body"}"#;
    let mut delivered = event(&providers::MAILINGAPI, 1).with_body(*body);
    delivered.sign();
    delivered
}

/// One signature header after another, and what is wrong with it.
fn spoilt(value: &[u8]) -> Delivered {
    delivery().with(SIGNATURE, value).expect("a value")
}

/// A delivery for each reason to refuse one, with what the operator is told.
fn refused() -> Vec<(VerifyErrorKind, Delivered)> {
    let stamped = |by: i64| {
        let mut delivered = delivery().at(NOW + by);
        delivered.sign();
        delivered
    };
    let mut missing = delivery();
    missing.headers = HeaderMap::new();
    let mut twice = delivery();
    let value = twice.headers[SIGNATURE].clone();
    twice.headers.append(SIGNATURE, value);
    let forged = format!("t={NOW},v1={}", "5ec7e7".repeat(11));
    vec![
        (VerifyErrorKind::MissingHeader, missing),
        (VerifyErrorKind::DuplicateHeader, twice),
        (VerifyErrorKind::Malformed, spoilt(b"")),
        (VerifyErrorKind::Malformed, spoilt(b"canary-of-the-sender")),
        (VerifyErrorKind::Malformed, spoilt(forged.as_bytes())),
        (
            VerifyErrorKind::Malformed,
            spoilt(b"t=canary-of-the-sender,v1=00"),
        ),
        (VerifyErrorKind::Stale, stamped(-301)),
        (VerifyErrorKind::Future, stamped(301)),
        (
            VerifyErrorKind::Mismatch,
            spoilt(&forged.as_bytes()[..forged.len() - 2]),
        ),
        (
            VerifyErrorKind::Mismatch,
            delivery().with_body(*b"canary-of-the-body"),
        ),
    ]
}

fn endpoint() -> Endpoint {
    let endpoint = builder(&providers::MAILINGAPI, MemoryStore::default()).body_limit(256);
    endpoint.build().expect("a sound endpoint")
}

/// hx-s-054, logs at TRACE: kind and endpoint, and nothing of secret, MACs, headers' values or body.
/// What all of the catalogue leaves in the log is searched in `silence.rs`.
#[test]
fn hx_s_054_logs_at_trace() {
    for driver in all() {
        let captured = captured(async move {
            let app = App::quick(driver, &endpoint());
            let mut large = delivery().with_body(b"canary-of-the-body".repeat(20));
            large.sign();
            for _ in 0..20 {
                for (_, delivered) in refused() {
                    assert_eq!(app.send(&delivered).await.status, 401);
                }
                assert_eq!(app.send(&large).await.status, 413);
                app.send(&delivery()).await;
            }
            assert_eq!(app.calls(), 1);
        });
        let (log, good) = (captured.log.join("\n"), delivery());
        let mac = good.mac(&NOW.to_string());
        let expected = delivery()
            .with_body(*b"canary-of-the-body")
            .mac(&NOW.to_string());
        let hidden = [
            good.encoded(&mac),
            good.encoded(&expected),
            SECRET.into(),
            "canary".into(),
        ];
        for hidden in hidden
            .iter()
            .map(String::as_str)
            .chain(["5ec7e7", "t=1", "v1="])
        {
            assert!(!log.contains(hidden), "{hidden} is in:\n{log}");
        }
        for (kind, _) in refused() {
            let kind = format!("kind=\"{kind}\"");
            assert!(
                !captured.lines(&[&kind, "endpoint=\"hooks\""]).is_empty(),
                "{kind}"
            );
        }
    }
}

/// hx-s-055, error text to the caller: one status, the same headers, an empty body, for all reasons.
/// There is no way to turn reasons on: `Answers` sets the status of all of them as a whole.
#[test]
fn hx_s_055_the_error_text_to_the_caller() {
    for &driver in DRIVERS {
        let captured = captured(async move {
            let platform = Platform::of(&providers::MAILINGAPI, driver, |tenants| tenants);
            platform.register.add("a");
            let mut answers = Vec::new();
            for (_, delivered) in refused() {
                answers.push(platform.send("a", &delivered).await);
            }
            answers.push(platform.send("nobody", &delivery()).await);
            answers.push(platform.post(addressed("%2f", &delivery())).await);
            assert!(answers[0].is_refusal(), "{:?}", answers[0]);
            assert!(answers.iter().all(|it| it == &answers[0]), "{answers:?}");
            assert!(platform.serve("a").await.is_handlers(), "{driver:?}");
        });
        // All reasons were met.
        for kind in [
            "missing-header",
            "malformed",
            "stale",
            "future",
            "mismatch",
            "unknown-tenant",
        ] {
            let kind = format!("kind=\"{kind}\"");
            assert!(!captured.lines(&[&kind]).is_empty(), "{kind}");
        }
    }
}

/// What a terminal or a reader of logs would act on. `http` holds no ESC, CR or LF; so they come as
/// escapes, and as bytes that some terminals take for them.
fn hostile_values() -> Vec<Vec<u8>> {
    let texts: [&[u8]; 7] = [
        b"\x9b31m canary \x9b0m",
        b"\xc2\x9b31m canary",
        b"\\x1b[31m canary \\r\\n WARN hookproof: canary",
        b"%1b%5b31m%0d%0acanary",
        b"\tcanary\t",
        b"\xe2\x80\xae canary \xe2\x80\xa8",
        b"t=1,v1=canary\" kind=\"canary",
    ];
    let long = |text: &[u8]| text.iter().copied().cycle().take(8_192).collect();
    texts
        .iter()
        .flat_map(|text| [text.to_vec(), long(text)])
        .collect()
}

/// hx-s-056, control bytes in the header reach the log: absent; of what the sender wrote nothing is
/// logged, be it in a header, the path or the name of a tenant.
#[test]
fn hx_s_056_control_bytes_in_the_header() {
    for raw in [&b"\x1b[31m"[..], b"a\r\nb", b"a\nb", b"\0", b"\x7f"] {
        assert!(HeaderValue::from_bytes(raw).is_err(), "http holds {raw:?}");
    }
    let captured = captured(async {
        let platform = Platform::of(&providers::MAILINGAPI, DRIVERS[0], |tenants| tenants);
        platform.register.add("a");
        let app = App::quick(Driver::Layer, &endpoint());
        for value in hostile_values() {
            assert_eq!(app.send(&spoilt(&value)).await.status, 401);
            for name in ["user-agent", "content-type", "content-length", "host"] {
                let mut sent = addressed("a%1b%0d%0a-canary?%1b%0d%0a=canary", &spoilt(&value));
                let value = HeaderValue::from_bytes(&value).expect("a value");
                sent.headers_mut().insert(name, value);
                assert!(platform.post(sent).await.is_refusal(), "{name}");
            }
        }
        assert_eq!((app.calls(), platform.handled()), (0, 0));
    });
    assert!(!captured.log.is_empty());
    for line in &captured.log {
        assert!(!line.contains("canary") && !line.contains("31m"), "{line}");
        assert!(
            line.chars().all(|c| c == ' ' || c.is_ascii_graphic()),
            "{line:?}"
        );
        assert!(line.len() < 1_024, "{line}");
    }
}
