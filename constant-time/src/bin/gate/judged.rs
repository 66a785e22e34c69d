//! Verifications under memcheck, and what was to be seen of them.

use std::fmt;

use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{Delivery, Head, UnixTime, Verifier, VerifyErrorKind};

use crate::known::leak_of;
use crate::memcheck::counted;

/// How a body arrives.
#[derive(Clone, Copy, Debug)]
pub enum Arrival {
    Whole,
    InFrames(usize),
}

pub const ARRIVALS: [Arrival; 3] = [Arrival::Whole, Arrival::InFrames(1), Arrival::InFrames(3)];

/// What a verification came to, and how many branches and indices depended on a secret.
#[derive(Debug)]
pub struct Seen {
    pub is_accepted: bool,
    pub branches: usize,
}

/// Judges a delivery. What the result is, is asked while memcheck counts.
pub fn judge(
    verifier: &Verifier,
    (head, body): (Head<'_>, &[u8]),
    now: UnixTime,
    arrival: Arrival,
) -> Seen {
    let frames = match arrival {
        Arrival::Whole => Vec::new(),
        Arrival::InFrames(count) => {
            let frames = body.chunks(body.len().div_ceil(count).max(1));
            frames.map(Bytes::copy_from_slice).collect()
        }
    };
    let run = || match arrival {
        Arrival::Whole => verifier.verify_at(Delivery::new(head, body), now).map(drop),
        Arrival::InFrames(_) => {
            let mut verification = verifier.begin_at(head, now)?;
            for frame in frames {
                verification.update(frame)?;
            }
            verification.finish().map(drop)
        }
    };
    let (verdict, branches) = counted(|| match run() {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == VerifyErrorKind::Mismatch => Ok(false),
        Err(error) => Err(error),
    });
    Seen {
        is_accepted: verdict.expect("a verdict on the signature"),
        branches,
    }
}

/// Runs that are told in one line.
pub struct Group {
    name: String,
    runs: usize,
    verdicts: usize,
    branches: usize,
    /// Whether more branches than verdicts are what should be found.
    must_leak: bool,
    wrong: Vec<String>,
}

impl Group {
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            runs: 0,
            verdicts: 0,
            branches: 0,
            must_leak: false,
            wrong: Vec::new(),
        }
    }

    /// Of a scheme's runs; what is known to leak is told with the reason.
    pub fn of(name: &str, scheme: &Scheme) -> Self {
        match leak_of(scheme) {
            None => Self::new(name),
            Some(why) => Self::that_must_leak(format!("KNOWN: {why}")),
        }
    }

    /// Of runs in which the gate must find a leak: were it blind, this would fail.
    pub fn that_must_leak(name: impl Into<String>) -> Self {
        Self {
            must_leak: true,
            ..Self::new(name)
        }
    }

    /// Takes a run, of which so many verdicts were to be seen.
    pub fn take(
        &mut self,
        what: impl fmt::Display,
        seen: &Seen,
        is_accepted: bool,
        verdicts: usize,
    ) {
        self.runs += 1;
        self.verdicts += verdicts;
        self.branches += seen.branches;
        if seen.is_accepted != is_accepted {
            self.wrong.push(format!("{what}: the verdict is wrong"));
        } else if !self.must_leak && seen.branches != verdicts {
            let branches = seen.branches;
            self.wrong
                .push(format!("{what}: {branches} branches, {verdicts} verdicts"));
        }
    }

    pub fn holds(&self) -> bool {
        let has_leaked = self.branches > self.verdicts;
        self.runs > 0 && self.wrong.is_empty() && has_leaked == self.must_leak
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            runs,
            verdicts,
            branches,
            ..
        } = self;
        let verdict = match (self.holds(), self.must_leak) {
            (true, false) => "holds",
            (true, true) => "is seen",
            (false, false) => "FAILS",
            (false, true) => "FAILS: no leak was seen",
        };
        write!(
            f,
            "{name:<58} {runs:>6} {verdicts:>9} {branches:>9}  {verdict}"
        )?;
        self.wrong
            .iter()
            .try_for_each(|wrong| write!(f, "\n    {wrong}"))
    }
}
