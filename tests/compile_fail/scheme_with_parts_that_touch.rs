// error: two variable parts of the signed content touch, so a character can be moved from one to the other
use hookproof::scheme::{Part, Scheme, Timestamp};

const OWN: Scheme = Scheme::builder("own", "own-signature")
    .timestamp(Timestamp::Header("own-timestamp"))
    .content(&[Part::Timestamp, Part::Header("own-id"), Part::Literal("."), Part::Body])
    .build();

fn main() {
    let _ = OWN.slug();
}
