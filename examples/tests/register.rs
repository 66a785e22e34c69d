//! A webhook registered at the sandbox by the example, and what it then delivers.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/cargo.rs"]
mod cargo;

use std::path::Path;
use std::process::Output;
use std::sync::Arc;
use std::{env, fs};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hookproof::{Delivery, Keyring, Verifier, providers};
use hookproof_sandbox::{Emit, Provider, Running, Sandbox, State as Settled};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

use cargo::cargo;

/// Runs the example to its end.
fn register(base_url: &str, url: &str, secret_file: &Path) -> Output {
    cargo()
        .args(["run", "--quiet", "--example", "register", "--"])
        .args(["--base-url", base_url, "--url", url, "--secret-file"])
        .arg(secret_file)
        .env("SENDMUX_API_KEY", "smx_root_0123456789abcdef")
        .output()
        .expect("cargo runs")
}

async fn sandbox() -> Running {
    let address = "127.0.0.1:0".parse().expect("an address");
    Sandbox::default().start(address).await.expect("listening")
}

/// A receiver that answers as the verifier judges, from the moment that its secret is in the file.
async fn receiver(secret_file: &Path) -> String {
    async fn judge(
        State(secret_file): State<Arc<Path>>,
        headers: HeaderMap,
        body: Bytes,
    ) -> StatusCode {
        let keys = Keyring::from_file(&secret_file).expect("a keyring");
        let verifier = Verifier::new(&providers::SENDMUX_V2, keys).expect("a verifier");
        match verifier.verify(Delivery::new(&headers, &body)) {
            Ok(_) => StatusCode::OK,
            Err(_) => StatusCode::UNAUTHORIZED,
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = Router::new()
        .route("/in", post(judge))
        .with_state(Arc::from(secret_file));
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/in")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_secret_that_was_shown_once_is_kept_and_verifies() {
    let folder = env::temp_dir().join(format!("hookproof-register-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let secret_file = folder.join("sendmux.secret");
    let sandbox = sandbox().await;
    let url = receiver(&secret_file).await;

    let base_url = sandbox.url(Provider::Sendmux);
    let file = secret_file.clone();
    let run = spawn_blocking(move || register(&base_url, &url, &file));
    let output = run.await.expect("a run");
    let said = String::from_utf8_lossy(&output.stdout);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{told}");
    assert!(said.contains("ready for deliveries of sendmux"), "{said}");

    let secret = fs::read_to_string(&secret_file).expect("a file");
    let secret = secret.trim_end();
    assert!(secret.starts_with("whsec_"), "another form");
    assert!(!said.contains(secret) && !told.contains(secret));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&secret_file).expect("a file").permissions();
        assert_eq!(mode.mode() & 0o7777, 0o600);
    }

    let numbers = sandbox.emit(Provider::Sendmux, &Emit::default());
    for number in numbers.expect("a subscription") {
        let state = sandbox.settled(number).await;
        assert_eq!(state, Some(Settled::Delivered));
    }
    fs::remove_dir_all(&folder).expect("the folder");
}
