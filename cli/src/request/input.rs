//! A file or standard input, read a piece at a time.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use bytes::{Bytes, BytesMut};

use crate::failure::Failure;

/// What has been read and not yet taken, and the source of more.
pub(crate) struct Input {
    source: Box<dyn Read>,
    name: String,
    held: BytesMut,
    piece: Vec<u8>,
}

/// How many bytes are read at a time.
const PIECE: usize = 64 * 1024;

impl Input {
    /// Opens a file, or standard input where the path is `-`.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let name = if is_stdin(path) {
            "standard input".to_owned()
        } else {
            format!("the file {}", path.display())
        };
        let source: Box<dyn Read> = if is_stdin(path) {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| Failure::unreadable(&name, &error))?)
        };
        Ok(Self::new(source, name))
    }

    /// An input of any bytes; the name stands in error messages.
    pub(crate) fn new(source: Box<dyn Read>, name: String) -> Self {
        Self {
            source,
            name,
            held: BytesMut::new(),
            piece: vec![0; PIECE],
        }
    }

    /// What has been read and not yet taken.
    pub(crate) fn held(&self) -> &[u8] {
        &self.held
    }

    /// Reads another piece; `false` at the end.
    pub(crate) fn read_more(&mut self) -> Result<bool, Failure> {
        loop {
            match self.source.read(&mut self.piece) {
                Ok(0) => return Ok(false),
                Ok(count) => {
                    self.held
                        .extend_from_slice(self.piece.get(..count).unwrap_or_default());
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Failure::unreadable(&self.name, &error)),
            }
        }
    }

    /// Takes so many of the held bytes, or as many as there are.
    pub(crate) fn take(&mut self, count: usize) -> Bytes {
        self.held.split_to(count.min(self.held.len())).freeze()
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}
