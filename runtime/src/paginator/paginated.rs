//! How the pages of an operation are listed: implemented by generated call builders.

use std::collections::BTreeMap;

use std::fmt;

use super::{Token, TokenError};
use crate::error::Failure;
use crate::repeat::Repeatable;
use crate::shape::{ReadValue, WriteValue};

/// A call whose results are returned in pages. Generated call builders implement it.
pub trait Paginated: Repeatable<Error: From<Failure>> {
    /// The primary result's type: `Vec<T>`, `BTreeMap<K, V>` (its items are pairs), or `()` if there is none.
    type Items: Items;
    /// How the operation is listed.
    const PAGINATION: Pagination<Self>;
}

/// A page: the output of one call.
pub(super) type PageOf<C> = <C as Repeatable>::Output;

/// Finds the primary result in a page.
type FindItems<C> = fn(&mut PageOf<C>) -> Option<&mut <C as Paginated>::Items>;

/// How an operation is listed, as data: the names of its members in the model, for resume tokens and messages, and
/// accessors for them.
pub struct Pagination<C: Paginated> {
    /// The operation's name in the model.
    pub operation: &'static str,
    /// The page tokens (`input_token` and `output_token`), in model order.
    pub tokens: &'static [PageToken<C>],
    /// Sets the size of a page (`limit_key`).
    pub limit: Option<fn(&mut C, i32)>,
    /// Finds the list or map that is the primary result (the first `result_key`); `None` if the operation has none, or
    /// one that is neither a list nor a map.
    pub items: Option<FindItems<C>>,
    /// Whether a page says that more follow (`more_results`; a missing value means no). `None`: the model has no such
    /// member, and the tokens decide.
    pub more_results: Option<fn(&PageOf<C>) -> bool>,
    /// Unsets the results after the first (`result_key`). Called when a listing is resumed in the middle of a page: they
    /// were returned with the page's first part. `None`: there is one result.
    pub clear_secondary: Option<fn(&mut PageOf<C>)>,
}

impl<C: Paginated> Pagination<C> {
    /// The defaults of a listing's constant.
    pub const DEFAULT: Self = Self {
        operation: "",
        tokens: &[],
        limit: None,
        items: None,
        more_results: None,
        clear_secondary: None,
    };
}

impl<C: Paginated> fmt::Debug for Pagination<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pagination")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

/// A page token: the member of the input, and the next token in the output.
pub struct PageToken<C: Paginated> {
    /// The name of the input's member for it.
    pub member: &'static str,
    /// That member's place.
    pub input: fn(&mut C) -> &mut dyn TokenPlace,
    /// The token of the next page. Called before items are removed from the page.
    pub output: fn(&PageOf<C>) -> Option<Token>,
}

impl<C: Paginated> fmt::Debug for PageToken<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PageToken").field(&self.member).finish()
    }
}

impl<C: Paginated> Pagination<C> {
    /// The primary result of a page.
    pub(super) fn items_of(page: &mut PageOf<C>) -> Option<&mut C::Items> {
        C::PAGINATION.items.and_then(|items| items(page))
    }
}

/// The member of an input for a page token.
pub trait TokenPlace {
    /// The token that is set.
    fn token(&self) -> Option<Token>;

    /// Sets or clears the token.
    ///
    /// # Errors
    /// The token is not of the member's type.
    fn set_token(&mut self, token: Option<Token>) -> Result<(), TokenError>;
}

impl<T: ReadValue + WriteValue> TokenPlace for Option<T> {
    fn token(&self) -> Option<Token> {
        Token::of(self)
    }

    fn set_token(&mut self, token: Option<Token>) -> Result<(), TokenError> {
        *self = token.map(Token::read).transpose()?;
        Ok(())
    }
}

/// The collection of a page's items.
pub trait Items: Default + Send + 'static {
    /// The number of items.
    fn count(&self) -> usize;

    /// Drops the first `skip` items, and everything after the `keep` items that follow.
    fn cut(&mut self, skip: usize, keep: usize);
}

impl<T: Send + 'static> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn cut(&mut self, skip: usize, keep: usize) {
        self.truncate(skip.saturating_add(keep));
        self.drain(..skip.min(self.len()));
    }
}

impl<K: Ord + Send + 'static, V: Send + 'static> Items for BTreeMap<K, V> {
    fn count(&self) -> usize {
        self.len()
    }

    fn cut(&mut self, skip: usize, keep: usize) {
        if skip > 0 || keep < self.len() {
            *self = std::mem::take(self)
                .into_iter()
                .skip(skip)
                .take(keep)
                .collect();
        }
    }
}

/// No items: the operation is listed by pages only.
impl Items for () {
    fn count(&self) -> usize {
        0
    }

    fn cut(&mut self, _skip: usize, _keep: usize) {}
}
