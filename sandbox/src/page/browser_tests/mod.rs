//! The page in a real browser, over what stands in the store.

mod access;
mod content;
mod keyboard;
mod live;
mod looks;

use crate::delivery::{State, Truth};
use crate::page::browser::Browser;
use crate::provider::Provider;
use crate::subscription::Subscription;
use crate::{Running, Sandbox, sample};

/// A sandbox with a subscription at Sendmux and one at Sent, with two deliveries.
async fn filled() -> Running {
    let any = "127.0.0.1:0".parse().expect("an address");
    let sandbox = Sandbox::default().start(any).await.expect("it starts");
    let sendmux = sample::subscription(Provider::Sendmux, "whk_1", "message.delivered");
    let sent = sample::subscription(Provider::Sent, "sub-2", "message");
    deliver(
        &sandbox,
        &sendmux,
        State::Delivered,
        &[(Truth::Genuine, 200)],
    );
    let attempts = [(Truth::Genuine, 503), (Truth::Tampered, 401)];
    let due = crate::moment::Moment::now().millis() + 600_000;
    deliver(&sandbox, &sent, State::Retrying { due }, &attempts);
    for subscription in [sendmux, sent] {
        sandbox.store().add(subscription).expect("room");
    }
    sandbox
}

fn deliver(sandbox: &Running, to: &Subscription, state: State, attempts: &[(Truth, u16)]) -> u64 {
    let delivery = sample::delivery(to, state, attempts);
    sandbox.store().deliver(delivery)
}

/// A browser that has opened the page and follows its changes.
async fn opened(sandbox: &Running) -> Browser {
    let browser = Browser::start().await;
    browser
        .open(&format!("http://{}/", sandbox.address()))
        .await;
    browser.until_shown("Live").await;
    browser
}

/// Unfolds every delivery, and every attempt in it.
async fn unfold(browser: &Browser) {
    let open = "for (const it of document.querySelectorAll('#deliveries details')) it.open = true;";
    browser.run(open).await;
    browser
        .until("document.querySelector('.attempt details')")
        .await;
    browser.run(open).await;
    browser
        .until("document.querySelector('.attempt pre')")
        .await;
}
