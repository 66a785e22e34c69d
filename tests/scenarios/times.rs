//! Clocks that jump, windows that are no windows, and a clock of the test's own.

use hookproof::VerifyErrorKind::{self, Future, Mismatch, Stale};
use hookproof::config::{Format, Schemes};
use hookproof::{
    Clock as _, Delivery, Keyring, Secret, SystemClock, Tolerance, UnixTime, Verifier, providers,
};

use crate::driver::{App, all};
use crate::forms::event;
use crate::receiver::{Receiver, secs};
use crate::support::clock::Fixed;
use crate::support::delivered::{Delivered, NOW, SECRET};

fn delivery() -> Delivered {
    event(&providers::MAILINGAPI, 1)
}

/// hx-s-020, clock jumps back an hour: refused as future, and a duplicate once it is right again.
#[tokio::test(start_paused = true)]
async fn hx_s_020_the_clock_jumps_back_an_hour() {
    for driver in all() {
        let receiver = Receiver::new(&providers::MAILINGAPI, driver, None);
        assert!(receiver.app.send(&delivery()).await.is_handlers());
        receiver.clock.jump(-3_600);
        assert_eq!(receiver.refuses(&delivery()).await, Future, "{driver:?}");
        receiver.clock.jump(3_600);
        assert!(receiver.app.send(&delivery()).await.is_duplicate());
        assert_eq!(receiver.app.calls(), 1, "{driver:?}");
    }
}

/// hx-s-021, clock jumps forward a day: stale, then a duplicate: marks run by the monotonic clock.
#[tokio::test(start_paused = true)]
async fn hx_s_021_the_clock_jumps_forward_a_day() {
    for driver in all() {
        // The shortest retention: by the wall clock it would be over.
        let receiver = Receiver::new(&providers::MAILINGAPI, driver, Some(secs(600)));
        assert!(receiver.app.send(&delivery()).await.is_handlers());
        receiver.clock.jump(86_400);
        assert_eq!(receiver.refuses(&delivery()).await, Stale, "{driver:?}");
        // Others come meanwhile, and what is over would be cleared away.
        let mut other = event(&providers::MAILINGAPI, 2).at(NOW + 86_400);
        other.sign();
        assert!(receiver.app.send(&other).await.is_handlers());
        receiver.clock.jump(-86_400);
        assert!(receiver.app.send(&delivery()).await.is_duplicate());
        assert_eq!(receiver.app.calls(), 2, "{driver:?}");
    }
}

/// hx-s-022, tolerance zero: only this very second (`Tolerance`), by whichever way it is set.
#[test]
fn hx_s_022_a_tolerance_of_zero() {
    let zero = Tolerance::symmetric(0);
    let scheme = providers::MAILINGAPI.adjust().tolerance(zero).build();
    let mut set = delivery();
    set.verifier = set.verifier.with_tolerance(zero);
    let mut adjusted = delivery();
    adjusted.verifier = Verifier::new(&scheme, Secret::new(SECRET)).expect("usable");
    for delivered in [set, adjusted] {
        assert_eq!(delivered.verdict(), Ok(()));
        assert_eq!(delivered.at(NOW + 1).verdict(), Err(Stale));
        assert_eq!(delivered.at(NOW - 1).verdict(), Err(Future));
    }
}

fn configured(tolerance: &str) -> Result<Schemes, String> {
    let timestamp = format!("timestamp = {{ tolerance-secs = {tolerance} }}");
    let text = format!("[[scheme]]\nslug = \"own\"\nextends = \"mailingapi\"\n{timestamp}\n");
    Schemes::parse(&text, Format::Toml).map_err(|error| error.to_string())
}

/// hx-s-023, tolerance negative, NaN or enormous: refused at construction. In code such numbers do
/// not compile, or are `None`; in a file they are a fault.
#[test]
fn hx_s_023_a_tolerance_that_is_negative_no_number_or_enormous() {
    assert!(configured("600").is_ok(), "{:?}", configured("600"));
    let hostile = [
        "-1",
        "nan",
        "inf",
        "-inf",
        "1e3",
        "0.5",
        "604801",
        "4294967296",
        "9223372036854775807",
        "18446744073709551615",
        "{ past = -1, future = 300 }",
        "{ past = 300, future = nan }",
        "{ past = 300 }",
        "\"300\"",
        "true",
    ];
    for tolerance in hostile {
        let refused = configured(tolerance).expect_err(tolerance);
        assert!(!refused.is_empty(), "{tolerance}");
    }
    assert_eq!(Tolerance::try_new(u32::MAX, 300), None);
    assert_eq!(Tolerance::try_new(300, u32::MAX), None);
}

/// What a verifier with that clock makes of a delivery that is stamped then.
fn judged(stamp: i64, clock: Fixed) -> Result<i64, VerifyErrorKind> {
    let mut delivered = delivery().at(stamp);
    delivered.sign();
    let verifier = delivered.verifier.with_clock(clock);
    let receipt = verifier.verify(Delivery::new(&delivered.headers, &delivered.body));
    let streamed = verifier.begin(&delivered.headers).and_then(|mut begun| {
        begun.update(delivered.body.clone().into())?;
        begun.finish()
    });
    let age = |receipt: &hookproof::Receipt| receipt.age_secs().expect("a stamp");
    let streamed = streamed.map(|proven| age(proven.receipt()));
    let whole = receipt.map(|receipt| age(&receipt));
    let (whole, streamed) = (
        whole.map_err(|it| it.kind()),
        streamed.map_err(|it| it.kind()),
    );
    assert_eq!(whole, streamed);
    whole
}

/// hx-s-063, Date far from the sender's stamp in tests: every check of the time is by the clock that
/// was injected, windows, ages, and keys that end.
#[tokio::test(start_paused = true)]
async fn hx_s_063_a_clock_that_stands_elsewhere() {
    let today = SystemClock.now().expect("a clock").as_secs();
    for then in [0, 1_000_000_000, 4_000_000_000] {
        let clock = Fixed::at(then);
        assert_eq!(judged(then, clock), Ok(0));
        let now = if then < today { Future } else { Stale };
        assert_eq!(judged(today, clock), Err(now));

        let mut delivered = delivery().at(then);
        delivered.sign();
        for (until, expected) in [(then + 1, Ok(())), (then, Err(Mismatch))] {
            let other = Keyring::new(Secret::new("another secret of sixteen bytes"));
            let keys = other.with_previous_until(Secret::new(SECRET), UnixTime::from_secs(until));
            delivered.verifier = Verifier::new(&providers::MAILINGAPI, keys).expect("usable");
            let verifier = delivered.verifier.clone().with_clock(clock);
            let judged = verifier.verify(Delivery::new(&delivered.headers, &delivered.body));
            assert_eq!(crate::support::delivered::kind(&judged), expected);
        }
    }
    assert_eq!(
        judged(NOW, Fixed::broken()),
        Err(VerifyErrorKind::Unavailable)
    );
    for driver in all() {
        let endpoint =
            crate::driver::guarded(&providers::MAILINGAPI, crate::puppet::Puppet::default());
        assert!(
            App::quick(driver, &endpoint)
                .send(&delivery())
                .await
                .is_handlers()
        );
    }
}
