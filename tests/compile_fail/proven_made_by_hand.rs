// error: private field
use bytes::Bytes;
use hookproof::Proven;

fn forged(proven: Proven) -> Proven {
    Proven {
        body: Bytes::from_static(b"{}"),
        ..proven
    }
}

fn main() {
    let _ = forged;
}
