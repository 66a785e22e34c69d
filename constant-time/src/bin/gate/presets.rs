//! Every preset with a key that is secret, on a genuine delivery of the vendor's form: what its rules
//! make of a secret must not depend on it either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookproof::scheme::{KeyFormat, Scheme};
use hookproof::{Head, UnixTime, Verifier, providers};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Deserialize;
use serde_json::Value;

use crate::judged::{Arrival, Group, judge};
use crate::known::leak_of;
use crate::memcheck::secret;

#[derive(Deserialize)]
struct Vector {
    provider: String,
    secret: String,
    now: i64,
    request: Request,
    expect: String,
}

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    url: Option<String>,
    headers: Vec<(String, Value)>,
    body_b64: String,
}

pub fn run() -> Vec<Group> {
    let mut groups = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for vector in ["seeds", "providers"].into_iter().flat_map(genuine) {
        let scheme = providers::find(&vector.provider).expect("a preset");
        if seen.insert(vector.provider.clone()) && keeps_its_key_secret(scheme) {
            let name = "key secret: presets, a genuine delivery each";
            let group = groups.entry(leak_of(scheme));
            vector.take_into(scheme, group.or_insert_with(|| Group::of(name, scheme)));
        }
    }
    groups.into_values().collect()
}

/// A public key is no secret, and memcheck loses sight of one that is read from base64: a table does
/// that, once, when a verifier is made. Such schemes are under the other groups, with another key.
fn keeps_its_key_secret(scheme: &Scheme) -> bool {
    !scheme.algorithm().is_public_key() && !matches!(scheme.key_format(), KeyFormat::Base64 { .. })
}

/// The lines of a file of the library's own tests.
fn lines(file: &str) -> Vec<Value> {
    let path = format!("{}/../tests/data/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("the library's test data");
    let lines = text.lines().map(serde_json::from_str);
    lines
        .collect::<Result<_, _>>()
        .expect("a JSON object a line")
}

fn genuine(file: &str) -> Vec<Vector> {
    let rows = lines(&format!("vectors/{file}")).into_iter();
    let vectors = rows.filter_map(|row| serde_json::from_value(row).ok());
    vectors
        .filter(|it: &Vector| it.expect == "accept")
        .collect()
}

impl Vector {
    fn take_into(&self, scheme: &Scheme, group: &mut Group) {
        let mut verifier = Verifier::new(scheme, secret(&self.secret)).expect("a good secret");
        let records = scheme.config_names().next().map(|_| lines("schemes"));
        for name in scheme.config_names() {
            let mut records = records.iter().flatten();
            let record = records.find(|record| record["slug"] == self.provider);
            let text = record.and_then(|record| record["config"][name].as_str());
            verifier = verifier.with_config(name, text.expect("a text"));
        }
        let headers = self.headers();
        let method = self.request.method.as_deref().unwrap_or("POST");
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut head = Head::from(&headers).with_method(&method);
        if let Some(url) = &self.request.url {
            head = head.with_url(url);
        }
        let body = STANDARD.decode(&self.request.body_b64).expect("base64");
        let now = UnixTime::from_secs(self.now);
        for arrival in [Arrival::Whole, Arrival::InFrames(2)] {
            let seen = judge(&verifier, (head, &body), now, arrival);
            group.take(format!("{}, {arrival:?}", self.provider), &seen, true, 1);
        }
    }

    fn headers(&self) -> HeaderMap {
        let headers = self.request.headers.iter().filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value.as_str()?).ok()?))
        });
        headers.collect()
    }
}
