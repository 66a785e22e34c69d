// error: binary operation `==` cannot be applied to type `hookproof::Secret`
use hookproof::Secret;

fn main() {
    let _ = Secret::new("one") == Secret::new("two");
}
