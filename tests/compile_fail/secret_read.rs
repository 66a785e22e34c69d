// error: no method named `as_ref` found for struct `hookproof::Secret`
use hookproof::Secret;

fn main() {
    let secret = Secret::new("one");
    let _: &str = secret.as_ref();
}
