//! What Sent answers.

use crate::Secret;
use crate::subscribe::ReplyError;
use crate::subscribe::answer::Answer;
use crate::subscribe::fields::words;

use super::envelope::Envelope;
use super::webhook::Webhook;

const NO_SECRET: &str = "data.signing_secret is not there, or blank";

/// A webhook that was created, and its secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct Created {
    /// The webhook.
    pub webhook: Webhook,
    /// The secret of its deliveries. No other answer has it but a rotation's.
    pub secret: Secret,
    /// Whether this is the first answer again, because the idempotency key was used before. The
    /// webhook is that one's then, even where another was asked for.
    pub idempotent_replay: bool,
    /// The first request's id, where this is its answer again.
    pub original_request_id: Option<String>,
    /// The provider's id of the request, for its support.
    pub request_id: Option<String>,
}

/// What would have been created. Nothing was, and no secret signs anything.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DryRun {
    /// The webhook as it would have been, where the answer shows one. There is none of its id.
    pub webhook: Option<Webhook>,
    /// The provider's id of the request, for its support.
    pub request_id: Option<String>,
}

/// A new secret. The one before is invalid.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rotated {
    /// The secret of its deliveries. No other answer has it.
    pub secret: Secret,
    /// The provider's id of the request, for its support.
    pub request_id: Option<String>,
}

/// What became of a test delivery.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TestDelivery {
    /// Whether the receiver took it.
    pub success: bool,
    /// The provider's words.
    pub message: Option<String>,
}

impl Created {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let Envelope { data, request_id } = Envelope::open(answer)?;
        if is_true(answer, "x-sandbox") {
            return Err(answer.unreadable("it is a dry run's, and nothing was created"));
        }
        let secret = data.secret("signing_secret");
        Ok(Self {
            webhook: answer.need(Webhook::of(&data), "data.id is not there")?,
            secret: answer.need(secret, NO_SECRET)?,
            idempotent_replay: is_true(answer, "idempotent-replayed"),
            original_request_id: answer.header("x-original-request-id").map(words),
            request_id,
        })
    }
}

impl DryRun {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let Envelope { data, request_id } = Envelope::open(answer)?;
        if !is_true(answer, "x-sandbox") {
            return Err(answer.unreadable(
                "it does not say that it is a dry run's: a webhook may have been created",
            ));
        }
        Ok(Self {
            webhook: Webhook::of(&data),
            request_id,
        })
    }
}

impl Rotated {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let Envelope { data, request_id } = Envelope::open(answer)?;
        Ok(Self {
            secret: answer.need(data.secret("signing_secret"), NO_SECRET)?,
            request_id,
        })
    }
}

impl TestDelivery {
    pub(super) fn read(answer: &Answer<'_>) -> Result<Self, ReplyError> {
        let data = Envelope::open(answer)?.data;
        Ok(Self {
            success: answer.need(data.value("success"), "data.success is not there")?,
            message: data.words("message"),
        })
    }
}

fn is_true(answer: &Answer<'_>, header: &str) -> bool {
    let value = answer.header(header);
    value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
}
