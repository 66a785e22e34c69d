//! `hookproof sign`: what it signs, `verify` accepts.

use serde_json::Value;

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

/// A secret that suits the preset.
fn secret(preset: &Value) -> String {
    let base64 = STANDARD_SECRET.trim_start_matches("whsec_");
    match preset["key"].as_str() {
        Some("hex") => HEX_SECRET.to_owned(),
        Some(key) if key.starts_with("base64") => {
            let prefix = key
                .trim_start_matches("base64")
                .trim_start_matches(" after ");
            format!("{prefix}{base64}")
        }
        _ => STANDARD_SECRET.to_owned(),
    }
}

/// What the sender must choose: each signed header but the timestamp's.
fn chosen(preset: &Value) -> String {
    let content = preset["content"].as_str().expect("a text");
    let pieces = content
        .split('{')
        .skip(1)
        .filter_map(|it| it.split_once('}'));
    pieces
        .filter(|(name, _)| !matches!(*name, "body" | "timestamp"))
        .map(|(name, _)| format!(" --header {name}=chosen_1"))
        .collect()
}

#[test]
fn what_is_signed_verifies_for_every_preset() {
    let known = run("providers --format json", &[], "").json();
    let presets = known.as_array().expect("an array");
    assert_eq!(presets.len(), 140);
    for preset in presets {
        let provider = preset["slug"].as_str().expect("a text");
        let more = format!("--at 1767225600 --body -{}", chosen(preset));
        let signed = sign_with(&secret(preset), provider, &more, BODY);
        assert_eq!((signed.code, signed.stderr.as_str()), (0, ""), "{signed:?}");

        let verdict = |body: &str| {
            let delivery = request(&signed.stdout, body);
            judge(provider, &secret(preset), delivery, "--at 1767225601").kind()
        };
        assert_eq!(verdict(BODY), "accepted", "{provider}");
        assert_eq!(
            verdict(&BODY.replace("evt_1", "evt_2")),
            "mismatch",
            "{provider}"
        );
    }
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
