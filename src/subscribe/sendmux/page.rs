//! Which part of a list is asked for.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::subscribe::RequestError;
use crate::subscribe::rules::within;

/// What is escaped in a query's value: all but what RFC 3986 reserves for nothing.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A part of a list: the first, or the one after another.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Page {
    cursor: Option<String>,
    limit: Option<u8>,
}

impl Page {
    /// The first part.
    pub fn first() -> Self {
        Self::default()
    }

    /// The part at a `next_cursor` of the part before.
    pub fn after(cursor: impl Into<String>) -> Self {
        Self {
            cursor: Some(cursor.into()),
            limit: None,
        }
    }

    /// At most this many, 1 to 100. By default 50 webhooks or 25 deliveries, at the provider.
    pub fn limit(mut self, limit: u8) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The query with its `?`, or nothing.
    pub(super) fn query(&self) -> Result<String, RequestError> {
        let limit = self.limit.map(|limit| within("limit", limit, &(1..=100)));
        let limit = limit.transpose()?.map(|limit| format!("limit={limit}"));
        let cursor = self.cursor.as_deref();
        let cursor = cursor.map(|text| format!("cursor={}", utf8_percent_encode(text, ESCAPED)));
        let pairs: Vec<String> = cursor.into_iter().chain(limit).collect();
        if pairs.is_empty() {
            return Ok(String::new());
        }
        Ok(format!("?{}", pairs.join("&")))
    }
}
