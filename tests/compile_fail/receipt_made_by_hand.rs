// error: private field
use hookproof::Receipt;

fn forged(proven: Receipt, other: Receipt) -> Receipt {
    Receipt {
        key: other.key,
        ..proven
    }
}

fn main() {
    let _ = forged;
}
