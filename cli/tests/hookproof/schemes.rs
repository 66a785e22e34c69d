//! Files of schemes: `hookproof providers check`, and `--schemes` for signing and judging.

use std::path::PathBuf;

use serde_json::json;

use crate::support::{Run, run_with};

const ACME: &str = r#"
[[scheme]]
slug = "acme"
signature = { header = "acme-signature", prefix = "sha256=" }
timestamp = { header = "acme-time" }
content = ["{timestamp}", ".", "{body}"]

[[scheme]]
slug = "stripe-relayed"
extends = "stripe"
signature = { header = "x-relayed" }
"#;

const SECRET: &str = "6d1f0c3b8a7e5492d0b1c2a3f4e596878899aabbccddeeff0123456789abcdef";

/// A file of this process's own, removed with it.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hookproof-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("a file");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn check(more: &[&str]) -> Run {
    run_with(&[&["providers", "check"], more].concat(), &[], "")
}

#[test]
fn a_sound_file_is_shown_scheme_by_scheme() {
    let file = File::new("sound.toml", ACME);
    let run = check(&[file.path()]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let acme = "acme: ok\n  signature = { header = \"acme-signature\", prefix = \"sha256=\" }\n  content = [\"{timestamp}\", \".\", \"{body}\"]\n  timestamp = { header = \"acme-time\" }\nstripe-relayed: ok\n  provider = \"stripe\"\n";
    assert!(run.stdout.starts_with(acme), "{}", run.stdout);
    let run = check(&[file.path(), "--format", "json"]);
    assert_eq!(run.code, 0);
    let sound = json!({"ok": true, "schemes": ["acme", "stripe-relayed"], "faults": []});
    assert_eq!(run.json(), sound);
}

#[test]
fn a_waiver_is_pointed_out() {
    let text = "[[scheme]]\nslug = \"own\"\nsignature = { header = \"s\" }\ncontent = [{ header = \"x-id\" }, \"{body}\"]\ndangerous-parts-touch = \"so\"\n";
    let file = File::new("waived.toml", text);
    let run = check(&[file.path()]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout
            .contains("  note: parts touch, which is waived\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn every_fault_of_a_file_is_told() {
    let text = ACME
        .replace("\"{body}\"", "\"{bodi}\"")
        .replace("x-relayed", "X-Relayed");
    let file = File::new("faulty.toml", &text);
    let run = check(&[file.path()]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (
            2,
            "scheme acme, field content: \"{bodi}\" is not known: did you mean {body}?\nscheme stripe-relayed: the signature header's name is not a legal header name in lower case: write it as x-acme-signature\n",
            ""
        )
    );
    let json = check(&[file.path(), "--format", "json"]);
    assert_eq!(json.code, 2);
    assert_eq!(
        json.json()["faults"][0],
        json!({
            "scheme": "acme",
            "field": "content",
            "line": null,
            "column": null,
            "message": "\"{bodi}\" is not known: did you mean {body}?"
        })
    );
    let file = File::new("syntax.json", "{\n");
    let run = check(&[file.path()]);
    assert_eq!(run.code, 2);
    assert!(
        run.stdout.starts_with("line 2, column 1: "),
        "{}",
        run.stdout
    );
}

#[test]
fn a_file_that_cannot_be_read_is_no_verdict() {
    check(&["/nowhere/schemes.toml"]).fails_with("error: unreadable: /nowhere/schemes.toml: ");
    check(&["schemes.yaml"]).fails_with("rename it");
    check(&[]).fails_with("<FILE>");
}

#[test]
fn listing_one_provider_and_all_still_works() {
    let one = run_with(&["providers", "stripe"], &[], "");
    assert_eq!(one.code, 0);
    assert!(one.stdout.starts_with("slug"), "{}", one.stdout);
    assert_eq!(run_with(&["providers"], &[], "").code, 0);
    run_with(&["providers", "chek"], &[], "").fails_with("unknown provider chek");
}

#[test]
fn a_scheme_of_a_file_signs_and_judges() {
    let file = File::new("used.toml", ACME);
    let secret = [("S", SECRET)];
    let at = "1767225600";
    let of = |command: &'static str, slug: &'static str| {
        vec![
            command,
            "--schemes",
            file.path(),
            "--provider",
            slug,
            "--secret-env",
            "S",
            "--at",
            at,
        ]
    };
    let signed = run_with(&of("sign", "acme"), &secret, "");
    assert_eq!(signed.code, 0, "{signed:?}");
    let head = signed.stdout.trim_end().replace('\n', "\r\n");
    let request = format!("POST /in HTTP/1.1\r\nHost: a.example\r\n{head}\r\n\r\n");
    let verify = [
        of("verify", "acme"),
        vec!["--request", "-", "--format", "json"],
    ]
    .concat();
    assert_eq!(run_with(&verify, &secret, &request).kind(), "accepted");
    let forged = request.replace("sha256=", "sha256=0000");
    assert_eq!(run_with(&verify, &secret, &forged).kind(), "malformed");
    // Presets are found beside it, and other names are not.
    assert_eq!(run_with(&of("sign", "stripe"), &secret, "").code, 0);
    run_with(&of("sign", "acne"), &secret, "").fails_with("unknown provider acne");
}
