//! A receiver on Lambda, without AWS: reads an event, and says what the function would answer.
//!
//! `cargo run --example lambda -- event.json` judges the event in that file, or the one on standard
//! input where none is named. `GITHUB_SECRET` holds the secret. The answer is printed as the JSON
//! that a function returns; the exit status is 1 if the event is no request.
//!
//! On AWS, `answer` is what `lambda_runtime::service_fn` is given, with `LambdaRequest` as the type
//! of its payload.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Read as _};

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::routing::post;
use hookproof::axum::VerifiedBytes;
use hookproof::lambda::LambdaRequest;
use hookproof::{Endpoint, Secret, Verifier, providers};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower_service::Service as _;

type AnyError = Box<dyn Error + Send + Sync>;

async fn on_event(event: VerifiedBytes) -> StatusCode {
    eprintln!("proven: {} bytes", event.into_inner().len());
    StatusCode::NO_CONTENT
}

fn receiver(secret: String) -> Result<Router, AnyError> {
    let verifier = Verifier::new(&providers::GITHUB, Secret::new(secret))?;
    // Instances share no memory: a guard against replays needs the store on Redis.
    let endpoint = Endpoint::builder("github", verifier)
        .without_replay_guard()
        .build()?;
    // Whatever the path: what leads to the function has chosen it.
    Ok(Router::new().fallback_service(post(endpoint.handler(on_event))))
}

async fn answer(receiver: &mut Router, request: LambdaRequest) -> Result<Value, AnyError> {
    let response = receiver
        .call(request.into_request().map(Body::from))
        .await?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await?.to_bytes();
    Ok(json!({"statusCode": status, "body": String::from_utf8_lossy(&body)}))
}

fn event() -> io::Result<Vec<u8>> {
    match env::args_os().nth(1) {
        Some(file) => fs::read(file),
        None => {
            let mut event = Vec::new();
            io::stdin().read_to_end(&mut event)?;
            Ok(event)
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), AnyError> {
    let secret = env::var("GITHUB_SECRET").map_err(|_| "GITHUB_SECRET holds no secret")?;
    let mut receiver = receiver(secret)?;
    let request = LambdaRequest::from_slice(&event()?).map_err(|error| error.to_string())?;
    println!("{}", answer(&mut receiver, request).await?);
    Ok(())
}
