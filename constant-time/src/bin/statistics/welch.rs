//! Welch's t-test, on all measurements and on those that are left when the slowest are cut off.

/// What is kept of the measurements: interrupts and other programs make some of them slow.
const KEPT: [f64; 5] = [1.0, 0.99, 0.95, 0.8, 0.5];

/// The largest |t| of two classes over the cuts, which are made where they are in both together.
pub fn largest_t(classes: &[Vec<f64>; 2]) -> f64 {
    let mut all = classes.concat();
    all.sort_by(f64::total_cmp);
    let ts = KEPT.map(|kept| {
        let last = ((all.len() as f64 * kept) as usize).clamp(1, all.len()) - 1;
        let [one, other] = classes
            .each_ref()
            .map(|class| Moments::of(class, all[last]));
        t(&one, &other).abs()
    });
    ts.into_iter().fold(0.0, f64::max)
}

struct Moments {
    count: f64,
    mean: f64,
    variance: f64,
}

impl Moments {
    /// Of what is no slower than that.
    fn of(class: &[f64], slowest: f64) -> Self {
        let kept = || class.iter().filter(|took| **took <= slowest);
        let count = kept().count() as f64;
        let mean = kept().sum::<f64>() / count;
        let squares: f64 = kept().map(|took| (took - mean).powi(2)).sum();
        Self {
            count,
            mean,
            variance: squares / (count - 1.0),
        }
    }
}

fn t(one: &Moments, other: &Moments) -> f64 {
    let error = one.variance / one.count + other.variance / other.count;
    if error > 0.0 {
        (one.mean - other.mean) / error.sqrt()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::largest_t;

    /// Times that differ by the class in a hundredth of their spread and not at all.
    fn classes(more: f64) -> [Vec<f64>; 2] {
        let times = |more: f64| (0..50_000).map(move |nth| f64::from(nth * 7919 % 1000) + more);
        [times(0.0).collect(), times(more).collect()]
    }

    #[test]
    fn equal_classes_are_not_told_apart() {
        assert!(largest_t(&classes(0.0)) < 1.0);
    }

    #[test]
    fn classes_that_differ_are_told_apart() {
        assert!(largest_t(&classes(10.0)) > 4.5);
    }
}
