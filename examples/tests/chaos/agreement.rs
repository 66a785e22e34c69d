//! The sandbox's log, which knows the truth, against the lines of a receiver, which does not.

use std::collections::{BTreeMap, BTreeSet};

use hookproof_sandbox::{Line, Outcome, Provider, Truth};
use serde_json::Value;

use super::webhooks::preset;

/// Where the two part.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Difference {
    /// The sandbox was answered so more often than the receiver says, by so many.
    Unwritten(String, i64),
    /// The receiver says that it answered so more often than the sandbox was, by so many.
    Unsent(String, i64),
    /// The sandbox has no answer to what it did not break off itself.
    Unanswered(String),
    /// Somebody who is not the provider was told that all is well.
    Taken(String),
    /// The handler succeeded with what the provider sent so many times, and not once.
    Handled(String, usize),
    /// The handler ran for what the provider never sent.
    Invented(String),
}

/// All differences, none where both agree line by line and each genuine event was handled once. The
/// receiver has ended: what was broken off has its line as well.
pub(crate) fn differences(sent: &[Line], written: &[Value]) -> Vec<Difference> {
    let mut differences = answers(sent, written);
    differences.extend(sent.iter().filter_map(misled));
    differences.extend(handled(sent, written));
    differences
}

/// Each attempt against each line, by preset, status, and what was made of it.
fn answers(sent: &[Line], written: &[Value]) -> Vec<Difference> {
    let mut balance = BTreeMap::<String, i64>::new();
    for entry in sent.iter().filter_map(answered) {
        *balance.entry(entry).or_default() += 1;
    }
    for entry in written.iter().map(judged) {
        *balance.entry(entry).or_default() -= 1;
    }
    let parts = balance.into_iter().filter_map(|(entry, more)| match more {
        1.. => Some(Difference::Unwritten(entry, more)),
        0 => None,
        _ => Some(Difference::Unsent(entry, -more)),
    });
    parts.collect()
}

/// The receiver's line as it has to be by the sandbox's. A proven one names its event, whether it
/// was handled now, was handled before or is to come again; a refused one has the reason.
fn answered(line: &Line) -> Option<String> {
    let slug = preset(line.provider).slug();
    let refused = |status, reason| Some(format!("{slug} {status} refused {reason}"));
    let status = match line.outcome {
        Outcome::Answered { status, .. } => status,
        // Nobody hears the answer. JetEmail's is another, for it discards what is answered 4xx.
        _ if line.truth != Truth::Broken => return None,
        _ if line.provider == Provider::JetEmail => 503,
        _ => 400,
    };
    match line.truth {
        Truth::Late => refused(status, "stale"),
        Truth::Early => refused(status, "future"),
        Truth::Tampered | Truth::Forged => refused(status, "mismatch"),
        Truth::Broken => refused(status, "body-error"),
        _ => Some(format!("{slug} {status} proven {}", sent_event(line))),
    }
}

/// The same of the receiver's own line.
fn judged(line: &Value) -> String {
    let slug = text(line, "provider");
    let verdict = match text(line, "verdict") {
        "refused" => format!("refused {}", text(line, "reason")),
        _ => format!("proven {}", written_event(line)),
    };
    format!("{slug} {} {verdict}", line["status"])
}

/// What no receiver should have done to an attempt, whatever it wrote.
fn misled(line: &Line) -> Option<Difference> {
    match line.outcome {
        Outcome::Answered {
            status: 200..=299, ..
        } if line.truth.is_attack() => Some(Difference::Taken(name(line))),
        Outcome::Answered { .. } => None,
        _ if line.truth == Truth::Broken => None,
        _ => Some(Difference::Unanswered(name(line))),
    }
}

/// How often the handler ran for each event, and that it did for no other.
fn handled(sent: &[Line], written: &[Value]) -> Vec<Difference> {
    let events = |verdicts: &'static [&str]| {
        let ran = written
            .iter()
            .filter(|line| verdicts.contains(&text(line, "verdict")));
        ran.map(|line| format!("{} {}", text(line, "provider"), written_event(line)))
    };
    let genuine = genuine(sent);
    let mut succeeded = BTreeMap::<String, usize>::new();
    for event in events(&["accepted"]) {
        *succeeded.entry(event).or_default() += 1;
    }
    let times = |event: &String| succeeded.get(event).copied().unwrap_or(0);
    let not_once = genuine.iter().filter(|event| times(event) != 1);
    let not_once = not_once.map(|event| Difference::Handled(event.clone(), times(event)));
    let invented = events(&["accepted", "handler-failed"]).filter(|event| !genuine.contains(event));
    not_once.chain(invented.map(Difference::Invented)).collect()
}

/// The events that the providers sent.
pub(crate) fn genuine(sent: &[Line]) -> BTreeSet<String> {
    let genuine = sent.iter().filter(|line| line.truth.is_providers());
    genuine.map(name).collect()
}

fn name(line: &Line) -> String {
    format!("{} {}", preset(line.provider).slug(), sent_event(line))
}

fn sent_event(line: &Line) -> String {
    // The id of Sent's is in a header that nothing signs, so that no receiver repeats it.
    let id = line.event_id.as_deref();
    let id = id.filter(|_| line.provider != Provider::Sent);
    format!("{} {}", line.event, id.unwrap_or("-"))
}

fn written_event(line: &Value) -> String {
    format!("{} {}", text(line, "event"), text(line, "delivery_id"))
}

fn text<'a>(line: &'a Value, key: &str) -> &'a str {
    line[key].as_str().unwrap_or("-")
}
