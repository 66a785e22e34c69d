//! Requests to the sandbox, each on a connection of its own.
#![allow(
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "helpers fail the test that calls them, and not every test calls all of them"
)]

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Far longer than anything takes, so that a test that waits in vain ends.
const PATIENCE: Duration = Duration::from_secs(60);

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str());
        value.transpose().expect("text").unwrap_or_default()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The message of one of the sandbox's own refusals, which have no other field.
    pub(crate) fn error(&self) -> String {
        assert_eq!(self.header("content-type"), "application/json");
        let Value::Object(mut object) = self.json() else {
            panic!("no object: {}", self.text());
        };
        let message = object.remove("error").expect("an error");
        assert!(object.is_empty(), "{}", self.text());
        message.as_str().expect("a text").to_owned()
    }
}

/// A `GET` with these headers beside `Host`.
pub(crate) async fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, "GET", path, &[], "").await
}

/// A `POST` of JSON.
pub(crate) async fn post(address: SocketAddr, path: &str, body: &str) -> Answer {
    let json = [("content-type", "application/json")];
    send(address, "POST", path, &json, body).await
}

pub(crate) async fn send(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let (head, body) = open(address, method, path, headers, body)
        .await
        .into_parts();
    let body = timeout(PATIENCE, body.collect()).await.expect("in time");
    Answer {
        status: head.status,
        headers: head.headers,
        body: body.expect("a whole body").to_bytes(),
    }
}

/// Sends a request and gives the answer before its body has come.
pub(crate) async fn open(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> http::Response<Incoming> {
    let stream = TcpStream::connect(address).await.expect("a connection");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
    tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", address.to_string());
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = Full::new(Bytes::from(body.to_owned()));
    let request = request.body(body).expect("a request");
    let answer = timeout(PATIENCE, sender.send_request(request)).await;
    answer.expect("in time").expect("an answer")
}

/// An open stream of server-sent events.
#[derive(Debug)]
pub(crate) struct Events {
    body: Incoming,
    text: String,
}

impl Events {
    pub(crate) async fn follow(address: SocketAddr) -> Self {
        let answer = open(address, "GET", "/sandbox/changes", &[], "").await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        Self {
            body: answer.into_body(),
            text: String::new(),
        }
    }

    /// The next event's name and data. `None`: the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                let field = |name| event.lines().find_map(|line| line.strip_prefix(name));
                let Some(name) = field("event: ") else {
                    continue;
                };
                let data = field("data: ").expect("data");
                let data = serde_json::from_str(data).expect("JSON");
                return Some((name.to_owned(), data));
            }
            let frame = timeout(PATIENCE, self.body.frame()).await.expect("in time");
            let data = frame?.expect("a frame").into_data().expect("data");
            self.text += std::str::from_utf8(&data).expect("UTF-8");
        }
    }
}
