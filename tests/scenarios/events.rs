//! What chooses the handler's event: signed bytes alone, and no event is lost for being new.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use bytes::Bytes;
use hookproof::axum::{Verified, VerifiedBytes, VerifiedRejection};
use hookproof::events::{Event as _, mailingapi, sendmux};
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, Proven, providers};
use http::{HeaderMap, StatusCode};
use tower::ServiceExt as _;

use crate::support::http::{endpoint, outward, request, signed, verifier};

/// What the handler saw last.
type Saw = Arc<Mutex<String>>;

fn see(saw: &Saw, what: impl Into<String>) {
    *saw.lock().expect("not poisoned") = what.into();
}

async fn send(app: &Router, headers: HeaderMap, body: &[u8]) -> StatusCode {
    let sent = request(headers, Body::from(body.to_vec()));
    let answer = app.clone().oneshot(sent).await.expect("infallible");
    let (status, _, said) = outward(answer).await;
    assert!(said.is_empty(), "nothing is said");
    status
}

async fn send_signed(app: &Router, scheme: &Scheme, body: &[u8]) -> StatusCode {
    send(app, signed(scheme, body), body).await
}

/// hx-s-045, unsigned event-type header differs from the signed body: the event is the body's, and the
/// header is readable as `Unsigned` alone.
#[tokio::test]
async fn hx_s_045_an_unsigned_event_header_differs_from_the_body() {
    let saw = Saw::default();
    let handler = {
        let saw = Arc::clone(&saw);
        move |event: Verified<sendmux::Event>, proven: Proven| async move {
            let unsigned = matches!(event.kind, sendmux::EventKind::Delivered(_));
            see(&saw, format!("{unsigned} {:?}", proven.event_type()));
        }
    };
    let app = Router::new().route("/", post(endpoint(&providers::SENDMUX).handler(handler)));
    let body = br#"{"id":"evt_1","type":"message.delivered","data":{"recipients":[]}}"#;
    let mut headers = signed(&providers::SENDMUX, body);
    for name in ["x-sendmux-event", "x-sendmux-event-type", "x-event-type"] {
        headers.insert(name, "message.bounced".parse().expect("a value"));
    }
    assert_eq!(send(&app, headers, body).await, 200);
    assert_eq!(
        *saw.lock().expect("not poisoned"),
        "true Some(\"message.delivered\")"
    );
}

/// An app that takes MailingAPI's events.
fn typed(saw: &Saw) -> Router {
    let saw = Arc::clone(saw);
    let handler = move |event: Verified<mailingapi::Event>| async move {
        see(&saw, format!("{:?}", event.into_inner().kind));
    };
    Router::new().route("/", post(endpoint(&providers::MAILINGAPI).handler(handler)))
}

/// hx-s-046, unknown event type: `EventKind::Unknown` with its name and the whole body, and 200.
#[tokio::test]
async fn hx_s_046_an_unknown_event_type() {
    let saw = Saw::default();
    let handler = {
        let saw = Arc::clone(&saw);
        move |event: Verified<mailingapi::Event>| async move {
            if let mailingapi::EventKind::Unknown(unknown) = event.into_inner().kind {
                see(&saw, unknown.raw.get());
            }
        }
    };
    let app = Router::new().route("/", post(endpoint(&providers::MAILINGAPI).handler(handler)));
    for body in [
        r#"{"id":"evt_1","type":"brand.new","data":{"of":["any",1,null]}}"#,
        r#"{"id":7,"type":"brand.new","timestamp":"soon","data":"flat"}"#,
        r#"{"type":""}"#,
        "{}",
    ] {
        assert_eq!(
            send_signed(&app, &providers::MAILINGAPI, body.as_bytes()).await,
            200
        );
        assert_eq!(*saw.lock().expect("not poisoned"), body, "kept as it came");
    }
}

/// hx-s-047, known type, unexpected shape: what is missing reads as `None`, and 200; what has another
/// type than documented is 422 (`events`, rules 3 and 4). `VerifiedBytes` has the body in both cases.
#[tokio::test]
async fn hx_s_047_a_known_type_of_an_unexpected_shape() {
    let saw = Saw::default();
    let (typed, heard) = (typed(&saw), Arc::new(Mutex::new(String::new())));
    let unparsable = {
        let heard = Arc::clone(&heard);
        Endpoint::builder("hooks", verifier(&providers::MAILINGAPI))
            .on_unparsable(move |_, error| {
                let mut heard = heard.lock().expect("not poisoned");
                writeln!(heard, "{error}").expect("written");
            })
            .without_replay_guard()
            .build()
            .expect("a sound endpoint")
    };
    let raw = {
        let saw = Arc::clone(&saw);
        move |body: VerifiedBytes, event: Result<Verified<mailingapi::Event>, VerifiedRejection>| async move {
            assert_eq!(event.is_ok(), mailingapi::Event::from_body(&body).is_ok());
            see(&saw, String::from_utf8_lossy(&body));
        }
    };
    let raw = Router::new().route("/", post(unparsable.handler(raw)));
    for (body, status) in [
        (r#"{"type":"delivered"}"#, 200),
        (r#"{"type":"delivered","data":{}}"#, 200),
        (r#"{"type":"bounced","data":{"to":null}}"#, 200),
        (r#"{"type":"delivered","data":[]}"#, 422),
        (r#"{"type":"delivered","data":{"to":7}}"#, 422),
        (r#"{"type":7}"#, 422),
        ("[]", 422),
        ("", 422),
    ] {
        let scheme = &providers::MAILINGAPI;
        assert_eq!(
            send_signed(&typed, scheme, body.as_bytes()).await,
            status,
            "{body}"
        );
        assert_eq!(
            send_signed(&raw, scheme, body.as_bytes()).await,
            200,
            "{body}"
        );
        assert_eq!(*saw.lock().expect("not poisoned"), body);
    }
    let heard = heard.lock().expect("not poisoned").lines().count();
    assert_eq!(heard, 5, "the operator hears of each");
}

/// hx-s-053, form body: verified over the form as it was sent, whatever is in it.
#[tokio::test]
async fn hx_s_053_a_form_body() {
    let saw = Saw::default();
    let handler = {
        let saw = Arc::clone(&saw);
        move |body: VerifiedBytes| async move {
            see(&saw, String::from_utf8_lossy(&body));
        }
    };
    let app = Router::new().route("/", post(endpoint(&providers::SLACK).handler(handler)));
    let form = "payload=%7B%22type%22%3A%22block_actions%22%7D&a=1+2&a=%zz&&=";
    let mut headers = signed(&providers::SLACK, form.as_bytes());
    let kind = "application/x-www-form-urlencoded"
        .parse()
        .expect("a value");
    headers.insert("content-type", kind);
    assert_eq!(send(&app, headers.clone(), form.as_bytes()).await, 200);
    assert_eq!(*saw.lock().expect("not poisoned"), form);
    // The same fields, written otherwise.
    let other = form.replace("1+2", "1%202");
    assert_eq!(send(&app, headers, &Bytes::from(other)).await, 401);
}
