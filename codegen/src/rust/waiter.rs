//! Waiters, and the functions by which they look at an output: a path through its fields, or an expression.

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
    /// Each path that a waiter looks at, once, in the order of their first use.
    pub(crate) accessors: Vec<Accessor>,
    /// Why others of the model are not there.
    pub(crate) left_out: Vec<Problem>,
}

/// A waiter.
#[derive(Debug)]
pub(crate) struct Waiter {
    /// Its name in the model.
    pub(crate) wire: String,
    /// The call builder's method.
    pub(crate) method: String,
    /// The constant that holds what the model says.
    pub(crate) constant: String,
    pub(crate) doc: Doc,
    /// Seconds.
    pub(crate) delay: u64,
    pub(crate) max_attempts: u64,
    pub(crate) acceptors: Vec<(WaiterState, Matcher)>,
}

/// Which answers fit.
#[derive(Debug)]
pub(crate) enum Matcher {
    /// An accessor's text or texts.
    Text {
        path: String,
        accessor: String,
        quantifier: Quantifier,
        expected: String,
    },
    /// What an accessor says of a condition.
    Flag {
        path: String,
        accessor: String,
        expected: bool,
    },
    /// What an accessor compares by itself, with the answers that fit in words.
    Fits {
        words: String,
        accessor: String,
    },
    Error(String),
    AnyError(bool),
    Status(u16),
}

/// A function from the output to what a path leads to.
#[derive(Debug)]
pub(crate) struct Accessor {
    pub(crate) ident: String,
    /// The path, in one line.
    pub(crate) path: String,
    pub(crate) lookup: Lookup,
}

/// What an accessor gives, and how it lookup it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Lookup {
    /// Text, where it is there.
    Text(Path),
    /// All texts that are there.
    Texts(Path),
    /// true, false or null; or an error.
    Flag(Code),
    /// Whether the output, and the input, are what is expected; or an error.
    Fits { code: Code, with_input: bool },
}
