//! Keys: no key, no verdict; what is retired is refused.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookproof::ConfigErrorKind::{BadKeyring, BadSecret};
use hookproof::VerifyErrorKind::Mismatch;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{Endpoint, KeyFile, Keyring, Secret, Verifier, VerifyErrorKind, providers};
use http::StatusCode;

use crate::clock::Moved;
use crate::drivers::Driver;
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW, SECRET};
use crate::support::http::{Scripted, request};
use crate::support::shapes::presets;

/// What is no secret: nothing, and blanks.
const BLANK: [&str; 6] = ["", " ", "\t", "\n", " \r\n ", "\u{feff}"];

const PATH: &str = "/hooks/acme";

/// The delivery, as it is sent to the tenant `acme`.
pub(crate) fn sent(delivered: &Delivered) -> http::Request<Scripted> {
    let mut request = request(delivered.headers.clone(), Scripted::data(&delivered.body));
    *request.uri_mut() = PATH.parse().expect("a path");
    request
}

/// An endpoint whose source answers so, and the refusals that it tells of.
fn platform(
    answer: impl Fn() -> Result<Option<Keyring>, SourceError> + Send + Sync + 'static,
    configured: impl FnOnce(Tenants) -> Tenants,
) -> (Endpoint, Arc<Mutex<Vec<VerifyErrorKind>>>) {
    let source = move |_: String| {
        let answer = answer();
        async move { answer }
    };
    let at = TenantAt::path("/hooks/{tenant}");
    let tenants = Tenants::new(&providers::STRIPE, at, source).clock(Fixed::at(NOW));
    let told: Arc<Mutex<Vec<_>>> = Arc::default();
    let hears = Arc::clone(&told);
    let endpoint = Endpoint::for_tenants("hooks", configured(tenants))
        .on_refusal(move |it| hears.lock().expect("no panic").push(it.error().kind()))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    (endpoint, told)
}

/// The statuses that every driver answers, and how often the handler was called.
async fn statuses(endpoint: &Endpoint, delivered: &Delivered) -> (Vec<u16>, usize) {
    let calls = Arc::new(AtomicUsize::new(0));
    let mut statuses = Vec::new();
    for driver in Driver::ALL {
        let counted = Arc::clone(&calls);
        let handler = move || {
            counted.fetch_add(1, Ordering::SeqCst);
            StatusCode::OK
        };
        let (status, _, body) = driver.send_to(endpoint, sent(delivered), handler).await;
        assert!(body.is_empty());
        statuses.push(status.as_u16());
    }
    (statuses, calls.load(Ordering::SeqCst))
}

/// CVE-2026-45363, GHSA-c32j-vqhx-rx3x (ruby-jwt), Rustchain issue 7487: an empty key verified
/// anybody's signature.
#[tokio::test]
async fn lesson_09_an_empty_secret_is_no_secret_wherever_it_comes_from() {
    for scheme in providers::ALL {
        for blank in BLANK {
            let refused = Verifier::new(scheme, Secret::new(blank)).expect_err("no key");
            assert_eq!(refused.kind(), BadSecret, "{}: {blank:?}", scheme.slug());
        }
    }
    let mut forged = Delivered::signed(&providers::STRIPE);
    let own = forged.verifier.clone();
    for blank in BLANK {
        let ring = move || Keyring::new(Secret::new(SECRET)).with_previous(Secret::new(blank));
        assert_eq!(own.rotate(ring()).expect_err("no key").kind(), BadSecret);
        let stamp = NOW.to_string();
        let mac = forged.mac_under(blank.as_bytes(), &stamp);
        forged.write(&[&forged.encoded(&mac)]);
        assert_eq!(forged.verdict(), Err(Mismatch), "{blank:?}");
        for of_tenant in [
            Box::new(move || Keyring::new(Secret::new(blank)))
                as Box<dyn Fn() -> Keyring + Send + Sync>,
            Box::new(ring),
        ] {
            let (endpoint, told) = platform(move || Ok(Some(of_tenant())), |it| it);
            assert_eq!(statuses(&endpoint, &forged).await, (vec![401; 3], 0));
            assert_eq!(
                *told.lock().expect("no panic"),
                [VerifyErrorKind::BadSecret; 3]
            );
        }
    }
}

/// Holds for what is no keyring: were it one, two implementations would fit.
trait NoKeyring<A> {
    fn holds() {}
}
impl<T> NoKeyring<()> for T {}
struct IsKeyring;
impl<T: Into<Keyring>> NoKeyring<IsKeyring> for T {}

/// CVE-2026-44109, CVE-2026-32896 (`OpenClaw`), CVE-2026-86080 (n8n): where no secret was configured,
/// nothing was checked.
#[tokio::test]
async fn lesson_10_without_a_secret_there_is_no_verifier_and_nothing_passes() {
    <Option<Secret> as NoKeyring<_>>::holds();
    <Option<Keyring> as NoKeyring<_>>::holds();
    <() as NoKeyring<_>>::holds();
    <String as NoKeyring<_>>::holds();
    let unset = Secret::from_env("HOOKPROOF_LESSON_10_IS_NOT_SET").expect_err("not set");
    assert_eq!(unset.kind(), BadSecret);
    assert_eq!(
        Keyring::from_list([]).expect_err("empty").kind(),
        BadKeyring
    );
    assert!(KeyFile::new("/nowhere/at/all").read().is_err());

    let genuine = Delivered::signed(&providers::STRIPE);
    let (nobody, told) = platform(|| Ok(None), |it| it);
    assert_eq!(statuses(&nobody, &genuine).await, (vec![401; 3], 0));
    assert_eq!(
        *told.lock().expect("no panic"),
        [VerifyErrorKind::UnknownTenant; 3]
    );
    let (broken, told) = platform(|| Err("the database is away".into()), |it| it);
    assert_eq!(statuses(&broken, &genuine).await, (vec![503; 3], 0));
    assert_eq!(
        *told.lock().expect("no panic"),
        [VerifyErrorKind::Unavailable; 3]
    );
}

/// commitpulse issue 5480: where no secret was set, a fallback that everybody knows was.
#[test]
fn lesson_12_placeholders_are_no_secrets() {
    for scheme in presets() {
        for text in [
            "whsec_...",
            "changeme",
            "CHANGEME",
            "your_webhook_secret",
            "<your-secret>",
            "${WEBHOOK_SECRET}",
            "replace_me",
        ] {
            let refused = Verifier::new(scheme, Secret::new(text)).expect_err("a placeholder");
            assert_eq!(refused.kind(), BadSecret, "{}: {text}", scheme.slug());
            assert!(!refused.to_string().contains(text), "it is not repeated");
        }
    }
    let refused = Verifier::new(&providers::GITHUB, Secret::new("changeme")).expect_err("one");
    assert!(refused.to_string().contains("placeholder"));
}

/// CVE-2026-45005 (`OpenClaw`): a secret that had been rotated away lived on in a cache.
#[tokio::test]
async fn lesson_15_a_revoked_key_is_refused_on_the_next_delivery() {
    const NEW: &str = "whsec_of-this-year-0123456789";
    let genuine = Delivered::signed(&providers::STRIPE);
    let verifier = genuine.verifier.clone().with_clock(Fixed::at(NOW));
    let endpoint = Endpoint::builder("hooks", verifier.clone()).without_replay_guard();
    let endpoint = endpoint.build().expect("a sound endpoint");
    assert_eq!(statuses(&endpoint, &genuine).await, (vec![200; 3], 3));
    verifier.rotate(Secret::new(NEW)).expect("usable");
    assert_eq!(statuses(&endpoint, &genuine).await, (vec![401; 3], 0));

    // Sources of tenants' keys are believed for a minute, or for as long as was said.
    for (age, kept) in [(None, 60), (Some(7), 7)] {
        let clock = Moved::at(NOW);
        let secret = Arc::new(Mutex::new(SECRET));
        let answer = {
            let secret = Arc::clone(&secret);
            move || {
                Ok(Some(Keyring::new(Secret::new(
                    *secret.lock().expect("no panic"),
                ))))
            }
        };
        let (endpoint, _) = platform(answer, |tenants| {
            let tenants = tenants.clock(clock.clone());
            match age {
                None => tenants,
                Some(age) => tenants.cached_for(Duration::from_secs(age)),
            }
        });
        assert_eq!(statuses(&endpoint, &genuine).await.1, 3);
        *secret.lock().expect("no panic") = NEW;
        clock.pass(Duration::from_secs(kept) - Duration::from_millis(1));
        assert_eq!(statuses(&endpoint, &genuine).await.1, 3, "within {kept} s");
        clock.pass(Duration::from_millis(1));
        assert_eq!(
            statuses(&endpoint, &genuine).await,
            (vec![401; 3], 0),
            "{kept} s"
        );
        *secret.lock().expect("no panic") = SECRET;
        endpoint.forget_tenant("acme");
        assert_eq!(statuses(&endpoint, &genuine).await.1, 3, "told to forget");
    }
}
