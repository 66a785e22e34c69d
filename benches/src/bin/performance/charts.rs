//! Which rows are drawn, by their names alone: a row that is new is drawn where its name puts it.

use std::collections::BTreeSet;
use std::error::Error;

use serde::Serialize;

use crate::chart::{Series, bars, lines};
use crate::rows::{Run, bytes};

const SHAPES: [(&str, &str); 3] = [
    ("kv", "whole-kv"),
    ("sha256=", "whole-sha256"),
    ("standard webhooks", "whole-standard-webhooks"),
];

/// A chart by the name of its file, without an ending.
#[derive(Serialize)]
pub struct Chart {
    pub file: &'static str,
    pub title: String,
    #[serde(skip)]
    pub svg: String,
}

/// Every chart that has rows.
pub fn all(run: &Run) -> Result<Vec<Chart>, Box<dyn Error>> {
    let mut charts = Vec::new();
    for (shape, file) in SHAPES {
        let title = format!("Whole verification, {shape}, in FLOORs of the same size");
        charts.extend(by_size(file, title, &sizes(run), &whole(run, shape))?);
    }
    let title = "Overhead over the bare router, in FLOORs of the same size".to_owned();
    charts.extend(by_size("router", title, &sizes(run), &router(run))?);
    let refusals = refusals(run);
    if !refusals.is_empty() {
        let title = "Refusals, with what they are held to".to_owned();
        let svg = bars(&title, &refusals)?;
        let file = "refusals";
        charts.push(Chart { file, title, svg });
    }
    Ok(charts)
}

/// A line a series over the sizes that one of them has; nothing, if there are none.
fn by_size(
    file: &'static str,
    title: String,
    sizes: &[String],
    series: &[Series],
) -> Result<Option<Chart>, Box<dyn Error>> {
    let drawn: BTreeSet<_> = series.iter().flat_map(Series::sizes).collect();
    let mut sizes = sizes.to_vec();
    sizes.retain(|size| drawn.contains(size.as_str()));
    if sizes.is_empty() {
        return Ok(None);
    }
    let svg = lines(&title, &sizes, series)?;
    Ok(Some(Chart { file, title, svg }))
}

/// Every size that a row has, the smallest first.
fn sizes(run: &Run) -> Vec<String> {
    let sized = run.rows.iter().filter_map(|row| row.sized());
    let sizes: BTreeSet<_> = sized.map(|(_, size)| (bytes(size), size)).collect();
    sizes.into_iter().map(|(_, size)| size.to_owned()).collect()
}

/// Rows `<what> ÷ FLOOR, <size>` as what, size and reading.
fn over_floor(run: &Run) -> impl Iterator<Item = (&str, &str, f64)> {
    run.rows.iter().filter_map(|row| {
        let (what, size) = row.sized()?;
        Some((what.strip_suffix(" ÷ FLOOR")?, size, row.reading?))
    })
}

/// Who verified, of a row `<crate>: <shape>`, or of ours, which is `<shape>` alone.
fn verified_by<'r>(what: &'r str, shape: &str) -> Option<&'r str> {
    match what.strip_suffix(shape)? {
        "" => Some("hookproof"),
        by => by.strip_suffix(": "),
    }
}

fn whole(run: &Run, shape: &str) -> Vec<Series> {
    let mut series = Vec::new();
    for (what, size, reading) in over_floor(run) {
        let Some(by) = verified_by(what, shape) else {
            continue;
        };
        add(&mut series, by, size, reading);
        // BASE has no row of its own: it is what ours over it and over FLOOR differ by.
        let over_base = run.reading(&format!("{what} ÷ BASE, {size}"));
        if let (true, Some(over_base)) = (by == "hookproof", over_base) {
            add(&mut series, "BASE", size, reading / over_base);
        }
    }
    series
}

fn router(run: &Run) -> Vec<Series> {
    let mut series = Vec::new();
    for (what, size, reading) in over_floor(run) {
        let is_whole = SHAPES
            .iter()
            .any(|(shape, _)| verified_by(what, shape).is_some());
        if !is_whole {
            add(&mut series, what, size, reading);
        }
    }
    series
}

fn add(series: &mut Vec<Series>, name: &str, size: &str, reading: f64) {
    let nth = series.iter().position(|series| series.name == name);
    let nth = nth.unwrap_or_else(|| {
        series.push(Series::new(name));
        series.len() - 1
    });
    series[nth].points.push((size.to_owned(), reading));
}

/// Ratios of refusals and what they are held to.
fn refusals(run: &Run) -> Vec<(String, f64, Option<f64>)> {
    let rows = run
        .rows
        .iter()
        .filter(|row| row.name.contains("refus") && row.name.contains('÷'));
    rows.filter_map(|row| Some((row.name.clone(), row.reading?, row.target)))
        .collect()
}
