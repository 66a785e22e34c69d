//! The versions that are locked, which is what everybody of this repository builds.

const LOCK: &str = include_str!("../../Cargo.lock");

/// The packages, each with its version.
pub(crate) fn packages() -> Vec<(&'static str, [u32; 3])> {
    let value = |package: &'static str, key: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(key));
        line.map(|text| text.trim_matches('"'))
    };
    let packages: Vec<_> = LOCK
        .split("[[package]]\n")
        .skip(1)
        .filter_map(|it| Some((value(it, "name = ")?, version(value(it, "version = ")?))))
        .collect();
    assert!(packages.len() > 100, "the lock file has another form");
    packages
}

/// Fails where a package is locked in a version below that. One that is not locked is in nobody's
/// build.
#[track_caller]
pub(crate) fn at_least(name: &str, oldest: &str) {
    for (locked, found) in packages() {
        assert!(
            locked != name || found >= version(oldest),
            "{name} {found:?} is below {oldest}"
        );
    }
}

#[track_caller]
pub(crate) fn is_locked(name: &str) {
    assert!(
        packages().iter().any(|(locked, _)| *locked == name),
        "{name}"
    );
}

fn version(text: &str) -> [u32; 3] {
    let mut parts = text
        .split(['.', '-', '+'])
        .map_while(|part| part.parse().ok());
    [(); 3].map(|()| parts.next().unwrap_or(0))
}
