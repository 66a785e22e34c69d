//! What nobody should send: it gets a clear error, and the next request its answer.

use std::time::Duration;

use hookproof_sandbox::{Emit, Outcome, Provider};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::client::Api;
use super::errors::{good, is_error, with};

/// The sandbox answers a request that is in order.
async fn still_answers(api: &Api) {
    let reply = api.create(&good(api.provider)).await;
    assert!(reply.status.is_success(), "{reply:?}");
}

#[tokio::test]
async fn bodies_that_are_too_long_are_refused_in_each_providers_form() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        for length in [256 * 1024 + 1, 1024 * 1024] {
            let ask = api.ask("POST", api.webhooks());
            let reply = ask.raw(vec![b' '; length]).send().await;
            let (code, _) = is_error(provider, &reply, 413);
            if provider == Provider::Sendmux {
                assert_eq!(code.as_deref(), Some("payload_too_large"));
            }
        }
        let mut longest = good(provider).to_string();
        longest.push_str(&" ".repeat(256 * 1024 - longest.len()));
        let reply = api.ask("POST", api.webhooks()).raw(longest).send().await;
        assert!(reply.status.is_success(), "{reply:?}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_object_are_refused_in_each_providers_form() {
    let deep = ["[".repeat(10_000), "]".repeat(10_000)].concat();
    let deep_objects = "{\"a\":".repeat(10_000);
    let bodies: [&[u8]; 14] = [
        b"",
        b"{",
        b"nonsense",
        b"null",
        b"[]",
        b"7",
        b"\"text\"",
        b"{} {}",
        b"{\"url\": 1e999}",
        b"{\"url\": \"\xff\"}",
        b"\xff\xfe{}",
        b"{\"name\": \"\\ud800\"}",
        deep.as_bytes(),
        deep_objects.as_bytes(),
    ];
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        for body in bodies {
            let reply = api
                .ask("POST", api.webhooks())
                .raw(body.to_vec())
                .send()
                .await;
            is_error(provider, &reply, 400);
        }
        still_answers(&api).await;
    }
}

#[tokio::test]
async fn a_field_that_stands_there_twice_is_refused() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        let good = good(provider).to_string();
        let twice = good.replacen('{', "{\"name\":\"a\",\"name\":\"b\",", 1);
        let reply = api.ask("POST", api.webhooks()).raw(twice).send().await;
        let (_, message) = is_error(provider, &reply, 400);
        assert!(message.contains("once"), "{message}");
    }
}

#[tokio::test]
async fn every_field_of_another_type_is_refused() {
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        for (field, value) in good(provider).as_object().expect("an object") {
            for other in [json!(1), json!(true), json!({}), json!([[]]), Value::Null] {
                let reply = api.create(&with(provider, field, other)).await;
                is_error(provider, &reply, 400);
            }
            let swapped = if value.is_array() {
                json!("text")
            } else {
                json!(["text"])
            };
            let reply = api.create(&with(provider, field, swapped)).await;
            is_error(provider, &reply, 400);
        }
        still_answers(&api).await;
    }
}

#[tokio::test]
async fn markup_is_echoed_as_json_alone() {
    let markup = "<script>alert(1)</script>\"'&\u{202e}\u{0}";
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        let fields = good(provider);
        for field in fields.as_object().expect("an object").keys() {
            let reply = api.create(&with(provider, field, json!(markup))).await;
            let said = reply.json();
            if reply.status.is_success() {
                assert!(said.to_string().contains("<script>"), "{said}");
            }
            let events = with(provider, field, json!([markup]));
            api.create(&events).await.json();
        }
        let unknown = with(provider, markup, json!(markup));
        api.create(&unknown).await.json();
        still_answers(&api).await;
    }
}

#[tokio::test]
async fn urls_that_cannot_be_called_are_refused() {
    let long = format!("https://example.com/{}", "a".repeat(10_000));
    let urls = [
        "",
        "https://",
        "https:///path",
        "//example.com/",
        "https:example.com",
        "https:\\\\example.com",
        " https://example.com/",
        "https://example.com/a b",
        "https://exam\nple.com/",
        "https://example.com:99999/",
        "https://user:pass@example.com/",
        "https://@example.com/",
        "https://[::1/",
        "https://exa%00mple.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        long.as_str(),
    ];
    for provider in Provider::ALL {
        let api = Api::of(provider).await;
        let field = match provider {
            Provider::Sent => "endpoint_url",
            _ => "url",
        };
        for url in urls {
            let reply = api.create(&with(provider, field, json!(url))).await;
            let status = reply.status.as_u16();
            assert!([400, 422].contains(&status), "{url}: {reply:?}");
            is_error(provider, &reply, status);
        }
        still_answers(&api).await;
    }
}

/// Sends bytes as they are, and reads until the sandbox closes.
async fn raw(api: &Api, bytes: &[u8]) -> Vec<u8> {
    let address = api.running.address();
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    stream.write_all(bytes).await.expect("written");
    stream.shutdown().await.expect("half closed");
    let mut answer = Vec::new();
    // That it is reset is an answer, too.
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

#[tokio::test]
async fn requests_that_are_no_http_do_not_stop_it() {
    let api = Api::of(Provider::Sent).await;
    let post = "POST /sent/v3/webhooks HTTP/1.1\r\nhost: x\r\nx-api-key: k\r\n";
    let rows = [
        format!("{post}content-length: 1000\r\n\r\n{{\"display_name\":"),
        format!("{post}content-length: -1\r\n\r\n"),
        format!("{post}transfer-encoding: chunked\r\n\r\nzz\r\n"),
        format!("{post}x-nul: a\0b\r\n\r\n"),
        "GET /sent/v3/webhooks HTTP/1.1\r\nhost: x\r\nx-api-key: a\0b\r\n\r\n".to_owned(),
        format!("{post}x-long: {}\r\n\r\n", "a".repeat(1 << 20)),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "GET".to_owned(),
        String::new(),
    ];
    for row in rows {
        let answer = raw(&api, row.as_bytes()).await;
        let text = String::from_utf8_lossy(&answer);
        let refused = text.starts_with("HTTP/1.1 4") || text.is_empty();
        assert!(refused, "{text} for {}", &row[..row.len().min(200)]);
        still_answers(&api).await;
    }
}

#[tokio::test]
async fn who_sends_far_too_much_is_told_so() {
    let api = Api::of(Provider::Sendmux).await;
    let body = " ".repeat(12 * 1024 * 1024);
    let head = format!(
        "HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer k\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    for path in ["/sendmux/api/v1/webhooks", "/sandbox/sendmux/emit"] {
        let request = format!("POST {path} {head}{body}");
        let answer = raw(&api, request.as_bytes()).await;
        let text = String::from_utf8_lossy(&answer);
        assert!(text.starts_with("HTTP/1.1 413"), "{path}: {text}");
        assert!(text.contains("longer than 256 KiB"), "{path}: {text}");
    }
    still_answers(&api).await;
}

#[tokio::test]
async fn connections_that_ask_nothing_are_closed_and_keep_nobody_out() {
    let api = Api::of(Provider::Sendmux).await;
    let mut idle = Vec::new();
    for begun in ["", "GET /sendm", "GET / HTTP/1.1\r\nhost: "].repeat(50) {
        let stream = TcpStream::connect(api.running.address()).await;
        let mut stream = stream.expect("it listens");
        stream.write_all(begun.as_bytes()).await.expect("written");
        idle.push(stream);
    }
    still_answers(&api).await;
    for mut stream in idle {
        let mut nothing = Vec::new();
        let end = timeout(Duration::from_secs(60), stream.read_to_end(&mut nothing)).await;
        // That it is reset is an end, too.
        let _ = end.expect("it is closed in time");
    }
}

#[tokio::test]
async fn a_webhook_whose_receiver_is_the_sandbox_ends() {
    let api = Api::at_speed(Provider::JetEmail, 1_000_000).await;
    let address = api.running.address();
    // Number 1 asks for itself once more, each time.
    let url = format!("http://{address}/sandbox/deliveries/1/repeat");
    let reply = api.create(&with(api.provider, "url", json!(url))).await;
    assert!(reply.status.is_success(), "{reply:?}");
    let emit = Emit::default().body(r#"{"as":"duplicate"}"#).once();
    api.running.emit(api.provider, &emit).expect("it is sent");
    api.running.idle().await;
    let log = api.running.log();
    let [line] = &log[..] else {
        panic!("one attempt, not {}", log.len());
    };
    assert!(matches!(
        line.outcome,
        Outcome::Answered { status: 508, .. }
    ));
}
