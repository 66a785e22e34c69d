// error: Proven: serde::de::DeserializeOwned` is not satisfied
use hookproof::Proven;

fn read<T: serde::de::DeserializeOwned>() {}

fn main() {
    read::<Proven>();
}
