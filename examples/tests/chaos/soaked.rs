//! What the soak says of receivers that are weak on purpose: it can fail, claim by claim.

use hookproof_sandbox::Line;
use serde_json::Value;

use super::gates::Gate;
use super::inside::Care;
use super::memory::{BOUND_KIB, Memory};
use super::one_of_each;
use super::verdict::{AllSeen, Seen, broken};

/// The sentences of a run in which this was seen, but for what this short one does not send.
fn sentences((sent, written): (Vec<Line>, Vec<Value>), memory: &Memory) -> Vec<String> {
    let begun = 5;
    let seen = Seen {
        begun,
        sent,
        written,
    };
    let mut broken = broken(&AllSeen::from([(Gate::LayerMemory, seen)]), memory);
    broken.retain(|sentence| sentence != "chaos has sent nothing of these: [Slow, Broken]");
    broken
}

/// So much at first, and so much more in the last third.
fn growing(more: u64) -> Memory {
    let mut memory = Memory::default();
    for kib in [9_000; 20].into_iter().chain([9_000 + more; 10]) {
        memory.add(kib);
    }
    memory
}

#[tokio::test]
async fn a_soak_says_nothing_of_a_sound_receiver() {
    let seen = one_of_each(Care::Sound).await;
    assert_eq!(sentences(seen, &growing(BOUND_KIB)), [""; 0]);
}

#[tokio::test]
async fn a_soak_says_that_memory_grows() {
    let seen = one_of_each(Care::Sound).await;
    let said = sentences(seen, &growing(BOUND_KIB + 1));
    assert!(said[0].starts_with("memory is not flat"), "{said:?}");
    assert_eq!(said.len(), 1, "{said:?}");
}

#[tokio::test]
async fn a_soak_says_that_events_were_handled_twice() {
    let seen = one_of_each(Care::WithoutReplayGuard).await;
    let said = sentences(seen, &growing(0));
    let twice = "at layer-memory: events were handled more than once: 5 of them, ";
    assert!(said[0].starts_with(twice), "{said:?}");
    assert_eq!(said.len(), 1, "{said:?}");
}

#[tokio::test]
async fn a_soak_says_that_attacks_were_taken() {
    let seen = one_of_each(Care::WithoutVerification).await;
    let said = sentences(seen, &growing(0));
    for sentence in [
        "at layer-memory: 16 attempts were not answered as they should be; ",
        "at layer-memory: attacks were answered as if all were well: 16 of them, ",
        "at layer-memory: the handler ran for what no provider sent: 16 of them, ",
    ] {
        let is_said = said.iter().any(|said| said.starts_with(sentence));
        assert!(is_said, "{sentence}: {said:?}");
    }
}

#[tokio::test]
async fn a_soak_says_that_an_event_was_lost() {
    let (sent, mut written) = one_of_each(Care::Sound).await;
    let accepted = |line: &Value| line["verdict"] == "accepted";
    let first = written.iter().position(accepted).expect("an event");
    written.remove(first);
    let said = sentences((sent.clone(), written), &growing(0));
    let lost = "at layer-memory: events were lost, for no handler handled them: 1 of them, ";
    assert!(said.iter().any(|said| said.starts_with(lost)), "{said:?}");

    let (_, written) = one_of_each(Care::Sound).await;
    let said = sentences((Vec::new(), written), &growing(0));
    let unsent = "at layer-memory: 5 events were begun, and 0 sent";
    assert!(said.iter().any(|said| said == unsent), "{said:?}");
}
