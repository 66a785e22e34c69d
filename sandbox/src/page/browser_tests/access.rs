//! What a screen reader is told.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{filled, opened, unfold};

/// Roles that mean nothing without a name.
const NAMED: [&str; 9] = [
    "button",
    "checkbox",
    "combobox",
    "DisclosureTriangle",
    "group",
    "link",
    "region",
    "table",
    "textbox",
];

fn role(node: &Value) -> &str {
    node["role"]["value"].as_str().unwrap_or_default()
}

fn name(node: &Value) -> &str {
    node["name"]["value"].as_str().unwrap_or_default().trim()
}

fn level(node: &Value) -> u64 {
    let properties = node["properties"].as_array().expect("an array");
    let level = properties.iter().find(|it| it["name"] == "level");
    let level = level.and_then(|it| it["value"]["value"].as_u64());
    level.expect("a level")
}

#[tokio::test]
async fn whatever_can_be_used_has_a_name_and_a_place() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    unfold(&browser).await;
    let open = "document.querySelectorAll('details').forEach((it) => { it.open = true; })";
    browser.run(open).await;
    let nodes = browser.accessibility().await;
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    for node in &nodes {
        *roles.entry(role(node)).or_default() += 1;
        if NAMED.contains(&role(node)) && role(node) != "group" {
            assert_ne!(name(node), "", "{node:#}");
        }
    }
    for (place, count) in [("main", 1), ("banner", 1), ("region", 2), ("status", 1)] {
        assert_eq!(roles.get(place), Some(&count), "{place}");
    }
    for used in [
        "button",
        "combobox",
        "checkbox",
        "textbox",
        "DisclosureTriangle",
        "table",
    ] {
        assert!(roles.contains_key(used), "no {used}: {roles:?}");
    }
}

#[tokio::test]
async fn headings_go_down_one_step_at_a_time_from_the_only_first() {
    let sandbox = filled().await;
    let browser = opened(&sandbox).await;
    unfold(&browser).await;
    let nodes = browser.accessibility().await;
    let headings = nodes.iter().filter(|node| role(node) == "heading");
    let levels: Vec<_> = headings.map(level).collect();
    assert_eq!(levels.first(), Some(&1));
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.len() > 10, "{levels:?}");
    assert!(
        levels.windows(2).all(|two| two[1] <= two[0] + 1),
        "{levels:?}"
    );
    assert_eq!(
        browser.run("return document.documentElement.lang").await,
        "en"
    );
}
