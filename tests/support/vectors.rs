//! Signed deliveries with the verdict that each must get, one JSON object a line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookproof::{
    ConfigErrorKind, Delivery, Secret, UnixTime, Verifier, VerifyErrorKind, providers,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
pub struct Vector {
    pub id: String,
    pub provider: String,
    pub secret: String,
    pub now: i64,
    pub request: Request,
    pub expect: String,
    pub reason: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    /// Absent where every verdict is required.
    #[serde(default = "always")]
    pub firm: bool,
}

#[derive(Debug, Deserialize)]
pub struct Request {
    pub headers: Vec<(String, Value)>,
    body_b64: String,
}

fn always() -> bool {
    true
}

/// The deliveries of a file under `tests/data/vectors`.
pub fn load(file: &str) -> Vec<Vector> {
    let path = format!("{}/tests/data/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the vectors are part of the repository");
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a vector is JSON"))
        .filter(|row| row.get("kind").is_none_or(|kind| kind == "header"))
        .map(|row| serde_json::from_value(row).expect("a vector has the fields of one"))
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

    /// `accept`, or the reason of the refusal.
    pub fn judge(&self) -> String {
        let scheme = providers::find(&self.provider).expect("a preset");
        let verifier = match Verifier::new(scheme, Secret::new(self.secret.clone())) {
            Ok(verifier) => verifier,
            Err(error) if error.kind() == ConfigErrorKind::BadSecret => return "bad-secret".into(),
            Err(error) => panic!("{}: {error}", self.id),
        };
        let Some(headers) = self.headers() else {
            return VerifyErrorKind::Malformed.as_str().into();
        };
        let delivery = self.body();
        let delivery = Delivery::new(&headers, &delivery);
        match verifier.verify_at(delivery, UnixTime::from_secs(self.now)) {
            Ok(_) => "accept".into(),
            Err(error) => error.kind().as_str().into(),
        }
    }

    /// Whether a verdict is the one that the vector wants, or as good.
    pub fn wants(&self, verdict: &str) -> bool {
        if self.expect == "accept" {
            return verdict == "accept";
        }
        self.reason.as_deref() == Some(verdict) || self.also.iter().any(|also| also == verdict)
    }
}

/// A header's bytes: a text, `{"hex": …}`, or `{"concat": [[text, times], …]}`.
pub fn header_bytes(value: &Value) -> Vec<u8> {
    if let Some(text) = value.as_str() {
        return text.as_bytes().to_vec();
    }
    if let Some(hex) = value.get("hex").and_then(Value::as_str) {
        return (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"))
            .collect();
    }
    let pieces = value["concat"].as_array().expect("text, hex or concat");
    pieces
        .iter()
        .flat_map(|piece| {
            let times = usize::try_from(piece[1].as_u64().expect("a count")).expect("small");
            piece[0]
                .as_str()
                .expect("a text")
                .repeat(times)
                .into_bytes()
        })
        .collect()
}
