//! JMESPath: the expressions in which waiters look at an answer, read into a tree.
//!
//! The grammar and what binds first are JMESPath's own; a projection is read as its users know it, so that what follows
//! `[]`, `[*]`, `[?…]`, `[1:2]` or `.*` is about each item. A text that is no expression is refused with its place in it.

mod parser;
#[cfg(test)]
mod tests;
mod token;

use serde_json::Value;

pub(crate) use parser::parse;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// `@`: the value at hand.
    Current,
    /// `name`
    Member(String),
    /// `'text'` and `` `JSON` ``
    Literal(Value),
    /// `a.b` and `a | b`: the second is about what the first gives.
    Then(Box<Expression>, Box<Expression>),
    /// `a[0]`, from the end where it is negative.
    Index(Box<Expression>, i64),
    /// `a[1:2:3]`
    Slice(Box<Expression>, Slice),
    /// `a[]`: items that are lists are replaced by their items.
    Flatten(Box<Expression>),
    /// The second of each item of the list that the first gives, without nulls.
    Each(Box<Expression>, Box<Expression>),
    /// `a.*`: each value of the object.
    Values(Box<Expression>),
    /// `a[?b]`: the items of which the second holds.
    Filter(Box<Expression>, Box<Expression>),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{name: a}`
    Hash(Vec<(String, Expression)>),
    /// `name(…)`
    Call(String, Vec<Expression>),
    /// `&a`: the expression itself, for a function.
    Reference(Box<Expression>),
    /// Two values, compared.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// The first where it does not hold, else the second.
    And(Box<Expression>, Box<Expression>),
    /// The first where it holds, else the second.
    Or(Box<Expression>, Box<Expression>),
    /// Whether it does not hold.
    Not(Box<Expression>),
}

/// Which items of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Slice {
    pub(crate) start: Option<i64>,
    pub(crate) stop: Option<i64>,
    pub(crate) step: Option<i64>,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it asks which of two numbers is the greater one.
    pub(crate) fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}
