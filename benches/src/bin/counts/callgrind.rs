//! Runs a path under callgrind, and adds up what it counted.

use std::collections::HashMap;
use std::error::Error;
use std::process::{Command, Stdio};
use std::{env, fs, process};

use serde::{Deserialize, Serialize};

use crate::paths::{FLOOR, FLOOR_BLOCKS, TIMES};

/// What one call of a path executes. The block function of SHA-256 is told by its blocks: it is not
/// ours, and valgrind may not know the instructions that it is made of on this processor. What libc
/// executes is left out: how it moves bytes depends on the processor as well, and how often memory is
/// asked for is a row of the group `memory`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Count {
    pub instructions: u64,
    pub blocks: u64,
}

/// Counts in units of the block function's instructions.
pub struct Counter {
    block: u64,
}

impl Counter {
    /// Finds out what a block takes, by a path with a known number of them.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let block = profile(FLOOR)?.hashing / (TIMES * FLOOR_BLOCKS);
        // Were the block function not known by its name, its instructions would be counted as ours.
        if block == 0 {
            return Err("callgrind does not name the block function of SHA-256".into());
        }
        Ok(Self { block })
    }

    pub fn count(&self, path: &str) -> Result<Count, Box<dyn Error>> {
        let sums = profile(path)?;
        Ok(Count {
            instructions: sums.ours / TIMES,
            // Each call of the function has some instructions beside its blocks'.
            blocks: (sums.hashing + TIMES * self.block / 2) / (TIMES * self.block),
        })
    }
}

#[derive(Default)]
struct Sums {
    ours: u64,
    hashing: u64,
}

fn profile(path: &str) -> Result<Sums, Box<dyn Error>> {
    let file = env::temp_dir().join(format!("hookproof-counts-{}", process::id()));
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--collect-atstart=no"])
        .arg("--toggle-collect=*counted*")
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(env::current_exe()?)
        .args(["--rustc", "-", "--run", path])
        .stdin(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(format!("callgrind on {path:?}: {status}").into());
    }
    let profile = fs::read_to_string(&file)?;
    fs::remove_file(&file)?;
    let sums = sums(&profile);
    if sums.ours == 0 {
        return Err(format!("callgrind on {path:?} has counted nothing").into());
    }
    Ok(sums)
}

/// Adds up the lines of a profile: `fn=` and `ob=` say what the costs after them belong to, and the
/// line after `calls=` is what a callee has told for itself already.
fn sums(profile: &str) -> Sums {
    let mut sums = Sums::default();
    let mut names = [HashMap::new(), HashMap::new()];
    let (mut object, mut function) = ("", "");
    let mut is_callee = false;
    for line in profile.lines() {
        if let Some((key, value)) = line.split_once('=') {
            match key {
                "ob" => object = name(&mut names[0], value),
                "cob" => _ = name(&mut names[0], value),
                "fn" => function = name(&mut names[1], value),
                "cfn" => _ = name(&mut names[1], value),
                "calls" => is_callee = true,
                _ => {}
            }
        } else if line.starts_with(|first: char| "+-*".contains(first) || first.is_ascii_digit()) {
            let cost = line.split(' ').nth(1).and_then(|cost| cost.parse().ok());
            match cost.unwrap_or(0) {
                _ if is_callee => is_callee = false,
                cost if is_block_function(function) => sums.hashing += cost,
                cost if !is_system(object) => sums.ours += cost,
                _ => {}
            }
        }
    }
    sums
}

/// A name is written once, as `(number) name`, and then as `(number)`.
fn name<'p>(names: &mut HashMap<&'p str, &'p str>, value: &'p str) -> &'p str {
    match value.split_once(' ') {
        Some((number, name)) => {
            names.insert(number, name);
            name
        }
        None => names.get(value).copied().unwrap_or_default(),
    }
}

/// Demangled, or as the newer mangling writes it.
fn is_block_function(function: &str) -> bool {
    ["sha2::sha256::", "4sha26sha256"]
        .iter()
        .any(|module| function.contains(module))
}

fn is_system(object: &str) -> bool {
    let file = object.rsplit('/').next().unwrap_or_default();
    file.contains(".so")
}
