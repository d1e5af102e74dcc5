//! The waiters of a model: which call is repeated, how often, and what its responses mean.

use super::is_default;
use serde::{Deserialize, Serialize};

/// A call that is repeated until its response matches.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Waiter {
    /// The operation.
    pub operation: String,
    /// The minimum number of seconds between two calls.
    pub delay: u64,
    /// The maximum length of the wait, as a multiple of the delay, if the model has one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_attempts: Option<u64>,
    /// The first that matches a response decides; if none matches, the wait continues.
    pub acceptors: Vec<Acceptor>,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
}

/// What a response means for a waiter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptor {
    /// The result if the response matches.
    pub state: WaiterState,
    /// The responses that match.
    pub matcher: Matcher,
}

/// The result of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaiterState {
    /// The wait succeeds.
    Success,
    /// The wait cannot succeed any more.
    Failure,
    /// The wait continues.
    Retry,
}

/// Which responses match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matcher {
    /// The value of a path in the output.
    Path {
        /// JMESPath.
        path: String,
        /// Whether the path results in one value or in several.
        quantifier: Quantifier,
        /// The expected value.
        expected: serde_json::Value,
        /// Whether the path applies to the object with the members `input` and `output`, instead of the output.
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

/// Which of the values of a path must be the expected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantifier {
    /// There is one value.
    Itself,
    /// All of them, and there is at least one.
    All,
    /// At least one of them.
    Any,
}
