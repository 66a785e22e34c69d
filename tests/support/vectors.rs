//! Signed deliveries with the verdict that each must get, one JSON object a line.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hookproof::{
    ConfigErrorKind, Delivery, Secret, UnixTime, Verifier, VerifyErrorKind, providers,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;

use super::rows::{deliveries, header_bytes};

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
    deliveries(&path)
        .into_iter()
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
