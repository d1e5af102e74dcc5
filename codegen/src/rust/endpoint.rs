//! The endpoint function.

/// A statement of the endpoint function.
#[derive(Debug)]
pub(crate) enum Statement {
    When {
        conditions: Vec<Condition>,
        then: Vec<Statement>,
    },
    Endpoint {
        url: Text,
        signing_name: Option<Text>,
        signing_region: Option<Text>,
        /// The only authentication scheme of the endpoint, if it is not Signature Version 4.
        only_auth: Option<String>,
        headers: Vec<(String, Vec<Text>)>,
    },
    Error(Text),
}

/// A condition.
#[derive(Debug)]
pub(crate) enum Condition {
    /// The value is set, and has the name `local` from here on.
    Some {
        local: String,
        value: Value,
    },
    /// The value is set, and not used.
    IsSome(Value),
    /// The value is not set.
    IsNone(Value),
    /// The region's partition is known, and has the name `local` from here on if it is used.
    Partition {
        local: Option<String>,
        region: Value,
    },
    Holds(Value),
}

/// A value of the endpoint function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Boolean(bool),
    Number(usize),
    Parameter(String),
    Local(String),
    Field(Box<Value>, String),
    /// A function of the runtime, or a method of a value.
    Call {
        of: Option<Box<Value>>,
        function: &'static str,
        arguments: Vec<Value>,
    },
    Not(Box<Value>),
    Equal(Box<Value>, Box<Value>),
    Text(Text),
}

/// A composed text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text(pub(crate) Vec<TextPiece>);

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TextPiece {
    Literal(String),
    Value(Value),
}
