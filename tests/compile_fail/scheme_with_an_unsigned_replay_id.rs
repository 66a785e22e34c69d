// error: the replay identity is not signed, so a captured delivery could be given another
use hookproof::scheme::{Place, ReplayId, Scheme};

const OWN: Scheme = Scheme::builder("own", "own-signature")
    .replay_id(ReplayId::Id(Place::Header("own-id")))
    .build();

fn main() {
    let _ = OWN.slug();
}
