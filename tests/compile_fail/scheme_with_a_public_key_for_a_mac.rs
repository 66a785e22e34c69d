// error: algorithm and key format do not fit: a public-key algorithm takes a public key, and nothing else does
use hookproof::scheme::{KeyFormat, Scheme};

const OWN: Scheme = Scheme::builder("own", "own-signature")
    .key_format(KeyFormat::PublicPem)
    .build();

fn main() {
    let _ = OWN.slug();
}
