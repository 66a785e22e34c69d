//! The providers: webhooks at each gate, and a steady stream of events to them, with chaos between.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookproof_sandbox::{Chaos, EmitError, Line, Running, Sandbox};

use crate::gates::Gate;
use crate::receiver::{Route, SetUp};
use crate::webhooks::Webhook;

/// Retries wait for thousandths of what the providers document.
const SPEED: NonZeroU32 = NonZeroU32::new(1_000).expect("not zero");

/// What chaos chooses by.
const SEED: u64 = 23;

/// The attempts that have ended since they were last taken.
type Ended = Arc<Mutex<Vec<Line>>>;

/// A sandbox with webhooks of every provider at some gates.
pub(crate) struct Load {
    sandbox: Running,
    ended: Ended,
    webhooks: Vec<(Gate, Webhook)>,
    rounds: usize,
    /// How many events were begun at each gate.
    pub(crate) begun: BTreeMap<Gate, usize>,
}

impl Load {
    /// Creates the webhooks, for a receiver at that address.
    pub(crate) async fn start(gates: &[Gate], receiver: &str) -> io::Result<Self> {
        let ended = Ended::default();
        let sink = Arc::clone(&ended);
        let sandbox = Sandbox::default()
            .speed(SPEED)
            .chaos(Chaos::from_seed(SEED))
            .on_line(move |line| sink.lock().expect("no panic").push(line.clone()))
            .start("127.0.0.1:0".parse().expect("an address"))
            .await?;
        let mut webhooks = Vec::new();
        for gate in gates {
            let at = format!("http://{receiver}/{}", gate.slug());
            let created = Webhook::create_all(&sandbox, &at).await;
            webhooks.extend(created.into_iter().map(|webhook| (*gate, webhook)));
        }
        Ok(Self {
            sandbox,
            ended,
            webhooks,
            rounds: 0,
            begun: BTreeMap::new(),
        })
    }

    /// What the receiver has to know.
    pub(crate) fn set_up(&self, redis: Option<String>) -> SetUp {
        let routes = self.webhooks.iter().map(|(gate, webhook)| Route {
            gate: gate.slug().to_owned(),
            provider: webhook.provider.slug().to_owned(),
            secret: webhook.secret.expose().to_owned(),
        });
        SetUp {
            redis,
            routes: routes.collect(),
        }
    }

    /// One event of each provider to each gate; where the sandbox has its hands full, fewer.
    pub(crate) fn round(&mut self) {
        for (gate, webhook) in &self.webhooks {
            let event = webhook.event(self.rounds);
            match self.sandbox.emit(webhook.provider, &event) {
                Ok(begun) => *self.begun.entry(*gate).or_default() += begun.len(),
                Err(EmitError::Busy) => {}
                Err(error) => panic!("the sandbox delivers nothing: {error}"),
            }
        }
        self.rounds += 1;
    }

    /// The attempts that have ended since this was last asked.
    pub(crate) fn lines(&self) -> Vec<Line> {
        std::mem::take(&mut *self.ended.lock().expect("no panic"))
    }

    /// Waits until nothing more is sent; whether that came within so long.
    pub(crate) async fn idle(&self, within: Duration) -> bool {
        tokio::time::timeout(within, self.sandbox.idle())
            .await
            .is_ok()
    }

    /// The gate that a webhook of that id stands at.
    pub(crate) fn gate(&self, subscription: &str) -> Option<Gate> {
        let mut webhooks = self.webhooks.iter();
        let found = webhooks.find(|(_, webhook)| webhook.id == subscription);
        found.map(|(gate, _)| *gate)
    }
}
