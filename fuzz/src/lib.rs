//! What the fuzz targets share: a second, plain verification, a second set of lints, schemes that
//! cover every grammar in every encoding, deliveries read from a fuzzer's bytes, and a bound on
//! memory.
//!
//! An input starts with a line that names a scheme (or an encoding), so that a seed stays what its
//! file name says when schemes are added. A line that names none chooses by the sum of its bytes.
#![forbid(unsafe_code)]

pub mod bounds;
pub mod delivery;
pub mod lints;
pub mod reference;
pub mod schemes;

/// The first line without its end, and what follows it.
#[must_use]
pub fn first_line(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

/// The one of that name, else the one that the sum of the bytes chooses.
///
/// # Panics
///
/// Where there is nothing to choose from.
pub fn named<T: Copy>(all: &[T], line: &[u8], name: impl Fn(T) -> &'static str) -> T {
    let by_name = all.iter().find(|one| name(**one).as_bytes() == line);
    let sum: usize = line.iter().map(|&byte| usize::from(byte)).sum();
    *by_name.unwrap_or(&all[sum % all.len()])
}
