//! A reading, what it should hold to, and how the two are told.

use serde::Serialize;

/// A reading and its target; without a target it informs.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    #[serde(rename = "row")]
    name: String,
    target: Option<f64>,
    /// `None` where this machine cannot measure it.
    reading: Option<f64>,
    holds: Option<bool>,
    #[serde(skip)]
    bound: Bound,
    #[serde(skip)]
    gate: bool,
}

#[derive(Clone, Copy, Debug)]
enum Bound {
    AtLeast,
    AtMost,
}

impl Row {
    /// A reading that should be at most its target.
    pub fn new(name: impl Into<String>, target: impl Into<Option<f64>>, reading: f64) -> Self {
        Self::read(name.into(), target.into(), Some(reading), Bound::AtMost)
    }

    /// A reading that should be at least its target.
    pub fn at_least(name: impl Into<String>, target: f64, reading: f64) -> Self {
        Self::read(name.into(), Some(target), Some(reading), Bound::AtLeast)
    }

    /// A row that this machine cannot read: it says so, and does not hold.
    pub fn not_measured(name: impl Into<String>, target: impl Into<Option<f64>>) -> Self {
        Self::read(name.into(), target.into(), None, Bound::AtMost)
    }

    fn read(name: String, target: Option<f64>, reading: Option<f64>, bound: Bound) -> Self {
        let holds = target.map(|target| match (reading, bound) {
            (None, _) => false,
            (Some(reading), Bound::AtLeast) => reading >= target,
            (Some(reading), Bound::AtMost) => reading <= target,
        });
        Self {
            name,
            target,
            reading: reading.map(|reading| (reading * 1e4).round() / 1e4),
            holds,
            bound,
            gate: false,
        }
    }

    /// Makes it a row of the gate: one that no busy machine can change.
    pub const fn gate(mut self) -> Self {
        self.gate = true;
        self
    }

    pub const fn is_measured(&self) -> bool {
        self.reading.is_some()
    }

    pub fn fails_gate(&self) -> bool {
        self.gate && self.holds == Some(false)
    }

    pub fn heading() -> String {
        format!("{:<68} {:>9} {:>10}", "row", "target", "reading")
    }

    pub fn line(&self) -> String {
        let sign = match self.bound {
            Bound::AtLeast => '≥',
            Bound::AtMost => '≤',
        };
        let target = self.target.map(|target| format!("{sign} {target}"));
        let reading = self.reading.map(|reading| format!("{reading:.3}"));
        let verdict = match (self.holds, self.reading) {
            (_, None) => "not measured",
            (None, _) => "",
            (Some(true), _) => "holds",
            (Some(false), _) => "misses",
        };
        let gate = if self.gate { " (gate)" } else { "" };
        format!(
            "{:<68} {:>9} {:>10}  {verdict}{gate}",
            self.name,
            target.unwrap_or_default(),
            reading.unwrap_or_default(),
        )
    }
}
