//! The form of each provider's errors, and requests that are to get them.

use hookproof_sandbox::Provider;
use http::Method;
use serde_json::{Value, json};

use super::client::{Api, Reply, has_keys, is_hex, is_moment, text};

/// A request that the provider takes.
pub(crate) fn good(provider: Provider) -> Value {
    let url = "https://example.com/webhooks";
    match provider {
        Provider::Sendmux => json!({ "url": url, "event_types": ["message.delivered"] }),
        Provider::MailingApi => json!({ "url": url, "events": ["delivered"] }),
        Provider::SendKit => json!({ "name": "n", "url": url, "events": ["email.replied"] }),
        Provider::JetEmail => json!({ "name": "n", "url": url, "events": ["outbound.bounced"] }),
        _ => json!({ "display_name": "n", "endpoint_url": url, "event_types": ["message"] }),
    }
}

/// The good request with one field as it should not be.
pub(crate) fn with(provider: Provider, field: &str, value: Value) -> Value {
    let mut fields = good(provider);
    fields[field] = value;
    fields
}

/// The good request without a field.
pub(crate) fn without(provider: Provider, field: &str) -> Value {
    let mut fields = good(provider);
    fields
        .as_object_mut()
        .and_then(|fields| fields.remove(field))
        .expect("it was there");
    fields
}

/// Whether the answer is an error of the status, in the provider's form. Gives its code, if the
/// provider has any, and its message.
#[track_caller]
pub(crate) fn is_error(provider: Provider, reply: &Reply, status: u16) -> (Option<String>, String) {
    let whole = reply.json_of(status);
    let (code, message) = match provider {
        Provider::Sendmux => of_sendmux(&whole),
        Provider::MailingApi => {
            has_keys(&whole, "error");
            has_keys(&whole["error"], "code message");
            (&whole["error"]["code"], &whole["error"]["message"])
        }
        Provider::SendKit | Provider::JetEmail => {
            has_keys(&whole, "success error");
            assert_eq!(whole["success"], false);
            (&Value::Null, &whole["error"])
        }
        _ => of_sent(&whole),
    };
    let message = text(message).to_owned();
    assert!(!message.is_empty());
    (code.as_str().map(str::to_owned), message)
}

#[track_caller]
fn of_sendmux(whole: &Value) -> (&Value, &Value) {
    has_keys(whole, "ok error meta");
    assert_eq!(whole["ok"], false);
    has_keys(&whole["meta"], "request_id");
    is_hex(&whole["meta"]["request_id"], "req_", 24);
    let error = &whole["error"];
    if error.get("param").is_some() {
        has_keys(error, "code message retryable param errors");
        has_keys(&error["errors"][0], "field code message");
        assert_eq!(error["errors"][0]["field"], error["param"]);
    } else {
        has_keys(error, "code message retryable");
    }
    assert!(error["retryable"].is_boolean());
    (&error["code"], &error["message"])
}

#[track_caller]
fn of_sent(whole: &Value) -> (&Value, &Value) {
    has_keys(whole, "success data error meta");
    assert_eq!(whole["success"], false);
    assert_eq!(whole["data"], Value::Null);
    has_keys(&whole["meta"], "request_id timestamp version");
    is_moment(&whole["meta"]["timestamp"], false);
    assert_eq!(whole["meta"]["version"], "v3");
    let error = &whole["error"];
    has_keys(error, "code message details doc_url");
    assert!(error["details"].is_null() || error["details"].is_object());
    assert!(error["doc_url"].is_string());
    (&error["code"], &error["message"])
}

#[tokio::test]
async fn unknown_paths_and_ids_are_not_found_in_each_providers_form() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        let below = |rest: &str| format!("{}{rest}", api.webhooks());
        for path in ["", "/", "/nowhere", "/v9/webhooks", "/%ff", "/..%2f.."] {
            let reply = api.ask("GET", path).send().await;
            is_error(provider, &reply, 404);
        }
        for path in ["/", "/none", "/none/", "/none/none", "/%ff", "/%3Cb%3E"] {
            let reply = api.ask("DELETE", &below(path)).send().await;
            is_error(provider, &reply, 404);
        }
    }
}

#[tokio::test]
async fn an_unknown_webhook_has_the_code_that_is_documented() {
    let codes = [
        (Provider::Sendmux, Some("not_found")),
        (Provider::MailingApi, Some("webhook_not_found")),
        (Provider::SendKit, None),
        (Provider::JetEmail, None),
        (Provider::Sent, Some("RESOURCE_008")),
    ];
    for (provider, code) in codes {
        let api = Api::of(provider).await;
        for method in ["GET", "DELETE"] {
            let path = format!("{}/none", api.webhooks());
            let reply = api.ask(method, &path).send().await;
            let (found, _) = is_error(provider, &reply, 404);
            assert_eq!(found.as_deref(), code);
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_which_are_right() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        for method in ["OPTIONS", "TRACE", "PROPFIND"] {
            let reply = api.ask(method, api.webhooks()).send().await;
            is_error(provider, &reply, 405);
            let allowed = reply.header("allow");
            assert!(
                allowed.contains("POST") && allowed.contains("GET"),
                "{allowed}"
            );
        }
        let path = format!("{}/none", api.webhooks());
        let reply = api.ask(Method::POST.as_str(), &path).send().await;
        is_error(provider, &reply, 405);
    }
}

#[tokio::test]
async fn the_thousand_and_first_webhook_is_not_taken() {
    let api = Api::of(Provider::Sendmux).await;
    for _ in 0..1_000 {
        let reply = api.create(&good(Provider::Sendmux)).await;
        assert_eq!(reply.status, 201);
    }
    let reply = api.create(&good(Provider::Sendmux)).await;
    let (code, _) = is_error(Provider::Sendmux, &reply, 409);
    assert_eq!(code.as_deref(), Some("limit_exceeded"));
    for provider in Provider::ALL {
        let path = api.running.url(provider);
        assert!(path.ends_with(provider.slug()));
    }
}
