//! Pairs of a `multipart/form-data` body.

use core::convert::Infallible;

use bytes::Bytes;
use futures_util::{FutureExt, stream};
use multer::{Multipart, parse_boundary};

use super::MAX_FIELDS;

/// RFC 2046, section 5.1.1.
const MAX_BOUNDARY: usize = 70;

/// The pairs in the order in which they were sent, names and values as bytes; a part without a
/// name is passed over.
///
/// `None` where the content type has no usable boundary, the body is not whole, or it has more
/// than [`MAX_FIELDS`] parts.
pub(super) fn pairs(content_type: &[u8], body: &[u8]) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    let boundary = parse_boundary(core::str::from_utf8(content_type).ok()?).ok()?;
    if !(1..=MAX_BOUNDARY).contains(&boundary.len()) {
        return None;
    }
    // The whole body is at hand, so nothing ever waits: what is not ready now is malformed. The
    // parser holds a second copy of the body while it reads.
    let whole = stream::iter([Ok::<_, Infallible>(Bytes::copy_from_slice(body))]);
    let mut parts = Multipart::new(whole, boundary);
    let mut pairs = Vec::new();
    for _ in 0..=MAX_FIELDS {
        let Some(mut part) = parts.next_field().now_or_never()?.ok()? else {
            return Some(pairs);
        };
        let Some(name) = part.name().map(|name| name.as_bytes().to_vec()) else {
            continue;
        };
        let mut value = Vec::new();
        while let Some(chunk) = part.chunk().now_or_never()?.ok()? {
            value.extend_from_slice(&chunk);
        }
        pairs.push((name, value));
    }
    None
}

#[cfg(test)]
#[path = "multipart_tests.rs"]
mod tests;
