//! Captures what a run tells operators: the log at its most talkative, and every metric.

use std::collections::{BTreeMap, BTreeSet};

use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};

use crate::support::log::Log;

/// What became of a run.
pub(crate) struct Captured {
    pub(crate) log: Vec<String>,
    pub(crate) metrics: Metrics,
}

/// Every series with its value, such as `name{endpoint=hooks,kind=stale}`.
#[derive(Debug)]
pub(crate) struct Metrics(BTreeMap<String, DebugValue>);

/// Runs in this thread alone, on a runtime whose timers do not wait.
pub(crate) fn captured(run: impl Future<Output = ()>) -> Captured {
    let log = Log::default();
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime");
    metrics::with_local_recorder(&recorder, || {
        tracing::subscriber::with_default(log.subscriber(), || runtime.block_on(run));
    });
    Captured {
        log: log.lines(),
        metrics: Metrics::of(&snapshotter),
    }
}

impl Captured {
    /// The lines that hold all of these.
    pub(crate) fn lines(&self, words: &[&str]) -> Vec<&str> {
        let all = self.log.iter().map(String::as_str);
        all.filter(|line| words.iter().all(|word| line.contains(word)))
            .collect()
    }

    /// The only line that holds all of these.
    #[track_caller]
    pub(crate) fn line(&self, words: &[&str]) -> &str {
        let lines = self.lines(words);
        assert_eq!(lines.len(), 1, "{words:?} in:\n{}", self.log.join("\n"));
        lines[0]
    }
}

impl Metrics {
    fn of(snapshotter: &Snapshotter) -> Self {
        let series = snapshotter.snapshot().into_vec().into_iter();
        Self(
            series
                .map(|(key, _, _, value)| {
                    let mut labels: Vec<String> = key
                        .key()
                        .labels()
                        .map(|label| format!("{}={}", label.key(), label.value()))
                        .collect();
                    labels.sort();
                    let name = key.key().name();
                    (format!("{name}{{{}}}", labels.join(",")), value)
                })
                .collect(),
        )
    }

    pub(crate) fn names(&self) -> BTreeSet<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// A counter's value; 0 where it was never touched.
    #[track_caller]
    pub(crate) fn count(&self, series: &str) -> u64 {
        match self.0.get(series) {
            None => 0,
            Some(DebugValue::Counter(count)) => *count,
            Some(other) => panic!("{series} is {other:?}"),
        }
    }

    /// All counters of that name.
    pub(crate) fn counts(&self, name: &str) -> BTreeMap<&str, u64> {
        let series = self.0.keys().map(String::as_str);
        series
            .filter_map(|series| {
                let labels = series.strip_prefix(name)?;
                let labels = labels.strip_prefix('{')?.strip_suffix('}')?;
                Some((labels, self.count(series)))
            })
            .collect()
    }

    #[track_caller]
    pub(crate) fn gauge(&self, series: &str) -> Option<f64> {
        match self.0.get(series) {
            None => None,
            Some(DebugValue::Gauge(value)) => Some(value.into_inner()),
            Some(other) => panic!("{series} is {other:?}"),
        }
    }

    /// What a histogram was told.
    #[track_caller]
    pub(crate) fn values(&self, series: &str) -> Vec<f64> {
        match self.0.get(series) {
            None => Vec::new(),
            Some(DebugValue::Histogram(values)) => {
                values.iter().map(|value| value.into_inner()).collect()
            }
            Some(other) => panic!("{series} is {other:?}"),
        }
    }
}
