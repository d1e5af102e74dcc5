//! Waiters, and the ways through an output on which they look.

use crate::docs::Doc;
use crate::jmespath::Comparison;
use crate::model::WaiterState;

/// The waiters of an operation.
#[derive(Debug, Default)]
pub(crate) struct Waiters {
    /// Sorted by name.
    pub(crate) waiters: Vec<Waiter>,
    /// Each path that a waiter looks at, once, in the order of their first use.
    pub(crate) accessors: Vec<Accessor>,
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
        gives: Gives,
        expected: String,
    },
    /// What an accessor says.
    Flag {
        path: String,
        accessor: String,
        expected: bool,
    },
    Error(String),
    AnyError(bool),
    Status(u16),
}

/// A function from the output to what a path leads to.
#[derive(Debug)]
pub(crate) struct Accessor {
    pub(crate) ident: String,
    /// The path as the model has it.
    pub(crate) path: String,
    pub(crate) finds: Finds,
}

/// What an accessor gives, and how it finds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Finds {
    /// Text, where it is there.
    Text(Way),
    /// All texts that are there.
    Texts(Way),
    /// true or false, where it is there.
    Flag(Way),
    /// Whether something holds.
    Test(Test),
}

/// How the texts that an accessor gives are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    One,
    AllOf,
    AnyOf,
}

/// A way from a structure to a value, or to several: fields, and what is between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Way(pub(crate) Vec<Leg>);

/// A step of a way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Leg {
    Field(String),
    /// Each item of the list.
    Items,
    /// Each value of the map.
    Values,
    /// Each item of the list of which it holds.
    Filter(Test),
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// A flag that is set.
    IsTrue(Way),
    Compare(Comparison, Operand, Operand),
    And(Box<Test>, Box<Test>),
    Or(Box<Test>, Box<Test>),
    Not(Box<Test>),
}

/// One side of a comparison, which may be missing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Text(Way),
    Flag(Way),
    /// A field that holds a number.
    Number(Way),
    /// How many items a list or a map has, or what a way comes to.
    Count(Way),
    /// How many characters a text has.
    Characters(Way),
    LiteralText(String),
    LiteralFlag(bool),
    LiteralNumber(Number),
}

/// A number, as it is spelled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i64),
    Float(f64),
}
