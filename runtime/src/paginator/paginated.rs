//! What a generated call builder says of its operation so that it can be listed.

use std::collections::BTreeMap;

use futures_core::future::BoxFuture;

use super::{Token, TokenError};
use crate::error::Failure;

/// How an operation is listed, as data: names of members in the model, for resume tokens and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The operation's name in the model.
    pub operation: &'static str,
    /// The input members that take the page tokens (`input_token`), in model order.
    pub input_tokens: &'static [&'static str],
    /// The input member that limits the size of a page (`limit_key`).
    pub limit: Option<&'static str>,
    /// The path of the list or map that is the primary result (the first `result_key`); `None` where the operation has
    /// none, or one that is neither a list nor a map.
    pub result: Option<&'static str>,
}

/// A call that answers in pages. Generated call builders implement it; it holds accessors only, no behaviour.
///
/// `index` counts along [`Pagination::input_tokens`] and the output tokens that belong to them; for an index that is
/// not there, reading gives `None` and writing does nothing.
pub trait Paginated: Clone + Send + 'static {
    /// The operation's output.
    type Page: Send + 'static;
    /// The primary result's type: `Vec<T>`, `BTreeMap<K, V>` (its items are pairs), or `()` where there is none.
    type Items: Items;
    /// The crate's error.
    type Error: From<Failure>;
    /// Names of the members.
    const PAGINATION: Pagination;

    /// Makes the call once.
    fn send(self) -> BoxFuture<'static, Result<Self::Page, Self::Error>>;

    /// The page token that is set in the input.
    fn token(&self, index: usize) -> Option<Token>;

    /// Sets or clears the page token in the input.
    ///
    /// # Errors
    /// The token is not of the member's type.
    fn set_token(&mut self, index: usize, token: Option<Token>) -> Result<(), TokenError>;

    /// The token of the page after `page`. Asked before items are taken out of the page.
    fn next_token(page: &Self::Page, index: usize) -> Option<Token>;

    /// Whether the page says that more follow (`more_results`; a missing value means no). Operations whose model has
    /// no such member keep this default: their tokens decide.
    fn more_results(page: &Self::Page) -> bool {
        let _ = page;
        true
    }

    /// Sets the limit member. Called only where [`Pagination::limit`] names one.
    fn set_page_size(&mut self, page_size: i32) {
        let _ = page_size;
    }

    /// The primary result, where the page has it.
    fn items(page: &mut Self::Page) -> Option<&mut Self::Items>;

    /// Unsets the results after the first (`result_key`). Called when a listing goes on in the middle of a page: they
    /// were handed out with the page's first part. Operations with one result keep this default.
    fn clear_secondary(page: &mut Self::Page) {
        let _ = page;
    }
}

/// The collection that a page's items come in.
pub trait Items: Default + Send + 'static {
    /// How many there are.
    fn count(&self) -> usize;

    /// Drops the first `skip` items, and what follows the `keep` items after them.
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
