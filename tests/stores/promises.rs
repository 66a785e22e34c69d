//! The suite itself: it passes a store that keeps every promise, and names the first that another
//! breaks.

use hookproof::replay::conformance;

use crate::flawed::{Flaw, Flawed};

/// What the suite says of a store with that flaw.
async fn verdict(flaw: Flaw) -> Result<(), String> {
    let store = Flawed::new(flaw);
    conformance::check(&store, |time| store.clock.pass(time))
        .await
        .map_err(|violation| violation.to_string())
}

#[tokio::test]
async fn a_store_without_a_flaw_passes() {
    assert_eq!(verdict(Flaw::None).await, Ok(()));
}

#[tokio::test]
async fn a_store_with_a_flaw_is_told_which_promise_it_breaks() {
    let broken = [
        (
            Flaw::Fails,
            "an error: the replay store failed: it is on fire",
        ),
        (
            Flaw::RenewsNothing,
            "a lease that nobody holds cannot be renewed",
        ),
        (
            Flaw::CompletesClaimsAlone,
            "a delivery that was handled is marked though its claim was forgotten",
        ),
        (
            Flaw::ClaimsTwice,
            "a second claim is told that the first is in progress",
        ),
        (
            Flaw::NoEndInSight,
            "a second claim is told that the first is in progress, and when its lease ends",
        ),
        (
            Flaw::OverAtOnce,
            "a second claim is told that the first is in progress, and when its lease ends",
        ),
        (Flaw::TakesAway, "a lease is renewed by its owner alone"),
        (Flaw::AnyoneRenews, "a lease is renewed by its owner alone"),
        (
            Flaw::AnyoneCompletes,
            "a delivery is completed by its owner alone",
        ),
        (
            Flaw::AnyoneReleases,
            "what others tried changes nothing for the owner",
        ),
        (
            Flaw::RefusesItsOwner,
            "a claim that is repeated by its owner is held",
        ),
        (
            Flaw::RepeatsInVain,
            "a claim that is repeated by its owner begins its lease anew",
        ),
        (
            Flaw::ReleasesNothing,
            "a released delivery can be claimed at once",
        ),
        (Flaw::CompletesOnce, "completing can be repeated"),
        (
            Flaw::ForgetsMarks,
            "a delivery that is done cannot be claimed",
        ),
        (
            Flaw::ReleasesMarks,
            "a delivery that is done is not forgotten for a release",
        ),
        (Flaw::RenewsMarks, "a delivery that is done has no lease"),
        (Flaw::OneForAll, "a new delivery can be claimed: found Done"),
        (
            Flaw::LooksThenHolds,
            "of many claims at the same time one is held, the others are told so: found Claimed",
        ),
        (
            Flaw::ClaimsForEver,
            "a claim whose lease has ended is free for others",
        ),
        (
            Flaw::MarksForEver,
            "a mark is forgotten after its retention",
        ),
        (
            Flaw::MarksEndWithLeases,
            "a mark is not forgotten before its retention",
        ),
        (Flaw::RenewsEnded, "a lease that has ended is not renewed"),
        (
            Flaw::RenewsInVain,
            "a renewed lease lasts as long as it was renewed for",
        ),
        (
            Flaw::CompletesInTimeAlone,
            "what was handled is marked as done though its lease has ended, if nobody claimed it",
        ),
        (Flaw::MakesRoom, "nothing live is forgotten to make room"),
    ];
    let mut wrong = Vec::new();
    for (flaw, promise) in broken {
        match verdict(flaw).await {
            Err(found) if found.contains(promise) => {}
            other => wrong.push(format!("{flaw:?}: {other:?}, not {promise:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
