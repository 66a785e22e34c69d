//! Keys that are in force until a moment.

use bytes::Bytes;
use hookproof::VerifyErrorKind::{Mismatch, Unavailable};
use hookproof::scheme::Scheme;
use hookproof::{Delivery, Endpoint, Keyring, Secret, UnixTime, Verifier, providers};

use super::support::clock::Fixed;
use super::support::delivered::{Delivered, NOW, kind};
use super::support::reading::window;
use super::support::shapes;
use super::{Moved, in_force, matched, secret, signed};

const END: UnixTime = UnixTime::from_secs(NOW);

/// How far from the end deliveries are tried that are of no age.
const UNJUDGED: (i64, i64) = (1_000_000, 1_000_000);

/// Under each of the two ways to give a key an end, with the label it gets.
fn ending() -> [(Keyring, &'static str); 2] {
    let newest = || Keyring::new(secret(0));
    [
        (newest().with_previous_until(secret(1), END), "previous"),
        (
            newest().with_labelled_until("march", secret(1), END),
            "march",
        ),
    ]
}

fn verifier(scheme: &Scheme, keys: Keyring) -> Verifier {
    Verifier::new(scheme, keys).expect("a sound keyring")
}

fn stream(
    verification: hookproof::Verification,
    delivered: &Delivered,
) -> Result<(), hookproof::VerifyErrorKind> {
    let mut verification = verification;
    for frame in delivered.body.chunks(5) {
        verification
            .update(Bytes::copy_from_slice(frame))
            .expect("within the limit");
    }
    kind(&verification.finish())
}

#[test]
fn a_key_is_in_force_strictly_before_its_end() {
    for scheme in shapes::all() {
        let (past, future) = window(&scheme).unwrap_or(UNJUDGED);
        for (keys, label) in ending() {
            let delivered = signed(1, &verifier(&scheme, keys));
            for age in [-future, -2, -1] {
                let matched = matched(&delivered.at(NOW + age));
                assert_eq!(matched.as_deref(), Ok(label), "{age}: {}", scheme.slug());
            }
            for age in [0, 1, past] {
                let matched = matched(&delivered.at(NOW + age));
                assert_eq!(matched, Err(Mismatch), "{age}: {}", scheme.slug());
            }
        }
    }
}

#[test]
fn an_end_may_lie_anywhere_in_time() {
    for (until, now, verdict) in [
        (i64::MAX, i64::MAX - 1, Ok(())),
        (i64::MAX, i64::MAX, Err(Mismatch)),
        (i64::MIN, i64::MIN, Err(Mismatch)),
        (0, -1, Ok(())),
        (0, 0, Err(Mismatch)),
    ] {
        let keys = Keyring::new(secret(0));
        let keys = keys.with_previous_until(secret(1), UnixTime::from_secs(until));
        let delivered = signed(1, &verifier(&providers::GITHUB, keys));
        assert_eq!(delivered.at(now).verdict(), verdict, "{until} at {now}");
    }
}

#[test]
fn the_end_is_judged_when_a_delivery_begins() {
    for scheme in [&providers::STRIPE, &providers::GITHUB] {
        for (keys, _) in ending() {
            let clock = Moved::at(NOW - 1);
            let verifier = verifier(scheme, keys).with_clock(clock.clone());
            let endpoint = Endpoint::builder("hooks", verifier.clone())
                .without_replay_guard()
                .build()
                .expect("a sound endpoint");
            let delivered = signed(1, &verifier);
            let headers = &delivered.headers;
            let early = [
                verifier.begin(headers).expect("a good head"),
                endpoint.begin(headers).expect("a good head"),
                verifier
                    .begin_at(headers, UnixTime::from_secs(NOW - 1))
                    .expect("a good head"),
            ];
            let whole = || kind(&verifier.verify(Delivery::new(headers, &delivered.body)));
            assert_eq!(whole(), Ok(()));

            clock.to(NOW + 1);
            for verification in early {
                assert_eq!(stream(verification, &delivered), Ok(()));
            }
            assert_eq!(whole(), Err(Mismatch));
            for late in [verifier.begin(headers), endpoint.begin(headers)] {
                let late = late.expect("a good head");
                assert_eq!(stream(late, &delivered), Err(Mismatch));
            }
        }
    }
}

/// A delivery that began late does not get a key back because the clock was set back meanwhile.
#[test]
fn a_clock_set_back_changes_nothing_under_way() {
    for (keys, _) in ending() {
        let clock = Moved::at(NOW);
        let verifier = verifier(&providers::GITHUB, keys).with_clock(clock.clone());
        let delivered = signed(1, &verifier);
        let late = verifier.begin(&delivered.headers).expect("a good head");
        clock.to(NOW - 1);
        assert_eq!(stream(late, &delivered), Err(Mismatch));
    }
}

#[test]
fn the_newest_key_and_those_without_an_end_are_not_affected() {
    let keys = || {
        Keyring::new(secret(0))
            .with_previous_until(secret(1), END)
            .with_previous(secret(2))
    };
    for scheme in shapes::all() {
        let (past, future) = window(&scheme).unwrap_or(UNJUDGED);
        let verifier = verifier(&scheme, keys());
        for age in [-future, -1, 0, past] {
            for (nth, label) in [(0, "primary"), (2, "previous-2")] {
                let matched = matched(&signed(nth, &verifier).at(NOW + age));
                assert_eq!(matched.as_deref(), Ok(label));
            }
        }
    }
}

#[test]
fn without_a_clock_reading_a_key_with_an_end_is_not_in_force() {
    let keys = || {
        Keyring::new(secret(0))
            .with_labelled_until("march", secret(1), UnixTime::from_secs(i64::MAX))
            .with_previous(secret(2))
    };
    for scheme in shapes::all() {
        let verifier = verifier(&scheme, keys()).with_clock(Fixed::broken());
        for nth in 0..3 {
            let delivered = signed(nth, &verifier);
            let expected = match (scheme.timestamp(), nth) {
                (Some(_), _) => Err(Unavailable),
                (None, 1) => Err(Mismatch),
                (None, _) => Ok(()),
            };
            let whole = verifier.verify(Delivery::new(&delivered.headers, &delivered.body));
            assert_eq!(kind(&whole), expected, "{nth}: {}", scheme.slug());
            let begun = verifier.begin(&delivered.headers);
            let streamed = begun
                .map_err(|error| error.kind())
                .and_then(|verification| stream(verification, &delivered));
            assert_eq!(streamed, expected, "{nth}: {}", scheme.slug());
        }
    }
}

#[test]
fn each_of_fifteen_older_keys_has_its_own_end() {
    let text = |nth: i64| format!("{nth:064x}");
    let keys = (1..=15).fold(Keyring::new(Secret::new(text(0))), |keys, nth| {
        // Not in the order of the ring, so that a key is not taken for its neighbour.
        let until = UnixTime::from_secs(NOW + nth * 7 % 16);
        keys.with_previous_until(Secret::new(text(nth)), until)
    });
    let verifier = verifier(&providers::GITHUB, keys);
    for age in 0..=16 {
        for nth in 1..=15 {
            let mut delivered = signed(0, &verifier);
            delivered.secret = text(nth);
            delivered.sign();
            let expected = if age < nth * 7 % 16 {
                Ok(())
            } else {
                Err(Mismatch)
            };
            assert_eq!(
                delivered.at(NOW + age).verdict(),
                expected,
                "{nth} at {age}"
            );
        }
    }
}

#[test]
fn a_rotation_gives_and_takes_ends() {
    let verifier = verifier(&providers::GITHUB, Keyring::new(secret(0))).with_clock(Fixed::at(NOW));
    let [with_end, _] = ending();
    verifier.rotate(with_end.0).expect("a sound keyring");
    assert_eq!(verifier.labels(), ["primary", "previous"]);
    assert_eq!(in_force(&verifier)[1], Err(Mismatch));
    let without_end = Keyring::new(secret(0)).with_previous(secret(1));
    verifier.rotate(without_end).expect("a sound keyring");
    assert_eq!(in_force(&verifier)[1].as_deref(), Ok("previous"));
}
