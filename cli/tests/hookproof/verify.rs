//! `hookproof verify`: verdicts, their fields, the clock, keys and warnings.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::support::{
    GITHUB_BODY, GITHUB_HEAD, GITHUB_SECRET, JUDGED, Run, STANDARD, STANDARD_AT, STANDARD_SECRET,
    finish, judge, judge_github, request, run, start,
};

/// The example of Standard Webhooks, so many seconds after it was signed.
fn standard_after(seconds: i64) -> Run {
    standard_at(STANDARD_AT + seconds)
}

fn standard_at(at: i64) -> Run {
    judge(
        "standard-webhooks",
        STANDARD_SECRET,
        STANDARD,
        &format!("--at {at}"),
    )
}

#[test]
fn an_acceptance_has_every_field() {
    let run = standard_after(7);
    assert_eq!(run.code, 0);
    assert_eq!(run.stderr, "");
    assert_eq!(run.stdout.lines().count(), 1);
    let expected = json!({
        "verdict": "accepted",
        "provider": "standard-webhooks",
        "kind": null,
        "key": "primary",
        "timestamp": STANDARD_AT,
        "age_s": 7,
        "delivery_id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "event": null,
        "unsigned_delivery_id": null,
        "unsigned_event": null,
        "message": null,
    });
    assert_eq!(run.json(), expected);
}

#[test]
fn what_no_signature_covers_is_kept_apart() {
    let run =
        judge_github("X-GitHub-Delivery: 72d3162e\r\nX-GitHub-Event: push\r\n\r\nHello, World!");
    assert_eq!(run.code, 0);
    let json = run.json();
    assert_eq!(
        (&json["delivery_id"], &json["event"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(json["unsigned_delivery_id"], "72d3162e");
    assert_eq!(json["unsigned_event"], "push");
    assert_eq!(
        (&json["timestamp"], &json["age_s"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_refusal_has_a_kind_and_proves_nothing() {
    let run = judge_github("X-GitHub-Delivery: 72d3162e\r\n\r\nHello, Mallory!");
    assert_eq!(run.code, 1);
    let expected = json!({
        "verdict": "refused",
        "provider": "github",
        "kind": "mismatch",
        "key": null,
        "timestamp": null,
        "age_s": null,
        "delivery_id": null,
        "event": null,
        "unsigned_delivery_id": null,
        "unsigned_event": null,
        "message": "signature does not match",
    });
    assert_eq!(run.json(), expected);
}

#[test]
fn the_window_has_both_its_ends_inside() {
    assert_eq!(standard_after(300).kind(), "accepted");
    assert_eq!(standard_after(301).kind(), "stale");
    assert_eq!(standard_after(-300).kind(), "accepted");
    assert_eq!(standard_after(-301).kind(), "future");
}

#[test]
fn a_refusal_for_age_tells_the_claimed_age() {
    let stale = standard_after(301).json();
    assert_eq!(
        (&stale["age_s"], &stale["timestamp"]),
        (&json!(301), &Value::Null)
    );
    assert_eq!(
        stale["message"],
        "timestamp is 301 s old, tolerance is 300 s"
    );
    assert_eq!(standard_after(-301).json()["age_s"], -301);
}

#[test]
fn the_clock_may_be_any_number() {
    for (at, kind) in [
        (i64::MIN, "future"),
        (-1, "future"),
        (0, "future"),
        (i64::MAX, "stale"),
    ] {
        assert_eq!(standard_at(at).kind(), kind, "{at}");
    }
}

#[test]
fn without_at_the_clock_is_the_systems() {
    let run = judge("standard-webhooks", STANDARD_SECRET, STANDARD, "");
    assert_eq!(run.kind(), "stale");
}

#[test]
fn older_keys_are_named_by_their_place() {
    let line = "verify --provider github --secret-env NEW --previous-secret-env OLD \
                --previous-secret-env OLDER --previous-secret-env OLDEST --request - --format json";
    let labels = ["primary", "previous", "previous-2", "previous-3"];
    for (nth, label) in labels.iter().enumerate() {
        let mut secrets = [
            ("NEW", "a-newer-secret-of-no-use"),
            ("OLD", "an-older-secret-of-no-use"),
            ("OLDER", "a-still-older-secret-of-no-use"),
            ("OLDEST", "the-oldest-secret-of-no-use"),
        ];
        secrets[nth].1 = GITHUB_SECRET;
        let run = run(line, &secrets, format!("{GITHUB_HEAD}\r\n{GITHUB_BODY}"));
        assert_eq!(run.kind(), "accepted");
        assert_eq!(run.json()["key"], *label);
    }
}

#[test]
fn url_and_settings_that_no_scheme_uses_are_warned_of() {
    let more = "--url https://hooks.example.com/in --config app_key=38abcd";
    let request = format!("{GITHUB_HEAD}\r\n{GITHUB_BODY}");
    let run = judge("github", GITHUB_SECRET, request, more);
    assert_eq!(run.kind(), "accepted");
    assert!(run.stderr.contains("warning: --url is ignored"), "{run:?}");
    assert!(
        run.stderr.contains("warning: --config app_key is ignored"),
        "{run:?}"
    );
    assert!(!run.stderr.contains("38abcd"), "{run:?}");
}

#[test]
fn a_short_key_is_warned_of_and_taken() {
    let run = judge("github", "short", "POST / HTTP/1.1\r\n\r\n", "");
    assert_eq!(run.kind(), "missing-header");
    let warning = "warning: the primary key has fewer than 16 bytes";
    assert!(run.stderr.contains(warning), "{run:?}");
}

#[test]
fn a_reader_gets_lines() {
    let line = format!("verify --provider standard-webhooks {JUDGED} --at 1614265337");
    let environment = [("SECRET", STANDARD_SECRET)];
    let accepted = run(&line, &environment, STANDARD);
    let expected = "\
verdict      accepted
provider     standard-webhooks
key          primary
timestamp    1614265330, 7 s old
delivery id  msg_p5jXN8AQM9LWM0D4loKWxJek
";
    assert_eq!((accepted.code, accepted.stdout.as_str()), (0, expected));

    let refused = run(&line, &environment, STANDARD.replace("2432232314", "1"));
    let expected = "\
verdict   refused
provider  standard-webhooks
kind      mismatch
reason    signature does not match
";
    assert_eq!((refused.code, refused.stdout.as_str()), (1, expected));
}

#[test]
fn no_text_of_a_delivery_turns_the_terminals_writing() {
    let body = r#"{"id":"evt_\u202e","type":"it's \"x\""}"#;
    let environment = [("SECRET", GITHUB_SECRET)];
    let line = "sign --provider stripe --secret-env SECRET --at 1000 --body -";
    let signed = run(line, &environment, body);
    let line = format!("verify --provider stripe {JUDGED} --at 1000");
    let run = run(&line, &environment, request(&signed.stdout, body));
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("  evt_\\u{202e}\n"), "{run:?}");
    assert!(run.stdout.contains("  it's \"x\"\n"), "{run:?}");
}

#[test]
fn a_reader_that_went_away_is_no_crash() {
    let line = format!("verify --provider github {JUDGED}");
    let mut child = start(&line, &[("SECRET", GITHUB_SECRET)]);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("piped");
    let request = format!("{GITHUB_HEAD}\r\n{GITHUB_BODY}");
    stdin.write_all(request.as_bytes()).expect("it reads");
    drop(stdin);
    let run = finish(child);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}
