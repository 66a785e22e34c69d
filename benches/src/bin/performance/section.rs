//! The tables of the page: rows that belong together, told by words of their names.

use crate::rows::Row;

/// The first that has a word of a row's name takes it; the last takes what is left.
const SECTIONS: [(&str, &[&str]); 7] = [
    (
        "Deliveries refused",
        &["refus", "bogus", "wrong signature", "stale", "forge"],
    ),
    (
        "In a served application",
        &["router", "adapter", "layer", "requests/s", "answer"],
    ),
    ("Whole verification over BASE", &["÷ BASE"]),
    ("Whole verification over FLOOR", &["÷ FLOOR, "]),
    (
        "Memory and size",
        &["allocations", "heap", "bytes", "growth"],
    ),
    ("Times", &["ns of "]),
    ("Keys, tenants and stores, and the rest", &[""]),
];

/// Each section's rows in the order of the run. A row whose name goes on with the one before stays
/// with it.
pub fn all(rows: &[Row]) -> Vec<(&'static str, Vec<&Row>)> {
    let mut sections = SECTIONS.map(|(title, _)| (title, Vec::new()));
    let mut nth = SECTIONS.len() - 1;
    for row in rows {
        if row.is_whole() {
            nth = section_of(&row.name);
        }
        sections[nth].1.push(row);
    }
    let sections = sections.into_iter();
    sections.filter(|(_, rows)| !rows.is_empty()).collect()
}

fn section_of(name: &str) -> usize {
    let takes = |(_, words): &(&str, &[&str])| words.iter().any(|word| name.contains(word));
    SECTIONS.iter().position(takes).unwrap_or_default()
}
