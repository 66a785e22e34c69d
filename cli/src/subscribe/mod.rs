//! `hookproof subscribe`: registers a webhook, and keeps the secret that is shown once.

mod create;
mod provider;
mod send;
mod told;

use hookproof::subscribe::{ApiError, ApiKey, ReplyError};
use hookproof::{SecretFile, SecretFileError};

use crate::args::SubscribeArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::keys::is_plain_name;
use crate::output::{Report, shown, shown_up_to, warn};

use create::{Asked, Made};
use provider::Provider;
use told::Told;

/// How many characters of a provider's explanation are told.
const MAX_WORDS: usize = 2048;

/// The order is the point: what can go wrong here goes wrong before the webhook exists.
pub(crate) fn run(args: &SubscribeArgs) -> Result<Report, Failure> {
    if args.write_secret.is_none() && !args.show_secret {
        return Err(Failure::usage(
            "the secret would be lost, for it is shown once: name a file for it with \
             --write-secret FILE, or have it printed with --show-secret",
        ));
    }
    let provider = Provider::find(&args.provider)?;
    let asked = Asked::new(provider, api_key(&args.api_key_env)?, args)?;
    let file = args.write_secret.as_ref().map(SecretFile::create);
    let file = file.transpose().map_err(|error| not_made(&error))?;
    let answer =
        send::send(asked.request).map_err(|lost| lost.failure(asked.idempotency_key.as_deref()))?;
    let made = (asked.read)(&answer).map_err(|error| refused(&error))?;
    keep(args, provider, &made, file)
}

/// From here on the webhook exists, and its secret is nowhere else.
fn keep(
    args: &SubscribeArgs,
    provider: Provider,
    made: &Made,
    file: Option<SecretFile>,
) -> Result<Report, Failure> {
    let written = file.map(|file| file.write(&made.secret)).transpose();
    let told = |file| Told::new(provider, args, made, file);
    match written {
        Ok(_) => Ok(Report::done(
            told(args.write_secret.as_deref()).text(args.format)?,
        )),
        Err(error) if args.show_secret => {
            warn(&error.to_string());
            Ok(Report {
                text: told(None).text(args.format)?,
                exit: Exit::Refused,
            })
        }
        Err(error) => Err(Failure::refused(
            "secret-lost",
            format!(
                "the webhook {} was created and its secret is lost: {error}; {}",
                shown(&made.id),
                provider.remedy()
            ),
        )),
    }
}

/// The variable's name is printed only where it cannot be the key itself.
fn api_key(variable: &str) -> Result<ApiKey, Failure> {
    if std::env::var_os(variable).is_none() && !is_plain_name(variable) {
        return Err(Failure::new(
            "bad-api-key",
            "no environment variable has the name that was given: --api-key-env takes a \
             variable's name, not the key (the name is not shown, for it could be the key)",
        ));
    }
    ApiKey::from_env(variable).map_err(|error| {
        Failure::new(
            "bad-api-key",
            format!("in the environment variable {variable}: {error}"),
        )
    })
}

fn not_made(error: &SecretFileError) -> Failure {
    Failure::new(
        "unwritable",
        format!("{error}: nothing was sent, name a new file"),
    )
}

/// What the provider says is another's text: no control character of it reaches the terminal.
fn refused(error: &ReplyError) -> Failure {
    match error {
        ReplyError::Api(error) => Failure::refused(error.kind.as_str(), words(error)),
        other => Failure::refused(
            "unreadable-answer",
            format!(
                "{other}: the webhook may have been created, and its secret is lost; look for it \
                 at the provider, and delete it or rotate its secret"
            ),
        ),
    }
}

fn words(error: &ApiError) -> String {
    let mut words = format!(
        "the provider refused: {}",
        shown_up_to(MAX_WORDS, &error.to_string())
    );
    if let Some(wait) = error.retry_after {
        words.push_str(&format!("; it may be asked again in {} s", wait.as_secs()));
    }
    if let Some(id) = &error.request_id {
        words.push_str(&format!("; its id of the request is {}", shown(id)));
    }
    words
}
