//! The page with something on it, and its picture where one is asked for.

use std::env;
use std::fs;

use hookproof_sandbox::{Emit, State, Truth};

use crate::support::browser::Browser;
use crate::support::receiver::Receiver;
use crate::{Provider, Running, opened, sandbox};

/// One at each provider.
async fn receivers(sandbox: &Running) -> Vec<Receiver> {
    let mut all = Vec::new();
    let busy = &[503, 200, 503, 503, 503, 503, 503, 503];
    for (provider, name, event, statuses) in [
        (
            Provider::Sendmux,
            "Production",
            "message.delivered",
            busy.as_slice(),
        ),
        (Provider::MailingApi, "Newsletter", "delivered", &[]),
        (Provider::SendKit, "Replies", "email.replied", &[]),
        (
            Provider::JetEmail,
            "Transactional",
            "outbound.delivered",
            &[200, 400],
        ),
        (Provider::Sent, "Messages", "message", &[]),
    ] {
        all.push(Receiver::register(sandbox, provider, name, event, statuses).await);
    }
    all
}

async fn emit(sandbox: &Running, provider: Provider) -> (u64, Option<State>) {
    let numbers = sandbox
        .emit(provider, &Emit::default())
        .expect("it is emitted");
    (numbers[0], sandbox.settled(numbers[0]).await)
}

/// What usually becomes of deliveries.
async fn fill(sandbox: &Running) {
    let (retried, state) = emit(sandbox, Provider::Sendmux).await;
    assert_eq!(state, Some(State::Delivered));
    for truth in [Truth::Duplicate, Truth::Tampered] {
        sandbox.repeat(retried, truth).expect("it is sent");
        sandbox.idle().await;
    }
    emit(sandbox, Provider::MailingApi).await;
    emit(sandbox, Provider::JetEmail).await;
    let (_, lost) = emit(sandbox, Provider::JetEmail).await;
    assert!(matches!(lost, Some(State::GaveUp { .. })), "{lost:?}");
    let (reply, _) = emit(sandbox, Provider::SendKit).await;
    sandbox.repeat(reply, Truth::Forged).expect("it is sent");
    emit(sandbox, Provider::Sent).await;
    sandbox.idle().await;
    let next = sandbox.emit(Provider::Sendmux, &Emit::default());
    next.expect("it is emitted");
}

/// Unfolds the delivery that was tried again, and what was tampered with.
async fn unfold(browser: &Browser) {
    let open = "[...document.querySelectorAll('.delivery > details')].at(-1).open = true";
    browser.run(open).await;
    browser
        .until("document.querySelectorAll('.attempt').length === 4")
        .await;
    let open = "[...document.querySelectorAll('.attempt details')].at(-1).open = true";
    browser.run(open).await;
    browser
        .until("document.querySelector('.attempt pre')")
        .await;
}

#[tokio::test]
async fn a_page_full_of_deliveries_is_whole() {
    // Half an hour, the fourth retry's wait, takes nine seconds.
    let sandbox = sandbox(200).await;
    let _receivers = receivers(&sandbox).await;
    fill(&sandbox).await;
    let browser = opened(&sandbox).await;
    browser
        .until("document.querySelectorAll('.subscription').length === 5")
        .await;
    browser
        .until("document.querySelectorAll('.delivery').length === 7")
        .await;
    browser.until_shown("Gave up").await;
    unfold(&browser).await;
    browser.until_shown("Refused, as it should be.").await;
    browser
        .until_shown("Body, which is not what was signed")
        .await;
    browser.assert_calm().await;
    // From now on the next retry is some seconds off.
    let tries = "document.querySelector('.delivery .tries').textContent";
    browser.until(&format!("{tries} === '4 attempts'")).await;
    browser.prefer("light").await;
    if let Some(file) = env::var_os("HOOKPROOF_SCREENSHOT") {
        fs::write(&file, browser.screenshot().await).expect("the picture is kept");
    }
}
