//! The rows of a run, and the machine that it ran on.

use std::collections::HashSet;
use std::error::Error;

use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub struct Row {
    #[serde(rename = "row")]
    pub name: String,
    pub target: Option<f64>,
    pub reading: Option<f64>,
    pub holds: Option<bool>,
}

#[derive(Deserialize, Serialize)]
pub struct Machine {
    pub cpu: String,
    pub cores: u32,
    pub system: String,
    pub rustc: String,
    pub date: String,
}

pub struct Run {
    pub rows: Vec<Row>,
    pub machine: Machine,
}

impl Run {
    pub fn read(rows: &str, machine: &str) -> Result<Self, Box<dyn Error>> {
        let rows = read(rows)?;
        let mut names = HashSet::new();
        match rows
            .iter()
            .find(|row| row.is_whole() && !names.insert(&row.name))
        {
            Some(twice) => Err(format!("a row is there twice: {}", twice.name).into()),
            None => Ok(Self {
                machine: serde_json::from_str(machine)?,
                rows,
            }),
        }
    }

    /// The reading of a row by its name.
    pub fn reading(&self, name: &str) -> Option<f64> {
        self.rows.iter().find(|row| row.name == name)?.reading
    }
}

/// Rows as the benches print them, a line each.
pub fn read(lines: &str) -> serde_json::Result<Vec<Row>> {
    lines.lines().map(serde_json::from_str).collect()
}

impl Row {
    /// Whether its name says all: one that begins with dots goes on with the row before it.
    pub fn is_whole(&self) -> bool {
        !self.name.starts_with('…')
    }

    /// What is measured and the size, where the name ends with one: `<what>, <size>`.
    pub fn sized(&self) -> Option<(&str, &str)> {
        let (what, size) = self.name.rsplit_once(", ")?;
        bytes(size).map(|_| (what, size))
    }

    /// The name without a size.
    pub fn what(&self) -> &str {
        self.sized().map_or(&self.name, |(what, _)| what)
    }

    /// The target with its sign. Rows do not tell the sign, but whether they hold tells it.
    pub fn bound(&self) -> String {
        let (Some(target), Some(holds)) = (self.target, self.holds) else {
            return String::new();
        };
        let sign = match self.reading {
            Some(reading) if reading != target && (reading > target) == holds => "≥ ",
            _ => "≤ ",
        };
        format!("{sign}{target}")
    }

    pub fn verdict(&self) -> &'static str {
        match (self.holds, self.reading) {
            (_, None) => "not measured",
            (None, _) => "",
            (Some(true), _) => "holds",
            (Some(false), _) => "**misses**",
        }
    }

    /// The reading as the page shows it: as many places as it takes to tell it from its target.
    pub fn shown(&self) -> String {
        match self.reading {
            None => "–".to_owned(),
            Some(reading) if reading.fract() == 0.0 => format!("{reading}"),
            Some(reading) if reading.abs() >= 100.0 => format!("{reading:.0}"),
            Some(reading) if reading.abs() >= 10.0 => format!("{reading:.1}"),
            Some(reading) => format!("{reading:.3}"),
        }
    }
}

/// Bytes of a size as the names of rows have it.
pub fn bytes(size: &str) -> Option<u64> {
    let (number, unit) = size.split_once(' ')?;
    let unit = match unit {
        "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        _ => return None,
    };
    Some(number.parse::<u64>().ok()? * unit)
}
