//! The head: request line and headers, as bytes.
//!
//! Lines end in CRLF, or all of them in LF, as editors write files. A head in which both occur is
//! refused: a line break inside a value would otherwise pass for the end of the line.

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use httparse::{EMPTY_HEADER, Error, Request, Status};

use super::input::Input;
use super::refusal::{Refusal, Stop};

/// The longest head, in bytes: 16 MiB. Every header that a scheme reads has a limit of its own.
const MAX_HEAD: usize = 16 * 1024 * 1024;

/// The most header lines.
const MAX_LINES: usize = 16 * 1024;

/// A request's head.
pub(crate) struct RequestHead {
    pub(crate) method: Method,
    /// Where the request line says that it goes.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
}

/// Reads the head, up to and with its blank line, and leaves the body.
pub(crate) fn read_head(input: &mut Input) -> Result<RequestHead, Stop> {
    let mut lines = Lines::default();
    loop {
        if let Some(end) = lines.end_in(input.held())? {
            if end > MAX_HEAD {
                return Err(too_long().into());
            }
            let head = input.take(end);
            return Ok(parse(head.get(lines.start..).unwrap_or_default())?);
        }
        if input.held().len() > MAX_HEAD {
            return Err(too_long().into());
        }
        if !input.read_more()? {
            return Err(match lines.ending {
                None if input.held().is_empty() => Refusal::malformed("the request is empty"),
                _ => Refusal::malformed("the head has no blank line at its end"),
            }
            .into());
        }
    }
}

/// Where lines end in a head that is still being read.
#[derive(Default)]
struct Lines {
    /// How lines end, once the first has ended.
    ending: Option<Ending>,
    /// Where the request line starts: empty lines before it are passed over.
    start: usize,
    /// Where the present line starts.
    line: usize,
    /// Up to where line breaks have been looked for.
    searched: usize,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Ending {
    CrLf,
    Lf,
}

impl Lines {
    /// Goes on through what has been read; the head's end, once it is there.
    fn end_in(&mut self, read: &[u8]) -> Result<Option<usize>, Refusal> {
        while let Some(ahead) = read
            .get(self.searched..)
            .and_then(|rest| rest.iter().position(|&byte| byte == b'\n'))
        {
            let end = self.searched + ahead;
            let line = read.get(self.line..end).unwrap_or_default();
            let (text, ending) = match line.strip_suffix(b"\r") {
                Some(text) => (text, Ending::CrLf),
                None => (line, Ending::Lf),
            };
            self.searched = end + 1;
            self.line = end + 1;
            match self.ending {
                Some(first) if first != ending => {
                    return Err(Refusal::malformed(
                        "a line of the head holds a bare CR or LF",
                    ));
                }
                None if text.is_empty() => self.start = end + 1,
                Some(_) if text.is_empty() => return Ok(Some(end + 1)),
                _ => self.ending = Some(ending),
            }
        }
        self.searched = read.len();
        Ok(None)
    }
}

fn parse(head: &[u8]) -> Result<RequestHead, Refusal> {
    let count = head.iter().filter(|&&byte| byte == b'\n').count();
    let mut lines = vec![EMPTY_HEADER; count.min(MAX_LINES)];
    let mut request = Request::new(&mut lines);
    match request.parse(head) {
        Ok(Status::Complete(_)) => {}
        Ok(Status::Partial) => return Err(Refusal::malformed("the head is incomplete")),
        Err(Error::TooManyHeaders) => return Err(too_many()),
        Err(error) => {
            return Err(Refusal::malformed(format!(
                "the head is not HTTP/1.1: {error}"
            )));
        }
    }
    let method = request.method.unwrap_or_default();
    let method = Method::from_bytes(method.as_bytes())
        .map_err(|_| Refusal::malformed("the head is not HTTP/1.1: invalid method"))?;
    let target = request.path.unwrap_or_default().to_owned();
    let mut headers = HeaderMap::new();
    for line in request.headers {
        let name = HeaderName::from_bytes(line.name.as_bytes())
            .map_err(|_| Refusal::malformed("the head is not HTTP/1.1: invalid header name"))?;
        let value = HeaderValue::from_bytes(line.value)
            .map_err(|_| Refusal::malformed("the head is not HTTP/1.1: invalid header value"))?;
        headers.try_append(name, value).map_err(|_| too_many())?;
    }
    Ok(RequestHead {
        method,
        target,
        headers,
    })
}

fn too_long() -> Refusal {
    Refusal::malformed(format!("the head is longer than {MAX_HEAD} bytes"))
}

fn too_many() -> Refusal {
    Refusal::malformed(format!("the head has more than {MAX_LINES} headers"))
}
