//! The body: where it ends, and its bytes as they come.

use bytes::Bytes;
use hookproof::VerifyError;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use httparse::{EMPTY_HEADER, Status, parse_chunk_size, parse_headers};

use super::input::Input;
use super::refusal::{Refusal, Stop};

/// Where the body ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Framing {
    /// With the last chunk.
    Chunked,
    /// After so many bytes.
    Length(u64),
    /// Where the input ends.
    Rest,
}

/// The longest line that tells a chunk's size, and the longest trailers, in bytes.
const MAX_BETWEEN: usize = 16 * 1024;

/// The most trailers.
const MAX_TRAILERS: usize = 64;

impl Framing {
    /// What the headers say. Where they contradict each other, two readers could see two bodies:
    /// that is refused, not resolved.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        let length = content_length(headers)?;
        let mut encodings = headers.get_all(TRANSFER_ENCODING).iter();
        match (encodings.next(), length) {
            (None, None) => Ok(Self::Rest),
            (None, Some(length)) => Ok(Self::Length(length)),
            (Some(_), Some(_)) => Err(Refusal::body(
                "both transfer-encoding and content-length tell where the body ends",
            )),
            (Some(encoding), None) => {
                let chunked = encoding.as_bytes().eq_ignore_ascii_case(b"chunked");
                if chunked && encodings.next().is_none() {
                    Ok(Self::Chunked)
                } else {
                    Err(Refusal::body("the transfer-encoding is not chunked alone"))
                }
            }
        }
    }

    /// Reads the body and hands its pieces on. Stops at the limit, whatever was announced.
    pub(crate) fn read_body(
        self,
        input: &mut Input,
        limit: usize,
        mut take: impl FnMut(Bytes) -> Result<(), VerifyError>,
    ) -> Result<(), Stop> {
        match self {
            Self::Chunked => read_chunks(input, &mut take),
            Self::Length(length) => match usize::try_from(length) {
                Ok(length) if length <= limit => pass(input, length, &mut take),
                _ => Err(VerifyError::too_large(limit).into()),
            },
            Self::Rest => loop {
                let held = input.held().len();
                take(input.take(held))?;
                if !input.read_more()? {
                    return Ok(());
                }
            },
        }
    }
}

/// The announced length: plain digits, and the same number each time it is told.
fn content_length(headers: &HeaderMap) -> Result<Option<u64>, Refusal> {
    let mut length = None;
    for value in headers.get_all(CONTENT_LENGTH) {
        for text in value.as_bytes().split(|&byte| byte == b',') {
            let this = number(text.trim_ascii())
                .ok_or_else(|| Refusal::body("the content-length is not a number"))?;
            if length.is_some_and(|before| before != this) {
                return Err(Refusal::body("two values of content-length differ"));
            }
            length = Some(this);
        }
    }
    Ok(length)
}

/// Saturates: a length that no number holds is too large in any case.
fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, digit| {
        digit.is_ascii_digit().then(|| {
            number
                .saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'))
        })
    })
}

/// Hands on exactly so many bytes.
fn pass(
    input: &mut Input,
    mut count: usize,
    take: &mut impl FnMut(Bytes) -> Result<(), VerifyError>,
) -> Result<(), Stop> {
    while count > 0 {
        if input.held().is_empty() && !input.read_more()? {
            return Err(Refusal::body("the input ends before the body does").into());
        }
        let frame = input.take(count);
        count -= frame.len();
        take(frame)?;
    }
    Ok(())
}

fn read_chunks(
    input: &mut Input,
    take: &mut impl FnMut(Bytes) -> Result<(), VerifyError>,
) -> Result<(), Stop> {
    loop {
        let size = read_between(input, "a chunk's size", |held| {
            Ok(match parse_chunk_size(held).map_err(|_| ())? {
                Status::Complete((length, size)) => Some((length, size)),
                Status::Partial => None,
            })
        })?;
        match usize::try_from(size) {
            Ok(0) => break,
            // More than can be addressed: the limit ends it long before.
            size => pass(input, size.unwrap_or(usize::MAX), take)?,
        }
        read_between(input, "a chunk's end", |held| match held {
            [b'\r', b'\n', ..] => Ok(Some((2, ()))),
            [] | [b'\r'] => Ok(None),
            _ => Err(()),
        })?;
    }
    read_between(input, "the trailers", |held| {
        let mut trailers = [EMPTY_HEADER; MAX_TRAILERS];
        Ok(match parse_headers(held, &mut trailers).map_err(|_| ())? {
            Status::Complete((length, _)) => Some((length, ())),
            Status::Partial => None,
        })
    })
}

/// Reads something that stands between chunks, and drops it. The parser gives its length and
/// meaning, nothing while it is incomplete, or an error.
fn read_between<T>(
    input: &mut Input,
    what: &str,
    parse: impl Fn(&[u8]) -> Result<Option<(usize, T)>, ()>,
) -> Result<T, Stop> {
    loop {
        match parse(input.held()) {
            Ok(Some((length, meaning))) => {
                drop(input.take(length));
                return Ok(meaning);
            }
            Ok(None) if input.held().len() > MAX_BETWEEN => {
                return Err(Refusal::body(format!("{what} is too long")).into());
            }
            Ok(None) if input.read_more()? => {}
            Ok(None) => {
                return Err(Refusal::body("the input ends before the last chunk does").into());
            }
            Err(()) => return Err(Refusal::body(format!("{what} cannot be read")).into()),
        }
    }
}
