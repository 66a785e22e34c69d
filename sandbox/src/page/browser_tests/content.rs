//! What the page shows.

use bytes::Bytes;
use serde_json::json;

use super::{deliver, filled, opened, unfold};
use crate::delivery::{Outcome, State, Truth};
use crate::provider::Provider;
use crate::{Sandbox, sample};

#[tokio::test]
async fn it_shows_addresses_subscriptions_deliveries_and_attempts() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    for provider in Provider::ALL {
        browser.until_shown(&sandbox.url(provider)).await;
        browser.until_shown(provider.title()).await;
    }
    for text in [
        "whk_1",
        "sub-2",
        "http://127.0.0.1:3000/webhooks/sent",
        "Receiver",
    ] {
        browser.until_shown(text).await;
    }
    let order = "return [...document.querySelectorAll('.number')].map((it) => it.textContent)";
    assert_eq!(browser.run(order).await, json!(["#2", "#1"]));
    browser.until_shown("Retrying in 10 min").await;
    unfold(&browser).await;
    for text in [
        "The next attempt is due at ",
        "503 after 7 ms",
        "Not taken.",
        "Refused, as it should be.",
        "x-signature",
        "v1=01232",
        r#"{"id":"evt_1","amount":1}"#,
        r#"{"id":"evt_1","amount":9000}"#,
        "Body, which is not what was signed",
    ] {
        browser.until_shown(text).await;
    }
    let page = browser
        .run("return document.documentElement.outerHTML")
        .await;
    assert!(!page.to_string().contains(sample::SECRET));
    browser.assert_calm().await;
}

#[tokio::test]
async fn an_empty_page_says_how_to_begin() {
    let any = "127.0.0.1:0".parse().expect("an address");
    let sandbox = Sandbox::default().start(any).await.expect("it starts");
    let browser = opened(&sandbox).await;
    browser.until_shown("Nothing has been sent yet.").await;
    let create = format!("http://{}/sendmux/api/v1/webhooks", sandbox.address());
    browser.until_shown(&create).await;
    browser.assert_calm().await;
}

#[tokio::test]
async fn the_list_is_narrowed_by_provider_and_by_state() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    let choose = |id, value| {
        format!(
            "const it = document.getElementById('{id}'); it.value = '{value}';
         it.dispatchEvent(new Event('change'));"
        )
    };
    let shown = "[...document.querySelectorAll('.delivery:not([hidden]) .number')]
        .map((it) => it.textContent).join()";
    browser.run(&choose("filter-provider", "sendmux")).await;
    browser.until(&format!("{shown} === '#1'")).await;
    browser.until_shown("1 delivery shown.").await;
    browser.run(&choose("filter-state", "retrying")).await;
    browser.until(&format!("{shown} === ''")).await;
    browser.until_shown("No delivery fits both choices.").await;
    browser.run(&choose("filter-provider", "")).await;
    browser.until(&format!("{shown} === '#2'")).await;
}

#[tokio::test]
async fn markup_in_every_field_is_text_and_does_nothing() {
    const MARKUP: &str =
        r#""><img src=x onerror="window.hit=1"></script><svg onload=alert(1)>'`${alert(2)}"#;
    let sandbox = filled().await;
    let mut hostile = sample::subscription(Provider::JetEmail, MARKUP, MARKUP);
    hostile.url = format!("http://127.0.0.1/{MARKUP}");
    hostile.name = Some(MARKUP.to_owned());
    let why = MARKUP.to_owned();
    let number = deliver(&sandbox, &hostile, State::GaveUp { why: why.clone() }, &[]);
    let mut attempt = sample::attempt(1, Truth::Forged, 200);
    attempt.headers = vec![(MARKUP.to_owned(), MARKUP.to_owned())];
    attempt.body = Bytes::from_static(MARKUP.as_bytes());
    attempt.signed[0].body = attempt.body.clone();
    attempt.signed.push(attempt.signed[0].clone());
    let mut failed = attempt.clone();
    failed.number = 2;
    failed.outcome = Outcome::Failed { why };
    sandbox.store().change_delivery(number, |delivery| {
        delivery.event_id = Some(MARKUP.to_owned());
        delivery.attempts = vec![attempt, failed];
    });
    sandbox.store().add(hostile).expect("room");

    let browser = opened(&sandbox).await;
    unfold(&browser).await;
    browser.click("Rotate the secret of whk_1").await;
    browser
        .until("document.getElementById('secret-dialog').open")
        .await;
    let shown = browser.run("return document.body.innerText.split('<img src=x').length - 1");
    // Id, name, URL, event; event, its id, receiver, why; and of each attempt two headers' cells and
    // three times its bytes; and once why it failed.
    assert_eq!(shown.await, 4 + 4 + 2 * 5 + 1);
    let made = "return document.querySelectorAll('img, svg, body script').length";
    assert_eq!(browser.run(made).await, 0);
    assert_eq!(browser.run("return window.hit ?? null").await, json!(null));
    browser.assert_calm().await;
}

#[tokio::test]
async fn a_forgery_that_was_taken_is_pointed_at() {
    let sandbox = filled().await;
    let to = sample::subscription(Provider::SendKit, "hook-3", "email.sent");
    let attempts = [(Truth::Genuine, 200), (Truth::Forged, 204)];
    deliver(&sandbox, &to, State::Delivered, &attempts);
    let browser = opened(&sandbox).await;
    let flagged = "return [...document.querySelectorAll('.delivery')]
        .filter((it) => it.innerText.includes('Forgery taken'))
        .map((it) => it.querySelector('.number').textContent)";
    assert_eq!(browser.run(flagged).await, json!(["#3"]));
}
