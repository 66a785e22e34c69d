//! `hookproof sign`: what it signs, `verify` accepts.

use hookproof::providers::ALL;
use hookproof::scheme::{KeyFormat, Part, Scheme};

use crate::support::{
    GITHUB_BODY, GITHUB_SECRET, Run, STANDARD_SECRET, judge, request, run, run_with,
};

const BODY: &str = "{\"id\":\"evt_1\",\"type\":\"message.delivered\",\"event\":\"sent\"}";

/// Under a scheme whose keys are hex.
const HEX_SECRET: &str = "6d1f0c3b8a7e5492d0b1c2a3f4e596878899aabbccddeeff0123456789abcdef";

fn sign(provider: &str, more: &str, body: &str) -> Run {
    sign_with(STANDARD_SECRET, provider, more, body)
}

fn sign_with(secret: &str, provider: &str, more: &str, body: &str) -> Run {
    let line = format!("sign --provider {provider} --secret-env SECRET {more}");
    run(&line, &[("SECRET", secret)], body)
}

/// Where the signed requests go, as `support::request` writes them.
const URL: &str = "https://hooks.example.com/in";

/// A secret that suits the preset.
fn secret(scheme: &Scheme) -> String {
    let base64 = STANDARD_SECRET.trim_start_matches("whsec_");
    match scheme.key_format() {
        KeyFormat::Hex => HEX_SECRET.to_owned(),
        KeyFormat::Base64 { prefix } => format!("{prefix}{base64}"),
        _ => STANDARD_SECRET.to_owned(),
    }
}

/// What the sender must choose: each signed header but the timestamp's.
fn chosen(scheme: &Scheme) -> String {
    let chosen = scheme.content().iter().filter_map(|part| match part {
        Part::Header(name) => Some(format!(" --header {name}=chosen_1")),
        _ => None,
    });
    chosen.collect()
}

/// What must be known of the request, or be configured.
fn known(scheme: &Scheme) -> String {
    let mut known = String::new();
    if scheme.covers_url() {
        known.push_str(&format!(" --url {URL}"));
    }
    for name in scheme.config_names() {
        known.push_str(&format!(" --config {name}=configured_1"));
    }
    known
}

#[test]
fn what_is_signed_verifies_for_every_preset() {
    let mut signed_by_headers = 0;
    for scheme in ALL {
        let provider = scheme.slug();
        let known = known(scheme);
        let more = format!("--at 1767225600 --body -{}{known}", chosen(scheme));
        let signed = sign_with(&secret(scheme), provider, &more, BODY);
        if signed.code != 0 {
            signed.fails_with("error: bad-scheme: deliveries of ");
            continue;
        }
        signed_by_headers += 1;
        assert_eq!(signed.stderr, "", "{signed:?}");

        let verdict = |body: &str| {
            let delivery = request(&signed.stdout, body);
            let more = format!("--at 1767225601{known}");
            judge(provider, &secret(scheme), delivery, &more).kind()
        };
        assert_eq!(verdict(BODY), "accepted", "{provider}");
        let exchanged = match scheme.covers_body() {
            true => "mismatch",
            false => "accepted",
        };
        let body = BODY.replace("evt_1", "evt_2");
        assert_eq!(verdict(&body), exchanged, "{provider}");
    }
    assert!(signed_by_headers >= 140);
}

#[test]
fn the_published_signature_is_printed() {
    let more = "--at 1614265330 --header webhook-id=msg_p5jXN8AQM9LWM0D4loKWxJek --body -";
    let run = sign("standard-webhooks", more, "{\"test\": 2432232314}");
    let expected = "\
webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek
webhook-timestamp: 1614265330
webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=
";
    assert_eq!((run.code, run.stdout.as_str()), (0, expected));
}

#[test]
fn headers_come_as_an_object_too() {
    let line = "sign --provider github --secret-env SECRET --header X-GitHub-Event=push \
                --body - --format json";
    let run = run(line, &[("SECRET", GITHUB_SECRET)], GITHUB_BODY);
    let expected = serde_json::json!({
        "x-github-event": "push",
        "x-hub-signature-256":
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    });
    assert_eq!((run.code, run.json()), (0, expected));
}

#[test]
fn without_a_body_the_empty_one_is_signed() {
    let without = sign("github", "", "not read");
    let with = sign("github", "--body -", "");
    assert_eq!((without.code, &without.stdout), (0, &with.stdout));
}

#[test]
fn without_at_the_moment_is_now() {
    let signed = sign("stripe", "--body -", BODY);
    let delivery = request(&signed.stdout, BODY);
    assert_eq!(
        judge("stripe", STANDARD_SECRET, delivery, "").kind(),
        "accepted"
    );
}

#[test]
fn a_short_key_is_warned_of_and_signs() {
    let line = "sign --provider github --secret-env SECRET";
    let run = run(line, &[("SECRET", "short")], "");
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("fewer than 16 bytes"), "{run:?}");
}

#[test]
fn a_signed_header_must_be_given() {
    let run = sign("svix", "--format json", "");
    run.fails_with("the scheme signs the header svix-id: give it with --header svix-id=VALUE");
    assert_eq!(run.json()["error"], "missing-header");
}

#[test]
fn headers_that_could_not_be_sent_are_refused() {
    for header in [
        "svix-id",
        "svix-id=",
        "=value",
        "svix-id= m",
        "svix-id=m\t",
        "svix-id=a\nb: c",
        "svix id=m",
    ] {
        let arguments = [
            "sign",
            "--provider",
            "svix",
            "--secret-env",
            "SECRET",
            "--header",
            header,
        ];
        run_with(&arguments, &[("SECRET", STANDARD_SECRET)], "").fails_with("--header");
    }
    sign("svix", "--header svix-id=a --header Svix-Id=b", "").fails_with("twice");
}

#[test]
fn a_moment_without_a_timestamp_is_refused() {
    for at in ["-1", "1000000000000", "9223372036854775807"] {
        sign("stripe", &format!("--at {at}"), "").fails_with("check --at");
    }
    assert_eq!(sign("stripe", "--at 999999999999", "").code, 0);
    assert_eq!(sign("github", "--at -1", "").code, 0);
}

#[test]
fn an_unreadable_body_is_named() {
    sign("github", "--body /nonexistent/body", "").fails_with("/nonexistent/body");
}
