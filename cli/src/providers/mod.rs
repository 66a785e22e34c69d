//! `hookproof providers`: what is known of how each provider signs.

mod facts;
mod human;
mod markdown;
mod words;

use hookproof::providers::ALL;

use crate::args::{ProvidersArgs, ProvidersFormat as Format};
use crate::failure::Failure;
use crate::output::{Report, json_lines};
use crate::preset;
use facts::Entry;

/// Lists all providers, or describes one.
pub(crate) fn run(args: &ProvidersArgs) -> Result<Report, Failure> {
    let one = args.slug.as_deref().map(preset::find).transpose()?;
    let entries: Vec<Entry> = match one {
        Some(scheme) => vec![Entry::of(scheme)],
        None => ALL.iter().map(|scheme| Entry::of(scheme)).collect(),
    };
    Ok(Report::done(match (args.format, entries.as_slice()) {
        (Format::Json, entries) => json_lines(&entries)?,
        (Format::Human, [entry]) => human::lines(entry),
        (Format::Human, entries) => human::table(entries),
        (Format::Markdown, entries) => markdown::tables(entries),
    }))
}
