//! The token members of operations, as generated code has them.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::Call;
use tinsmith_runtime::{PageToken, Pagination, Token};

/// The token members of an operation's input, and those of its output.
pub(crate) trait Tokens:
    Clone + Default + Debug + PartialEq + Send + Sync + 'static
{
    const PAGINATION: Pagination<Call<Self>>;
}

const fn list<T: Tokens>(tokens: &'static [PageToken<Call<T>>]) -> Pagination<Call<T>> {
    Pagination {
        operation: "ListImages",
        tokens,
        limit: Some(|call, size| call.page_size = Some(size)),
        items: Some(|page| page.images.as_mut()),
        more_results: None,
        clear_secondary: Some(|page| page.prefixes = None),
    }
}

/// A token that is a string, as nearly all are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text(pub Option<String>);

impl From<&str> for Text {
    fn from(token: &str) -> Self {
        Self(Some(token.to_owned()))
    }
}

/// The same, with a member that says whether there is more.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Truncated(pub Option<String>);

/// Two tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pair(pub Option<String>, pub Option<String>);

/// A number; no member that limits the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Number(pub Option<i32>);

/// A map of attributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Key(pub Option<BTreeMap<String, Attribute>>);

/// Implements [`Tokens`] the way that generated code does: member by member.
macro_rules! tokens {
    ($type:ty, [$($name:literal = $index:tt),+] $($other:tt)*) => {
        impl Tokens for $type {
            const PAGINATION: Pagination<Call<Self>> = Pagination {
                $($other)*
                ..list(&[$(PageToken {
                    member: $name,
                    input: |call| &mut call.tokens.$index,
                    output: |page| Token::of(&page.next.$index),
                }),+])
            };
        }
    };
}

tokens!(Text, ["nextToken" = 0]);
tokens!(
    Truncated,
    ["nextToken" = 0]
    more_results: Some(|page| page.truncated.unwrap_or_default()),
);
tokens!(Pair, ["KeyMarker" = 0, "UploadIdMarker" = 1]);
tokens!(Number, ["PartNumberMarker" = 0] limit: None,);
tokens!(Key, ["ExclusiveStartKey" = 0]);

tinsmith_runtime::structure! {
    /// A value in a map token.
    #[derive(Clone, Debug, PartialEq)]
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
