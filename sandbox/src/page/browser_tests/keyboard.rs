//! The page without a mouse.

use std::collections::BTreeSet;

use fantoccini::key::Key;
use serde_json::{Value, json};

use super::{deliver, filled, opened, unfold};
use crate::delivery::{State, Truth};
use crate::page::browser::Browser;
use crate::provider::Provider;
use crate::sample;

/// Presses Tab until the element of this name has focus.
async fn tab_to(browser: &Browser, name: &str) {
    for _ in 0..200 {
        browser.press(&[Key::Tab]).await;
        if browser.focused().await == name {
            return;
        }
    }
    panic!("Tab never comes to {name:?}");
}

#[tokio::test]
async fn tab_comes_to_everything_and_shows_where_it_is() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    unfold(&browser).await;
    browser
        .run(
            "document.querySelectorAll('.own').forEach((it) => { it.open = true; });
             const all = 'a[href], button, select, input, textarea, summary, [tabindex=\"0\"]';
             window.missed = new Set([...document.querySelectorAll(all)]
               .filter((it) => it.checkVisibility() && !it.closest('dialog')));
             window.count = missed.size; window.plain = [];",
        )
        .await;
    let note = "const at = document.activeElement; missed.delete(at);
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) plain.push(at.outerHTML);";
    let count = browser.run("return window.count").await;
    let count = count.as_u64().expect("a number");
    assert!(count > 40, "{count}");
    for _ in 0..count {
        browser.press(&[Key::Tab]).await;
        browser.run(note).await;
    }
    let missed = "return [...missed].map((it) => it.outerHTML)";
    assert_eq!(browser.run(missed).await, json!([]));
    assert_eq!(browser.run("return plain").await, json!([]));
}

#[tokio::test]
async fn the_first_stop_leads_to_the_deliveries() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    browser.press(&[Key::Tab]).await;
    assert_eq!(browser.focused().await, "Skip to the deliveries");
    browser.press(&[Key::Enter]).await;
    browser
        .until("document.activeElement.id === 'deliveries-title'")
        .await;
}

#[tokio::test]
async fn a_secret_is_rotated_and_a_subscription_removed_by_key() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    tab_to(&browser, "Rotate the secret of whk_1").await;
    browser.press(&[Key::Enter]).await;
    browser
        .until("document.getElementById('secret-dialog').open")
        .await;
    browser
        .until("document.activeElement.closest('#secret-dialog')")
        .await;
    browser.press(&[Key::Escape]).await;
    browser
        .until("!document.getElementById('secret-dialog').open")
        .await;
    assert_eq!(browser.focused().await, "Rotate the secret of whk_1");

    browser.press(&[Key::Tab]).await;
    assert_eq!(browser.focused().await, "Remove whk_1");
    browser.press(&[Key::Space]).await;
    tab_to(&browser, "Remove").await;
    browser.press(&[Key::Enter]).await;
    browser.until_shown("whk_1 is removed.").await;
    let gone = "!document.querySelector('#providers').innerText.includes('whk_1')";
    browser.until(gone).await;
    assert_eq!(browser.focused().await, "Sendmux");
}

#[tokio::test]
async fn focus_stays_where_it_is_when_something_changes() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    browser
        .run("document.querySelector('.delivery summary').focus()")
        .await;
    browser.press(&[Key::Enter]).await;
    tab_to(&browser, "Tamper: delivery 2").await;
    browser.run("window.before = document.activeElement").await;

    sandbox.store().change_delivery(2, |delivery| {
        delivery.state = State::Delivered;
        delivery
            .attempts
            .push(sample::attempt(3, Truth::Genuine, 200));
    });
    let to = sample::subscription(Provider::Sendmux, "whk_1", "message.delivered");
    for _ in 0..230 {
        deliver(&sandbox, &to, State::Delivered, &[]);
    }
    browser.until_shown("#232").await;
    browser.until_shown("Attempt 3").await;
    let same = "return document.activeElement === window.before";
    assert_eq!(browser.run(same).await, Value::Bool(true));
    assert_eq!(browser.focused().await, "Tamper: delivery 2");
    let count = browser
        .run("return document.querySelectorAll('.delivery').length")
        .await;
    assert!(count.as_u64().is_some_and(|count| count <= 201), "{count}");
}

#[tokio::test]
async fn every_delivery_has_its_own_buttons_names() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    unfold(&browser).await;
    let names = browser
        .run(
            "return [...document.querySelectorAll('button')].filter((it) => it.checkVisibility())
               .map((it) => it.ariaLabel ?? it.innerText)",
        )
        .await;
    let names = names.as_array().expect("an array");
    let different: BTreeSet<_> = names.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), names.len(), "{names:?}");
}
