// error: `Keyring` doesn't implement `std::fmt::Display`
use hookproof::{Keyring, Secret};

fn main() {
    println!("{}", Keyring::new(Secret::new("one")));
}
