use std::collections::BTreeSet;

use super::Chaos;
use crate::delivery::Truth;

/// The choices for the first thousand deliveries, as text.
fn choices(seed: u64) -> Vec<String> {
    let chaos = Chaos::from_seed(seed);
    let numbers = 1..=1_000;
    numbers
        .map(|number| format!("{:?}", chaos.mix(number)))
        .collect()
}

#[test]
fn a_seed_gives_the_same_choices_again_and_another_gives_others() {
    assert_eq!(choices(7), choices(7));
    assert_ne!(choices(7), choices(8));
}

#[test]
fn some_of_everything_is_mixed_in() {
    let chaos = Chaos::from_seed(7);
    let mut seen = BTreeSet::new();
    let mut held = 0;
    for number in 1..=200 {
        let mix = chaos.mix(number);
        seen.insert(mix.first);
        seen.extend(mix.extras.iter().map(|extra| extra.truth));
        held += u32::from(!mix.held.is_zero());
    }
    assert_eq!(seen, BTreeSet::from(Truth::ALL));
    assert!((20..=80).contains(&held), "{held} of 200 are held back");
}

#[test]
fn without_a_seed_nothing_is_mixed_in() {
    for number in 1..=100 {
        let mix = Chaos::none().mix(number);
        assert_eq!(mix.first, Truth::Genuine);
        assert!(mix.held.is_zero() && mix.extras.is_empty());
    }
}
