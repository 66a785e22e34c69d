//! A receiver as a process of its own, registered at each provider.

use std::collections::BTreeSet;
use std::net::TcpListener;

use hookproof_sandbox::{Line, Running};
use serde_json::Value;

use super::support::process::Receiver;
use super::webhooks::Webhook;

/// A receiver, and what it is to be sent.
pub(crate) struct Registered {
    receiver: Receiver,
    webhooks: Vec<Webhook>,
    /// The numbers of its deliveries.
    pub(crate) deliveries: Vec<u64>,
}

impl Registered {
    /// Creates the webhooks, then starts the receiver with their secrets: its port is chosen before
    /// it can be taken. Should somebody else have it by then, another is, for webhooks of its own.
    pub(crate) async fn start(sandbox: &Running, options: &[&str]) -> Self {
        loop {
            let free = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr());
            let address = free.expect("a free port").to_string();
            let webhooks = Webhook::create_all(sandbox, &format!("http://{address}")).await;
            let secrets: Vec<_> = webhooks.iter().map(Webhook::variable).collect();
            match Receiver::start_at(&address, options, &secrets) {
                Ok(receiver) => {
                    return Self {
                        receiver,
                        webhooks,
                        deliveries: Vec::new(),
                    };
                }
                Err(told) => assert!(told.contains("cannot listen at"), "{told}"),
            }
        }
    }

    /// Has each provider send it an event.
    pub(crate) fn emit(&mut self, sandbox: &Running, nth: usize) {
        for webhook in &self.webhooks {
            let begun = sandbox.emit(webhook.provider, &webhook.event(nth));
            self.deliveries.extend(begun.expect("a delivery"));
        }
    }

    /// The sandbox's lines of its webhooks, and its own. It is asked to end, so that it finishes
    /// what was broken off too: nobody has waited for that.
    pub(crate) fn logs(mut self, sandbox: &Running) -> (Vec<Line>, Vec<Value>) {
        let ids: BTreeSet<_> = self.webhooks.iter().map(|webhook| &webhook.id).collect();
        let mut sent = sandbox.log();
        sent.retain(|line| ids.contains(&line.subscription));
        self.receiver.terminate();
        let (status, _) = self.receiver.ended();
        assert!(status.success(), "{}", self.receiver.told());
        (sent, self.receiver.rest())
    }
}
