//! Without options: a server, every example event, replays and a set of forgeries against it, and
//! a table of what became of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::future::pending;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::http::header::RETRY_AFTER;
use hookproof::replay::ReplayStore;
use hookproof::{Endpoint, Secret, Verifier};
use tokio::net::TcpListener;

use crate::client;
use crate::corpus;
use crate::deliveries::{Author, Delivery};
use crate::presets;
use crate::server;
use crate::table::{Outcome, Table};
use crate::typed::{self, Handled};

/// Above the examples, and small, so that the oversized body need not be large.
const MAX_BODY: usize = 64 * 1024;

/// Whether everything was as it should be.
pub(crate) async fn run(store: Arc<dyn ReplayStore>) -> Result<bool, Box<dyn Error + Send + Sync>> {
    let mut secrets = BTreeMap::new();
    for preset in &presets::ALL {
        secrets.insert(preset.slug(), preset.form.random()?);
    }
    let handled = Handled::default();
    let app = typed::router(handled.clone(), |scheme| {
        let secret = Secret::new(secrets[scheme.slug()].as_str());
        Endpoint::builder(scheme.slug(), Verifier::new(scheme, secret)?)
            .body_limit(MAX_BODY)
            .replay(Arc::clone(&store))
            .build()
    })?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let receiver = listener.local_addr()?;
    tokio::spawn(server::serve(listener, app, pending()));

    Table::head()?;
    let mut table = Table::default();
    for preset in &presets::ALL {
        let author = Author::new(preset, &secrets[preset.slug()])?;
        let examples = corpus::examples(preset.corpus)?;
        let first = examples.first().ok_or("no example bodies")?;
        let mut deliveries = Vec::new();
        for example in &examples {
            deliveries.push(author.genuine(example)?);
        }
        let replays = author.replays(deliveries.first().ok_or("no example bodies")?)?;
        deliveries.extend(replays);
        deliveries.extend(author.forgeries(first, MAX_BODY)?);
        for delivery in &deliveries {
            table.row(delivery, &deliver(receiver, delivery, &handled).await)?;
        }
    }
    table.tally()?;
    Ok(table.is_right())
}

async fn deliver(receiver: SocketAddr, delivery: &Delivery, handled: &Handled) -> Outcome {
    let started = Instant::now();
    let answer = client::send(receiver, delivery).await;
    let took = started.elapsed();
    if let Err(error) = &answer {
        eprintln!("{} {}: {error}", delivery.preset.slug(), delivery.title);
    }
    let answer = answer.ok();
    Outcome {
        status: answer.as_ref().map(|answer| answer.status()),
        retry_after: answer.is_some_and(|answer| answer.headers().contains_key(RETRY_AFTER)),
        events: handled.take(),
        took,
    }
}
