//! What is printed of a webhook that was created.

use std::path::Path;

use serde::Serialize;

use super::create::Made;
use super::provider::Provider;
use crate::args::{Format, SubscribeArgs};
use crate::failure::Failure;
use crate::output::{description, json_line, shown};

/// The fields' names are a contract; those without a value are `null`.
#[derive(Serialize)]
pub(super) struct Told<'t> {
    provider: &'static str,
    endpoint: &'t str,
    url: &'t str,
    events: &'t [String],
    /// Where the secret is.
    secret_file: Option<&'t Path>,
    /// The secret itself, where that was asked for.
    secret: Option<&'t str>,
}

impl<'t> Told<'t> {
    pub(super) fn new(
        provider: Provider,
        args: &'t SubscribeArgs,
        made: &'t Made,
        secret_file: Option<&'t Path>,
    ) -> Self {
        Self {
            provider: provider.slug(),
            endpoint: &made.id,
            url: &args.url,
            events: &made.events,
            secret_file,
            secret: args.show_secret.then(|| made.secret.expose()),
        }
    }

    pub(super) fn text(&self, format: Format) -> Result<Vec<u8>, Failure> {
        match format {
            Format::Human => Ok(self.lines()),
            Format::Json => json_line(self),
        }
    }

    fn lines(&self) -> Vec<u8> {
        let events: Vec<String> = self.events.iter().map(|event| shown(event)).collect();
        let mut pairs = vec![
            ("provider", self.provider.to_owned()),
            ("endpoint", shown(self.endpoint)),
            ("url", shown(self.url)),
            ("events", events.join(", ")),
        ];
        let file = self.secret_file.map(|file| file.display().to_string());
        pairs.extend(file.map(|file| ("secret file", file)));
        // As it is: what is cut or escaped would be another secret.
        pairs.extend(self.secret.map(|secret| ("secret", secret.to_owned())));
        description(&pairs)
    }
}
