//! Measures `hookproof` beside FLOOR, BASE and other crates, as ratios of minima in one run: ratios
//! hold from machine to machine, times do not.
//!
//! `cargo run --release` prints a table, `-- --json` one object a row; names of groups measure those
//! alone. With `-- --gate` the groups run whose rows count things or bytes, and the exit status is 1
//! if one misses its target; times are no gate, since a busy machine would fail them.

use std::process::ExitCode;

use clap::Parser;
use hookproof_benches::row::Row;
use hookproof_benches::rows::GROUPS;

/// Measures hookproof. Without a group, all of them.
#[derive(Parser)]
struct Arguments {
    /// Prints one JSON object a row.
    #[arg(long)]
    json: bool,
    /// Fails where a count or a number of bytes misses its target; only such groups are run.
    #[arg(long)]
    gate: bool,
    /// What to measure.
    #[arg(value_name = "GROUP", value_parser = GROUPS.map(|group| group.name))]
    groups: Vec<String>,
}

fn main() -> ExitCode {
    let Arguments { json, gate, groups } = Arguments::parse();
    if !json {
        println!("{}", Row::heading());
    }
    let mut failed = false;
    for group in GROUPS {
        let is_named = groups.is_empty() || groups.iter().any(|name| *name == group.name);
        if !is_named || (gate && !group.has_gate) {
            continue;
        }
        for row in (group.rows)() {
            if json {
                let row = serde_json::to_string(&row).expect("a row is plain data");
                println!("{row}");
            } else {
                println!("{}", row.line());
            }
            failed |= row.fails_gate() || (!gate && !row.is_measured());
        }
    }
    ExitCode::from(u8::from(failed))
}
