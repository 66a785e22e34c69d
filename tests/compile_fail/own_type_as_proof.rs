// error: module `passed` is private
use hookproof::axum::{FromProof, VerifiedRejection};

struct Mine;

impl FromProof for Mine {
    const NAME: &'static str = "Mine";

    fn from_proof(_: &hookproof::layer::passed::Passed) -> Result<Self, VerifiedRejection> {
        Ok(Self)
    }
}

fn main() {}
