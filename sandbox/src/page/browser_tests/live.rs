//! What changes while somebody looks, and what they change by click.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use tokio::net::TcpListener;

use super::{deliver, filled, opened};
use crate::delivery::{State, Truth};
use crate::provider::Provider;
use crate::sample;

#[tokio::test]
async fn what_happens_appears_by_itself() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    let kept = sample::subscription(Provider::MailingApi, "wh_9", "opened");
    sandbox.store().add(kept.clone()).expect("room");
    browser.until_shown("wh_9").await;
    let number = deliver(&sandbox, &kept, State::Sending, &[]);
    browser.until_shown("#3").await;
    browser.until_shown("Sending").await;
    sandbox.store().change_delivery(number, |delivery| {
        delivery.state = State::Delivered;
        delivery
            .attempts
            .push(sample::attempt(1, Truth::Genuine, 200));
    });
    browser
        .until_shown("Delivery 3 from MailingAPI: delivered.")
        .await;
    sandbox.store().remove(Provider::MailingApi, "wh_9");
    browser
        .until("!document.querySelector('#providers').innerText.includes('wh_9')")
        .await;
    browser.assert_calm().await;
}

#[tokio::test]
async fn many_changes_are_announced_as_few() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    browser
        .run(
            "window.said = 0;
             new MutationObserver(() => window.said++).observe(
               document.getElementById('status'), { childList: true });",
        )
        .await;
    let kept = sample::subscription(Provider::MailingApi, "wh_9", "opened");
    for _ in 0..50 {
        deliver(&sandbox, &kept, State::Delivered, &[(Truth::Genuine, 200)]);
    }
    browser
        .until("document.querySelectorAll('.delivery').length === 52")
        .await;
    browser.until_shown(" deliveries ended.").await;
    let said = browser.run("return window.said").await;
    assert!(said.as_u64().is_some_and(|said| said <= 3), "{said}");
}

#[tokio::test]
async fn a_new_secret_is_shown_once_and_the_old_one_never() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    browser.click("Rotate the secret of whk_1").await;
    browser
        .until("document.getElementById('secret-dialog').open")
        .await;
    let kept = sandbox.store().subscription(Provider::Sendmux, "whk_1");
    let secret = kept.expect("kept").secret;
    assert_ne!(secret.expose(), sample::SECRET);
    browser.until_shown(secret.expose()).await;
    browser.click("Done").await;
    browser
        .until("!document.getElementById('secret-dialog').open")
        .await;
    let page = browser
        .run("return document.documentElement.outerHTML")
        .await;
    assert!(!page.to_string().contains(secret.expose()));
    browser.assert_calm().await;
}

#[tokio::test]
async fn a_subscription_is_removed_once_that_is_confirmed() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    browser.click("Remove whk_1").await;
    browser.click("Keep it").await;
    browser
        .until("!document.getElementById('remove-dialog').open")
        .await;
    browser.click("Remove whk_1").await;
    browser.click("Remove").await;
    browser.until_shown("whk_1 is removed.").await;
    browser
        .until("!document.querySelector('#providers').innerText.includes('whk_1')")
        .await;
    assert!(
        sandbox
            .store()
            .subscription(Provider::Sendmux, "whk_1")
            .is_none()
    );
    assert_eq!(browser.focused().await, "Sendmux");
}

#[tokio::test]
async fn what_is_refused_is_said() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    browser.click("Remove whk_1").await;
    browser
        .until("document.getElementById('remove-dialog').open")
        .await;
    // Somebody else was quicker.
    sandbox.store().remove(Provider::Sendmux, "whk_1");
    browser.click("Remove").await;
    let refused = "That did not work: the provider has no subscription of this id.";
    browser.until_shown(refused).await;
}

#[tokio::test]
async fn it_says_when_the_sandbox_is_gone() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    drop(sandbox);
    browser.until_shown("Reconnecting").await;
    browser.until_shown("The sandbox does not answer.").await;
}

#[tokio::test]
async fn a_page_of_another_origin_changes_nothing() {
    let sandbox = filled().await;
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let other = elsewhere.local_addr().expect("an address");
    let page = Router::new().route("/", get(|| async { Html("<h1>Elsewhere</h1>") }));
    let server = tokio::spawn(async move { axum::serve(elsewhere, page).await });
    let browser = opened(&sandbox).await;
    let secret = || {
        let kept = sandbox.store().subscription(Provider::Sendmux, "whk_1");
        kept.expect("kept").secret
    };
    let rotate = format!(
        "fetch('http://{}/sandbox/subscriptions/sendmux/whk_1/rotate', {{ method: 'POST', MODE }})
           .then((it) => done(it.type), () => done('failed'))",
        sandbox.address()
    );

    for origin in [
        format!("http://{other}/"),
        format!("http://localhost:{}/", other.port()),
    ] {
        browser.open(&origin).await;
        browser.until_shown("Elsewhere").await;
        let unread = rotate.replace("MODE", "mode: 'no-cors'");
        assert_eq!(browser.run_async(&unread).await, "failed");
        let read = rotate.replace("MODE", "mode: 'cors'");
        assert_eq!(browser.run_async(&read).await, "failed");
        assert_eq!(secret().expose(), sample::SECRET);
    }

    browser
        .open(&format!("http://{}/", sandbox.address()))
        .await;
    let own = rotate.replace("MODE", "mode: 'cors'");
    assert_eq!(browser.run_async(&own).await, "basic");
    assert_ne!(secret().expose(), sample::SECRET);
    server.abort();
}
