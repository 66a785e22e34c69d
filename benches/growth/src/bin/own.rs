//! A scheme of the user's own, and no preset: what the others are compared with.

use hookproof::scheme::{Encoding, Grammar, Part, Scheme, Timestamp};

static OWN: Scheme = Scheme::builder("own", "own-signature")
    .grammar(Grammar::Pairs {
        signature: "v1",
        separator: b',',
        assign: b'=',
    })
    .encoding(Encoding::Hex)
    .timestamp(Timestamp::Pair("t"))
    .content(&[Part::Timestamp, Part::Literal("."), Part::Body])
    .build();

fn main() -> Result<(), Box<dyn std::error::Error>> {
    hookproof_growth::verify(&OWN)
}
