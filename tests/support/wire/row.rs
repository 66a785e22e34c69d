//! The rows as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;

const CATALOGUE: &str = include_str!("../../data/vectors/hostile.jsonl");

/// Further rows in the catalogue's words: what it hints at.
const MORE: &str = include_str!("../../data/hostile/wire.jsonl");

/// The receiver's secret in every row.
pub const SECRET: &str = "wire-hostile-secret-2f9c";

/// The receiver's cap on a body.
pub const CAP: usize = 262_144;

#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    pub id: String,
    pub what: String,
    pub input: Input,
    pub expect: Expect,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Input {
    secret: String,
    pub bodies: BTreeMap<String, Body>,
    pub parts: Vec<Part>,
}

/// A body by how it is made.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", untagged, deny_unknown_fields)]
pub enum Body {
    Json {
        json: String,
    },
    Text {
        text: String,
    },
    Fill {
        fill: String,
        n: Length,
        #[serde(default)]
        nonce: bool,
    },
    Gzip {
        gzip: String,
    },
    GzipOf {
        gzip_of: String,
    },
    Nonce5 {
        nonce5: bool,
    },
    Request {
        request: String,
    },
}

/// A number of bytes, or `cap` or `cap+1`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Length {
    Bytes(usize),
    Named(String),
}

/// What is done, in order.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Part {
    Send {
        send: String,
    },
    SendHex {
        send_hex: String,
    },
    Fill {
        fillsend: String,
        n: usize,
    },
    Body {
        body: String,
    },
    Chunked {
        chunked: String,
        size: usize,
        #[serde(default)]
        ext: String,
        #[serde(default)]
        trailers: String,
        #[serde(default)]
        stop_on_response: bool,
    },
    Chunks {
        chunks: usize,
        of: String,
        total: usize,
        #[serde(default)]
        stop_on_response: bool,
    },
    Drip {
        drip: String,
        n: usize,
        every_ms: u64,
        #[serde(default)]
        stop_on_response: bool,
    },
    Join {
        join: Vec<Self>,
    },
    Await {
        r#await: u64,
    },
    ExpectFirst {
        expect_first: bool,
    },
    Head {
        head: bool,
    },
    HalfClose {
        half_close: bool,
    },
    Close {
        close: bool,
    },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// For each answer in order the statuses allowed; 0: closed without one.
    pub responses: Vec<Vec<u16>>,
    /// `None`: as many as are answered 200.
    pub handler_calls: Option<usize>,
    pub after: After,
    pub within_ms: u64,
    #[serde(default)]
    pub no_100: bool,
}

/// What the connection is good for afterwards.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    Closed,
    Either,
    Usable,
}

/// The catalogue's rows of raw HTTP.
pub fn catalogue() -> Vec<Row> {
    rows_of(CATALOGUE)
}

/// Rows besides.
pub fn more() -> Vec<Row> {
    rows_of(MORE)
}

fn rows_of(lines: &str) -> Vec<Row> {
    let rows = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .filter(|row| row["kind"] == "wire")
        .map(|row| serde_json::from_value::<Row>(row).expect("a row says what is known"));
    rows.inspect(|row| assert_eq!(row.input.secret, SECRET, "{}", row.id))
        .collect()
}

impl Length {
    pub fn bytes(&self) -> usize {
        match self {
            Self::Bytes(bytes) => *bytes,
            Self::Named(name) if name == "cap" => CAP,
            Self::Named(name) if name == "cap+1" => CAP + 1,
            Self::Named(other) => panic!("what is {other}?"),
        }
    }
}
