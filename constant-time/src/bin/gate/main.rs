//! The gate: whole verifications under memcheck, which takes secrets for undefined and counts every
//! branch and every index that depends on one.
//!
//! The verdict is such a branch: whether a key gives a candidate decides what happens next. Nothing is
//! suppressed for it. Instead the branches are counted, and a verification must have exactly as many
//! as it has verdicts: one a key that is tried. One more, anywhere, and the gate fails; none, and what
//! was to be secret was not.

mod candidates;
mod controls;
mod judged;
mod keys;
mod known;
mod memcheck;
mod presets;

use std::process::{Command, ExitCode, Stdio};
use std::{env, fs, process};

use judged::Group;

fn main() -> ExitCode {
    if memcheck::is_watching() {
        return watched();
    }
    let log = env::temp_dir().join(format!("hookproof-constant-time-{}", process::id()));
    let status = Command::new("valgrind")
        .args(["--tool=memcheck", "--error-limit=no", "--num-callers=24"])
        .arg(format!("--log-file={}", log.display()))
        .arg(env::current_exe().expect("the program's own path"))
        .stdin(Stdio::null())
        .status()
        .expect("valgrind");
    if !status.success() {
        let seen = fs::read_to_string(&log).unwrap_or_default();
        eprintln!("what memcheck saw, controls and verdicts included:\n{seen}");
    }
    let _ = fs::remove_file(&log);
    ExitCode::from(u8::from(!status.success()))
}

fn watched() -> ExitCode {
    memcheck::look_away();
    let groups = [
        keys::run(),
        candidates::run(),
        presets::run(),
        controls::run(),
    ];
    let groups: Vec<Group> = groups.into_iter().flatten().collect();
    println!(
        "{:<58} {:>6} {:>9} {:>9}",
        "", "runs", "verdicts", "branches"
    );
    for group in &groups {
        println!("{group}");
    }
    let failed = groups.iter().filter(|group| !group.holds()).count();
    println!("{} groups, {failed} failed", groups.len());
    ExitCode::from(u8::from(failed > 0))
}
