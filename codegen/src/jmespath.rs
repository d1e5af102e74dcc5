//! JMESPath: parses the expressions with which waiters examine a response.
//!
//! The grammar and the precedence are JMESPath's own; a projection applies to each item, as its users expect:
//! everything that follows `[]`, `[*]`, `[?…]`, `[1:2]` or `.*`. A text that is not an expression is an error with its
//! place in the text.

mod parser;
#[cfg(test)]
mod tests;
mod token;

use serde_json::Value;

pub(crate) use parser::parse;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// `@`: the current value.
    Current,
    /// `name`
    Member(String),
    /// `'text'` and `` `JSON` ``
    Literal(Value),
    /// `a.b` and `a | b`: the second is evaluated on the result of the first.
    Then(Box<Expression>, Box<Expression>),
    /// `a[0]`; a negative index counts from the end.
    Index(Box<Expression>, i64),
    /// `a[1:2:3]`
    Slice(Box<Expression>, Slice),
    /// `a[]`: items that are lists are replaced by their items.
    Flatten(Box<Expression>),
    /// The second for each item of the first, which is a list, without nulls.
    Each(Box<Expression>, Box<Expression>),
    /// `a.*`: each value of the object.
    Values(Box<Expression>),
    /// `a[?b]`: the items for which the second is true.
    Filter(Box<Expression>, Box<Expression>),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{name: a}`
    Hash(Vec<(String, Expression)>),
    /// `name(…)`
    Call(String, Vec<Expression>),
    /// `&a`: the expression itself, as an argument of a function.
    Reference(Box<Expression>),
    /// Two values, compared.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// The first if it is false, else the second.
    And(Box<Expression>, Box<Expression>),
    /// The first if it is true, else the second.
    Or(Box<Expression>, Box<Expression>),
    /// Whether the value is false.
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
    /// Whether it compares the order of two numbers.
    pub(crate) fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}
