//! One request over HTTP, and its answer.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use ureq::{Agent, Error, Proxy, Timeout};

use crate::failure::Failure;
use crate::output::shown;

/// The longest answer that is read, in bytes.
const MAX_ANSWER: u64 = 1024 * 1024;

/// How long the way there may take, and all of it.
const CONNECT: Duration = Duration::from_secs(15);
const WHOLE: Duration = Duration::from_secs(60);

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct Lost {
    error: Error,
    /// Whether the provider may have done what it was asked.
    sent: bool,
}

/// Sends the request and reads the whole answer, whatever its status. No redirect is followed: the
/// request holds the API key.
pub(super) fn send(request: Request<Bytes>) -> Result<Response<Vec<u8>>, Lost> {
    // A machine's own address is not asked by way of a proxy, least of all without TLS.
    let plain = request.uri().scheme_str() == Some("http");
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE))
        .proxy(if plain { None } else { Proxy::try_from_env() })
        .build()
        .into();
    let request = request.map(|body| body.to_vec());
    let (head, mut body) = agent.run(request).map_err(Lost::on_the_way)?.into_parts();
    let body = body.with_config().limit(MAX_ANSWER).read_to_vec();
    let body = body.map_err(|error| Lost { error, sent: true })?;
    Ok(Response::from_parts(head, body))
}

impl Lost {
    /// What fails before there is a connection has surely not been asked.
    fn on_the_way(error: Error) -> Self {
        let unsent = match &error {
            Error::BadUri(_)
            | Error::ConnectProxyFailed(_)
            | Error::ConnectionFailed
            | Error::HostNotFound
            | Error::InvalidProxyUrl
            | Error::Timeout(Timeout::Resolve | Timeout::Connect) => true,
            Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
            _ => false,
        };
        Self {
            error,
            sent: !unsent,
        }
    }

    /// What to do about it.
    pub(super) fn failure(&self, idempotency_key: Option<&str>) -> Failure {
        let error = shown(&self.error.to_string());
        let message = match (self.sent, idempotency_key) {
            (false, _) => format!("the provider cannot be reached, and nothing was sent: {error}"),
            (true, Some(key)) => format!(
                "there is no whole answer: {error}; the webhook may have been created: run this \
                 again with --idempotency-key {key} within 24 hours, and there will be one \
                 webhook and its secret"
            ),
            (true, None) => format!(
                "there is no whole answer: {error}; the webhook may have been created: look for \
                 it at the provider, and delete it before you register it again"
            ),
        };
        Failure::refused("network", message)
    }
}
