//! Tenants: what a delivery costs whose tenant's keys are in the cache, and what the cache holds.

use std::cell::Cell;
use std::hint::black_box;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use hookproof::tenants::{SourceError, TenantAt, Tenants};
use hookproof::{Endpoint, Keyring, Proven, Secret, Signer};
use http::request::Parts;
use http::{Request, Uri};
use tokio::runtime::Builder;

use crate::allocations::{self, Held};
use crate::arms::signed::{self, SECRET, Shape};
use crate::measure::{Arm, interleave};
use crate::row::Row;

const SIZE: usize = 1024;
const TENANTS: usize = 10_000;
const FEW: usize = 10;
const MANY: usize = 1_000_000;

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
        *request.uri_mut() = path(tenant);
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

    /// The head of the same delivery for another tenant.
    fn head_for(&self, tenant: usize) -> Parts {
        let mut head = self.head.clone();
        head.uri = path(&name(tenant));
        head
    }

    /// Whether it is proven, without waiting.
    fn prove(&self) -> Option<Proven> {
        self.prove_for(&self.head)
    }

    fn prove_for(&self, head: &Parts) -> Option<Proven> {
        let admitted = pin!(self.endpoint.admit(head));
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Ok(mut verification)) = admitted.poll(&mut context) else {
            return None;
        };
        verification.update(self.body.clone()).ok()?;
        verification.finish().ok()
    }
}

fn path(tenant: &str) -> Uri {
    let path = format!("/hooks/{tenant}/stripe");
    path.parse().expect("a path")
}

fn name(tenant: usize) -> String {
    format!("customer-{tenant:07}")
}

fn one() -> Keyring {
    Keyring::new(Secret::new(SECRET))
}

/// So many tenants have that keyring, and no others.
fn tenants(known: usize, keys: fn() -> Keyring) -> Endpoint {
    let source = move |tenant: String| async move {
        let number = tenant.strip_prefix("customer-");
        let number = number.and_then(|number| number.parse::<usize>().ok());
        let is_known = number.is_some_and(|number| number < known);
        Ok::<_, SourceError>(is_known.then(keys))
    };
    let tenants = Tenants::new(
        Shape::Kv.scheme(),
        TenantAt::path("/hooks/{tenant}/stripe"),
        source,
    )
    // Nobody is driven out, and nobody grows too old while it is measured.
    .capacity(2 * known)
    .cached_for(Duration::from_secs(3_600));
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

/// Looks so many up, and gives the bytes that one holds.
fn fill(endpoint: &Endpoint, known: usize) -> f64 {
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime");
    let delivery = Delivery::new(endpoint.clone(), &name(0));
    let held = Held::since_now();
    runtime.block_on(async {
        for nth in 0..known {
            let head = delivery.head_for(nth);
            let admitted = endpoint.admit(&head).await;
            drop(black_box(admitted.expect("a known tenant")));
        }
    });
    held.bytes() as f64 / known as f64
}

/// One delivery over and over, of a tenant whose keyring is in the cache.
pub fn cached() -> impl Fn() {
    let cached = Delivery::new(tenants(TENANTS, one), &name(4_711));
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime");
    let looked_up = runtime.block_on(cached.endpoint.admit(&cached.head));
    drop(looked_up.expect("a known tenant"));
    move || assert!(black_box(&cached).prove().is_some())
}

pub fn rows() -> Vec<Row> {
    [of_one(), by_number()].concat()
}

fn of_one() -> Vec<Row> {
    let endpoint = tenants(TENANTS, one);
    let bytes = fill(&endpoint, TENANTS);
    let two = || one().with_previous(Secret::new(SECRET));
    let with_two = fill(&tenants(TENANTS, two), TENANTS);
    let cached = Delivery::new(endpoint, &name(4_711));
    let own = Delivery::new(one_keyring(), &name(4_711));
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

/// Deliveries for tenants that are all in the cache, by how many they are.
fn by_number() -> Vec<Row> {
    let [few, many] = [FEW, MANY].map(|known| {
        let endpoint = tenants(known, one);
        fill(&endpoint, known);
        endpoint
    });
    let mut arms = [
        by_turns(&few, FEW),
        by_turns(&many, FEW),
        by_turns(&many, MANY),
    ];
    interleave(&mut arms);
    let [few, many, all] = arms.map(|arm| arm.best());
    vec![
        Row::new(
            "a delivery with 1 000 000 tenants cached ÷ with 10, 1 KiB",
            1.05,
            many / few,
        ),
        Row::new(
            "… for each of the 1 000 000 by turns ÷ for each of 10",
            None,
            all / few,
        ),
    ]
}

/// Deliveries for so many tenants, each time for another one of them.
fn by_turns(endpoint: &Endpoint, tenants: usize) -> Arm {
    let delivery = Rc::new(Delivery::new(endpoint.clone(), &name(0)));
    let turn = Cell::new(0);
    let make = {
        let delivery = Rc::clone(&delivery);
        move |_| {
            // A prime's steps lead to all of them, and to none that was near the last.
            turn.set((turn.get() + 7_919) % tenants);
            delivery.head_for(turn.get())
        }
    };
    Arm::prepared(16, make, move |head| {
        assert!(delivery.prove_for(&head).is_some());
    })
}
