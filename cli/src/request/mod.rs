//! One raw HTTP/1.1 request, read in pieces: its head whole and bounded, its body as it comes.

mod body;
mod head;
mod input;
mod refusal;
mod url;

pub(crate) use body::Framing;
pub(crate) use head::{RequestHead, read_head};
pub(crate) use input::Input;
pub(crate) use refusal::{Refusal, Stop};
pub(crate) use url::is_absolute;
