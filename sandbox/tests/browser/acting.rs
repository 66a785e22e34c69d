//! What a person does there.

use fantoccini::key::Key;

use crate::support::ask;
use crate::support::browser::Browser;
use crate::support::receiver::Receiver;
use crate::{Provider, Running, opened, sandbox, unfold, unfold_newest};

async fn tab_to(browser: &Browser, name: &str) {
    for _ in 0..100 {
        browser.press(&[Key::Tab]).await;
        if browser.focused().await == name {
            return;
        }
    }
    panic!("Tab never comes to {name:?}");
}

async fn sendmux(sandbox: &Running, statuses: &'static [u16]) -> Receiver {
    let event = "message.delivered";
    Receiver::register(sandbox, Provider::Sendmux, "Mine", event, statuses).await
}

#[tokio::test]
async fn an_event_is_emitted_tampered_with_and_replayed_by_click() {
    let sandbox = sandbox(1_000).await;
    let browser = opened(&sandbox).await;
    // Registered while the page is open.
    let receiver = sendmux(&sandbox, &[503]).await;
    browser.until_shown(&receiver.id).await;

    browser.click(&format!("Emit to {}", receiver.id)).await;
    browser.until_shown("Sendmux sends delivery 1.").await;
    browser.until_shown("Delivered").await;
    browser
        .until_shown("2 attempts, 1 succeeded, 1 failed")
        .await;
    assert_eq!(receiver.handled(), 2, "and of these one in vain");

    unfold_newest(&browser).await;
    browser.until_shown("Not taken.").await;
    browser.click("Tamper: delivery 1").await;
    browser
        .until_shown("Delivery 1 is sent again: tampered.")
        .await;
    browser.until_shown("Refused, as it should be.").await;
    browser.click("Replay: delivery 1").await;
    browser.until_shown("Answered as taken").await;
    browser.until_shown("4 attempts").await;
    assert_eq!(receiver.handled(), 2);
    browser.assert_calm().await;
}

#[tokio::test]
async fn the_same_is_done_by_key() {
    let sandbox = sandbox(1_000).await;
    let receiver = sendmux(&sandbox, &[]).await;
    let browser = opened(&sandbox).await;
    browser.until_shown(&receiver.id).await;

    tab_to(&browser, &format!("Emit to {}", receiver.id)).await;
    browser.press(&[Key::Enter]).await;
    browser.until_shown("Delivered").await;
    let emit = format!("Emit to {}", receiver.id);
    assert_eq!(browser.focused().await, emit, "what arrived took no focus");

    while !browser.focused().await.starts_with("#1") {
        browser.press(&[Key::Tab]).await;
    }
    browser.press(&[Key::Enter]).await;
    tab_to(&browser, "Tamper: delivery 1").await;
    browser.press(&[Key::Space]).await;
    browser.until_shown("Refused, as it should be.").await;
    assert_eq!(browser.focused().await, "Tamper: delivery 1");
    tab_to(&browser, "Replay: delivery 1").await;
    browser.press(&[Key::Enter]).await;
    browser.until_shown("Answered as taken").await;
    assert_eq!(receiver.handled(), 1);
    browser.assert_calm().await;
}

#[tokio::test]
async fn something_else_is_emitted_from_the_form() {
    let sandbox = sandbox(1_000).await;
    let receiver = sendmux(&sandbox, &[]).await;
    let browser = opened(&sandbox).await;
    browser.until_shown(&receiver.id).await;
    browser.click("Emit something else").await;
    tab_to(&browser, "Event").await;
    browser.write("message.bounced").await;
    browser.press(&[Key::Tab]).await;
    browser.write("Forged").await;
    browser.press(&[Key::Tab]).await;
    browser.write(r#"{"mine":"<b>"}"#).await;
    browser.press(&[Key::Tab, Key::Space]).await;
    tab_to(&browser, "Emit this").await;
    browser.press(&[Key::Enter]).await;
    browser.until_shown("message.bounced").await;
    unfold_newest(&browser).await;
    browser.until_shown("Refused, as it should be.").await;
    unfold(&browser, ".attempt details").await;
    browser.until_shown(r#"{"mine":"<b>"}"#).await;
    assert_eq!(receiver.handled(), 0);
    browser.assert_calm().await;
}

#[tokio::test]
async fn after_a_rotation_the_receiver_refuses_until_it_knows() {
    let sandbox = sandbox(1).await;
    let receiver = sendmux(&sandbox, &[]).await;
    let browser = opened(&sandbox).await;
    let rotate = format!("Rotate the secret of {}", receiver.id);
    browser.until_shown(&receiver.id).await;
    browser.click(&rotate).await;
    browser
        .until("document.getElementById('secret').textContent.startsWith('whsec_')")
        .await;
    browser.click("Done").await;
    browser.click(&format!("Emit to {}", receiver.id)).await;
    browser.until_shown("Retrying in ").await;
    assert_eq!(receiver.handled(), 0);
    browser.assert_calm().await;
}

#[tokio::test]
async fn what_cannot_be_emitted_is_said() {
    let sandbox = sandbox(1).await;
    let receiver = sendmux(&sandbox, &[]).await;
    let browser = opened(&sandbox).await;
    browser.until_shown(&receiver.id).await;
    browser.click("Emit something else").await;
    tab_to(&browser, "Event").await;
    browser.write("no.such").await;
    browser.press(&[Key::Enter]).await;
    let refused = "That did not work: the provider has no event no.such.";
    browser.until_shown(refused).await;
}

/// The options of a `curl` command that are followed by a text in single quotes.
fn quoted<'c>(command: &'c str, option: &str) -> Vec<&'c str> {
    let option = format!("{option} '");
    let parts = command.split(&option).skip(1);
    parts.filter_map(|part| part.split('\'').next()).collect()
}

#[tokio::test]
async fn the_commands_on_the_page_register() {
    let sandbox = sandbox(1).await;
    let browser = opened(&sandbox).await;
    let commands = "return [...document.querySelectorAll('.how pre')].map((it) => it.textContent)";
    let commands = browser.run(commands).await;
    let commands = commands.as_array().expect("an array");
    assert_eq!(commands.len(), Provider::ALL.len());
    for command in commands {
        let command = command.as_str().expect("a text");
        let origin = format!("http://{}", sandbox.address());
        let (_, path) = command.rsplit_once(&origin).expect("an address");
        let headers = quoted(command, "-H").into_iter();
        let headers: Vec<_> = headers
            .map(|header| header.split_once(": ").expect("a header"))
            .collect();
        let body = quoted(command, "-d").concat();
        let answer = ask::send(sandbox.address(), "POST", path, &headers, &body).await;
        assert!(answer.status.is_success(), "{command}: {}", answer.text());
    }
    browser
        .until("document.querySelectorAll('.subscription').length === 5")
        .await;
}
