//! Raw requests as `hookproof verify` reads them: a request is read alike however it comes in pieces,
//! and what is taken for one has the head and the body that a plain reading finds.
//!
//! Input: the lengths of pieces, a byte each, and a line end; then the request. Without lengths it comes
//! at once.
#![no_main]

use std::io::{self, Read};

use bytes::Bytes;
use hookproof::VerifyError;
use hookproof_fuzz::bounds::Bound;
use hookproof_fuzz::first_line;
use http::HeaderMap;
use libfuzzer_sys::fuzz_target;
use request::{Framing, Input, RequestHead, Stop, is_absolute, read_head};

// The command line has no library: its reader is built into this target as it is, with what is only
// used elsewhere in its program.
#[allow(dead_code, unexpected_cfgs, unused_imports, reason = "used elsewhere")]
#[path = "../../cli/src"]
mod cli {
    pub(crate) mod exit;
    pub(crate) mod failure;
    pub(crate) mod request;
}
use cli::{exit, failure, request};

/// The longest body.
const LIMIT: usize = 1024;

/// The piece that is read at a time is 64 KiB, and is counted with each of two readings.
const BOUND: Bound = Bound {
    fixed: 512 * 1024,
    each: 64,
};

fuzz_target!(|data: &[u8]| {
    let (lengths, text) = first_line(data);
    let whole = BOUND.check(data.len(), || read(text, &[]));
    let pieces = read(text, lengths);
    match (whole, pieces) {
        (Ok(whole), Ok(pieces)) => {
            assert_eq!(whole, pieces);
            whole.check(text);
        }
        // How much is held when an end is found depends on the pieces; that there is one does not.
        (Err(one), Err(other)) => assert_eq!(one, other),
        (whole, pieces) => panic!("{whole:?} at once, {pieces:?} in pieces"),
    }
});

#[derive(Debug, Eq, PartialEq)]
struct Seen {
    method: String,
    target: String,
    url: Option<String>,
    headers: HeaderMap,
    framing: Framing,
    body: Vec<u8>,
}

fn read(text: &[u8], lengths: &[u8]) -> Result<Seen, String> {
    let source = Pieces {
        rest: text.to_vec(),
        lengths: lengths.to_vec(),
        nth: 0,
    };
    let mut input = Input::new(Box::new(source), "the test".to_owned());
    let told = |stop: Stop| match stop {
        Stop::Failed(failure) => panic!("{failure:?}"),
        Stop::Refused(refusal) => format!("{:?} {}", refusal.kind, refusal.message),
    };
    let head = read_head(&mut input).map_err(told)?;
    let framing = Framing::of(&head.headers).map_err(|refusal| told(refusal.into()))?;
    let mut body = Vec::new();
    let take = |frame: Bytes| {
        body.extend_from_slice(&frame);
        if body.len() > LIMIT {
            return Err(VerifyError::too_large(LIMIT));
        }
        Ok(())
    };
    framing.read_body(&mut input, LIMIT, take).map_err(told)?;
    let url = head.url();
    let RequestHead {
        method,
        target,
        headers,
    } = head;
    Ok(Seen {
        method: method.to_string(),
        target,
        url,
        headers,
        framing,
        body,
    })
}

/// A source that gives a piece at a time.
struct Pieces {
    rest: Vec<u8>,
    lengths: Vec<u8>,
    nth: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = match self.lengths.as_slice() {
            [] => self.rest.len(),
            lengths => 1 + usize::from(lengths[self.nth % lengths.len()]),
        };
        self.nth += 1;
        let count = length.min(self.rest.len()).min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

impl Seen {
    /// Reads the text again, from its start, line by line.
    fn check(&self, text: &[u8]) {
        let mut rest = text;
        let mut lines = Vec::new();
        loop {
            let end = rest.iter().position(|&byte| byte == b'\n');
            let end = end.expect("a head ends with a blank line");
            let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
            rest = &rest[end + 1..];
            match (line.is_empty(), lines.is_empty()) {
                (true, true) => {}
                (true, false) => break,
                (false, _) => lines.push(line),
            }
        }
        let start = format!("{} {} HTTP/1.", self.method, self.target);
        assert!(lines[0].starts_with(start.as_bytes()));
        assert_eq!(self.headers.len(), lines.len() - 1);
        for (name, value) in &self.headers {
            assert!(!value.as_bytes().contains(&b'\r') && !value.as_bytes().contains(&b'\n'));
            let stands = lines[1..].iter().any(|line| {
                let colon = line.iter().position(|&byte| byte == b':');
                colon.is_some_and(|at| {
                    line[..at].eq_ignore_ascii_case(name.as_str().as_bytes())
                        && line[at + 1..].trim_ascii() == value.as_bytes()
                })
            });
            assert!(stands, "{name} is in no line");
        }
        if let Some(url) = &self.url {
            assert!(is_absolute(url) && url.ends_with(&self.target));
        }
        self.check_body(rest);
    }

    fn check_body(&self, rest: &[u8]) {
        // Nothing that frames the body contradicts it.
        let values = |name| self.headers.get_all(name).iter();
        let lengths =
            values("content-length").flat_map(|value| value.as_bytes().split(|&byte| byte == b','));
        let lengths: Vec<&[u8]> = lengths.map(<[u8]>::trim_ascii).collect();
        let encodings = values("transfer-encoding").count();
        assert_eq!(
            lengths.is_empty(),
            !matches!(self.framing, Framing::Length(_))
        );
        assert_eq!(encodings, usize::from(self.framing == Framing::Chunked));
        match self.framing {
            Framing::Rest => assert_eq!(self.body, rest),
            Framing::Length(length) => {
                for text in lengths {
                    let text = std::str::from_utf8(text).expect("digits");
                    assert!(text.bytes().all(|byte| byte.is_ascii_digit()));
                    assert_eq!(text.parse(), Ok(length));
                }
                assert_eq!(u64::try_from(self.body.len()), Ok(length));
                assert!(rest.starts_with(&self.body));
            }
            Framing::Chunked => assert_eq!(Some(&self.body), chunks(rest).as_ref()),
        }
    }
}

/// The bodies of chunks, up to the empty one.
fn chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let digits = rest[..end].split(|&byte| byte == b';').next()?;
        let length = match std::str::from_utf8(digits).ok()?.trim() {
            // `httparse` takes an extension alone for the last chunk.
            "" => 0,
            digits => usize::from_str_radix(digits, 16).ok()?,
        };
        rest = &rest[end + 2..];
        if length == 0 {
            return Some(body);
        }
        let (chunk, behind) = rest.split_at_checked(length)?;
        body.extend_from_slice(chunk);
        rest = behind.strip_prefix(b"\r\n")?;
    }
}
