//! The create-webhook requests of the five, from one set of arguments.

use std::fmt::Display;
use std::str::FromStr;

use bytes::Bytes;
use hookproof::Secret;
use hookproof::subscribe::{ApiKey, Call, ReplyError, RequestError};
use hookproof::subscribe::{jetemail, mailingapi, sendkit, sendmux, sent};
use http::{Request, Response};

use super::provider::Provider;
use crate::args::SubscribeArgs;
use crate::failure::Failure;
use crate::headers;
use crate::output::warn;

/// A request that was checked, and what reads its answer.
pub(super) struct Asked {
    pub(super) request: Request<Bytes>,
    pub(super) read: Read,
    /// By which the provider knows the request again, where it takes one.
    pub(super) idempotency_key: Option<String>,
}

type Read = Box<dyn FnOnce(&Response<Vec<u8>>) -> Result<Made, ReplyError>>;

/// A webhook that was created.
pub(super) struct Made {
    pub(super) id: String,
    pub(super) events: Vec<String>,
    pub(super) secret: Secret,
}

impl Asked {
    /// Checks all that can be checked before anything is sent.
    pub(super) fn new(
        provider: Provider,
        key: ApiKey,
        args: &SubscribeArgs,
    ) -> Result<Self, Failure> {
        let idempotency_key = idempotency_key(provider, args)?;
        if args.profile_id.is_some() && provider != Provider::Sent {
            warn("--profile-id is ignored: Sent alone has profiles");
        }
        let name = name(provider, args)?;
        let create = Create { key, args, name };
        let (mut request, read) = match provider {
            Provider::Sendmux => create.sendmux(idempotency_key.as_deref()),
            Provider::MailingApi => create.mailingapi(),
            Provider::SendKit => create.sendkit(),
            Provider::JetEmail => create.jetemail(),
            Provider::Sent => create.sent(idempotency_key.as_deref()),
        }?;
        for (name, value) in &headers::given(&args.headers)? {
            if request.headers().contains_key(name) || headers::is_framing(name) {
                return Err(Failure::usage(format!(
                    "--header {name} cannot be given: the request has its own"
                )));
            }
            request.headers_mut().append(name, value.clone());
        }
        Ok(Self {
            request,
            read,
            idempotency_key,
        })
    }
}

/// What a request is made of.
struct Create<'a> {
    key: ApiKey,
    args: &'a SubscribeArgs,
    name: &'a str,
}

type Prepared = Result<(Request<Bytes>, Read), Failure>;

impl Create<'_> {
    fn sendmux(self, idempotency_key: Option<&str>) -> Prepared {
        let events = events(self.args, sendmux::EventType::ALL)?;
        let mut create = sendmux::CreateWebhook::new(&self.args.url, events);
        if !self.name.is_empty() {
            create = create.name(self.name);
        }
        if let Some(key) = idempotency_key {
            create = create.idempotency_key(key);
        }
        let api = sendmux::Api::new(self.key);
        let api = at(api, self.args, sendmux::Api::at)?;
        prepared(api.create(&create), |created| Made {
            id: created.webhook.id,
            events: names(&created.webhook.event_types),
            secret: created.secret,
        })
    }

    fn mailingapi(self) -> Prepared {
        let events = events(self.args, mailingapi::EventType::ALL)?;
        let mut create = mailingapi::CreateWebhook::new(&self.args.url, events);
        if !self.name.is_empty() {
            create = create.description(self.name);
        }
        let api = mailingapi::Api::new(self.key);
        let api = at(api, self.args, mailingapi::Api::at)?;
        prepared(api.create(&create), |created| Made {
            id: created.webhook.id,
            events: names(&created.webhook.events),
            secret: created.secret,
        })
    }

    fn sendkit(self) -> Prepared {
        let events = events(self.args, sendkit::EventType::ALL)?;
        let create = sendkit::CreateWebhook::new(self.name, &self.args.url, events);
        let api = sendkit::Api::new(self.key);
        let api = at(api, self.args, sendkit::Api::at)?;
        prepared(api.create(&create), |created| Made {
            id: created.webhook.id,
            events: names(&created.webhook.events),
            secret: created.secret,
        })
    }

    fn jetemail(self) -> Prepared {
        let events = events(self.args, jetemail::EventType::ALL)?;
        let create = jetemail::CreateWebhook::new(self.name, &self.args.url, events);
        let api = jetemail::Api::new(self.key);
        let api = at(api, self.args, jetemail::Api::at)?;
        prepared(api.create(&create), |created| Made {
            id: created.webhook.id,
            events: names(&created.webhook.events),
            secret: created.secret,
        })
    }

    fn sent(self, idempotency_key: Option<&str>) -> Prepared {
        let events = events(self.args, sent::EventType::ALL)?;
        let mut create = sent::CreateWebhook::new(self.name, &self.args.url, events);
        if let Some(key) = idempotency_key {
            create = create.idempotency_key(key);
        }
        if let Some(profile) = &self.args.profile_id {
            create = create.profile_id(profile);
        }
        let api = sent::Api::new(self.key);
        let api = at(api, self.args, sent::Api::at)?;
        prepared(api.create(&create), |created| Made {
            id: created.webhook.id,
            events: names(&created.webhook.event_types),
            secret: created.secret,
        })
    }
}

/// The provider's API, or what stands in its place.
fn at<A>(
    api: A,
    args: &SubscribeArgs,
    at: fn(A, &str) -> Result<A, RequestError>,
) -> Result<A, Failure> {
    match &args.base_url {
        Some(url) => at(api, url).map_err(|error| unsound(&error)),
        None => Ok(api),
    }
}

fn prepared<C: 'static>(
    call: Result<Call<C>, RequestError>,
    made: impl FnOnce(C) -> Made + 'static,
) -> Prepared {
    let (request, reply) = call.map_err(|error| unsound(&error))?.into_parts();
    let read: Read = Box::new(move |response| reply.read(response).map(made));
    Ok((request, read))
}

/// Fields have the provider's names there; a command line has ours beside them.
fn unsound(error: &RequestError) -> Failure {
    Failure::usage(error.to_string())
}

/// The events that were asked for by name, or all that are listed.
fn events<E>(args: &SubscribeArgs, all: &[E]) -> Result<Vec<E>, Failure>
where
    E: Clone + FromStr,
    E::Err: Display,
{
    if args.events.as_slice() == ["all"] {
        return Ok(all.to_vec());
    }
    let each = args.events.iter().map(|name| name.parse());
    let read: Result<_, E::Err> = each.collect();
    read.map_err(|error| Failure::usage(format!("--events: {error}")))
}

fn names(events: &[impl Display]) -> Vec<String> {
    events.iter().map(ToString::to_string).collect()
}

/// Empty where there is none.
fn name(provider: Provider, args: &SubscribeArgs) -> Result<&str, Failure> {
    match &args.name {
        Some(name) => Ok(name),
        None if provider.needs_name() => Err(Failure::usage(format!(
            "{} wants a name for each webhook: give it with --name",
            provider.slug()
        ))),
        None => Ok(""),
    }
}

/// The one that was given, or a new one, so that the request can be sent again.
fn idempotency_key(provider: Provider, args: &SubscribeArgs) -> Result<Option<String>, Failure> {
    match (&args.idempotency_key, provider.is_idempotent()) {
        (Some(key), true) => Ok(Some(key.clone())),
        (None, true) => new_key().map(Some),
        (Some(_), false) => {
            warn("--idempotency-key is ignored: Sendmux and Sent alone take one");
            Ok(None)
        }
        (None, false) => Ok(None),
    }
}

fn new_key() -> Result<String, Failure> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .map_err(|_| Failure::new("random", "the system gives no random bytes"))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}
