//! What presets add to a program: three that differ in the scheme alone, built as users build them,
//! optimised and stripped. Sections are added up, without the room that some linkers leave between them
//! up to a page's end; with it, a byte more could show as 16 KiB.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use object::{Object, ObjectSection};

use crate::row::Row;

const ONE: (&str, f64) = ("growth by one preset, stripped, bytes", 8.0 * 1024.0);
const ALL: (&str, f64) = ("growth by all presets, stripped, bytes", 256.0 * 1024.0);

pub fn rows() -> Vec<Row> {
    match measured() {
        Ok([own, one, all]) => vec![
            Row::new(ONE.0, ONE.1, one - own).gate(),
            Row::new(ALL.0, ALL.1, all - own).gate(),
            Row::new("bytes of the program without a preset", None, own),
        ],
        Err(error) => {
            eprintln!("the programs of benches/growth are not built: {error}");
            [ONE, ALL]
                .map(|(name, target)| Row::not_measured(name, target))
                .into()
        }
    }
}

fn measured() -> io::Result<[f64; 3]> {
    let folder = target_folder()?;
    let built = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--locked", "--quiet"])
        .args(["--package", "hookproof-growth"])
        .args(["--config", "profile.release.strip=true"])
        .arg("--manifest-path")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .arg("--target-dir")
        .arg(&folder)
        .stdin(Stdio::null())
        .status()?;
    if !built.success() {
        return Err(io::Error::other(format!("cargo: {built}")));
    }
    let length = |program| length(&folder.join("release").join(program));
    Ok([length("own")?, length("one")?, length("all")?])
}

/// Beside this program, in a folder of its own: the build that measures is not stripped.
fn target_folder() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2);
    let target = target.ok_or_else(|| io::Error::other("no target folder"))?;
    Ok(target.join("growth"))
}

/// Bytes of the sections that stand in the file.
fn length(program: &Path) -> io::Result<f64> {
    let bytes = fs::read(program.with_extension(env::consts::EXE_EXTENSION))?;
    let file = object::File::parse(&*bytes).map_err(io::Error::other)?;
    let ranges = file.sections().filter_map(|section| section.file_range());
    Ok(ranges.map(|(_, length)| length as f64).sum())
}
