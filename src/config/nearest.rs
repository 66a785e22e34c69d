//! The name that was probably meant.

/// Longer names are nothing to look for neighbours of.
const LONGEST: usize = 64;

/// Of the names the one with the fewest letters to change, where those are few.
pub(super) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if name.len() > LONGEST {
        return None;
    }
    let measured = names.into_iter().map(|other| (changes(name, other), other));
    let (changes, other) = measured.min_by_key(|(changes, _)| *changes)?;
    (changes <= name.len().max(other.len()).div_ceil(3)).then_some(other)
}

/// How many bytes are to be added, dropped or exchanged (Levenshtein's distance), row by row.
fn changes(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (nth, left) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = nth + 1;
        for (column, right) in to.bytes().enumerate() {
            let exchanged = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            row[column + 1] = exchanged.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_found_and_a_stranger_is_not() {
        let names = ["timestamp", "encoding", "key"];
        assert_eq!(nearest("timestmap", names), Some("timestamp"));
        assert_eq!(nearest("Key", names), Some("key"));
        assert_eq!(nearest("flavour", names), None);
        assert_eq!(nearest(&"k".repeat(65), names), None);
        assert_eq!(nearest("key", []), None);
    }
}
