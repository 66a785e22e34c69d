//! What is under way, and its end.

use std::future::Future;

use tokio::runtime::Handle;
use tokio::sync::watch;

/// Tasks that are counted, and that end together.
#[derive(Debug)]
pub(super) struct Tasks {
    runtime: Handle,
    stopped: watch::Sender<bool>,
    under_way: watch::Sender<usize>,
}

impl Tasks {
    /// Tasks on the runtime in which this is called.
    pub(super) fn here() -> Self {
        Self {
            runtime: Handle::current(),
            stopped: watch::Sender::new(false),
            under_way: watch::Sender::new(0),
        }
    }

    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let counted = Counted::new(&self.under_way);
        let stopped = self.stopped();
        self.runtime.spawn(async move {
            let _counted = counted;
            tokio::select! {
                biased;
                () = stopped => {}
                () = work => {}
            }
        });
    }

    pub(super) fn count(&self) -> usize {
        *self.under_way.borrow()
    }

    /// Waits until none is under way.
    pub(super) async fn idle(&self) {
        let mut under_way = self.under_way.subscribe();
        // The sender lives as long as this does.
        let _ = under_way.wait_for(|count| *count == 0).await;
    }

    /// Ends those under way, and all that are begun later.
    pub(super) fn stop(&self) {
        self.stopped.send_replace(true);
    }

    /// Waits until they are ended.
    pub(super) fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopped = self.stopped.subscribe();
        async move {
            // Without a sender there is nothing to wait for either.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }
    }
}

/// One more, until it is dropped.
struct Counted(watch::Sender<usize>);

impl Counted {
    fn new(under_way: &watch::Sender<usize>) -> Self {
        under_way.send_modify(|count| *count += 1);
        Self(under_way.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
