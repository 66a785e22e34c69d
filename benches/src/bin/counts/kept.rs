//! The numbers that are kept, and how far a count may be from them.

use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fmt, fs, io};

use crate::callgrind::Count;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/counts.json");

/// The same compiler gives the same count in the same folder, and in another one up to 2 % more or less,
/// since what it inlines depends on how it cuts the crate into units. The bound is twice that.
const DRIFT: f64 = 0.04;
/// Where 4 % are less than this, this is the bound.
const LEAST: u64 = 8;

/// Counts by path, by toolchain.
pub struct Kept(BTreeMap<String, BTreeMap<String, Count>>);

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Holds,
    /// More than what is kept, by so many.
    More(u64),
    /// Fewer. Kept as it is, the number would let the next regression pass, so it fails as well.
    Fewer(u64),
    /// Not the number of blocks that is kept, which is this one.
    Blocks(u64),
    NotKept,
}

/// The compiler's minor version and the target, which the numbers depend on.
pub fn toolchain(rustc: &str) -> Result<String, Box<dyn Error>> {
    let version = rustc.split(' ').nth(1).unwrap_or_default();
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some(major), Some(minor)) => Ok(format!(
            "rustc {major}.{minor}, {} {}",
            env::consts::ARCH,
            env::consts::OS
        )),
        _ => Err(format!("not what `rustc --version` tells: {rustc:?}").into()),
    }
}

impl Kept {
    pub fn read() -> Result<Self, Box<dyn Error>> {
        match fs::read(FILE) {
            Ok(text) => Ok(Self(serde_json::from_slice(&text)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self(BTreeMap::new())),
            Err(error) => Err(error.into()),
        }
    }

    pub fn write(&self) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(
            FILE,
            serde_json::to_string_pretty(&self.0)? + "\n",
        )?)
    }

    pub fn has(&self, toolchain: &str) -> bool {
        self.0.contains_key(toolchain)
    }

    pub fn keep(&mut self, toolchain: &str, path: &str, count: Count) {
        let counts = self.0.entry(toolchain.to_owned()).or_default();
        counts.insert(path.to_owned(), count);
    }

    pub fn judge(&self, toolchain: &str, path: &str, count: Count) -> Verdict {
        let counts = self.0.get(toolchain);
        let Some(&kept) = counts.and_then(|counts| counts.get(path)) else {
            return Verdict::NotKept;
        };
        if count.blocks != kept.blocks {
            return Verdict::Blocks(kept.blocks);
        }
        let (count, kept) = (count.instructions, kept.instructions);
        let bound = LEAST.max((kept as f64 * DRIFT) as u64);
        if count > kept + bound {
            Verdict::More(count - kept)
        } else if count + bound < kept {
            Verdict::Fewer(kept - count)
        } else {
            Verdict::Holds
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds => f.write_str("holds"),
            Self::More(by) => write!(
                f,
                "MISSES: {by} more than kept; make it quick again, or say why and run scripts/counts.sh --update"
            ),
            Self::Fewer(by) => write!(
                f,
                "MISSES: {by} fewer than kept; keep the gain: scripts/counts.sh --update"
            ),
            Self::Blocks(kept) => write!(
                f,
                "MISSES: {kept} blocks are kept; a MAC or a key's block more or less: if it is meant, scripts/counts.sh --update"
            ),
            Self::NotKept => f.write_str("MISSES: no number is kept: scripts/counts.sh --update"),
        }
    }
}
