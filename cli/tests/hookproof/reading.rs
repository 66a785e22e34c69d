//! How a raw request is read: its head, and where its body ends.

use std::io::Write as _;

use crate::support::{
    GITHUB_BODY, GITHUB_HEAD, GITHUB_SECRET, Run, finish, judge, judge_github, run, start,
};

#[test]
fn without_a_length_the_body_is_the_rest() {
    assert_eq!(judge_github("\r\nHello, World!").kind(), "accepted");
    assert_eq!(judge_github("\r\nHello, World!\n").kind(), "mismatch");
    assert_eq!(judge_github("\r\n").kind(), "mismatch");
}

#[test]
fn with_a_length_the_body_is_that_long() {
    assert_eq!(
        judge_github("Content-Length: 13\r\n\r\nHello, World!").kind(),
        "accepted"
    );
    assert_eq!(
        judge_github("Content-Length: 12\r\n\r\nHello, World!").kind(),
        "mismatch"
    );
    assert_eq!(judge_github("Content-Length: 0\r\n\r\n").kind(), "mismatch");
}

#[test]
fn what_follows_the_body_is_not_judged_and_warned_of() {
    let run = judge_github("Content-Length: 13\r\n\r\nHello, World!\n");
    assert_eq!(run.kind(), "accepted");
    assert!(
        run.stderr.contains("the input goes on after the body"),
        "{run:?}"
    );
}

#[test]
fn a_body_that_ends_before_its_length_is_a_body_error() {
    for rest in [
        "Content-Length: 14\r\n\r\nHello, World!",
        "Content-Length: 1\r\n\r\n",
    ] {
        assert_eq!(judge_github(rest).kind(), "body-error");
    }
}

#[test]
fn a_chunked_body_is_put_together() {
    for chunks in [
        "d\r\nHello, World!\r\n0\r\n\r\n",
        "5\r\nHello\r\n8\r\n, World!\r\n0\r\n\r\n",
        "00005;ext=\"v\"\r\nHello\r\n8\r\n, World!\r\n000\r\nTrailer: x\r\n\r\n",
        "D\r\nHello, World!\r\n0\r\nX-Hub-Signature-256: sha256=00\r\n\r\n",
    ] {
        let run = judge_github(format!("Transfer-Encoding: Chunked\r\n\r\n{chunks}"));
        assert_eq!(run.kind(), "accepted", "{chunks}");
    }
}

#[test]
fn bad_chunks_are_a_body_error() {
    for chunks in [
        "",
        "d",
        "d\r\nHello",
        "d\r\nHello, World!",
        "d\r\nHello, World!\r\n",
        "d\r\nHello, World!\r\n0\r\n",
        "d\r\nHello, World!\n0\r\n\r\n",
        "c\r\nHello, World!\r\n0\r\n\r\n",
        "-1\r\nHello, World!\r\n0\r\n\r\n",
        "0x d\r\nHello, World!\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\nHello, World!\r\n0\r\n\r\n",
        "ffffffffffffffff\r\nHello, World!\r\n0\r\n\r\n",
        "d\r\nHello, World!\r\n0\r\nno trailer\r\n\r\n",
        "Hello, World!",
    ] {
        let run = judge_github(format!("Transfer-Encoding: chunked\r\n\r\n{chunks}"));
        assert_eq!(run.kind(), "body-error", "{chunks}");
    }
    let endless = format!(
        "Transfer-Encoding: chunked\r\n\r\nd;{}",
        "e".repeat(100_000)
    );
    assert_eq!(judge_github(endless).kind(), "body-error");
}

#[test]
fn two_opinions_on_the_bodys_end_are_a_body_error() {
    for lines in [
        "Content-Length: 13\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 13\r\nContent-Length: 12\r\n",
        "Content-Length: 13, 12\r\n",
        "Content-Length: +13\r\n",
        "Content-Length: 0x0d\r\n",
        "Content-Length:\r\n",
        "Content-Length: -1\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity\r\n",
    ] {
        let run = judge_github(format!("{lines}\r\nHello, World!"));
        assert_eq!(run.kind(), "body-error", "{lines}");
    }
    let same = "Content-Length: 13\r\nContent-Length: 13, 13\r\n\r\nHello, World!";
    assert_eq!(judge_github(same).kind(), "accepted");
}

#[test]
fn lines_may_all_end_in_lf_alone() {
    let request = format!("{GITHUB_HEAD}\r\n").replace("\r\n", "\n") + GITHUB_BODY;
    assert_eq!(
        judge("github", GITHUB_SECRET, request, "").kind(),
        "accepted"
    );
}

#[test]
fn empty_lines_before_the_request_line_are_passed_over() {
    let request = format!("\r\n\r\n{GITHUB_HEAD}\r\n{GITHUB_BODY}");
    assert_eq!(
        judge("github", GITHUB_SECRET, request, "").kind(),
        "accepted"
    );
}

#[test]
fn a_head_that_is_not_http_is_malformed() {
    let long = format!("POST / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(20_000));
    for request in [
        "",
        "\r\n",
        "\n\n\n",
        "garbage",
        "garbage\r\n\r\n",
        "\u{0}\u{1}\u{2}\r\n\r\n",
        "X-Hub-Signature-256: sha256=00\r\n\r\n",
        "POST / HTTP/2\r\n\r\n",
        "POST / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\n",
        "POST / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nspace : before\r\n\r\n",
        "POST / HTTP/1.1\r\na: b\r\n folded\r\n\r\n",
        "POST / HTTP/1.1\r\n: no name\r\n\r\n",
        "POST / HTTP/1.1\r\na: nul\u{0}\r\n\r\n",
        "POST / HTTP/1.1\r\na: delete\u{7f}\r\n\r\n",
        "POST / HTTP/1.1\r\na: b\rc\r\n\r\n",
        "POST / HTTP/1.1\r\na: b\nc: d\r\n\r\n",
        "POST / HTTP/1.1\r\na: b\n\r\n\r\n",
        "POST / HTTP/1.1\r\na: b\n\nbody",
        "POST / HTTP/1.1\na: b\r\n\n",
        long.as_str(),
    ] {
        let run = judge("github", GITHUB_SECRET, request, "");
        assert_eq!(run.kind(), "malformed", "{request:.80}");
    }
}

#[test]
fn the_bodys_bytes_may_be_any() {
    let run = judge_github(b"\r\n\x00\xff\r\n\r\n");
    assert_eq!(run.kind(), "mismatch");
}

#[test]
fn a_fault_of_the_head_hides_one_of_the_body() {
    let request = "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n";
    let run = judge("github", GITHUB_SECRET, request, "");
    assert_eq!(run.kind(), "missing-header");
}

/// Judges a file under GitHub's secret.
fn judge_file(path: &str) -> Run {
    let line = format!("{GITHUB} --request {path}");
    run(&line, &[("SECRET", GITHUB_SECRET)], "")
}

const GITHUB: &str = "verify --provider github --secret-env SECRET --format json";

#[test]
fn a_file_is_read_like_standard_input() {
    let path = std::env::temp_dir().join(format!("hookproof-{}.http", std::process::id()));
    std::fs::write(&path, format!("{GITHUB_HEAD}\r\n{GITHUB_BODY}")).expect("a file");
    let run = judge_file(path.to_str().expect("UTF-8"));
    std::fs::remove_file(&path).expect("the file");
    assert_eq!(run.kind(), "accepted");
}

#[test]
fn an_unreadable_file_is_no_refusal() {
    for path in ["/nonexistent/request.http", "/"] {
        let run = judge_file(path);
        run.fails_with(path);
        assert_eq!(run.json()["error"], "unreadable");
    }
}

#[test]
fn a_body_announced_over_the_limit_is_too_large() {
    for length in [
        "67108865",
        "18446744073709551615",
        "99999999999999999999999999",
    ] {
        let run = judge_github(format!("Content-Length: {length}\r\n\r\n"));
        assert_eq!(run.kind(), "too-large");
    }
    assert_eq!(
        judge_github("Content-Length: 67108864\r\n\r\n").kind(),
        "body-error"
    );
}

#[test]
fn a_body_of_the_limit_is_judged() {
    let chunk = format!("100000\r\n{}\r\n", "x".repeat(0x0010_0000)).repeat(64);
    let rest = format!("Transfer-Encoding: chunked\r\n\r\n{chunk}0\r\n\r\n");
    assert_eq!(judge_github(rest).kind(), "mismatch");
}

#[test]
fn a_head_of_the_limits_is_judged_and_a_longer_one_malformed() {
    const MAX_HEAD: usize = 16 * 1024 * 1024;
    let around = GITHUB_HEAD.len() + "a: \r\n\r\n".len();
    for (more, kind) in [(0, "accepted"), (1, "malformed")] {
        let value = "x".repeat(MAX_HEAD - around + more);
        let run = judge_github(format!("a: {value}\r\n\r\n{GITHUB_BODY}"));
        assert_eq!(run.kind(), kind);

        // Two headers are there already.
        let lines = "a: b\r\n".repeat(16 * 1024 - 2 + more);
        let run = judge_github(format!("{lines}\r\n{GITHUB_BODY}"));
        assert_eq!(run.kind(), kind);
    }
}

/// Sends for ever and says how the program ends it.
fn flooded(start_with: &str, piece: &str) -> String {
    let mut child = start(
        &format!("{GITHUB} --request -"),
        &[("SECRET", GITHUB_SECRET)],
    );
    let mut stdin = child.stdin.take().expect("piped");
    let piece = piece.repeat(64 * 1024 / piece.len());
    let mut sent = stdin.write_all(start_with.as_bytes());
    while sent.is_ok() {
        sent = stdin.write_all(piece.as_bytes());
    }
    drop(stdin);
    finish(child).kind()
}

#[test]
fn an_endless_body_is_too_large() {
    assert_eq!(flooded(&format!("{GITHUB_HEAD}\r\n"), "x"), "too-large");
}

#[test]
fn an_endless_head_is_malformed() {
    assert_eq!(flooded(&format!("{GITHUB_HEAD}X-Long: "), "x"), "malformed");
    assert_eq!(flooded(GITHUB_HEAD, "a: b\r\n"), "malformed");
    assert_eq!(flooded("", "\r\n"), "malformed");
}
