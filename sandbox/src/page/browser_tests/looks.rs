//! How the page looks: in light and in dark, and where there is little room.

use serde_json::{Value, json};

use super::{deliver, filled, opened, unfold};
use crate::delivery::{State, Truth};
use crate::provider::Provider;
use crate::sample;

/// The text on the page whose contrast is below 4.5, the least for AA, with what it is.
const PALE: &str = r#"
    const parts = (color) => color.match(/[\d.]+/g).map(Number);
    const light = (color) => {
      const [r, g, b] = parts(color).slice(0, 3).map((part) => {
        const it = part / 255;
        return it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (node) => {
      for (let at = node; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if ((parts(color)[3] ?? 1) === 1) return color;
      }
      throw new Error("nothing is behind it");
    };
    const shown = [...document.querySelectorAll("body *")].filter((node) =>
      node.checkVisibility() &&
      [...node.childNodes].some((it) => it.nodeType === Node.TEXT_NODE && it.data.trim()));
    window.judged = shown.length;
    return shown.map((node) => {
      const [a, b] = [light(getComputedStyle(node).color), light(behind(node))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return [contrast, node.className || node.tagName, node.textContent.slice(0, 40)];
    }).filter(([contrast]) => contrast < 4.5);
"#;

#[tokio::test]
async fn all_text_has_contrast_in_light_and_in_dark() {
    let sandbox = filled().await;
    for (state, status) in [
        (State::GaveUp { why: "no".into() }, 500),
        (State::Sending, 200),
        (State::NotSent { why: "no".into() }, 200),
    ] {
        let to = sample::subscription(Provider::Sent, "sub-2", "message");
        let attempts = [
            (Truth::Forged, status),
            (Truth::Late, status),
            (Truth::Duplicate, 500),
        ];
        deliver(&sandbox, &to, state, &attempts);
    }
    let browser = opened(&sandbox).await;
    unfold(&browser).await;
    let mut papers = Vec::new();
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        // Colours that change slowly are looked at once they have changed.
        browser.until("document.getAnimations().length === 0").await;
        assert_eq!(browser.run(PALE).await, json!([]), "{scheme}");
        let judged = browser.run("return window.judged").await;
        assert!(judged.as_u64().is_some_and(|it| it > 100), "{judged}");
        let paper = "return getComputedStyle(document.body).backgroundColor";
        papers.push(browser.run(paper).await);
    }
    assert_ne!(papers[0], papers[1]);
}

#[tokio::test]
async fn nothing_is_cut_off_where_the_window_is_narrow() {
    let sandbox = filled().await;
    let long = "x".repeat(300);
    let mut wide = sample::subscription(Provider::JetEmail, &long, &long);
    wide.url = format!("http://127.0.0.1/{long}");
    wide.name = Some(long.clone());
    let due = crate::moment::Moment::now().millis() + 90_000;
    deliver(
        &sandbox,
        &wide,
        State::Retrying { due },
        &[(Truth::Forged, 200)],
    );
    sandbox.store().add(wide).expect("room");
    let browser = opened(&sandbox).await;
    browser.resize(320, 640).await;
    unfold(&browser).await;
    let open = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
    browser.run(open).await;
    let size = "return [innerWidth, document.documentElement.scrollWidth]";
    assert_eq!(browser.run(size).await, json!([320, 320]));
    let over = "return [...document.querySelectorAll('body *')]
        .filter((it) => it.checkVisibility() && !it.matches('.skip, option, optgroup'))
        .filter((it) => it.getBoundingClientRect().right > 320.5).map((it) => it.outerHTML)";
    assert_eq!(browser.run(over).await, Value::Array(Vec::new()));
}

#[tokio::test]
async fn what_is_pressed_is_large_enough() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    unfold(&browser).await;
    let small = "return [...document.querySelectorAll('button, select')]
        .filter((it) => it.checkVisibility())
        .map((it) => [it.getBoundingClientRect(), it.innerText])
        .filter(([box]) => box.width < 24 || box.height < 24)";
    assert_eq!(browser.run(small).await, json!([]));
}
