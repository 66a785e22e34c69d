//! The page in a real browser, over deliveries to receivers that prove them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers fail the test that calls them"
)]

#[path = "browser/acting.rs"]
mod acting;
#[path = "browser/picture.rs"]
mod picture;
mod support;

use std::num::NonZeroU32;

use hookproof_sandbox::{Provider, Running, Sandbox};
use support::browser::Browser;

/// A sandbox in which a minute takes no longer than this many times less.
async fn sandbox(speed: u32) -> Running {
    let any = "127.0.0.1:0".parse().expect("an address");
    let speed = NonZeroU32::new(speed).expect("a speed");
    let started = Sandbox::default().speed(speed).start(any).await;
    started.expect("it starts")
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

/// Opens the first of these details, as soon as there are any.
async fn unfold(browser: &Browser, details: &str) {
    let first = format!("document.querySelector('{details}')");
    browser.until(&first).await;
    browser.run(&format!("{first}.open = true")).await;
}

/// Unfolds the newest delivery, and waits for its buttons.
async fn unfold_newest(browser: &Browser) {
    unfold(browser, ".delivery > details").await;
    browser
        .until("document.querySelector('.panel button')")
        .await;
}
