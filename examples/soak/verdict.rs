//! What was sent against what was made of it, by counts.

use std::collections::{BTreeMap, BTreeSet};

use hookproof_sandbox::{Line, Outcome, Provider, Truth};
use serde_json::Value;

use crate::agreement::{Difference, differences, genuine};
use crate::gates::Gate;
use crate::memory::{BOUND_KIB, Memory};

/// What happened at one gate.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// How many events the providers were asked to deliver.
    pub(crate) begun: usize,
    /// What the sandbox says of each attempt.
    pub(crate) sent: Vec<Line>,
    /// What the receiver says of each.
    pub(crate) written: Vec<Value>,
}

/// What happened at all of them.
pub(crate) type AllSeen = BTreeMap<Gate, Seen>;

/// A sentence for each claim that does not hold.
pub(crate) fn broken(seen: &AllSeen, memory: &Memory) -> Vec<String> {
    let mut broken: Vec<_> = seen.iter().flat_map(broken_at).collect();
    broken.extend(missing(seen));
    broken.extend(memory.grown().map(|more| {
        format!("memory is not flat: the receiver's last third has {more} KiB more at its most than its middle third, and {BOUND_KIB} are allowed")
    }));
    broken
}

fn broken_at((gate, seen): (&Gate, &Seen)) -> Vec<String> {
    let mut broken = Vec::new();
    let events = genuine(&seen.sent).len();
    if events != seen.begun {
        broken.push(format!(
            "{} events were begun, and {events} sent",
            seen.begun
        ));
    }
    let wrong: Vec<_> = seen.sent.iter().filter(|line| !is_as_due(line)).collect();
    if let Some(first) = wrong.first() {
        broken.push(format!(
            "{} attempts were not answered as they should be; first a {:?} one of {}: {:?}",
            wrong.len(),
            first.truth,
            first.provider,
            first.outcome
        ));
    }
    let mut alike = BTreeMap::<&str, Vec<String>>::new();
    let differences = differences(&seen.sent, &seen.written);
    for difference in differences.into_iter().filter(|other| !is_dropped(other)) {
        let (sentence, what) = told(difference);
        alike.entry(sentence).or_default().push(what);
    }
    broken.extend(
        alike.into_iter().map(|(sentence, what)| {
            format!("{sentence}: {} of them, first {}", what.len(), what[0])
        }),
    );
    let at = |sentence: String| format!("at {}: {sentence}", gate.slug());
    broken.into_iter().map(at).collect()
}

/// Whether a delivery was broken off and never judged. Where the machine stalls its end arrives together
/// with its beginning, and the server drops it before the endpoint has seen it.
fn is_dropped(difference: &Difference) -> bool {
    matches!(difference, Difference::Unwritten(what, _) if what.ends_with(" refused body-error"))
}

fn told(difference: Difference) -> (&'static str, String) {
    match difference {
        Difference::Handled(event, 0) => ("events were lost, for no handler handled them", event),
        Difference::Handled(event, _) => ("events were handled more than once", event),
        Difference::Invented(event) => ("the handler ran for what no provider sent", event),
        Difference::Taken(event) => ("attacks were answered as if all were well", event),
        Difference::Unanswered(event) => ("attempts had no answer", event),
        Difference::Unwritten(what, more) => (
            "the sandbox was answered what the receiver never judged",
            format!("{what} ({more})"),
        ),
        Difference::Unsent(what, more) => (
            "the receiver judged what the sandbox was not answered",
            format!("{what} ({more})"),
        ),
    }
}

/// Whether an attempt was answered as one of its kind has to be: what is proven as the handler answers,
/// 200 once that has succeeded and 503 while it runs, and an attack as all that is not authentic.
fn is_as_due(line: &Line) -> bool {
    let Outcome::Answered { status, .. } = line.outcome else {
        return line.truth == Truth::Broken;
    };
    match line.truth {
        Truth::Genuine | Truth::Slow | Truth::Duplicate => matches!(status, 200 | 500 | 503),
        // JetEmail loses an event that is answered 4xx.
        _ if line.provider == Provider::JetEmail => status == 503,
        Truth::Broken => status == 400,
        _ => status == 401,
    }
}

/// A run without attacks would prove nothing of them.
fn missing(seen: &AllSeen) -> Option<String> {
    let sent = seen.values().flat_map(|seen| &seen.sent);
    let truths: BTreeSet<_> = sent.map(|line| line.truth).collect();
    let missing: Vec<_> = Truth::ALL
        .iter()
        .filter(|truth| !truths.contains(truth))
        .collect();
    (!missing.is_empty()).then(|| format!("chaos has sent nothing of these: {missing:?}"))
}

/// The counts, as two tables and a line.
pub(crate) fn table(seen: &AllSeen, memory: &Memory) -> String {
    let mut lines = vec![row(
        "sent as",
        &["attempts", "200", "400", "401", "500", "503", "unheard"],
    )];
    for truth in Truth::ALL {
        let sent = seen.values().flat_map(|seen| &seen.sent);
        let sent: Vec<_> = sent.filter(|line| line.truth == truth).collect();
        let of = |answer| sent.iter().filter(|line| status(line) == answer).count();
        let answers = [Some(200), Some(400), Some(401), Some(500), Some(503), None].map(of);
        let counts: Vec<_> = [sent.len()].into_iter().chain(answers).collect();
        lines.push(row(&format!("{truth:?}").to_lowercase(), &counts));
    }
    let verdicts = [
        "accepted",
        "handler-failed",
        "duplicate",
        "in-progress",
        "refused",
    ];
    lines.push(String::new());
    lines.push(row(
        "at",
        &["events", "handled", "failed", "again", "put off", "refused"],
    ));
    for (gate, seen) in seen {
        let of = |verdict| {
            seen.written
                .iter()
                .filter(|line| line["verdict"] == verdict)
                .count()
        };
        let counts: Vec<_> = [seen.begun].into_iter().chain(verdicts.map(of)).collect();
        lines.push(row(gate.slug(), &counts));
    }
    let [first, middle, last] = memory
        .thirds()
        .map(|(least, most)| format!("{least} to {most}"));
    lines.push(format!(
        "\nthe receiver's RSS in KiB, by thirds of the run: {first}; {middle}; {last}"
    ));
    lines.join("\n")
}

fn row(name: &str, cells: &[impl ToString]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| format!("{:>10}", cell.to_string()))
        .collect();
    format!("{name:<15}{cells}")
}

fn status(line: &Line) -> Option<u16> {
    match line.outcome {
        Outcome::Answered { status, .. } => Some(status),
        _ => None,
    }
}
