// error: the timestamp is used for freshness but is not in the signed content: add Part::Timestamp, or leave the timestamp out
use hookproof::scheme::{Part, Scheme, Timestamp};

static OWN: Scheme = Scheme::builder("own", "own-signature")
    .timestamp(Timestamp::Header("own-timestamp"))
    .content(&[Part::Body])
    .build();

fn main() {
    let _ = OWN.slug();
}
