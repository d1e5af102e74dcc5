//! Waiters, and the functions with which they examine an output: a path through its fields, or an expression.

mod code;

use super::Path;
use crate::docs::Doc;
use crate::model::{Quantifier, WaiterState};
use crate::problem::Problem;

pub(crate) use code::{Code, Sign, Taken};

/// The waiters of an operation.
#[derive(Debug, Default)]
pub(crate) struct Waiters {
    /// Sorted by name.
    pub(crate) waiters: Vec<Waiter>,
    /// Each path that a waiter uses, once, in the order of first use.
    pub(crate) accessors: Vec<Accessor>,
    /// Why other waiters of the model are missing.
    pub(crate) left_out: Vec<Problem>,
}

/// A waiter.
#[derive(Debug)]
pub(crate) struct Waiter {
    /// Its name in the model.
    pub(crate) wire: String,
    /// The call builder's method.
    pub(crate) method: String,
    /// The constant with the model's data.
    pub(crate) constant: String,
    pub(crate) doc: Doc,
    /// Seconds.
    pub(crate) delay: u64,
    pub(crate) max_attempts: u64,
    pub(crate) acceptors: Vec<(WaiterState, Matcher)>,
}

/// Which responses match.
#[derive(Debug)]
pub(crate) enum Matcher {
    /// An accessor's text or texts.
    Text {
        path: String,
        accessor: String,
        quantifier: Quantifier,
        expected: String,
    },
    /// An accessor's condition.
    Flag {
        path: String,
        accessor: String,
        expected: bool,
    },
    /// A comparison in an accessor, with a description of the responses that match.
    Fits {
        words: String,
        accessor: String,
    },
    Error(String),
    AnyError(bool),
    Status(u16),
}

/// A function from the output to the value of a path.
#[derive(Debug)]
pub(crate) struct Accessor {
    pub(crate) ident: String,
    /// The path, in one line.
    pub(crate) path: String,
    pub(crate) lookup: Lookup,
}

/// What an accessor returns, and how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Lookup {
    /// Text, if it is set.
    Text(Path),
    /// All texts that are set.
    Texts(Path),
    /// True, false or null; or an error.
    Flag(Code),
    /// Whether the output, and the input, match; or an error.
    Fits { code: Code, with_input: bool },
}
