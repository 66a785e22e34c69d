// error: `hookproof::Secret` doesn't implement `std::fmt::Display`
use hookproof::Secret;

fn main() {
    println!("{}", Secret::new("one"));
}
