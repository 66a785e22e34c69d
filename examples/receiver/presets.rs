//! The seven presets of the five providers, and what the receiver has to know of each.

use hookproof::events::{Event, jetemail, jetemail_inbound, mailingapi, sendkit, sendmux, sent};
use hookproof::providers;
use hookproof::scheme::Scheme;
use hookproof_sandbox::Provider;

use crate::secrets::Form;

/// One of the receiver's endpoints.
#[derive(Debug)]
pub(crate) struct Preset {
    /// How deliveries are signed. Its slug names the endpoint and ends its path.
    pub(crate) scheme: &'static Scheme,
    /// The environment variable with the secret.
    pub(crate) variable: &'static str,
    /// What the provider's secrets look like.
    pub(crate) form: Form,
    /// Where its webhook is created. `None`: the secret of inbound e-mail is a domain's.
    pub(crate) provider: Option<Provider>,
    /// The folder of example bodies.
    pub(crate) corpus: &'static str,
    /// The longest body by default.
    pub(crate) max_body: usize,
    /// The event's name in a proven body; `None` where it is not the JSON that the types know.
    pub(crate) event: fn(&[u8]) -> Option<String>,
}

const MIB: usize = 1024 * 1024;

/// All of them, by provider.
pub(crate) static ALL: [Preset; 7] = [
    Preset {
        scheme: &providers::SENDMUX,
        variable: "SENDMUX_WEBHOOK_SECRET",
        form: Form::PrefixedText,
        provider: Some(Provider::Sendmux),
        corpus: "sendmux",
        max_body: MIB,
        event: name::<sendmux::Event>,
    },
    Preset {
        scheme: &providers::SENDMUX_V2,
        variable: "SENDMUX_WEBHOOK_SECRET",
        form: Form::PrefixedText,
        provider: Some(Provider::Sendmux),
        corpus: "sendmux",
        max_body: MIB,
        event: name::<sendmux::Event>,
    },
    Preset {
        scheme: &providers::MAILINGAPI,
        variable: "MAILINGAPI_WEBHOOK_SECRET",
        form: Form::PrefixedHex,
        provider: Some(Provider::MailingApi),
        corpus: "mailingapi",
        max_body: MIB,
        event: name::<mailingapi::Event>,
    },
    Preset {
        scheme: &providers::SENDKIT,
        variable: "SENDKIT_WEBHOOK_SECRET",
        form: Form::Hex,
        provider: Some(Provider::SendKit),
        corpus: "sendkit",
        max_body: MIB,
        event: name::<sendkit::Event>,
    },
    Preset {
        scheme: &providers::JETEMAIL,
        variable: "JETEMAIL_WEBHOOK_SECRET",
        form: Form::PrefixedText,
        provider: Some(Provider::JetEmail),
        corpus: "jetemail",
        max_body: MIB,
        event: name::<jetemail::Event>,
    },
    Preset {
        scheme: &providers::JETEMAIL_INBOUND,
        variable: "JETEMAIL_INBOUND_WEBHOOK_SECRET",
        form: Form::Text,
        provider: None,
        corpus: "jetemail-inbound",
        max_body: 32 * MIB,
        event: email,
    },
    Preset {
        scheme: &providers::SENT,
        variable: "SENT_WEBHOOK_SECRET",
        form: Form::PrefixedBase64,
        provider: Some(Provider::Sent),
        corpus: "sent",
        max_body: MIB,
        event: name::<sent::Event>,
    },
];

impl Preset {
    /// The preset's name.
    pub(crate) const fn slug(&self) -> &'static str {
        self.scheme.slug()
    }

    /// Where the receiver has it.
    pub(crate) fn path(&self) -> String {
        format!("/webhooks/{}", self.slug())
    }
}

fn name<E: Event>(body: &[u8]) -> Option<String> {
    E::from_body(body).ok()?.name().map(str::to_owned)
}

/// Inbound e-mail comes without the name of an event: there is only one.
fn email(body: &[u8]) -> Option<String> {
    let email = jetemail_inbound::Email::from_body(body);
    email.ok().map(|_| "email".to_owned())
}
