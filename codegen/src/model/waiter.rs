//! What a model says of its waiters: which call is made again, how often, and what its answers mean.

use super::is_default;
use serde::{Deserialize, Serialize};

/// A call that is made again until its answer is the one that is waited for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Waiter {
    /// The operation.
    pub operation: String,
    /// Least seconds between two calls.
    pub delay: u64,
    /// So many times the delay is how long the wait lasts at most, where the model says it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_attempts: Option<u64>,
    /// The first that fits an answer decides; where none fits, the waiter goes on.
    pub acceptors: Vec<Acceptor>,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
}

/// What an answer means to a waiter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptor {
    /// What follows where the answer fits.
    pub state: WaiterState,
    /// The answers that fit.
    pub matcher: Matcher,
}

/// What follows from an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiterState {
    /// It is what was waited for.
    Success,
    /// It will never be.
    Failure,
    /// Not yet.
    Retry,
}

/// Which answers fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matcher {
    /// What a path in the output leads to.
    Path {
        /// JMESPath.
        path: String,
        /// Whether it leads to the value or to several.
        quantifier: Quantifier,
        /// The value.
        expected: serde_json::Value,
        /// It is about the object with the members `input` and `output`, and not about the output.
        #[serde(default, skip_serializing_if = "is_default")]
        with_input: bool,
    },
    /// An error with this code.
    Error(String),
    /// Any error (true), or none (false).
    AnyError(bool),
    /// A status code.
    Status(u16),
}

/// Which of the values that a path leads to must be the expected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantifier {
    /// It leads to one.
    Itself,
    /// All of them, and there is one.
    All,
    /// One of them.
    Any,
}
