//! Crates that verify given headers and a body. What can be kept from one delivery to the next is
//! kept; what a crate wants in another form than a server has it is brought there at each call.

use std::str;

use standardwebhooks::Webhook;
use webhook_verify::{Provider, Secret};

use crate::arms::signed::{Places, SECRET, Shape};
use crate::measure::Arm;

/// One by its name and the shape that it verifies.
pub type Peer = (&'static str, Shape, fn(&Places) -> Arm);

pub const PEERS: [Peer; 5] = [
    ("stripe_wh_verify", Shape::Kv, stripe_wh_verify),
    ("webhook-verify", Shape::Kv, |places| {
        webhook_verify(places, Provider::Stripe)
    }),
    ("webhook-verify", Shape::Sha256, |places| {
        webhook_verify(places, Provider::GitHub)
    }),
    ("standardwebhooks", Shape::Standard, standardwebhooks),
    ("webhook-verify", Shape::Standard, |places| {
        webhook_verify(places, Provider::StandardWebhooks)
    }),
];

/// It takes texts, and leaves the timestamp's age to its caller, who is not charged for it.
fn stripe_wh_verify(places: &Places) -> Arm {
    places.peer(|signed, body| {
        let value = signed.headers().get("stripe-signature");
        let header = value.and_then(|value| value.to_str().ok());
        let payload = str::from_utf8(body).ok();
        header.zip(payload).is_some_and(|(header, payload)| {
            stripe_wh_verify::verify(SECRET, header, payload).is_ok_and(|is_genuine| is_genuine)
        })
    })
}

fn webhook_verify(places: &Places, provider: Provider) -> Arm {
    let secret = Secret::new(SECRET);
    places.peer(move |signed, body| {
        let (headers, options) = (signed.headers(), Default::default());
        webhook_verify::verify(provider, headers, body, &secret, options).is_ok()
    })
}

/// `svix` verifies by the same code, but its HTTP client does not build without TLS.
fn standardwebhooks(places: &Places) -> Arm {
    let webhook = Webhook::new(SECRET).expect("a good secret");
    places.peer(move |signed, body| webhook.verify(body, signed.headers()).is_ok())
}
