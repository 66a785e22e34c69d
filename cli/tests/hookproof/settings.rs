//! What no header tells: the URL, the method, configured texts, public keys.

use crate::support::{Run, judge, judge_with, run, run_with};

/// Twilio's published example.
const TWILIO_URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const TWILIO_SECRET: &str = "12345";
const TWILIO: &str = "X-Twilio-Signature: RSOYDt4T1cUTdK1PDd93/VVr8B8=\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nCallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";

/// TikTok Shop's, with its body.
const TIKTOK: &str = "POST /in HTTP/1.1\r\nAuthorization: d26aac2ab16a546e1b41c44b4ce5c75e5cb904a2e5ff6935115ffb2107b6d763\r\n\r\n{\"id\":\"evt_0001\",\"type\":\"example.created\",\"data\":{\"note\":\"café ☕\"}}";
const TIKTOK_SECRET: &str = "tts-app-secret";

fn twilio(head: &str, more: &[&str]) -> Run {
    judge_with("twilio", TWILIO_SECRET, format!("{head}{TWILIO}"), more)
}

#[test]
fn a_stated_url_wins_over_the_requests_own() {
    let behind_a_proxy = "POST /internal HTTP/1.1\r\nHost: 10.0.0.7:8080\r\n";
    assert_eq!(twilio(behind_a_proxy, &[]).kind(), "mismatch");
    let more = ["--url", TWILIO_URL];
    assert_eq!(twilio(behind_a_proxy, &more).kind(), "accepted");
}

#[test]
fn without_a_stated_url_target_and_host_tell_it() {
    for head in [
        "POST /myapp.php?foo=1&bar=2 HTTP/1.1\r\nHost: mycompany.com\r\n",
        "POST https://mycompany.com/myapp.php?foo=1&bar=2 HTTP/1.1\r\nHost: x.example\r\n",
    ] {
        assert_eq!(twilio(head, &[]).kind(), "accepted", "{head}");
    }
    let elsewhere = "POST /myapp.php?foo=1&bar=2 HTTP/1.1\r\nHost: evil.example\r\n";
    assert_eq!(twilio(elsewhere, &[]).kind(), "mismatch");
}

#[test]
fn a_url_that_nothing_tells_is_asked_for() {
    for head in [
        "POST /myapp.php?foo=1&bar=2 HTTP/1.1\r\n",
        "POST /myapp.php HTTP/1.1\r\nHost: mycompany.com\r\nHost: mycompany.com\r\n",
    ] {
        let run = twilio(head, &[]);
        run.fails_with("missing-url: the scheme twilio signs the URL");
        assert_eq!(run.json()["error"], "missing-url");
    }
}

#[test]
fn a_url_that_is_none_is_usage_and_not_repeated() {
    let run = twilio("POST / HTTP/1.1\r\n", &["--url", "mycompany.com/t0ken"]);
    run.fails_with("--url takes a whole URL");
    assert!(!run.stderr.contains("t0ken"));
}

/// WeCom's published check of a URL: whatever host it is sent to.
#[test]
fn values_of_the_query_are_read_without_a_host() {
    let target = "/in?msg_signature=5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3&timestamp=1409659589&nonce=263014780&echostr=P9nAzCzyDtyTWESHep1vC5X9xho%2FqYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp%2B4RPcs8TgAE7OaBO%2BFZXvnaqQ%3D%3D";
    let judged = |request: &str, more: &[&str]| {
        let run = judge_with("wecom", "QDG6eK", request, more);
        assert!(run.stderr.lines().all(|line| line.contains("16 bytes")));
        run.kind()
    };
    let request = format!("GET {target} HTTP/1.1\r\n\r\n");
    assert_eq!(judged(&request, &[]), "accepted");
    let url = format!("https://hooks.example.com{target}");
    let elsewhere = "GET / HTTP/1.1\r\n\r\n";
    assert_eq!(judged(elsewhere, &["--url", &url]), "accepted");
    assert_eq!(judged(elsewhere, &[]), "missing-header");
}

#[test]
fn a_configured_text_is_signed_and_asked_for() {
    let judged = |more: &str| judge("tiktok-shop", TIKTOK_SECRET, TIKTOK, more);
    assert_eq!(judged("--config app_key=abcdef").kind(), "accepted");
    assert_eq!(judged("--config app_key=abcdee").kind(), "mismatch");
    let run = judged("");
    run.fails_with("give it with --config app_key=VALUE");
    assert_eq!(run.json()["error"], "missing-config");
    judged("--config app_key=").fails_with("the value of --config app_key is empty");
    judged("--config app_key=a --config app_key=a").fails_with("is given twice");
}

#[test]
fn a_configured_text_is_asked_for_by_sign_too() {
    let line = "sign --provider tiktok-shop --secret-env SECRET";
    let environment = [("SECRET", TIKTOK_SECRET)];
    run(line, &environment, "").fails_with("missing-config");
    let line = format!("{line} --config app_key=abcdef --body -");
    let (_, body) = TIKTOK.split_once("\r\n\r\n").expect("a head and a body");
    let signed = run(&line, &environment, body);
    let expected =
        "authorization: d26aac2ab16a546e1b41c44b4ce5c75e5cb904a2e5ff6935115ffb2107b6d763\n";
    assert_eq!((signed.code, signed.stdout.as_str()), (0, expected));
}

#[test]
fn url_and_method_are_signed() {
    let sign = |provider: &str, more: &[&str]| {
        let line = ["sign", "--provider", provider, "--secret-env", "SECRET"];
        let at = ["--at", "1767225600"];
        let secret = "a-secret-of-some-length";
        run_with(&[&line[..], &at, more].concat(), &[("SECRET", secret)], "")
    };
    sign("hubspot-v3", &[]).fails_with("missing-url: the scheme hubspot-v3 signs the URL");
    let url = ["--url", "https://hooks.example.com/in"];
    let post = sign("hubspot-v3", &url);
    let put = sign("hubspot-v3", &[&url[..], &["--method", "PUT"]].concat());
    assert_eq!((post.code, put.code), (0, 0));
    assert_ne!(post.stdout, put.stdout);

    let unused = sign("github", &[&url[..], &["--method", "PUT"]].concat());
    assert_eq!(unused.code, 0);
    for option in ["--url", "--method"] {
        let warning = format!("warning: {option} is ignored: the scheme github");
        assert!(unused.stderr.contains(&warning), "{unused:?}");
    }
}

#[test]
fn a_public_key_is_read_with_its_line_breaks() {
    // The key of RFC 8410: read to its end, and then found to be of another algorithm.
    let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    let judged = |provider: &str, key: &str| judge(provider, key, "POST / HTTP/1.1\r\n\r\n", "");
    judged("wise", pem).fails_with("the public key is an Ed25519 key, but");
    // Where the scheme wants one line.
    judged("discord", pem)
        .fails_with("in the environment variable SECRET: the public key is a PEM block");
    let private = pem.replace("PUBLIC", "PRIVATE");
    let run = judged("discord", &private);
    run.fails_with("PRIVATE key");
    assert!(!run.stderr.contains("GEb9ECW") && !run.stdout.contains("GEb9ECW"));
    let hex = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    assert_eq!(judged("discord", hex).kind(), "missing-header");

    let line = "verify --provider discord --secret-env NOT_SET --request -";
    run_with(&line.split(' ').collect::<Vec<_>>(), &[], "").fails_with("provider's public key");
}

#[test]
fn what_headers_cannot_sign_is_told() {
    let hex = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    for (provider, words) in [
        ("discord", "private key"),
        ("wecom", "does not stand in a header"),
        ("twilio", "fields of the body or the query"),
    ] {
        let line = format!("sign --provider {provider} --secret-env SECRET --format json");
        let run = run(&line, &[("SECRET", hex)], "");
        run.fails_with(words);
        assert_eq!(run.json()["error"], "bad-scheme");
    }
}
