//! Reading a request's body: so much, and so long.

use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;

/// The longest body that is looked at.
pub(crate) const MAX: usize = 256 * 1024;

/// What is read of a longer one and thrown away: who still writes does not read the answer.
const DRAINED: usize = 8 * 1024 * 1024;

/// How long a body may take.
const DEADLINE: Duration = Duration::from_secs(10);

/// Why there is no whole body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unread {
    BrokenOff,
    TooLarge,
    TooSlow,
}

impl Unread {
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::BrokenOff => "the body broke off",
            Self::TooLarge => "the body is longer than 256 KiB",
            Self::TooSlow => "the body did not arrive within 10 seconds",
        }
    }
}

/// The whole body.
pub(crate) async fn read(body: Body) -> Result<Bytes, Unread> {
    tokio::time::timeout(DEADLINE, whole(body))
        .await
        .unwrap_or(Err(Unread::TooSlow))
}

async fn whole(mut body: Body) -> Result<Bytes, Unread> {
    let mut kept = BytesMut::new();
    let mut read = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Unread::BrokenOff)?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        read = read.saturating_add(data.len());
        if read <= MAX {
            kept.extend_from_slice(&data);
        } else if read > DRAINED {
            break;
        }
    }
    if read > MAX {
        return Err(Unread::TooLarge);
    }
    Ok(kept.freeze())
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
