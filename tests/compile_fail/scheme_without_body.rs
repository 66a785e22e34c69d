// error: the body is not in the signed content, so anybody could exchange it: add Part::Body
use hookproof::scheme::{Part, Scheme, Timestamp};

const OWN: Scheme = Scheme::builder("own", "own-signature")
    .timestamp(Timestamp::Header("own-timestamp"))
    .content(&[Part::Timestamp])
    .build();

fn main() {
    let _ = OWN.slug();
}
