//! The comparison: what must not be, of verdicts side by side.

use std::collections::BTreeMap;

use crate::classes::{self, Class, Difference, Vendor};
use crate::delivery::Incoming;
use crate::judges::{self, REGISTRIES, Registry, Verdicts};
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
        let of_library = |(registry, verdicts): &(Registry, Verdicts)| {
            let refused = verdicts.get(&delivery.id)?;
            Some((*registry, refused.is_none()))
        };
        Self {
            delivery,
            hookproof: judges::hookproof(delivery),
            libraries: verdicts.iter().filter_map(of_library).collect(),
        }
    }

    fn is_taken(&self) -> bool {
        self.hookproof == "accept"
    }

    fn differences(&self) -> impl Iterator<Item = Difference<'_>> {
        let libraries = self.libraries.iter();
        let differing = libraries.filter(|(_, takes)| *takes != self.is_taken());
        differing.map(|(registry, _)| Difference {
            delivery: self.delivery,
            registry: *registry,
            hookproof: &self.hookproof,
        })
    }
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
    /// How many differences each class explains of each library.
    pub(crate) explained: BTreeMap<(&'static str, Vendor), usize>,
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
        let all_take = judged.is_taken() && judged.libraries.iter().all(|(_, takes)| *takes);
        if delivery.is_genuine && !all_take {
            self.refused.push(delivery.id.clone());
        }
        for difference in judged.differences() {
            let vendor = (delivery.scheme.slug(), difference.registry);
            match classes::explaining(&difference) {
                Some(class) => *self.explained.entry((class.name, vendor)).or_default() += 1,
                None => self.unexplained.push(format!(
                    "{}: {:?} {:?}, hookproof: {}",
                    delivery.id,
                    difference.registry,
                    difference.library(),
                    judged.hookproof
                )),
            }
        }
    }

    /// The classes that a library is said to differ by, and never did.
    pub(crate) fn never(&self) -> Vec<(&'static str, Vendor)> {
        let vendors = |class: &'static Class| class.of.iter().map(|vendor| (class.name, *vendor));
        let all = classes::all().flat_map(vendors);
        all.filter(|one| !self.explained.contains_key(one))
            .collect()
    }
}

/// How many deliveries a library judged, took and refused like hookproof, and where they differ.
pub(crate) fn print(judged: &[Judged<'_>], found: &Found) {
    for registry in REGISTRIES {
        for scheme in crate::generate::PRESETS {
            let vendor = (scheme.slug(), registry);
            let of_vendor = judged
                .iter()
                .filter(|it| it.delivery.scheme.slug() == vendor.0);
            let verdicts: Vec<_> = of_vendor
                .flat_map(|it| it.libraries.iter().map(|library| (it.is_taken(), *library)))
                .filter(|(_, (known, _))| *known == registry)
                .collect();
            let count = |ours, theirs| {
                let same = verdicts
                    .iter()
                    .filter(|(taken, (_, takes))| (*taken, *takes) == (ours, theirs));
                same.count()
            };
            if verdicts.is_empty() {
                continue;
            }
            println!(
                "{} ({}): {} deliveries, {} taken and {} refused by both, {} by the library alone, {} by hookproof alone",
                vendor.0,
                registry.name(),
                verdicts.len(),
                count(true, true),
                count(false, false),
                count(false, true),
                count(true, false),
            );
            for ((class, of), times) in &found.explained {
                if *of == vendor {
                    println!("    {class}: {times}");
                }
            }
        }
    }
}
