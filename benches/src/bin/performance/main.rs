//! Makes `docs/performance.md` and its charts from the rows of a run, as `scripts/performance.sh`
//! keeps them in `docs/performance/`.

mod chart;
mod charts;
mod page;
mod rows;
mod section;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use charts::Chart;
use rows::Run;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// Every file that is made, by its name in `docs/`.
fn files() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let folder = docs().join("performance");
    let read = |name: &str| {
        let text = fs::read_to_string(folder.join(name));
        text.map_err(|error| format!("docs/performance/{name}: {error}"))
    };
    let run = Run::read(&read("rows.jsonl")?, &read("machine.json")?)?;
    let reasons = serde_json::from_str(&read("reasons.json")?)?;
    let charts = charts::all(&run)?;
    let without_sha = rows::read(&read("without-sha.jsonl")?)?;
    let template = read("page.md.jinja")?;
    let page = page::page(&run, &without_sha, &reasons, &charts, &template)?;
    let mut files = vec![("performance.md".to_owned(), page)];
    for Chart { file, svg, .. } in charts {
        files.push((format!("performance/{file}.svg"), svg));
    }
    Ok(files)
}

fn main() -> Result<(), Box<dyn Error>> {
    for (name, text) in files()? {
        fs::write(docs().join(name), text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_its_charts_are_what_the_rows_make() {
        for (name, made) in files().expect("rows, a machine, reasons and a template") {
            let kept = fs::read_to_string(docs().join(&name)).unwrap_or_default();
            assert!(
                kept == made,
                "docs/{name} is not what its rows make: scripts/performance.sh --page"
            );
        }
    }

    #[test]
    fn a_row_that_misses_without_a_reason_makes_no_page() {
        let rows = r#"{"row":"kv ÷ BASE, 1 KiB","target":1.0,"reading":1.5,"holds":false}"#;
        let machine = r#"{"cpu":"","cores":1,"system":"","rustc":"","date":""}"#;
        let run = Run::read(rows, machine).expect("a run");
        let page = |reasons: &str| {
            let reasons = serde_json::from_str(reasons).expect("reasons");
            page::page(&run, &[], &reasons, &[], "{{ missing }}").ok()
        };
        assert_eq!(page("{}"), None);
        assert_eq!(page(r#"{"kv ÷ BASE": "…"}"#).as_deref(), Some("1"));
        assert_eq!(page(r#"{"kv ÷ BASE": "…", "another row": "…"}"#), None);
    }
}
