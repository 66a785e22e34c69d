// error: this function takes 2 arguments but 1 argument was supplied
use hookproof::Endpoint;

fn main() {
    let _ = Endpoint::builder("own").without_replay_guard().build();
}
