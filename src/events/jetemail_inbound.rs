//! JetEmail's inbound e-mail: one received e-mail a delivery, whole.
//!
//! Read from the provider's [description of the payload]. The keys are documented there. Assumed
//! are the form of the date, the type of `cc`, `bcc` and `replyTo` where they are not `null`, and
//! that a header field may hold a list.
//!
//! The body has no envelope and names no event. What becomes of messages afterwards is told by the
//! events of [`jetemail`](super::jetemail), which are signed in another way.
//!
//! [description of the payload]: https://jetemail.com/docs/inbound/webhooks/payload

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::EventError;
use super::fields::Fields;

/// An e-mail that JetEmail received.
///
/// # Example
///
/// ```
/// use hookproof::events::{Event as _, jetemail_inbound};
///
/// let body = br#"{"messageId":"CA-0001@mail.example.org","uid":"9acc5494cd7d20629cec",
///     "date":"2026-05-28T20:26:00.015503484+00:00","subject":"Order Confirmation #1234",
///     "from":"customer@example.org","to":"support@example.com","cc":null,"bcc":null,
///     "replyTo":null,"textBody":"Hi, where is my order?\r\n","htmlBody":null,
///     "attachments":[{"filename":"receipt.pdf","content_type":"application/pdf","size":9,
///     "content":"JVBERi0xLjQK","content_id":null,"disposition":"attachment"}],
///     "domain":"example.com","messageSize":4586,"remoteIp":"2001:db8:4864:20::532",
///     "remoteHost":"mail.example.org","headers":{"Received-SPF":"pass"}}"#;
/// let email = jetemail_inbound::Email::from_body(body)?;
/// assert_eq!(email.from.as_deref(), Some("customer@example.org"));
/// assert_eq!(email.attachments[0].filename.as_deref(), Some("receipt.pdf"));
/// assert_eq!(email.header("received-spf").collect::<Vec<_>>(), ["pass"]);
/// assert_eq!(email.name(), None);
/// # Ok::<(), hookproof::events::EventError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Email {
    /// The e-mail's own id, from its `Message-ID` header field.
    pub message_id: Option<String>,
    /// The provider's id of the e-mail.
    pub uid: Option<String>,
    /// The e-mail's date; `None` too if it is not RFC 3339 text.
    pub date: Option<OffsetDateTime>,
    /// The subject.
    pub subject: Option<String>,
    /// The sender.
    pub from: Option<String>,
    /// The recipient.
    pub to: Option<String>,
    /// Who got a copy: one entry if sent as a text, all entries if sent as a list.
    pub cc: Vec<String>,
    /// Who got a blind copy, in the form of `cc`.
    pub bcc: Vec<String>,
    /// Where to send an answer, in the form of `cc`.
    pub reply_to: Vec<String>,
    /// The text.
    pub text_body: Option<String>,
    /// The text as HTML. The sender wrote it, so it is not safe to show as it is.
    pub html_body: Option<String>,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// The domain that received the e-mail.
    pub domain: Option<String>,
    /// The e-mail's length in bytes.
    pub message_size: Option<u64>,
    /// The address that the e-mail came from.
    pub remote_ip: Option<String>,
    /// The name of the server that the e-mail came from.
    pub remote_host: Option<String>,
    /// The header fields, each with its values; [`Email::header`] looks one up in any case. A value
    /// that is neither text nor a list of texts is kept as JSON text.
    pub headers: BTreeMap<String, Vec<String>>,
}

impl Email {
    /// Returns the values of a header field, whose name is compared without case.
    pub fn header(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .flat_map(|(_, values)| values.iter().map(String::as_str))
    }
}

impl super::Event for Email {
    const PROVIDERS: &'static [&'static str] = &["jetemail-inbound"];

    fn from_body(body: &[u8]) -> Result<Self, EventError> {
        let fields = Fields::of_body(body)?;
        // No second copy of an e-mail is kept, so what has two plausible forms is read in both.
        let assumed = fields.clone().lenient();
        let attachments = fields.objects("attachments")?;
        Ok(Self {
            message_id: fields.value("messageId")?,
            uid: fields.value("uid")?,
            date: fields.assumed_time("date")?,
            subject: fields.value("subject")?,
            from: fields.value("from")?,
            to: fields.value("to")?,
            cc: assumed.texts("cc")?,
            bcc: assumed.texts("bcc")?,
            reply_to: assumed.texts("replyTo")?,
            text_body: fields.value("textBody")?,
            html_body: fields.value("htmlBody")?,
            attachments: attachments
                .iter()
                .map(Attachment::read)
                .collect::<Result<_, _>>()?,
            domain: fields.value("domain")?,
            message_size: fields.value("messageSize")?,
            remote_ip: fields.value("remoteIp")?,
            remote_host: fields.value("remoteHost")?,
            headers: fields.headers("headers")?,
        })
    }

    fn name(&self) -> Option<&str> {
        None
    }
}

/// A part of an e-mail beside its text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Attachment {
    /// The file's name, as the sender wrote it: not safe as a path.
    pub filename: Option<String>,
    /// The part's media type.
    pub content_type: Option<String>,
    /// The part's length in bytes.
    pub size: Option<u64>,
    /// The part, in base64 as sent.
    pub content: Option<String>,
    /// The id by which the HTML text refers to the part.
    pub content_id: Option<String>,
    /// How the part is meant to be shown: `attachment` or `inline`.
    pub disposition: Option<String>,
}

impl Attachment {
    fn read(fields: &Fields<'_>) -> Result<Self, EventError> {
        Ok(Self {
            filename: fields.value("filename")?,
            content_type: fields.value("content_type")?,
            size: fields.value("size")?,
            content: fields.value("content")?,
            content_id: fields.value("content_id")?,
            disposition: fields.value("disposition")?,
        })
    }
}
