//! How long a client waits, and how an operation with a long poll changes that.

use crate::protocol::Operation;
use std::time::Duration;

/// How long an answer may take beyond the time of the long poll.
const TRANSFER: Duration = Duration::from_secs(10);

/// How long a client waits; `None`: without limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    pub(crate) connect: Option<Duration>,
    pub(crate) attempt: Limit,
    pub(crate) operation: Limit,
    pub(crate) idle: Option<Duration>,
    pub(crate) events: Option<Duration>,
}

/// A limit that is extended by an operation's long poll, unless it was set (Smithy's `longPoll`).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    Default(Duration),
    Set(Option<Duration>),
}

impl Timeouts {
    /// The limit of one attempt.
    pub(crate) fn of_attempt(&self, operation: &Operation) -> Option<Duration> {
        match (self.attempt, operation.long_poll) {
            (Limit::Set(limit), _) => limit,
            (Limit::Default(limit), Some(poll)) => Some(limit.max(poll.saturating_add(TRANSFER))),
            (Limit::Default(limit), None) => Some(limit),
        }
    }

    /// The limit of a whole call: extended by as much as the limit of its first attempt.
    pub(crate) fn of_operation(&self, operation: &Operation) -> Option<Duration> {
        match (self.operation, operation.long_poll) {
            (Limit::Set(limit), _) => limit,
            (Limit::Default(limit), Some(poll)) => Some(limit.saturating_add(poll)),
            (Limit::Default(limit), None) => Some(limit),
        }
    }
}
