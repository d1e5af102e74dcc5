//! The token members of operations, as generated code has them.

use std::collections::BTreeMap;
use std::fmt::Debug;

use tinsmith_runtime::{
    Pagination, ReadError, ReadStructure, ShapeReader, ShapeWriter, Token, TokenError,
    WriteStructure,
};

/// The token members of an operation's input, and those of its output.
pub trait Tokens: Clone + Default + Debug + PartialEq + Send + Sync + 'static {
    const PAGINATION: Pagination;
    /// Whether the model has a `more_results` member.
    const SAYS_MORE: bool = false;
    fn get(&self, index: usize) -> Option<Token>;
    fn set(&mut self, index: usize, token: Option<Token>) -> Result<(), TokenError>;
}

const LIST: Pagination = Pagination {
    operation: "ListImages",
    input_tokens: &["nextToken"],
    limit: Some("maxResults"),
    result: Some("images"),
};

/// A token that is a string, as nearly all are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text(pub Option<String>);

impl From<&str> for Text {
    fn from(token: &str) -> Self {
        Self(Some(token.to_owned()))
    }
}

/// The same, with a member that says whether there is more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Truncated(pub Option<String>);

/// Two tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair(pub Option<String>, pub Option<String>);

/// A number; no member that limits the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Number(pub Option<i32>);

/// A map of attributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Key(pub Option<BTreeMap<String, Attribute>>);

/// Implements [`Tokens`] the way that generated code does: member by member.
macro_rules! tokens {
    ($type:ty, $pagination:expr, $says_more:expr, $($index:tt),+) => {
        impl Tokens for $type {
            const PAGINATION: Pagination = $pagination;
            const SAYS_MORE: bool = $says_more;

            fn get(&self, index: usize) -> Option<Token> {
                match index {
                    $($index => Token::of(&self.$index),)+
                    _ => None,
                }
            }

            fn set(&mut self, index: usize, token: Option<Token>) -> Result<(), TokenError> {
                match index {
                    $($index => self.$index = token.map(Token::read).transpose()?,)+
                    _ => {}
                }
                Ok(())
            }
        }
    };
}

tokens!(Text, LIST, false, 0);
tokens!(Truncated, LIST, true, 0);
tokens!(
    Pair,
    Pagination {
        input_tokens: &["KeyMarker", "UploadIdMarker"],
        ..LIST
    },
    false,
    0,
    1
);
tokens!(
    Number,
    Pagination {
        input_tokens: &["PartNumberMarker"],
        limit: None,
        ..LIST
    },
    false,
    0
);
tokens!(
    Key,
    Pagination {
        input_tokens: &["ExclusiveStartKey"],
        ..LIST
    },
    false,
    0
);

tinsmith_runtime::structure! {
    /// A value in a map token.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Attribute: read write {
        pub s: Option<String> = "S",
        pub n: Option<String> = "N",
        pub b: Option<tinsmith_runtime::Blob> = "B",
        pub bs: Option<Vec<tinsmith_runtime::Blob>> = "BS",
        pub l: Option<Vec<Attribute>> = "L",
        pub yes: Option<bool> = "BOOL",
        pub null: Option<bool> = "NULL",
    }
}
