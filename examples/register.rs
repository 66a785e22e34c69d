//! Registers a webhook at Sendmux, keeps the secret that is shown once, and is ready to receive.
//!
//! With the sandbox in place of the provider:
//!
//! ```text
//! hookproof sandbox &
//! SENDMUX_API_KEY=any cargo run --example register -- --url http://127.0.0.1:8080/webhooks/sendmux \
//!     --secret-file sendmux.secret --base-url http://127.0.0.1:4242/sendmux
//! ```
//!
//! The library makes the request and reads the answer; what sends it is yours. Here that is hyper's
//! own client with `hyper-rustls` on `ring`: it takes the `http` types as they are, follows no
//! redirect with the key, needs no cmake, and most of it is in the tree already. `reqwest` does as
//! well, with `request.try_into()?` and a redirect policy of `none`, and brings some forty packages
//! more.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use clap::Parser;
use hookproof::subscribe::sendmux::{Api, CreateWebhook, EventType};
use hookproof::subscribe::{ApiKey, Call};
use hookproof::{Keyring, SecretFile, Verifier, providers};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::Response;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

type AnyError = Box<dyn Error + Send + Sync>;

/// The longest answer that is read, and how long all of it may take.
const MAX_ANSWER: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);

/// Registers a webhook at Sendmux. The account's API key comes from SENDMUX_API_KEY.
#[derive(Parser)]
struct Args {
    /// Where the provider is to deliver
    #[arg(long)]
    url: String,

    /// The new file that the secret goes to
    #[arg(long, value_name = "FILE")]
    secret_file: PathBuf,

    /// What stands in place of the provider's address, such as that of a sandbox
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), AnyError> {
    let args = Args::parse();
    let mut api = Api::new(ApiKey::from_env("SENDMUX_API_KEY")?);
    if let Some(url) = &args.base_url {
        api = api.at(url)?;
    }
    // The same key again, should there be no answer: then there is one webhook, and its secret.
    let create = CreateWebhook::new(
        &args.url,
        [EventType::MessageDelivered, EventType::MessageBounced],
    )
    .idempotency_key(idempotency_key()?);

    // Before the request: from then on there is a secret that nobody else has.
    let file = SecretFile::create(&args.secret_file)?;
    let created = send(api.create(&create)?).await?;
    file.write(&created.secret)?;
    println!("endpoint {}", created.webhook.id);

    // As at every start from now on.
    let keys = Keyring::from_file(&args.secret_file)?;
    let verifier = Verifier::new(&providers::SENDMUX_V2, keys)?;
    println!(
        "ready for deliveries of {} with the secret in {}",
        verifier.scheme().slug(),
        args.secret_file.display()
    );
    Ok(())
}

/// Sends any call of the module, and reads its answer.
async fn send<T>(call: Call<T>) -> Result<T, AnyError> {
    let connector = HttpsConnectorBuilder::new()
        .with_webpki_roots()
        .https_or_http()
        .enable_http1()
        .build();
    let client = Client::builder(TokioExecutor::new()).build::<_, Full<Bytes>>(connector);
    let (request, reply) = call.into_parts();
    let answer = async {
        let (head, body) = client.request(request.map(Full::new)).await?.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await?.to_bytes();
        Ok::<_, AnyError>(Response::from_parts(head, body))
    };
    let answer = tokio::time::timeout(PATIENCE, answer).await??;
    Ok(reply.read(&answer)?)
}

fn idempotency_key() -> Result<String, AnyError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| "the system gives no random bytes")?;
    Ok(hex::encode(random))
}
