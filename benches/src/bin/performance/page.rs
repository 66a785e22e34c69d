//! The page: its prose is a template, its figures come from the rows.

use std::collections::BTreeMap;
use std::error::Error;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use crate::charts::Chart;
use crate::rows::{Machine, Row, Run};
use crate::section;

/// Why rows miss, by their names, or for all sizes by what their names say before the size.
pub type Reasons = BTreeMap<String, String>;

pub fn page(
    run: &Run,
    without_sha: &[Row],
    reasons: &Reasons,
    charts: &[Chart],
    template: &str,
) -> Result<String, Box<dyn Error>> {
    let readings: BTreeMap<_, _> = run
        .rows
        .iter()
        .chain(without_sha)
        .map(|row| (row.name.clone(), row.reading))
        .collect();
    let syntax = SyntaxConfig::builder()
        .keep_trailing_newline(true)
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(syntax);
    // A figure in the prose: an error where no row of the run has it.
    environment.add_function("reading", move |name: &str| {
        let reading = readings.get(name).copied().flatten();
        reading.ok_or_else(|| minijinja::Error::new(ErrorKind::UndefinedError, name.to_owned()))
    });
    let tables = section::all(&run.rows).into_iter();
    let holds = |holds| {
        run.rows
            .iter()
            .filter(|row| row.holds == Some(holds))
            .count()
    };
    let context = Context {
        machine: &run.machine,
        rows: run.rows.len(),
        holding: holds(true),
        missing: holds(false),
        misses: misses(run, reasons)?,
        tables: tables.map(|(title, rows)| (title, table(&rows))).collect(),
        charts,
    };
    Ok(environment.render_str(template, Serde(context))?)
}

/// What the template can name.
#[derive(Serialize)]
struct Context<'r> {
    machine: &'r Machine,
    rows: usize,
    holding: usize,
    missing: usize,
    misses: Vec<Miss<'r>>,
    tables: Vec<(&'static str, String)>,
    charts: &'r [Chart],
}

#[derive(Serialize)]
struct Miss<'r> {
    name: &'r str,
    bound: String,
    shown: String,
    reason: &'r str,
}

fn table(rows: &[&Row]) -> String {
    let line = |row: &&Row| {
        let (bound, shown, verdict) = (row.bound(), row.shown(), row.verdict());
        format!("| {} | {bound} | {shown} | {verdict} |\n", row.name)
    };
    let head = "| row | target | reading | |\n|---|---|---|---|\n".to_owned();
    head + &rows.iter().map(line).collect::<String>()
}

/// Rows that miss, with their reasons. One without a reason is an error, and so is a reason of no row.
fn misses<'r>(run: &'r Run, reasons: &'r Reasons) -> Result<Vec<Miss<'r>>, String> {
    let tells_of = |name: &str, row: &Row| row.name == name || row.what() == name;
    let unknown = |name: &&String| !run.rows.iter().any(|row| tells_of(name, row));
    if let Some(name) = reasons.keys().find(unknown) {
        return Err(format!("reasons.json tells of no row: {name}"));
    }
    let missing = run.rows.iter().filter(|row| row.holds == Some(false));
    let miss = |row: &'r Row| {
        let reason = reasons.get(&row.name).or_else(|| reasons.get(row.what()));
        let reason = reason
            .ok_or_else(|| format!("reasons.json does not say why a row misses: {}", row.name))?;
        Ok(Miss {
            name: &row.name,
            bound: row.bound(),
            shown: row.shown(),
            reason,
        })
    };
    missing.map(miss).collect()
}
