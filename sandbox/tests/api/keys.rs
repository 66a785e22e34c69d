//! API keys: any is taken that a provider could have handed out, and nothing else.

use hookproof_sandbox::Provider;

use super::client::Api;
use super::errors::is_error;

/// Headers that are no key, each with its values.
const NONE: [(&str, &[&str]); 12] = [
    ("authorization", &[]),
    ("authorization", &[""]),
    ("authorization", &["Bearer"]),
    ("authorization", &["Bearer "]),
    ("authorization", &["Basic a2V5"]),
    ("authorization", &["api-key"]),
    ("authorization", &["Bearer two words"]),
    ("authorization", &["Bearer k\u{e9}y"]),
    ("authorization", &["Bearer one", "Bearer one"]),
    ("x-api-key", &[""]),
    ("x-api-key", &["two words"]),
    ("x-api-key", &["one", "one"]),
];

#[tokio::test]
async fn without_a_key_nobody_is_answered() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        for (name, values) in NONE {
            let mut ask = api.ask("GET", api.webhooks()).without_key();
            for value in values {
                ask = ask.header(name, value);
            }
            is_error(provider, &ask.send().await, 401);
        }
    }
}

#[tokio::test]
async fn without_a_key_nothing_is_kept_or_given_away() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        let fields = super::errors::good(provider);
        let ask = api.ask("POST", api.webhooks()).without_key();
        is_error(provider, &ask.json(&fields).send().await, 401);
        let path = format!("{}/none", api.webhooks());
        let reply = api.ask("GET", &path).without_key().send().await;
        is_error(provider, &reply, 401);
        let listed = api.ask("GET", api.webhooks()).send().await;
        assert!(!String::from_utf8_lossy(&listed.body).contains("example.com"));
    }
}

#[tokio::test]
async fn the_code_for_a_missing_key_is_the_documented_one() {
    for (provider, code) in [
        (Provider::Sendmux, "authentication_required"),
        (Provider::Sent, "AUTH_001"),
    ] {
        let api = Api::of(provider).await;
        let reply = api.ask("GET", api.webhooks()).without_key().send().await;
        let (found, _) = is_error(provider, &reply, 401);
        assert_eq!(found.as_deref(), Some(code));
    }
}

#[tokio::test]
async fn any_key_of_visible_ascii_is_taken_where_the_provider_looks_for_it() {
    let bearer = [Provider::Sendmux, Provider::MailingApi, Provider::JetEmail];
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        for key in ["k", "sk_live_1", "smx_root_~!{}\"", &"k".repeat(4096)] {
            let own = api.ask("GET", api.webhooks()).without_key();
            let own = if bearer.contains(&provider) {
                own.header("authorization", &format!("bearer  {key}"))
            } else {
                own.header("x-api-key", key)
            };
            assert_eq!(own.send().await.status, 200, "{provider}");
        }
    }
}

#[tokio::test]
async fn sendkit_reads_either_header_and_the_others_only_their_own() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        let ask = || api.ask("GET", api.webhooks()).without_key();
        let bearer = ask().header("authorization", "Bearer key").send().await;
        let header = ask().header("x-api-key", "key").send().await;
        let expected = match provider {
            Provider::SendKit => (200, 200),
            Provider::Sent => (401, 200),
            _ => (200, 401),
        };
        let found = (bearer.status.as_u16(), header.status.as_u16());
        assert_eq!(found, expected, "{provider}");
    }
}
