//! Rust that evaluates an expression: each piece is written as it is. A value that may be missing is an `Option`, and
//! an expression that may fail is followed by `?`.

/// A piece of Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    /// `output`, `call.input`, `value`; `clone` if it is not a reference and may be used again.
    Variable {
        name: &'static str,
        clone: bool,
    },
    /// The value of nested fields, an `Option`; `optional` if the structure itself may be missing.
    Fields {
        of: Box<Code>,
        optional: bool,
        fields: Vec<String>,
        taken: Taken,
    },
    /// `jmespath::function(…)`, followed by `?` if it may fail.
    Call {
        function: &'static str,
        arguments: Vec<Code>,
        fallible: bool,
    },
    /// `|value| Ok(…)`
    Closure(Box<Code>),
    /// `….method(…)`
    Method {
        of: Box<Code>,
        method: &'static str,
        arguments: Vec<Code>,
    },
    /// `….map(|value| …)`, if nothing in it may fail.
    Map(Box<Code>, Box<Code>),
    /// `match … { Some(value) => …, None => None }`
    IfSome(Box<Code>, Box<Code>),
    /// `{ let value = …; … }`
    Let(Box<Code>, Box<Code>),
    /// `if … { … } else { … }`
    If(Box<Code>, Box<Code>, Box<Code>),
    /// The first if it is true, else the second; both have the same type.
    Or(Box<Code>, Box<Code>),
    /// The first if it is false, else the second; both have the same type.
    And(Box<Code>, Box<Code>),
    /// Two values and the operator between them.
    Operator(Sign, Box<Code>, Box<Code>),
    /// Which of two numbers is greater, if both are set.
    Order(Sign, Box<Code>, Box<Code>),
    Not(Box<Code>),
    /// `*…`
    Dereferenced(Box<Code>),
    /// `&…`
    Borrowed(Box<Code>),
    /// `… as f64`
    As(Box<Code>, &'static str),
    /// `….0`
    Part(Box<Code>, usize),
    Some(Box<Code>),
    None,
    Text(String),
    Flag(bool),
    Integer(i64),
    Float(f64),
    /// The empty value of a type.
    Default,
    /// An empty list of an unspecified type.
    Empty,
    Vec(Vec<Code>),
    Tuple(Vec<Code>),
}

/// How the value of a field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Copied,
    Borrowed,
    /// From its box.
    Unboxed,
    AsText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Code {
    pub(crate) fn variable(name: &'static str) -> Self {
        Self::Variable { name, clone: false }
    }

    pub(crate) fn some(self) -> Self {
        Self::Some(Box::new(self))
    }

    pub(crate) fn method(self, method: &'static str, arguments: Vec<Code>) -> Self {
        Self::Method {
            of: Box::new(self),
            method,
            arguments,
        }
    }

    pub(crate) fn operator(self, sign: Sign, other: Self) -> Self {
        Self::Operator(sign, Box::new(self), Box::new(other))
    }

    /// A function of the runtime that cannot fail.
    pub(crate) fn call(function: &'static str, arguments: Vec<Code>) -> Self {
        Self::Call {
            function,
            arguments,
            fallible: false,
        }
    }

    /// A function of the runtime that may fail.
    pub(crate) fn try_call(function: &'static str, arguments: Vec<Code>) -> Self {
        Self::Call {
            function,
            arguments,
            fallible: true,
        }
    }

    /// Whether it may be repeated: it is short, and costs nothing.
    pub(crate) fn is_cheap(&self) -> bool {
        match self {
            Self::Variable { clone, .. } => !clone,
            Self::Fields { of, .. } => of.is_cheap(),
            Self::None | Self::Text(_) | Self::Flag(_) | Self::Integer(_) | Self::Float(_) => true,
            _ => false,
        }
    }
}
