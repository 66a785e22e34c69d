//! Tenants: what a delivery costs whose tenant's keys are in the cache, and what the cache holds.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{Endpoint, Keyring, Proven, Secret, Signer};
use http::Request;
use http::request::Parts;
use tokio::runtime::Builder;

use crate::allocations::{self, Held};
use crate::arms::signed::{self, SECRET, Shape};
use crate::measure::{Arm, interleave};
use crate::row::Row;

const SIZE: usize = 1024;
const TENANTS: usize = 10_000;

/// A delivery for one tenant of many.
struct Delivery {
    endpoint: Endpoint,
    head: Parts,
    body: Bytes,
}

impl Delivery {
    fn new(endpoint: Endpoint, tenant: &str) -> Self {
        let body = Bytes::from(vec![b' '; SIZE]);
        let mut request = Request::new(());
        *request.uri_mut() = path(tenant).parse().expect("a path");
        *request.headers_mut() = Signer::new(Shape::Kv.scheme(), Secret::new(SECRET))
            .expect("a good secret")
            .sign_at(&signed::request_headers(SIZE), &body, signed::now())
            .expect("all that is signed is given");
        Self {
            endpoint,
            head: request.into_parts().0,
            body,
        }
    }

    /// Whether it is proven, without waiting.
    fn prove(&self) -> Option<Proven> {
        let admitted = pin!(self.endpoint.admit(&self.head));
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Ok(mut verification)) = admitted.poll(&mut context) else {
            return None;
        };
        verification.update(self.body.clone()).ok()?;
        verification.finish().ok()
    }
}

fn path(tenant: &str) -> String {
    format!("/hooks/{tenant}/stripe")
}

fn one() -> Keyring {
    Keyring::new(Secret::new(SECRET))
}

/// Every tenant has that keyring.
fn tenants(keys: fn() -> Keyring) -> Endpoint {
    let source = move |_: String| async move { Ok::<_, SourceError>(Some(keys())) };
    let tenants = Tenants::new(
        Shape::Kv.scheme(),
        TenantAt::path("/hooks/{tenant}/stripe"),
        source,
    )
    .capacity(2 * TENANTS);
    let builder = Endpoint::for_tenants("stripe", tenants);
    let endpoint = builder.without_replay_guard().build();
    endpoint.expect("a sound endpoint")
}

fn one_keyring() -> Endpoint {
    let verifier = signed::verifier(Shape::Kv, Secret::new(SECRET));
    let builder = Endpoint::builder("stripe", verifier);
    let endpoint = builder.without_replay_guard().build();
    endpoint.expect("a sound endpoint")
}

/// Looks all of them up, and gives the bytes that one holds.
fn fill(endpoint: &Endpoint) -> f64 {
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime");
    let held = Held::since_now();
    runtime.block_on(async {
        for nth in 0..TENANTS {
            let delivery = Delivery::new(endpoint.clone(), &format!("customer-{nth:05}"));
            let admitted = delivery.endpoint.admit(&delivery.head).await;
            drop(black_box(admitted.expect("a known tenant")));
        }
    });
    held.bytes() as f64 / TENANTS as f64
}

pub fn rows() -> Vec<Row> {
    let endpoint = tenants(one);
    let bytes = fill(&endpoint);
    let with_two = fill(&tenants(|| one().with_previous(Secret::new(SECRET))));
    let cached = Delivery::new(endpoint, "customer-04711");
    let own = Delivery::new(one_keyring(), "customer-04711");
    assert!(cached.prove().is_some() && own.prove().is_some());
    let allocations = allocations::count(|| cached.prove().is_some());
    let mut arms = [
        Arm::new(move |_| cached.prove().is_some()),
        Arm::new(move |_| own.prove().is_some()),
    ];
    interleave(&mut arms);
    let [cached, own] = arms.map(|arm| arm.best());
    vec![
        Row::new(
            "a cached tenant ÷ one keyring, kv, streamed, 1 KiB",
            None,
            cached / own,
        ),
        Row::new(
            "allocations of a cached tenant's delivery",
            None,
            allocations as f64,
        ),
        Row::new("bytes of a cached tenant, one key, of 10 000", 600.0, bytes).gate(),
        Row::new("bytes of its second key", 250.0, with_two - bytes).gate(),
    ]
}
