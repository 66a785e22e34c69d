//! A platform that receives webhooks for its customers: each has secrets of its own, which rotate
//! while deliveries come in.
//!
//! `cargo run --example tenants` serves the platform on a loopback port, plays the provider for
//! four customers, who rotate their secrets ten times a second, and a stranger who sends forgeries.
//! After three seconds it prints what each customer's handler was given. The exit status is 1 if a
//! genuine delivery was refused or handled twice, or a forgery accepted.

use std::collections::HashMap;
use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::VerifiedBytes;
use hookproof::replay::MemoryStore;
use hookproof::tenants::{KeySource, SourceError, TenantAt, Tenants};
use hookproof::{Endpoint, Keyring, Receipt, Secret, Signer, providers};
use http_body_util::Full;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

type AnyError = Box<dyn Error + Send + Sync>;

const CUSTOMERS: [&str; 4] = ["acme", "globex", "initech", "umbrella"];
const FOR: Duration = Duration::from_secs(3);
const BETWEEN_STEPS: Duration = Duration::from_millis(25);

/// The platform's table of secrets, newest first: a database in earnest.
#[derive(Clone, Default)]
struct Secrets(Arc<Mutex<HashMap<String, Vec<String>>>>);

impl Secrets {
    fn table(&self) -> MutexGuard<'_, HashMap<String, Vec<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, tenant: &str, secrets: Vec<String>) {
        self.table().insert(tenant.to_owned(), secrets);
    }
}

impl KeySource for Secrets {
    async fn keys(&self, tenant: &str) -> Result<Option<Keyring>, SourceError> {
        let Some(secrets) = self.table().get(tenant).cloned() else {
            return Ok(None);
        };
        Ok(Some(Keyring::from_list(
            secrets.into_iter().map(Secret::new),
        )?))
    }
}

/// What handlers were given: for each customer, how often each event, and how many by each key.
#[derive(Clone, Default)]
struct Handled(Arc<Mutex<HashMap<String, Customer>>>);

#[derive(Clone, Default)]
struct Customer {
    events: HashMap<Bytes, usize>,
    by_key: HashMap<String, usize>,
}

impl Handled {
    fn table(&self) -> MutexGuard<'_, HashMap<String, Customer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn on_event(
    event: VerifiedBytes,
    receipt: Receipt,
    State(handled): State<Handled>,
) -> StatusCode {
    // The tenant whose key matched, and not what stands in the path.
    let Some(tenant) = receipt.tenant() else {
        return StatusCode::INTERNAL_SERVER_ERROR;
    };
    let mut table = handled.table();
    let customer = table.entry(tenant.to_owned()).or_default();
    *customer.events.entry(event.into_inner()).or_default() += 1;
    *customer.by_key.entry(receipt.key().to_owned()).or_default() += 1;
    StatusCode::NO_CONTENT
}

/// The endpoint for all customers, and the platform's server in front of it.
async fn serve(secrets: Secrets, handled: Handled) -> Result<(Endpoint, SocketAddr), AnyError> {
    let tenants = Tenants::new(&providers::STRIPE, TenantAt::path_param("tenant"), secrets)
        .cached_for(Duration::from_secs(30))
        .look_up_deadline(Duration::from_millis(500));
    let endpoint = Endpoint::for_tenants("stripe", tenants)
        .replay(MemoryStore::default())
        .build()?;
    let app = Router::new()
        .route("/hooks/{tenant}/stripe", post(endpoint.handler(on_event)))
        .with_state(handled);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok((endpoint, address))
}

/// A connection of a provider to the platform.
struct Sender(SendRequest<Full<Bytes>>);

impl Sender {
    async fn connect(address: SocketAddr) -> Result<Self, AnyError> {
        let stream = TokioIo::new(TcpStream::connect(address).await?);
        let (sender, connection) = handshake(stream).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    async fn send(
        &mut self,
        tenant: &str,
        secret: &str,
        body: &Bytes,
    ) -> Result<StatusCode, AnyError> {
        let mut request = Request::post(format!("/hooks/{tenant}/stripe"))
            .header("host", "localhost")
            .body(Full::new(body.clone()))?;
        let signer = Signer::new(&providers::STRIPE, Secret::new(secret))?;
        request.headers_mut().extend(signer.sign(body)?);
        self.0.ready().await?;
        Ok(self.0.send_request(request).await?.status())
    }
}

/// The secret with which the provider signs for each customer.
#[derive(Clone, Default)]
struct Provider(Arc<Mutex<HashMap<String, String>>>);

impl Provider {
    fn secret(&self, tenant: &str) -> String {
        let table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.get(tenant).cloned().unwrap_or_default()
    }

    fn switch(&self, tenant: &str, secret: &str) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.insert(tenant.to_owned(), secret.to_owned());
    }
}

fn secret(tenant: &str, generation: usize) -> String {
    format!("whsec_{tenant}-{generation:08}-not-for-production")
}

/// Add, promote, retire: at each moment the platform knows the secret that the provider signs with.
async fn rotate(
    tenant: &str,
    secrets: &Secrets,
    provider: &Provider,
    endpoint: &Endpoint,
    until: Instant,
) {
    let mut generation = 0;
    while Instant::now() < until {
        let (old, new) = (secret(tenant, generation), secret(tenant, generation + 1));
        let steps = [
            vec![old.clone(), new.clone()],
            vec![new.clone(), old],
            vec![new.clone()],
        ];
        for (nth, ring) in steps.into_iter().enumerate() {
            secrets.set(tenant, ring);
            // Or the ring from before would be used until it is 30 s old.
            endpoint.forget_tenant(tenant);
            if nth == 0 {
                provider.switch(tenant, &new);
            }
            sleep(BETWEEN_STEPS).await;
        }
        generation += 1;
    }
}

/// Sends events, each twice, as providers do that did not hear the first answer. How many of them
/// were not acknowledged?
async fn deliver(
    tenant: &'static str,
    provider: Provider,
    address: SocketAddr,
    until: Instant,
) -> Result<(usize, usize), AnyError> {
    let mut sender = Sender::connect(address).await?;
    let (mut events, mut refused) = (0, 0);
    while Instant::now() < until {
        let body = Bytes::from(format!(
            r#"{{"id":"evt_{tenant}_{events}","type":"charge"}}"#
        ));
        for _ in 0..2 {
            let status = sender.send(tenant, &provider.secret(tenant), &body).await?;
            refused += usize::from(!status.is_success());
        }
        events += 1;
    }
    Ok((events, refused))
}

/// Tries a customer's retired secret, another customer's, and customers that do not exist. How many
/// of the forgeries were let in?
async fn forge(
    provider: Provider,
    address: SocketAddr,
    until: Instant,
) -> Result<(usize, usize), AnyError> {
    // By then the first secrets of all are retired.
    sleep(Duration::from_millis(500)).await;
    let mut sender = Sender::connect(address).await?;
    let (mut sent, mut let_in) = (0, 0);
    while Instant::now() < until {
        let body = Bytes::from(format!(r#"{{"id":"evt_forged_{sent}","type":"refund"}}"#));
        let unknown = format!("nobody-{sent}");
        for (tenant, secret) in [
            ("acme", secret("acme", 0)),
            ("acme", provider.secret("globex")),
            (&*unknown, provider.secret("acme")),
        ] {
            let status = sender.send(tenant, &secret, &body).await?;
            let_in += usize::from(status.is_success());
            sent += 1;
        }
        sleep(Duration::from_millis(2)).await;
    }
    Ok((sent, let_in))
}

#[tokio::main]
async fn main() -> Result<ExitCode, AnyError> {
    let (secrets, provider, handled) =
        (Secrets::default(), Provider::default(), Handled::default());
    for tenant in CUSTOMERS {
        secrets.set(tenant, vec![secret(tenant, 0)]);
        provider.switch(tenant, &secret(tenant, 0));
    }
    let (endpoint, address) = serve(secrets.clone(), handled.clone()).await?;

    let until = Instant::now() + FOR;
    let mut senders = JoinSet::new();
    for tenant in CUSTOMERS {
        let (secrets, rotating, endpoint) = (secrets.clone(), provider.clone(), endpoint.clone());
        tokio::spawn(async move { rotate(tenant, &secrets, &rotating, &endpoint, until).await });
        senders.spawn(deliver(tenant, provider.clone(), address, until));
    }
    let (forged, let_in) = forge(provider, address, until).await?;
    let (mut events, mut refused) = (0, 0);
    while let Some(sender) = senders.join_next().await {
        let (sent, not_acknowledged) = sender??;
        events += sent;
        refused += not_acknowledged;
    }

    println!(
        "{:<12}{:>8}{:>10}{:>10}",
        "customer", "events", "primary", "previous"
    );
    let table = handled.table();
    let (mut once, mut twice) = (0, 0);
    for tenant in CUSTOMERS {
        let customer = table.get(tenant).cloned().unwrap_or_default();
        let by = |key| customer.by_key.get(key).copied().unwrap_or_default();
        let (primary, previous) = (by("primary"), by("previous"));
        println!(
            "{tenant:<12}{:>8}{primary:>10}{previous:>10}",
            customer.events.len()
        );
        once += customer.events.len();
        twice += customer.events.values().filter(|times| **times > 1).count();
    }
    println!(
        "{events} events, each sent twice: {refused} refused, {once} handled, {twice} of them twice"
    );
    println!("{forged} forgeries: {let_in} let in");
    let sound = refused == 0 && once == events && twice == 0 && let_in == 0 && events > 0;
    Ok(ExitCode::from(u8::from(!sound)))
}
