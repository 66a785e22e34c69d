// error: VerifiedJson<String>: serde::de::DeserializeOwned` is not satisfied
use hookproof::axum::VerifiedJson;

fn read<T: serde::de::DeserializeOwned>() {}

fn main() {
    read::<VerifiedJson<String>>();
}
