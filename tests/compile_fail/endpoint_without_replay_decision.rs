// error: no method named `build` found for struct `EndpointBuilder
use hookproof::{Endpoint, Verifier};

fn built(verifier: Verifier) {
    let _ = Endpoint::builder("own", verifier).build();
}

fn main() {
    let _ = built;
}
