//! Running the program, and deliveries to run it on.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// GitHub's published example.
pub(crate) const GITHUB_SECRET: &str = "It's a Secret to Everybody";
pub(crate) const GITHUB_BODY: &str = "Hello, World!";
pub(crate) const GITHUB_HEAD: &str = "POST /in HTTP/1.1\r\nHost: hooks.example.com\r\nX-Hub-Signature-256: sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17\r\n";

/// The published example of Standard Webhooks.
pub(crate) const STANDARD_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub(crate) const STANDARD_AT: i64 = 1_614_265_330;
pub(crate) const STANDARD: &str = "POST /in HTTP/1.1\r\nwebhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek\r\nwebhook-timestamp: 1614265330\r\nwebhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\r\n\r\n{\"test\": 2432232314}";

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code, not a signal"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Standard output as the one JSON value that it must be.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The refusal's kind, with its exit code; `accepted` with its own.
    #[track_caller]
    pub(crate) fn kind(&self) -> String {
        let json = self.json();
        match json["kind"].as_str() {
            Some(kind) => {
                assert_eq!((self.code, json["verdict"].as_str()), (1, Some("refused")));
                kind.to_owned()
            }
            None => {
                assert_eq!(
                    (self.code, json["verdict"].as_str()),
                    (0, Some("accepted")),
                    "{self:?}"
                );
                "accepted".to_owned()
            }
        }
    }

    /// Asserts that nothing was judged, and that the message holds these words.
    #[track_caller]
    pub(crate) fn fails_with(&self, words: &str) {
        assert_eq!(self.code, 2, "{self:?}");
        assert!(self.stderr.contains(words), "{self:?}");
    }
}

/// A run under way, with nothing of this process's environment. The line is split at blanks.
pub(crate) fn start(line: &str, environment: &[(&str, &str)]) -> Child {
    start_with(&split(line), environment)
}

/// A whole run. What a program that has seen enough does not read is no error.
pub(crate) fn run(line: &str, environment: &[(&str, &str)], input: impl AsRef<[u8]>) -> Run {
    run_with(&split(line), environment, input)
}

/// A whole run, with arguments that may hold blanks.
pub(crate) fn run_with(
    arguments: &[&str],
    environment: &[(&str, &str)],
    input: impl AsRef<[u8]>,
) -> Run {
    let mut child = start_with(arguments, environment);
    let mut stdin = child.stdin.take().expect("piped");
    let _ = stdin.write_all(input.as_ref());
    drop(stdin);
    finish(child)
}

/// The end of a run that was started apart.
pub(crate) fn finish(child: Child) -> Run {
    Run::new(child.wait_with_output().expect("it ends"))
}

fn start_with(arguments: &[&str], environment: &[(&str, &str)]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_hookproof"))
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program is built")
}

fn split(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Judges a request on standard input under one secret, with further arguments.
pub(crate) fn judge(provider: &str, secret: &str, request: impl AsRef<[u8]>, more: &str) -> Run {
    let line = format!("verify --provider {provider} {JUDGED} --format json {more}");
    run(&line, &[("SECRET", secret)], request)
}

/// The same with further arguments that may hold blanks.
pub(crate) fn judge_with(
    provider: &str,
    secret: &str,
    request: impl AsRef<[u8]>,
    more: &[&str],
) -> Run {
    let arguments = ["verify", "--provider", provider, "--format", "json"];
    let arguments = [&arguments, split(JUDGED).as_slice(), more].concat();
    run_with(&arguments, &[("SECRET", secret)], request)
}

/// The secret from the variable of that name, the request from standard input.
pub(crate) const JUDGED: &str = "--secret-env SECRET --request -";

/// Judges GitHub's example with these header lines and body text after its own headers.
pub(crate) fn judge_github(rest: impl AsRef<[u8]>) -> Run {
    let request = [GITHUB_HEAD.as_bytes(), rest.as_ref()].concat();
    judge("github", GITHUB_SECRET, request, "")
}

/// A raw request of header lines, as `sign` prints them, and a body.
pub(crate) fn request(lines: &str, body: &str) -> Vec<u8> {
    let lines = lines.replace('\n', "\r\n");
    format!(
        "POST /in HTTP/1.1\r\nHost: hooks.example.com\r\n{lines}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
