//! A MAC and a compare, and nothing else, as BASE is. Over a body that is signed alone.

use ring::hmac::{HMAC_SHA256, Key};

use crate::arms::base::Base;
use crate::arms::signed::{Places, SECRET};
use crate::measure::Arm;

/// One by its name.
pub type OneMac = (&'static str, fn(&Places) -> Arm);

pub const MACS: [OneMac; 2] = [
    ("`hmac` keyed at each call", keyed_at_each_call),
    ("`ring` with a saved key", ring),
];

fn keyed_at_each_call(places: &Places) -> Arm {
    places.peer(|signed, body| Base::new(SECRET.as_bytes()).verify([body], signed.candidate()))
}

fn ring(places: &Places) -> Arm {
    let key = Key::new(HMAC_SHA256, SECRET.as_bytes());
    places.peer(move |signed, body| ring::hmac::verify(&key, body, signed.candidate()).is_ok())
}
