// error: associated function `new` is private
use bytes::Bytes;
use hookproof::{Proven, Receipt};

fn forged(receipt: Receipt) -> Proven {
    Proven::new(receipt, Bytes::from_static(b"{}"))
}

fn main() {
    let _ = forged;
}
