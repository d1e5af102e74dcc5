//! Calls that can be repeated, as listings and waits do.

use futures_core::future::BoxFuture;

/// A call that can be repeated. Every generated call builder implements it.
pub trait Repeatable: Clone + Send + 'static {
    /// The operation's output.
    type Output: Send + 'static;
    /// The error of the call.
    type Error: Send + 'static;

    /// Makes the call once, with its retries.
    fn repeat(&self) -> BoxFuture<'static, AnswerWithStatus<Self::Output, Self::Error>>;
}

/// The result of a call; an output comes with the HTTP status of its response.
pub type AnswerWithStatus<O, E> = Result<(O, u16), E>;
