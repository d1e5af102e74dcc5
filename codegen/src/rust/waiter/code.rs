//! Rust that works out an expression: each piece is to be spelled as it is. What may be missing is an `Option`, and what
//! can be an error stands before a `?`.

/// A piece of Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    /// `output`, `call.input`, `value`; `clone` where it is no reference and may be used again.
    Variable {
        name: &'static str,
        clone: bool,
    },
    /// What the fields of a structure lead to, an `Option`; `optional` where the structure itself may be missing.
    Fields {
        of: Box<Code>,
        optional: bool,
        fields: Vec<String>,
        taken: Taken,
    },
    /// `jmespath::function(…)`, and `?` where it can be an error.
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
    /// `….map(|value| …)`, where nothing can be an error.
    Map(Box<Code>, Box<Code>),
    /// `match … { Some(value) => …, None => None }`
    IfSome(Box<Code>, Box<Code>),
    /// `{ let value = …; … }`
    Let(Box<Code>, Box<Code>),
    /// `if … { … } else { … }`
    If(Box<Code>, Box<Code>, Box<Code>),
    /// The first where it holds, else the second; of equal types.
    Or(Box<Code>, Box<Code>),
    /// The first where it does not hold, else the second; of equal types.
    And(Box<Code>, Box<Code>),
    /// Two values and what stands between them.
    Operator(Sign, Box<Code>, Box<Code>),
    /// Which of two numbers is the greater, where both are there.
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
    /// An empty list of no particular type.
    Empty,
    Vec(Vec<Code>),
    Tuple(Vec<Code>),
}

/// How what is in a field is taken out of it.
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

    /// A function of the runtime that cannot be an error.
    pub(crate) fn call(function: &'static str, arguments: Vec<Code>) -> Self {
        Self::Call {
            function,
            arguments,
            fallible: false,
        }
    }

    /// A function of the runtime that can be an error.
    pub(crate) fn try_call(function: &'static str, arguments: Vec<Code>) -> Self {
        Self::Call {
            function,
            arguments,
            fallible: true,
        }
    }

    /// Whether it may stand in several places: it is short, and costs nothing.
    pub(crate) fn is_cheap(&self) -> bool {
        match self {
            Self::Variable { clone, .. } => !clone,
            Self::Fields { of, .. } => of.is_cheap(),
            Self::None | Self::Text(_) | Self::Flag(_) | Self::Integer(_) | Self::Float(_) => true,
            _ => false,
        }
    }
}
