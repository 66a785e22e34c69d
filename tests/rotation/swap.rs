//! Keys exchanged at once.

use bytes::Bytes;
use hookproof::VerifyErrorKind::Mismatch;
use hookproof::{
    ConfigErrorKind, Delivery, Endpoint, Keyring, Secret, Tolerance, Verification, Verifier,
    VerifyErrorKind, providers,
};

use super::support::clock::Fixed;
use super::support::delivered::{Delivered, NOW, kind};
use super::support::shapes;
use super::{in_force, secret, signed};

/// The newest and an older key, as in the middle of a rotation.
fn two(newest: usize, older: usize) -> Keyring {
    Keyring::new(secret(newest)).with_previous(secret(older))
}

/// The body in two frames, with something done between them.
fn finish(
    mut verification: Verification,
    delivered: &Delivered,
    between: impl FnOnce(),
) -> Result<String, VerifyErrorKind> {
    let (head, tail) = delivered.body.split_at(delivered.body.len() / 2);
    let mut take = |frame| {
        verification
            .update(Bytes::copy_from_slice(frame))
            .expect("within the limit");
    };
    take(head);
    between();
    take(tail);
    let proven = verification.finish();
    kind(&proven)?;
    let proven = proven.expect("accepted");
    assert_eq!(proven.body(), &delivered.body);
    Ok(proven.receipt().key().to_owned())
}

fn begin(delivered: &Delivered) -> Verification {
    let now = hookproof::UnixTime::from_secs(delivered.now);
    delivered
        .verifier
        .begin_at(&delivered.headers, now)
        .expect("a good head")
}

#[test]
fn a_rotation_reaches_clones_and_endpoints() {
    let first = Verifier::new(&providers::STRIPE, secret(0))
        .expect("a secret")
        .with_clock(Fixed::at(NOW));
    let clones = [
        first.clone(),
        first.clone().with_tolerance(Tolerance::symmetric(7)),
        first.clone().with_body_limit(100),
        first.clone().with_clock(Fixed::at(NOW + 1)),
    ];
    let endpoint = Endpoint::builder("stripe", clones[1].clone())
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let of_endpoint = endpoint.verifier().expect("its own keys");

    let rotations = [&first, &clones[0], &clones[2], of_endpoint, &clones[3]];
    for (nth, rotated) in rotations.into_iter().enumerate() {
        let (new, old) = ((nth + 1) % 3, nth % 3);
        rotated.rotate(secret(new)).expect("a secret");
        let genuine = signed(new, &first);
        let retired = signed(old, &first);
        for verifier in clones.iter().chain([&first, of_endpoint]) {
            assert_eq!(verifier.labels(), ["primary"]);
            let judge = |delivered: &Delivered| {
                kind(&verifier.verify(Delivery::new(&delivered.headers, &delivered.body)))
            };
            assert_eq!(judge(&genuine), Ok(()));
            assert_eq!(judge(&retired), Err(Mismatch));
        }
        for (delivered, verdict) in [(genuine, Ok(())), (retired, Err(Mismatch))] {
            let mut verification = endpoint.begin(&delivered.headers).expect("a good head");
            let body = Bytes::copy_from_slice(&delivered.body);
            verification.update(body).expect("within the limit");
            assert_eq!(kind(&verification.finish()), verdict);
        }
    }
}

#[test]
fn verifiers_that_are_no_clones_keep_their_keys() {
    let [one, other] =
        [(); 2].map(|()| Verifier::new(&providers::STRIPE, secret(0)).expect("a secret"));
    one.rotate(secret(1)).expect("a secret");
    assert_eq!(signed(0, &other).verdict(), Ok(()));
    assert_eq!(signed(1, &other).verdict(), Err(Mismatch));
}

/// Under the newest key, whose MAC runs already, and under an older one that is tried at the end.
#[test]
fn a_delivery_under_way_finishes_with_a_key_that_is_retired_meanwhile() {
    for scheme in shapes::all() {
        for (nth, label) in [(0, "primary"), (1, "previous")] {
            let verifier = Verifier::new(&scheme, two(0, 1)).expect("a sound keyring");
            let delivered = signed(nth, &verifier);
            let matched = finish(begin(&delivered), &delivered, || {
                verifier.rotate(secret(2)).expect("a secret");
            });
            assert_eq!(matched.as_deref(), Ok(label), "{}", scheme.slug());
            assert_eq!(delivered.verdict(), Err(Mismatch), "{}", scheme.slug());
        }
    }
}

#[test]
fn a_delivery_under_way_does_not_learn_of_a_key_that_is_added_meanwhile() {
    for scheme in shapes::all() {
        for keys in [|| Keyring::new(secret(2)), || two(2, 0), || two(0, 2)] {
            let verifier = Verifier::new(&scheme, two(0, 1)).expect("a sound keyring");
            let delivered = signed(2, &verifier);
            let early = finish(begin(&delivered), &delivered, || {
                verifier.rotate(keys()).expect("a sound keyring");
            });
            assert_eq!(early, Err(Mismatch), "{}", scheme.slug());
            assert_eq!(delivered.verdict(), Ok(()), "{}", scheme.slug());
        }
    }
}

#[test]
fn a_delivery_under_way_outlives_many_rotations_and_its_verifier() {
    let verifier = Verifier::new(&providers::STRIPE, secret(0)).expect("a secret");
    let mut delivered = signed(0, &verifier);
    let verification = begin(&delivered);
    for nth in 0..100 {
        verifier.rotate(secret(1 + nth % 2)).expect("a secret");
    }
    delivered.verifier = Verifier::new(&providers::STRIPE, secret(1)).expect("a secret");
    let matched = finish(verification, &delivered, || drop(verifier));
    assert_eq!(matched.as_deref(), Ok("primary"));
}

#[test]
fn a_key_is_added_promoted_and_retired_without_a_gap() {
    for scheme in shapes::all() {
        let verifier = Verifier::new(&scheme, secret(0)).expect("a secret");
        let (primary, previous) = (|| Ok("primary".to_owned()), || Ok("previous".to_owned()));
        let unknown = || Err(Mismatch);
        assert_eq!(in_force(&verifier), [primary(), unknown(), unknown()]);
        verifier.rotate(two(0, 1)).expect("a sound keyring");
        assert_eq!(in_force(&verifier), [primary(), previous(), unknown()]);
        verifier.rotate(two(1, 0)).expect("a sound keyring");
        assert_eq!(in_force(&verifier), [previous(), primary(), unknown()]);
        verifier.rotate(secret(1)).expect("a secret");
        assert_eq!(in_force(&verifier), [unknown(), primary(), unknown()]);
    }
}

#[test]
fn keys_that_cannot_be_used_leave_those_in_force() {
    use ConfigErrorKind::{BadKeyring, BadSecret};
    let many = || {
        (0..16).fold(Keyring::new(secret(2)), |keys, _| {
            keys.with_previous(secret(2))
        })
    };
    let twice = || Keyring::labelled("march", secret(2)).with_labelled("march", secret(2));
    let bad: [(Keyring, ConfigErrorKind); 7] = [
        (Secret::new("").into(), BadSecret),
        (Secret::new("changeme").into(), BadSecret),
        (Secret::new("no hex at all").into(), BadSecret),
        (two(2, 1).with_previous(Secret::new("\n")), BadSecret),
        (
            Keyring::new(Secret::new(" ")).with_previous(secret(2)),
            BadSecret,
        ),
        (many(), BadKeyring),
        (twice(), BadKeyring),
    ];
    // Its secrets are hex, so that one can be refused for what it decodes to.
    let scheme = hookproof::scheme::Scheme::builder("own", "own-signature")
        .key_format(hookproof::scheme::KeyFormat::Hex)
        .build();
    let verifier = Verifier::new(&scheme, two(0, 1)).expect("a sound keyring");
    let before = in_force(&verifier);
    for (keys, kind) in bad {
        let what = format!("{keys:?}");
        let error = verifier.rotate(keys).expect_err(&what);
        assert_eq!(error.kind(), kind, "{what}: {error}");
        assert_eq!(verifier.labels(), ["primary", "previous"]);
        assert_eq!(in_force(&verifier), before, "{what}");
    }
    verifier.rotate(secret(2)).expect("a secret");
    assert_eq!(in_force(&verifier)[2].as_deref(), Ok("primary"));
}

#[cfg(feature = "tower")]
#[tokio::test]
async fn a_request_whose_body_arrives_across_a_rotation_is_handed_on() {
    use super::support::http::{Scripted, Seen, Step, echo, request};
    use http::StatusCode;
    use tower::{Layer as _, ServiceExt as _, service_fn};

    let verifier = Verifier::new(&providers::STRIPE, secret(0))
        .expect("a secret")
        .with_clock(Fixed::at(NOW));
    let endpoint = Endpoint::builder("stripe", verifier.clone())
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    let seen = Seen::default();
    let service = endpoint.layer().layer({
        let seen = seen.clone();
        service_fn(move |request| echo(seen.clone(), request))
    });
    let delivered = signed(0, &verifier);
    let sent = || {
        let body = Bytes::copy_from_slice(&delivered.body);
        let body = Scripted::new([
            Step::Data(body.slice(..9)),
            Step::Later,
            Step::Data(body.slice(9..)),
        ]);
        request(delivered.headers.clone(), body)
    };
    let mut under_way = Box::pin(service.clone().oneshot(sent()));
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(under_way.as_mut().poll(&mut cx).is_pending());
    verifier.rotate(secret(1)).expect("a secret");

    let late = service.oneshot(sent()).await.expect("infallible");
    assert_eq!((late.status(), seen.calls()), (StatusCode::UNAUTHORIZED, 0));
    let early = under_way.await.expect("infallible");
    assert_eq!((early.status(), seen.calls()), (StatusCode::OK, 1));
}
