//! How much of an object was transferred, for a callback.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// How much of an object was transferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes were transferred. Bytes that are sent again do not count twice; those that an earlier transfer has
    /// transferred count from the start.
    pub transferred: u64,
    /// How many bytes there are; `None`: a stream of unknown length.
    pub total: Option<u64>,
}

type Report = dyn Fn(Progress) + Send + Sync;

/// Adds up progress and reports it.
#[derive(Clone, Default)]
pub(super) struct Tracker(Option<Arc<Reported>>);

struct Reported {
    report: Box<Report>,
    /// The lock is held while it is reported, so that reports come one at a time, in order.
    progress: Mutex<Progress>,
}

impl Tracker {
    pub(super) fn new(report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(Reported {
            report: Box::new(report),
            progress: Mutex::default(),
        })))
    }

    /// Says how many bytes there are.
    pub(super) fn start(&self, total: Option<u64>) {
        self.change(|progress| progress.total = total);
    }

    /// Adds transferred bytes.
    pub(super) fn add(&self, bytes: u64) {
        self.change(|progress| progress.transferred += bytes);
    }

    fn change(&self, change: impl FnOnce(&mut Progress)) {
        if let Some(reported) = &self.0 {
            let mut progress = reported
                .progress
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            change(&mut progress);
            (reported.report)(*progress);
        }
    }
}

impl fmt::Debug for Tracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tracker")
    }
}
