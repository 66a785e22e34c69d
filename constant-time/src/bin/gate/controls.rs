//! What the gate must not miss, and what it must not see where there is nothing: were it blind, these
//! would fail.

use std::hint::black_box;

use hookproof::scheme::{Encoding, Scheme};
use hookproof::{Head, Secret, Verifier};
use hookproof_constant_time::leaky::{
    decoded_by_table, is_one_of_until_it_is, is_same_until_it_differs, mac,
};
use hookproof_constant_time::{BODY, NOW, Signed};

use crate::judged::{Arrival, Group, Seen, judge};
use crate::keys::{SECRETS, built};
use crate::memcheck::{counted, make_secret};

pub fn run() -> Vec<Group> {
    vec![nothing_secret(), early_exit(), first_match(), table()]
}

/// Without a secret there is nothing to see: what the other groups count is the secret's doing.
fn nothing_secret() -> Group {
    let mut group = Group::new("control: nothing secret");
    let scheme = built(Scheme::builder("own", "x-signature"));
    let signed = Signed::new(&scheme, SECRETS[0]);
    let verifier = Verifier::new(&scheme, Secret::new(SECRETS[0])).expect("a good secret");
    for (candidate, is_right) in [
        (signed.candidate.clone(), true),
        (signed.wrong_at(-1), false),
    ] {
        let headers = signed.with(&[candidate]);
        let seen = judge(&verifier, (Head::from(&headers), BODY), NOW, Arrival::Whole);
        group.take("", &seen, is_right, 0);
    }
    group
}

/// The key is secret, and so is the MAC.
fn secret_mac() -> [u8; 32] {
    let key = black_box(SECRETS[0].as_bytes().to_vec());
    make_secret(&key);
    mac(&key, BODY)
}

fn early_exit() -> Group {
    let mut group = Group::that_must_leak("control: a comparison that stops at a wrong byte");
    let right = mac(SECRETS[0].as_bytes(), BODY);
    let secret = secret_mac();
    for at in [0, 15, 31] {
        let mut wrong = right;
        wrong[at] ^= 1;
        let (is_accepted, branches) = counted(|| is_same_until_it_differs(&secret, &wrong));
        let seen = Seen {
            is_accepted,
            branches,
        };
        group.take(format!("wrong byte {at}"), &seen, false, 1);
    }
    group
}

fn first_match() -> Group {
    let mut group = Group::that_must_leak("control: a look at the next candidate if this is wrong");
    let right = mac(SECRETS[0].as_bytes(), BODY);
    let secret = secret_mac();
    for candidates in [[right, [0; 32]], [[0; 32], right]] {
        let (is_accepted, branches) = counted(|| {
            // The answer is asked for while memcheck counts.
            if is_one_of_until_it_is(&secret, &candidates) {
                black_box(true)
            } else {
                black_box(false)
            }
        });
        let seen = Seen {
            is_accepted,
            branches,
        };
        group.take("two candidates", &seen, true, 1);
    }
    group
}

fn table() -> Group {
    let mut group = Group::that_must_leak("control: a candidate decoded by a table");
    let scheme = built(Scheme::builder("own", "x-signature").encoding(Encoding::Base64));
    let signed = Signed::new(&scheme, SECRETS[0]);
    let text = black_box(signed.candidate.into_bytes());
    make_secret(&text[..43]);
    let (decoded, branches) = counted(|| decoded_by_table(&text).is_some());
    let seen = Seen {
        is_accepted: decoded,
        branches,
    };
    group.take("its form", &seen, true, 1);
    group
}
