//! The five providers.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A provider that the sandbox plays.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Provider {
    /// Sendmux, as at `https://app.sendmux.ai/api/v1/webhooks`.
    Sendmux,
    /// MailingAPI, as at `https://api.mailingapi.com/v1/webhooks`.
    MailingApi,
    /// SendKit.ai, as at `https://api.sendkit.ai/v1/webhooks`.
    SendKit,
    /// JetEmail, as at `https://api.jetemail.com/webhooks`.
    JetEmail,
    /// Sent, as at `https://api.sent.dm/v3/webhooks`.
    Sent,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Sendmux,
        Self::MailingApi,
        Self::SendKit,
        Self::JetEmail,
        Self::Sent,
    ];

    /// The name in paths, in the log and at the command line.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Sendmux => "sendmux",
            Self::MailingApi => "mailingapi",
            Self::SendKit => "sendkit",
            Self::JetEmail => "jetemail",
            Self::Sent => "sent",
        }
    }

    /// The name as the provider writes it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Sendmux => "Sendmux",
            Self::MailingApi => "MailingAPI",
            Self::SendKit => "SendKit.ai",
            Self::JetEmail => "JetEmail",
            Self::Sent => "Sent",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// The text names none of the five.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UnknownProvider;

impl fmt::Display for UnknownProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such provider: there are sendmux, mailingapi, sendkit, jetemail and sent")
    }
}

impl std::error::Error for UnknownProvider {}

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(slug: &str) -> Result<Self, UnknownProvider> {
        let mut all = Self::ALL.into_iter();
        all.find(|known| known.slug() == slug)
            .ok_or(UnknownProvider)
    }
}
