//! Hooks: once a delivery, before the answer, and without a say.

use std::sync::{Arc, Mutex};

use hookproof::replay::MemoryStore;
use hookproof::{Answers, Endpoint, VerifyErrorKind, providers};
use http::{Request, StatusCode};

use crate::drivers::Driver;
use crate::moments::{BODY, NOW, builder, genuine, plain, signed_at, unsigned};
use crate::support::http::{Scripted, request};
use crate::tenancy;

/// What happened, in order.
#[derive(Clone, Default)]
struct Story(Arc<Mutex<Vec<String>>>);

impl Story {
    fn add(&self, what: impl Into<String>) {
        let mut story = self.0.lock().expect("nothing panics under the lock");
        story.push(what.into());
    }

    fn take(&self) -> Vec<String> {
        let mut story = self.0.lock().expect("nothing panics under the lock");
        std::mem::take(&mut *story)
    }

    /// An endpoint of which every hook tells.
    fn of(&self) -> hookproof::EndpointBuilder {
        let (refused, accepted, unhandled) = (self.clone(), self.clone(), self.clone());
        builder("hooks", &providers::STRIPE)
            .on_refusal(move |refusal| {
                let (kind, status) = (refusal.error().kind(), refusal.answer().status());
                assert!(!refusal.is_observed());
                assert_eq!(refusal.endpoint(), "hooks");
                refused.add(format!("refused {kind} {}", status.as_u16()));
            })
            .on_accept(move |receipt| accepted.add(format!("accepted {}", receipt.key())))
            .on_unhandled(move |told| {
                let (kind, status) = (told.kind(), told.answer().status());
                unhandled.add(format!("unhandled {kind} {}", status.as_u16()));
            })
    }

    async fn send(&self, driver: Driver, endpoint: &Endpoint, request: Request<Scripted>) {
        let handled = self.clone();
        let answer = driver.send_to(endpoint, request, move || {
            handled.add("handled");
            StatusCode::OK
        });
        let status = answer.await.0;
        self.add(format!("answered {}", status.as_u16()));
    }
}

#[tokio::test]
async fn hooks_run_once_for_each_delivery_and_before_its_answer() {
    for driver in Driver::ALL {
        let story = Story::default();
        let endpoint = story.of().replay(MemoryStore::default()).build();
        let endpoint = endpoint.expect("a sound endpoint");

        story.send(driver, &endpoint, unsigned()).await;
        let refused = ["refused missing-header 401", "answered 401"];
        assert_eq!(story.take(), refused, "{driver:?}");

        let headers = signed_at(&providers::STRIPE, BODY, NOW);
        let tampered = request(headers, Scripted::pieces(b"{\"id\":1}", 3));
        story.send(driver, &endpoint, tampered).await;
        let refused = ["refused mismatch 401", "answered 401"];
        assert_eq!(story.take(), refused, "{driver:?}");

        story
            .send(driver, &endpoint, genuine(&providers::STRIPE))
            .await;
        let accepted = ["accepted primary", "handled", "answered 200"];
        assert_eq!(story.take(), accepted, "{driver:?}");

        story
            .send(driver, &endpoint, genuine(&providers::STRIPE))
            .await;
        let again = [
            "accepted primary",
            "unhandled duplicate 200",
            "answered 200",
        ];
        assert_eq!(story.take(), again, "{driver:?}");
    }
}

#[tokio::test]
async fn hooks_see_the_status_that_is_answered() {
    let answers = Answers::for_scheme(&providers::STRIPE)
        .not_authentic(StatusCode::FORBIDDEN)
        .too_large(StatusCode::INSUFFICIENT_STORAGE);
    for driver in Driver::ALL {
        let story = Story::default();
        let endpoint = story.of().answers(answers).without_replay_guard().build();
        let endpoint = endpoint.expect("a sound endpoint");
        story.send(driver, &endpoint, unsigned()).await;
        let refused = ["refused missing-header 403", "answered 403"];
        assert_eq!(story.take(), refused, "{driver:?}");

        let mut announced = genuine(&providers::STRIPE);
        let length = "99999999".parse().expect("a value");
        announced.headers_mut().insert("content-length", length);
        story.send(driver, &endpoint, announced).await;
        let refused = ["refused too-large 507", "answered 507"];
        assert_eq!(story.take(), refused, "{driver:?}");
    }
}

#[test]
fn a_driver_without_claims_tells_hooks_by_itself() {
    let story = Story::default();
    let endpoint = story.of().without_replay_guard().build();
    let endpoint = endpoint.expect("a sound endpoint");
    let (parts, _) = genuine(&providers::STRIPE).into_parts();
    let mut verification = endpoint.begin(&parts).expect("a sound head");
    verification.update(BODY.into()).expect("room");
    let proven = verification.finish().expect("genuine");
    assert!(story.take().is_empty(), "nobody was told yet");
    endpoint.accept(&proven).expect("no guard");
    assert_eq!(story.take(), ["accepted primary"]);

    let (parts, _) = unsigned().into_parts();
    let error = endpoint.begin(&parts).expect_err("unsigned");
    assert!(story.take().is_empty(), "nobody was told yet");
    assert_eq!(endpoint.refuse(&error).status(), StatusCode::UNAUTHORIZED);
    assert_eq!(story.take(), ["refused missing-header 401"]);
}

#[test]
fn a_driver_that_must_claim_cannot_accept_and_no_hook_is_told() {
    let story = Story::default();
    let endpoint = story.of().replay(MemoryStore::default()).build();
    let endpoint = endpoint.expect("a sound endpoint");
    let (parts, _) = genuine(&providers::STRIPE).into_parts();
    let mut verification = endpoint.begin(&parts).expect("a sound head");
    verification.update(BODY.into()).expect("room");
    let proven = verification.finish().expect("genuine");
    let error = endpoint.accept(&proven).expect_err("a guard");
    assert_eq!(error.kind(), VerifyErrorKind::Unavailable);
    assert!(story.take().is_empty());
}

#[tokio::test]
async fn hooks_of_endpoints_with_tenants_see_whose_delivery_it_was() {
    let story = Story::default();
    let (refused, accepted) = (story.clone(), story.clone());
    let endpoint = tenancy::builder("hooks", &providers::STRIPE)
        .on_refusal(move |refusal| {
            let error = refusal.error();
            refused.add(format!("refused {} {:?}", error.kind(), error.tenant()));
        })
        .on_accept(move |receipt| accepted.add(format!("accepted {:?}", receipt.tenant())))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint");
    for driver in Driver::ALL {
        let known = tenancy::to(tenancy::KNOWN, genuine(&providers::STRIPE));
        driver.send(&endpoint, known).await;
        let unknown = tenancy::to("made-up", genuine(&providers::STRIPE));
        driver.send(&endpoint, unknown).await;
        let headers = signed_at(&providers::STRIPE, BODY, NOW);
        let tampered = request(headers, Scripted::data(b"{}"));
        driver
            .send(&endpoint, tenancy::to(tenancy::KNOWN, tampered))
            .await;
        let told = [
            r#"accepted Some("acme")"#,
            "refused unknown-tenant None",
            r#"refused mismatch Some("acme")"#,
        ];
        assert_eq!(story.take(), told, "{driver:?}");
    }
}

#[tokio::test]
async fn answers_are_the_same_with_hooks_and_without() {
    for driver in Driver::ALL {
        let hooked = Story::default().of().without_replay_guard().build();
        let hooked = hooked.expect("a sound endpoint");
        let plain = plain("hooks", &providers::STRIPE);
        for sent in [unsigned, || genuine(&providers::STRIPE)] {
            let answers = (
                driver.send(&hooked, sent()).await,
                driver.send(&plain, sent()).await,
            );
            assert_eq!(answers.0, answers.1, "{driver:?}");
        }
    }
}

#[tokio::test]
async fn a_hook_that_panics_lets_nothing_through_and_breaks_nothing() {
    let on_refusal = builder("hooks", &providers::STRIPE)
        .on_refusal(|_| panic!("a hook's mistake"))
        .replay(MemoryStore::default());
    let on_accept = builder("hooks", &providers::STRIPE)
        .on_accept(|_| panic!("a hook's mistake"))
        .replay(MemoryStore::default());
    let sent = [unsigned, || genuine(&providers::STRIPE)];
    for (nth, endpoint) in [on_refusal, on_accept].into_iter().enumerate() {
        let endpoint = endpoint.build().expect("a sound endpoint");
        for driver in Driver::ALL {
            let handled = Story::default();
            let (hears, endpoint) = (handled.clone(), endpoint.clone());
            let sending = async move {
                driver
                    .send_to(&endpoint, sent[nth](), move || {
                        hears.add("handled");
                        StatusCode::OK
                    })
                    .await
            };
            let ended = tokio::spawn(sending).await;
            assert!(ended.expect_err("the hook panics").is_panic());
            assert!(handled.take().is_empty());
        }
        // What the hook does not hear of goes on as ever.
        let other = Driver::Layer.send(&endpoint, sent[1 - nth]()).await;
        assert_eq!(other.0, [StatusCode::OK, StatusCode::UNAUTHORIZED][nth]);
    }
}
