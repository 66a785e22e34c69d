//! What senders are told and what hooks hear.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookproof::scheme::Scheme;
use hookproof::{
    Answers, ConfigErrorKind, Endpoint, EndpointBuilder, ReplayDecided, UnhandledKind,
    VerifyErrorKind, providers,
};
use http::StatusCode;
use tokio::time::sleep;

use super::driver::{App, all, builder, guarded};
use super::forms::event;
use super::puppet::{Act, Ask, Puppet};
use crate::support::delivered::Delivered;

fn delivery() -> Delivered {
    event(&providers::GITHUB, 1)
}

fn answers(status: StatusCode) -> Answers {
    Answers::for_scheme(&providers::GITHUB).duplicate(status)
}

/// What hooks heard, in order.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn hear(&self, what: String) {
        self.0.lock().expect("no panic").push(what);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no panic"))
    }

    fn on(&self, builder: EndpointBuilder<ReplayDecided>) -> Endpoint {
        let (accepted, refused, unhandled) = (self.clone(), self.clone(), self.clone());
        builder
            .on_accept(move |receipt| {
                assert_eq!(receipt.endpoint(), Some("hooks"));
                accepted.hear("accepted".to_owned());
            })
            .on_refusal(move |refusal| {
                let (kind, answer) = (refusal.error().kind(), refusal.answer());
                refused.hear(format!("refused {kind} {}", answer.status().as_u16()));
            })
            .on_unhandled(move |it| {
                let proven = it.proven();
                assert_eq!(proven.receipt().endpoint(), Some("hooks"));
                assert_eq!(&proven.body()[..], &delivery().body[..]);
                let answer = it.answer();
                let after = answer.retry_after_secs();
                let status = answer.status().as_u16();
                unhandled.hear(format!("{} {status} {after:?}", it.kind()));
            })
            .build()
            .expect("a sound endpoint")
    }
}

#[tokio::test(start_paused = true)]
async fn a_duplicate_is_answered_as_the_endpoint_says() {
    for driver in all() {
        for status in [StatusCode::OK, StatusCode::ACCEPTED, StatusCode::NO_CONTENT] {
            let endpoint = builder(&providers::GITHUB, Puppet::default())
                .answers(answers(status))
                .build()
                .expect("in the 200s");
            let app = App::quick(driver, &endpoint);
            app.send(&delivery()).await;
            let second = app.send(&delivery()).await;
            assert_eq!(second.status, status.as_u16(), "{driver:?}");
            assert!(second.body.is_empty(), "{driver:?}");
            assert_eq!(app.calls(), 1, "{driver:?}");
        }
    }
}

#[test]
fn a_duplicate_cannot_be_answered_with_anything_but_success() {
    for status in [100, 302, 304, 400, 409, 500, 503] {
        let status = StatusCode::from_u16(status).expect("a status");
        let error = builder(&providers::GITHUB, Puppet::default())
            .answers(answers(status))
            .build()
            .expect_err("the provider would send it again");
        assert_eq!(error.kind(), ConfigErrorKind::BadEndpoint);
        let why = format!(
            "a delivery that was handled before cannot be answered {}: the provider would send it again; use a status in the 200s",
            status.as_u16()
        );
        assert_eq!(error.to_string(), why);
    }
}

#[test]
fn an_answer_without_content_announces_no_length() {
    let duplicate = |status| answers(status).to_unhandled(UnhandledKind::Duplicate);
    let response = duplicate(StatusCode::OK).into_response::<String>();
    assert_eq!(response.headers()["content-length"], "0");
    let response = duplicate(StatusCode::NO_CONTENT).into_response::<String>();
    assert!(!response.headers().contains_key("content-length"));
}

#[tokio::test(start_paused = true)]
async fn hooks_hear_of_each_delivery_what_became_of_it() {
    for driver in all() {
        let (heard, store) = (Heard::default(), Puppet::default());
        let deadline = Duration::from_secs(5);
        let endpoint = builder(&providers::GITHUB, store.clone()).handler_deadline(deadline);
        let app = App::new(driver, &heard.on(endpoint), |job| async move {
            sleep(Duration::from_secs(if job.nth == 1 { 4 } else { 6 })).await;
            200
        });
        let mut forged = delivery();
        forged.body.push(b' ');
        app.send(&forged).await;
        assert_eq!(heard.take(), ["refused mismatch 401"], "{driver:?}");

        let first = app.spawn(&delivery());
        sleep(Duration::from_secs(1)).await;
        assert_eq!(heard.take(), ["accepted"], "{driver:?}");
        app.send(&delivery()).await;
        let expected = ["accepted", "in-progress 503 Some(5)"];
        assert_eq!(heard.take(), expected, "{driver:?}");
        first.await.expect("no panic");
        assert!(heard.take().is_empty(), "{driver:?}");
        app.send(&delivery()).await;
        let expected = ["accepted", "duplicate 200 None"];
        assert_eq!(heard.take(), expected, "{driver:?}");

        store.next(Ask::Claim, [Act::Refuses, Act::Fails, Act::Hangs]);
        for kind in ["store-full", "store-unavailable", "store-unavailable"] {
            app.send(&delivery()).await;
            let expected = ["accepted".to_owned(), format!("{kind} 503 Some(5)")];
            assert_eq!(heard.take(), expected, "{driver:?}");
        }

        store.forget();
        app.send(&delivery()).await;
        let expected = ["accepted", "overdue 503 Some(5)"];
        assert_eq!(heard.take(), expected, "{driver:?}");
        assert_eq!(app.calls(), 2, "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_body_that_nothing_tells_apart_is_refused_and_not_handled() {
    let empty = |scheme: &Scheme| {
        let mut delivered = Delivered::signed(scheme).with_body("");
        delivered.sign();
        delivered
    };
    let mut schemes = vec![(&providers::GITHUB, 401), (&providers::SENDKIT, 401)];
    if cfg!(feature = "json") {
        schemes.extend([(&providers::SENDMUX, 401), (&providers::JETEMAIL, 503)]);
    }
    for driver in all() {
        for (scheme, status) in &schemes {
            let (heard, store) = (Heard::default(), Puppet::default());
            let endpoint = heard.on(builder(scheme, store.clone()));
            let app = App::quick(driver, &endpoint);
            let reply = app.send(&empty(scheme)).await;
            let what = format!("{driver:?} {}", scheme.slug());
            assert_eq!(reply.status, *status, "{what}");
            assert!(reply.body.is_empty(), "{what}");
            let kind = VerifyErrorKind::Malformed;
            let refused = format!("refused {kind} {status}");
            assert_eq!(heard.take().last(), Some(&refused), "{what}");
            assert_eq!((app.calls(), store.calls()), (0, 0), "{what}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_body_that_its_timestamp_tells_apart_is_handled_once() {
    for driver in all() {
        let app = App::quick(driver, &guarded(&providers::SENT, Puppet::default()));
        let mut delivered = Delivered::signed(&providers::SENT).with_body("");
        delivered.sign();
        assert!(app.send(&delivered).await.is_handlers(), "{driver:?}");
        assert!(app.send(&delivered).await.is_duplicate(), "{driver:?}");
        let mut later = delivered.at(delivered.now + 1);
        later.sign();
        assert!(app.send(&later).await.is_handlers(), "{driver:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_a_hook_leaves_no_claim_behind() {
    for driver in all() {
        let store = Puppet::default();
        let endpoint = builder(&providers::GITHUB, store.clone())
            .on_unhandled(|_| panic!("a hook of the user's"))
            .build()
            .expect("sound");
        let app = App::quick(driver, &endpoint);
        store.next(Ask::Claim, [Act::Late(Duration::from_secs(60))]);
        assert!(app.spawn(&delivery()).await.is_err(), "{driver:?}");
        assert!(app.send(&delivery()).await.is_handlers(), "{driver:?}");
        assert!(app.spawn(&delivery()).await.is_err(), "{driver:?}");
        assert_eq!(app.calls(), 1, "{driver:?}");
    }
}

#[test]
fn kinds_have_names() {
    let names = [
        (UnhandledKind::Duplicate, "duplicate"),
        (UnhandledKind::InProgress, "in-progress"),
        (UnhandledKind::Overdue, "overdue"),
        (UnhandledKind::StoreFull, "store-full"),
        (UnhandledKind::StoreUnavailable, "store-unavailable"),
    ];
    for (kind, name) in names {
        assert_eq!(kind.as_str(), name);
        assert_eq!(kind.to_string(), name);
    }
}
