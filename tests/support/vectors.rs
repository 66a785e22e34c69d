//! Signed deliveries with the verdict that each must get, one JSON object a line.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{
    ConfigErrorKind, Delivery, Head, Secret, UnixTime, Verifier, VerifyError, VerifyErrorKind,
    providers,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Deserialize;
use serde_json::Value;

use super::rows::{deliveries, header_bytes};

#[derive(Clone, Debug, Deserialize)]
pub struct Vector {
    pub id: String,
    pub provider: String,
    pub secret: String,
    pub now: i64,
    pub request: Request,
    /// What the operator configures besides, where it is not what the record has.
    #[serde(default)]
    pub config: BTreeMap<String, String>,
    pub expect: String,
    pub reason: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    /// Absent where every verdict is required.
    #[serde(default = "always")]
    pub firm: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    #[serde(default = "post")]
    pub method: String,
    #[serde(default)]
    pub url: Option<String>,
    pub headers: Vec<(String, Value)>,
    body_b64: String,
}

fn always() -> bool {
    true
}

fn post() -> String {
    "POST".to_owned()
}

/// The text that a record has of what an operator configures under a name.
fn recorded_config(slug: &str, name: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/schemes.jsonl");
    let text = std::fs::read_to_string(path).expect("the records are part of the repository");
    let mut records = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a record is JSON"));
    let record = records.find(|record| record["slug"] == slug);
    let record = record.expect("a record of the preset");
    record["config"][name].as_str().expect("a text").to_owned()
}

/// Whether deliveries of a preset can be judged with the features that are on.
pub fn is_judged_here(scheme: &Scheme) -> bool {
    let on = [
        ("asymmetric", cfg!(feature = "asymmetric")),
        ("dates", cfg!(feature = "dates")),
        ("forms", cfg!(feature = "forms")),
        ("json", cfg!(feature = "json")),
        ("keccak", cfg!(feature = "keccak")),
        ("legacy-digests", cfg!(feature = "legacy-digests")),
    ];
    let features = scheme.features();
    features
        .into_iter()
        .all(|feature| on.contains(&(feature, true)))
}

/// The deliveries of a file under `tests/data/vectors`, of presets that can be judged here.
pub fn load(file: &str) -> Vec<Vector> {
    let path = format!("{}/tests/data/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    deliveries(&path)
        .into_iter()
        .map(|row| serde_json::from_value(row).expect("a vector has the fields of one"))
        .filter(|vector: &Vector| {
            is_judged_here(providers::find(&vector.provider).expect("a preset"))
        })
        .collect()
}

impl Vector {
    pub fn body(&self) -> Vec<u8> {
        STANDARD.decode(&self.request.body_b64).expect("base64")
    }

    /// The headers, or `None` where `http` refuses to hold their bytes.
    pub fn headers(&self) -> Option<HeaderMap> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.request.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header name");
            headers.append(name, HeaderValue::from_bytes(&header_bytes(value)).ok()?);
        }
        Some(headers)
    }

    /// A verifier with all that the operator configures.
    fn verifier(&self) -> Result<Verifier, String> {
        let scheme = providers::find(&self.provider).expect("a preset");
        let mut verifier = match Verifier::new(scheme, Secret::new(self.secret.clone())) {
            Ok(verifier) => verifier,
            Err(error) if error.kind() == ConfigErrorKind::BadSecret => {
                return Err("bad-secret".into());
            }
            Err(error) => panic!("{}: {error}", self.id),
        };
        for name in scheme.config_names() {
            let recorded = || recorded_config(&self.provider, name);
            let text = self.config.get(name).cloned().unwrap_or_else(recorded);
            verifier = verifier.with_config(name, &text);
        }
        Ok(verifier)
    }

    /// Runs a judgement on the head, and says `accept` or the reason of the refusal.
    fn judged(
        &self,
        judge: impl FnOnce(&Verifier, Head<'_>, UnixTime) -> Result<(), VerifyError>,
    ) -> String {
        let verifier = match self.verifier() {
            Ok(verifier) => verifier,
            Err(verdict) => return verdict,
        };
        let Some(headers) = self.headers() else {
            return VerifyErrorKind::Malformed.as_str().into();
        };
        let method = Method::from_bytes(self.request.method.as_bytes()).expect("a method");
        let mut head = Head::from(&headers).with_method(&method);
        if let Some(url) = &self.request.url {
            head = head.with_url(url);
        }
        match judge(&verifier, head, UnixTime::from_secs(self.now)) {
            Ok(()) => "accept".into(),
            Err(error) => error.kind().as_str().into(),
        }
    }

    /// `accept`, or the reason of the refusal.
    pub fn judge(&self) -> String {
        self.judged(|verifier, head, now| {
            let body = self.body();
            let delivery = Delivery::new(head, &body);
            verifier.verify_at(delivery, now).map(drop)
        })
    }

    /// The same, where the body comes in pieces.
    pub fn judge_streamed(&self, piece: usize) -> String {
        self.judged(|verifier, head, now| {
            let mut verification = verifier.begin_at(head, now)?;
            for frame in self.body().chunks(piece) {
                verification.update(Bytes::copy_from_slice(frame))?;
            }
            verification.finish().map(drop)
        })
    }

    /// Whether a verdict is the one that the vector wants, or as good.
    pub fn wants(&self, verdict: &str) -> bool {
        if self.expect == "accept" {
            return verdict == "accept";
        }
        self.reason.as_deref() == Some(verdict) || self.also.iter().any(|also| also == verdict)
    }
}
