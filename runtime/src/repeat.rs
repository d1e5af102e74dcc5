//! A call that can be made more than once: what listings and waits have in common.

use futures_core::future::BoxFuture;

/// A call that can be made more than once. Every generated call builder is one.
pub trait Repeatable: Clone + Send + 'static {
    /// The operation's output.
    type Output: Send + 'static;
    /// What the call fails with.
    type Error: Send + 'static;

    /// Makes the call once, with the retries that belong to one call.
    fn repeat(&self) -> BoxFuture<'static, AnswerWithStatus<Self::Output, Self::Error>>;
}

/// What a call answered, and with which HTTP status where that was a success; an error knows its own.
pub type AnswerWithStatus<O, E> = Result<(O, u16), E>;
