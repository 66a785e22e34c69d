//! The five providers whose webhooks can be registered.

use strsim::damerau_levenshtein;

use crate::failure::Failure;
use crate::output::shown;

/// A provider with a create-webhook request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Provider {
    Sendmux,
    MailingApi,
    SendKit,
    JetEmail,
    Sent,
}

const ALL: [Provider; 5] = [
    Provider::Sendmux,
    Provider::MailingApi,
    Provider::SendKit,
    Provider::JetEmail,
    Provider::Sent,
];

/// Names that take more changes than this are meant for something else.
const FAR: usize = 3;

impl Provider {
    /// The provider of a name, or the nearest name there is.
    pub(super) fn find(name: &str) -> Result<Self, Failure> {
        if let Some(provider) = ALL.into_iter().find(|known| known.slug() == name) {
            return Ok(provider);
        }
        let hint = nearest(name).map_or(
            "there are sendmux, mailingapi, sendkit, jetemail and sent".to_owned(),
            |near| format!("did you mean {}?", near.slug()),
        );
        Err(Failure::new(
            "unknown-provider",
            format!("no webhook can be registered at {}: {hint}", shown(name)),
        ))
    }

    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Sendmux => "sendmux",
            Self::MailingApi => "mailingapi",
            Self::SendKit => "sendkit",
            Self::JetEmail => "jetemail",
            Self::Sent => "sent",
        }
    }

    /// Whether a webhook's name can be left away.
    pub(super) const fn needs_name(self) -> bool {
        matches!(self, Self::SendKit | Self::JetEmail | Self::Sent)
    }

    /// Whether the same request can be sent again, and is known by its key.
    pub(super) const fn is_idempotent(self) -> bool {
        matches!(self, Self::Sendmux | Self::Sent)
    }

    /// What is done about a webhook whose secret nobody has.
    pub(super) const fn remedy(self) -> &'static str {
        match self {
            Self::Sendmux | Self::Sent => "rotate its secret at the provider, or delete it",
            Self::MailingApi | Self::SendKit | Self::JetEmail => {
                "delete it at the provider, and register it again"
            }
        }
    }
}

fn nearest(name: &str) -> Option<Provider> {
    if name.len() > 64 {
        return None;
    }
    let name = name.to_lowercase();
    // `sent-dm` and `sendkit.ai` are meant for what they begin with.
    let begun = ALL.into_iter().find(|known| name.starts_with(known.slug()));
    begun.or_else(|| {
        ALL.into_iter()
            .map(|known| (damerau_levenshtein(&name, known.slug()), known))
            .filter(|(changes, _)| *changes <= FAR)
            .min_by_key(|(changes, _)| *changes)
            .map(|(_, known)| known)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(name: &str) -> String {
        Provider::find(name).expect_err("unknown").message
    }

    #[test]
    fn the_nearest_name_is_told_where_there_is_one() {
        for (typed, meant) in [
            ("Sendmux", "sendmux"),
            ("sendmux-v2", "sendmux"),
            ("sendkit.ai", "sendkit"),
            ("mailing-api", "mailingapi"),
            ("jetmail", "jetemail"),
            ("sent.dm", "sent"),
        ] {
            let hint = hint(typed);
            assert!(hint.contains(&format!("did you mean {meant}?")), "{hint}");
        }
        for typed in ["stripe-connect", "", &"a".repeat(65)] {
            let hint = hint(typed);
            assert!(hint.contains("there are sendmux, mailingapi"), "{hint}");
        }
    }
}
