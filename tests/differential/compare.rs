//! The comparison: what must not be, of verdicts side by side.

use std::collections::BTreeMap;

use crate::classes::{self, Class, Difference, Vendor};
use crate::delivery::Incoming;
use crate::judges::{self, Registry, Verdicts};
use crate::oracle;

/// A delivery with what all say of it.
pub(crate) struct Judged<'d> {
    pub(crate) delivery: &'d Incoming,
    /// `accept`, or why hookproof refuses.
    pub(crate) hookproof: String,
    /// Whether the libraries take it, those that judge its preset.
    pub(crate) libraries: Vec<(Registry, bool)>,
}

impl<'d> Judged<'d> {
    pub(crate) fn new(delivery: &'d Incoming, verdicts: &[(Registry, Verdicts)]) -> Self {
        let preset = delivery.scheme.slug();
        let judging = verdicts.iter().filter(|(registry, _)| registry.has(preset));
        Self {
            delivery,
            hookproof: judges::hookproof(delivery),
            libraries: judging
                .map(|(registry, verdicts)| (*registry, verdicts[&delivery.id].is_none()))
                .collect(),
        }
    }

    fn is_taken(&self) -> bool {
        self.hookproof == "accept"
    }

    fn is_refused_by_any(&self) -> bool {
        !self.is_taken() || self.libraries.iter().any(|(_, takes)| !takes)
    }
}

/// How often hookproof and a library came to which verdicts.
#[derive(Default)]
pub(crate) struct Count {
    both_take: usize,
    both_refuse: usize,
    library_takes: usize,
    hookproof_takes: usize,
}

/// What was found in all verdicts.
#[derive(Default)]
pub(crate) struct Found {
    /// What hookproof takes, and nobody has signed so.
    pub(crate) unproven: Vec<String>,
    /// What is genuine, and somebody refuses.
    pub(crate) refused: Vec<String>,
    /// The differences that no class explains.
    pub(crate) unexplained: Vec<String>,
    /// How many differences of a library each class explains.
    explained: BTreeMap<(Vendor, &'static str), usize>,
    counts: BTreeMap<Vendor, Count>,
}

impl Found {
    pub(crate) fn of(judged: &[Judged<'_>]) -> Self {
        let mut found = Self::default();
        for one in judged {
            found.add(one);
        }
        found
    }

    fn add(&mut self, judged: &Judged<'_>) {
        let delivery = judged.delivery;
        if judged.is_taken() && !oracle::is_proven(delivery) {
            self.unproven.push(delivery.id.clone());
        }
        if delivery.is_genuine && judged.is_refused_by_any() {
            self.refused.push(delivery.id.clone());
        }
        for (registry, takes) in &judged.libraries {
            let count = self.counts.entry((delivery.scheme.slug(), *registry));
            let count = count.or_default();
            match (judged.is_taken(), takes) {
                (true, true) => count.both_take += 1,
                (false, false) => count.both_refuse += 1,
                (false, true) => count.library_takes += 1,
                (true, false) => count.hookproof_takes += 1,
            }
            if judged.is_taken() != *takes {
                self.explain(&Difference {
                    delivery,
                    registry: *registry,
                    hookproof: &judged.hookproof,
                });
            }
        }
    }

    fn explain(&mut self, it: &Difference<'_>) {
        match classes::explaining(it) {
            Some(class) => {
                let vendor = (it.delivery.scheme.slug(), it.registry);
                *self.explained.entry((vendor, class.name)).or_default() += 1;
            }
            None => self.unexplained.push(format!(
                "{}: the library ({}) {:?}, hookproof says {}",
                it.delivery.id,
                it.registry.name(),
                it.library(),
                it.hookproof
            )),
        }
    }

    /// The classes that a library is said to differ by, and never did.
    pub(crate) fn never(&self) -> Vec<(Vendor, &'static str)> {
        let vendors = |class: &'static Class| class.of.iter().map(|vendor| (*vendor, class.name));
        let all = classes::all().flat_map(vendors);
        all.filter(|one| !self.explained.contains_key(one))
            .collect()
    }

    pub(crate) fn print(&self) {
        for (vendor, count) in &self.counts {
            println!(
                "{} ({}): {} taken and {} refused by both, {} taken by the library alone, {} by hookproof alone",
                vendor.0,
                vendor.1.name(),
                count.both_take,
                count.both_refuse,
                count.library_takes,
                count.hookproof_takes,
            );
            for ((_, class), times) in self.explained.iter().filter(|((of, _), _)| of == vendor) {
                println!("    {times:4} {class}");
            }
        }
    }
}
