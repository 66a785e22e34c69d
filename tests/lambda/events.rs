//! Events of each source, each with a signed delivery.

use hookproof::lambda::{LambdaError, LambdaRequest};
use hookproof::scheme::Scheme;
use hookproof::{Secret, Signer, UnixTime, Verifier, VerifyErrorKind, providers};
use http::HeaderMap;
use serde_json::{Value, json};

const SIGNED_AT: UnixTime = UnixTime::from_secs(1_760_000_000);

/// An event, with the provider that signed its delivery.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) name: &'static str,
    pub(super) event: &'static str,
    scheme: &'static Scheme,
}

pub(super) const REST: Source = Source {
    name: "REST API",
    event: include_str!("../data/lambda/rest.json"),
    scheme: &providers::GITHUB,
};
pub(super) const HTTP_1: Source = Source {
    name: "HTTP API, payload format 1.0",
    event: include_str!("../data/lambda/http-1.json"),
    scheme: &providers::STRIPE,
};
pub(super) const HTTP_2: Source = Source {
    name: "HTTP API, payload format 2.0",
    event: include_str!("../data/lambda/http-2.json"),
    scheme: &providers::STRIPE,
};
pub(super) const FUNCTION_URL: Source = Source {
    name: "function URL",
    event: include_str!("../data/lambda/function-url.json"),
    scheme: &providers::GITHUB,
};
pub(super) const BALANCER_MULTI: Source = Source {
    name: "load balancer with multi-value headers",
    event: include_str!("../data/lambda/balancer-multi.json"),
    scheme: &providers::STRIPE,
};
pub(super) const BALANCER: Source = Source {
    name: "load balancer",
    event: include_str!("../data/lambda/balancer.json"),
    scheme: &providers::GITHUB,
};

pub(super) const SOURCES: [Source; 6] =
    [REST, HTTP_1, HTTP_2, FUNCTION_URL, BALANCER_MULTI, BALANCER];

impl Source {
    pub(super) fn value(self) -> Value {
        serde_json::from_str(self.event).expect("the event is JSON")
    }

    /// What becomes of a request that claims to be the source's delivery.
    pub(super) fn judge(self, request: &LambdaRequest) -> Result<(), VerifyErrorKind> {
        Verifier::new(self.scheme, self.secret())
            .expect("a usable secret")
            .verify_at(request.delivery(), SIGNED_AT)
            .map(drop)
            .map_err(|error| error.kind())
    }

    /// What becomes of the delivery that an event describes.
    pub(super) fn judge_event(self, event: &Value) -> Result<(), VerifyErrorKind> {
        self.judge(&read(event).expect("a request"))
    }

    /// The headers with which the provider signs the body.
    pub(super) fn sign(self, body: &[u8]) -> HeaderMap {
        let signer = Signer::new(self.scheme, self.secret()).expect("a usable secret");
        signer
            .sign_at(&HeaderMap::new(), body, SIGNED_AT)
            .expect("signed")
    }

    fn secret(self) -> Secret {
        match self.scheme.slug() {
            "github" => Secret::new("It's a Secret to Everybody"),
            _ => Secret::new("whsec_Q5VvFg7vvDnxI1xq9NwKUlqq4Ar-lmAgJ5QzFWSkEGc"),
        }
    }
}

pub(super) fn read(event: &Value) -> Result<LambdaRequest, LambdaError> {
    LambdaRequest::from_slice(event.to_string().as_bytes())
}

/// What is wrong with an event.
pub(super) fn error(event: &Value) -> LambdaError {
    read(event).expect_err("no request")
}

/// A small event of payload format 1.0.
pub(super) fn small() -> Value {
    json!({"httpMethod": "POST", "path": "/", "headers": {}})
}

/// The same with a field set.
pub(super) fn small_with(field: &str, value: Value) -> Value {
    let mut event = small();
    event[field] = value;
    event
}

/// The values of a header's lines, in their order.
pub(super) fn lines<'r>(request: &'r LambdaRequest, name: &str) -> Vec<&'r [u8]> {
    let lines = request.headers().get_all(name);
    lines.iter().map(http::HeaderValue::as_bytes).collect()
}
