//! A client of one provider's API in a sandbox of its own.

use std::collections::BTreeSet;

use bytes::Bytes;
use hookproof_sandbox::{Provider, Running, Sandbox};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// What every request has for a key.
pub(crate) const KEY: &str = "any-key-of-visible-ascii";

/// A sandbox, asked as one provider.
pub(crate) struct Api {
    pub(crate) running: Running,
    pub(crate) provider: Provider,
}

/// A request to be sent.
pub(crate) struct Ask<'a> {
    api: &'a Api,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Api {
    pub(crate) async fn of(provider: Provider) -> Self {
        Self::at_speed(provider, 1).await
    }

    /// One that waits so many times shorter.
    pub(crate) async fn at_speed(provider: Provider, times: u32) -> Self {
        let address = "127.0.0.1:0".parse().expect("an address");
        let sandbox = Sandbox::default().speed(times.try_into().expect("not zero"));
        let running = sandbox.start(address).await.expect("it starts");
        Self { running, provider }
    }

    /// A request with a key, to a path below the provider's.
    pub(crate) fn ask(&self, method: &str, path: &str) -> Ask<'_> {
        let mut headers = HeaderMap::new();
        let (name, key) = match self.provider {
            Provider::SendKit | Provider::Sent => ("x-api-key", KEY.to_owned()),
            _ => ("authorization", format!("Bearer {KEY}")),
        };
        let key = HeaderValue::from_str(&key).expect("a value");
        headers.insert(HeaderName::from_static(name), key);
        Ask {
            api: self,
            method: method.parse().expect("a method"),
            path: path.to_owned(),
            headers,
            body: Bytes::new(),
        }
    }

    /// Where webhooks are registered.
    pub(crate) fn webhooks(&self) -> &'static str {
        match self.provider {
            Provider::Sendmux => "/api/v1/webhooks",
            Provider::JetEmail => "/webhooks",
            Provider::Sent => "/v3/webhooks",
            _ => "/v1/webhooks",
        }
    }

    pub(crate) async fn create(&self, fields: &Value) -> Reply {
        self.ask("POST", self.webhooks()).json(fields).send().await
    }
}

impl Ask<'_> {
    pub(crate) fn json(self, fields: &Value) -> Self {
        self.raw(fields.to_string())
            .header(CONTENT_TYPE, "application/json")
    }

    pub(crate) fn raw(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// One header more, beside those of the same name.
    pub(crate) fn header(mut self, name: impl TryInto<HeaderName>, value: &str) -> Self {
        let name = name.try_into().ok().expect("a name");
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a value");
        self.headers.append(name, value);
        self
    }

    pub(crate) fn without_key(mut self) -> Self {
        self.headers.remove(AUTHORIZATION);
        self.headers.remove("x-api-key");
        self
    }

    pub(crate) async fn send(self) -> Reply {
        let address = self.api.running.address();
        let stream = TcpStream::connect(address).await.expect("it listens");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .expect("a connection");
        let connection = tokio::spawn(connection);
        let uri = format!("/{}{}", self.api.provider, self.path);
        let mut request = Request::new(Full::new(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = uri.parse().expect("a path");
        *request.headers_mut() = self.headers;
        request.headers_mut().insert(
            "host",
            HeaderValue::from_str(&address.to_string()).expect("a host"),
        );
        let response = sender.send_request(request).await.expect("an answer");
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("its body").to_bytes();
        connection.abort();
        Reply {
            status: head.status,
            headers: head.headers,
            body,
        }
    }
}

impl Reply {
    /// The body, which says that it is JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.header("content-type"), "application/json", "{text}");
        assert_eq!(self.header("x-content-type-options"), "nosniff");
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The body of an answer of that status.
    #[track_caller]
    pub(crate) fn json_of(&self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{text}");
        self.json()
    }

    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        let value = value.unwrap_or_else(|| panic!("no header {name} in {self:?}"));
        value.to_str().expect("text")
    }
}

/// The names of an object's fields are these, in any order.
#[track_caller]
pub(crate) fn has_keys(object: &Value, names: &str) {
    let found: BTreeSet<_> = object
        .as_object()
        .unwrap_or_else(|| panic!("no object: {object}"))
        .keys()
        .map(String::as_str)
        .collect();
    let expected: BTreeSet<_> = names.split(' ').collect();
    assert_eq!(found, expected, "{object}");
}

/// The text of a field.
#[track_caller]
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Whether the text is a prefix and so many lower-case hex digits.
#[track_caller]
pub(crate) fn is_hex(value: &Value, prefix: &str, digits: usize) {
    let rest = text(value).strip_prefix(prefix);
    let rest = rest.unwrap_or_else(|| panic!("no {prefix}: {value}"));
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    assert!(rest.len() == digits && rest.bytes().all(hex), "{value}");
}

/// Whether the text is a UUID.
#[track_caller]
pub(crate) fn is_uuid(value: &Value) {
    let lengths: Vec<_> = text(value).split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{value}");
    is_hex(&text(value).replace('-', "").into(), "", 32);
}

/// Whether the text is a moment such as `2026-05-28T20:04:00Z`, with milliseconds or without.
#[track_caller]
pub(crate) fn is_moment(value: &Value, millis: bool) {
    let shape: String = text(value)
        .chars()
        .map(|char| if char.is_ascii_digit() { '0' } else { char })
        .collect();
    let expected = if millis {
        "0000-00-00T00:00:00.000Z"
    } else {
        "0000-00-00T00:00:00Z"
    };
    assert_eq!(shape, expected, "{value}");
}
