// error: the replay identity is not signed, so a captured delivery could be given another: use a signed id, or ReplayId::Body
use hookproof::providers;
use hookproof::scheme::{Place, ReplayId, Scheme};

static OWN: Scheme = providers::SENT
    .adjust()
    .replay_id(ReplayId::Id(Place::Header("x-webhook-event-id")))
    .build();

fn main() {
    let _ = OWN.slug();
}
