// error: Receipt: Default` is not satisfied
use hookproof::Receipt;

fn made<T: Default>() -> T {
    T::default()
}

fn main() {
    let _ = made::<Receipt>();
}
