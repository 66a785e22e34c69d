//! The catalogue's headers: in one call and streamed, through every driver, and as raw bytes.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hookproof::{Answers, Endpoint, Secret, Verifier, VerifyErrorKind, providers};
use http::StatusCode;

use crate::drivers::{Driver, Outward};
use crate::server::{Calls, Front, Version, path, serve};
use crate::support::clock::Fixed;
use crate::support::delivered::Delivered;
use crate::support::http::{Scripted, request};
use crate::support::rows::header_bytes;
use crate::support::vectors::{Vector, load};
use crate::wire::expect::Target;
use crate::wire::peer::{Peer, Seen};

const BAD_SECRET: &str = "bad-secret";

/// The rows, with each its verdict in one call: `accept`, or the reason.
fn judged() -> Vec<(Vector, String)> {
    let rows = load("hostile.jsonl").into_iter();
    let judged: Vec<_> = rows.map(|row| (row.judge(), row)).collect();
    assert_eq!(judged.len(), 143);
    judged
        .into_iter()
        .map(|(verdict, row)| (row, verdict))
        .collect()
}

/// An endpoint at the row's clock, and the reasons that its hook is told; `None`: the secret is no
/// good, and there is no endpoint.
fn endpoint(row: &Vector) -> Option<(Endpoint, Arc<Mutex<Vec<VerifyErrorKind>>>)> {
    let scheme = providers::find(&row.provider).expect("a preset");
    let verifier = Verifier::new(scheme, Secret::new(row.secret.clone())).ok()?;
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    let endpoint = Endpoint::builder("hostile", verifier.with_clock(Fixed::at(row.now)))
        .on_refusal(move |refusal| hears.lock().expect("no panic").push(refusal.error().kind()))
        .without_replay_guard()
        .build();
    Some((endpoint.expect("a sound endpoint"), told))
}

#[test]
fn every_row_gets_its_verdict_in_one_call_and_in_pieces_of_any_size() {
    for (row, verdict) in judged() {
        let (id, wanted) = (&row.id, &row.reason);
        let right = !row.firm || row.wants(&verdict);
        assert!(right, "{id}: {verdict}, not {} {wanted:?}", row.expect);
        for size in [1, 2, 64, 4096] {
            assert_eq!(row.judge_streamed(size), verdict, "{id}, pieces of {size}");
        }
    }
}

/// What a driver answers, how often it called the handler, and what the hook was told.
async fn sent(row: &Vector, driver: Driver, piece: usize) -> Option<(Outward, usize, Vec<String>)> {
    let (endpoint, told) = endpoint(row)?;
    // What a header type refuses to hold does not come to an endpoint.
    let request = request(row.headers()?, Scripted::pieces(&row.body(), piece));
    let calls = Arc::new(AtomicUsize::new(0));
    let called = Arc::clone(&calls);
    let answer = driver.send_to(&endpoint, request, move || {
        called.fetch_add(1, Ordering::SeqCst);
        StatusCode::OK
    });
    let answer = answer.await;
    let told = told.lock().expect("no panic");
    let told = told.iter().map(|kind| kind.as_str().to_owned()).collect();
    Some((answer, calls.load(Ordering::SeqCst), told))
}

#[tokio::test]
async fn every_row_gets_its_verdict_from_every_driver_and_refusals_look_all_the_same() {
    let mut refusals = BTreeSet::new();
    let mut judged_here = 0;
    for (row, verdict) in judged() {
        for driver in Driver::ALL {
            for piece in [7, usize::MAX] {
                let id = &row.id;
                let Some((answer, calls, told)) = sent(&row, driver, piece).await else {
                    let kept_out = verdict == BAD_SECRET || row.headers().is_none();
                    assert!(kept_out, "{id}: no endpoint");
                    continue;
                };
                judged_here += 1;
                if verdict == "accept" {
                    assert_eq!((answer.0, calls), (StatusCode::OK, 1), "{id} {driver:?}");
                    assert!(told.is_empty(), "{id} {driver:?}: {told:?}");
                } else {
                    assert_eq!(
                        (calls, &told),
                        (0, &vec![verdict.clone()]),
                        "{id} {driver:?}"
                    );
                    refusals.insert(format!("{answer:?}"));
                }
            }
        }
    }
    assert!(judged_here > 800, "only {judged_here} were sent");
    let answers = Answers::for_scheme(&providers::MAILINGAPI);
    let one = answers.to(VerifyErrorKind::Mismatch).status();
    assert_eq!(refusals.len(), 1, "{refusals:#?}");
    assert!(
        refusals.first().is_some_and(|it| it.contains(one.as_str())),
        "{refusals:?}"
    );
}

/// A row's request as it would be written.
fn raw(row: &Vector, target: &Target) -> Vec<u8> {
    let mut bytes = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\n",
        target.path, target.address
    )
    .into_bytes();
    for (name, value) in &row.request.headers {
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend(header_bytes(value));
        bytes.extend_from_slice(b"\r\n");
    }
    let body = row.body();
    bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes());
    bytes.extend(body);
    bytes
}

/// What comes over the wire has lost the blanks around its values.
fn verdict_as_written(row: &Vector) -> Option<bool> {
    let mut delivered = Delivered::of(row)?;
    for (_, value) in delivered.headers.iter_mut() {
        let trimmed = value.as_bytes().trim_ascii().to_vec();
        *value = trimmed.try_into().expect("part of a value is one");
    }
    Some(delivered.verdict().is_ok())
}

#[tokio::test]
async fn every_row_gets_its_verdict_as_raw_bytes_on_a_socket() {
    for front in Front::ALL {
        for (row, _) in judged() {
            let Some((endpoint, _)) = endpoint(&row) else {
                continue;
            };
            let calls = Calls::default();
            let address = serve(front.app(&endpoint, &calls), Version::Http1).await;
            let path = path(&row.id);
            let target = Target { address, path };
            let mut peer = Peer::connect(address).await;
            peer.send(&raw(&row, &target)).await;
            let allowed: &[u16] = match verdict_as_written(&row) {
                Some(true) => &[200],
                // Some heads are longer than hyper reads.
                Some(false) => &[401, 431],
                // Bytes that no header may hold: hyper refuses them.
                None => &[400],
            };
            let seen = peer.answer(std::time::Duration::from_secs(15)).await;
            let right = allowed
                .iter()
                .any(|status| seen == Some(Seen::Answer(*status)));
            assert!(right, "{front:?} {}: {seen:?}, not {allowed:?}", row.id);
            let good = usize::from(allowed == [200]);
            assert_eq!(calls.of(&target.path), good, "{front:?} {}", row.id);
        }
    }
}
