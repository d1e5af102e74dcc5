//! A listing, page by page.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::driver::{Driver, Polled};
use super::{Paginated, ResumeToken};

/// The pages of a listing. Nothing is sent before it is polled, and never more than the page that is asked for.
///
/// After a failed request it can be polled again: the page that failed is asked for again. A setting that does not fit
/// the operation and a repeated page token are errors of kind [`Pagination`](crate::ErrorKind::Pagination); polled
/// again, the stream gives them again, so that `None` never follows an error that stays.
///
/// Dropping it, or the future of [`next`](Self::next), at any moment loses no page.
#[must_use = "a stream does nothing until it is polled"]
pub struct PageStream<C: Paginated> {
    driver: Driver<C>,
}

impl<C: Paginated> PageStream<C> {
    pub(super) fn new(driver: Driver<C>) -> Self {
        Self { driver }
    }

    /// The next page; `None` at the end of the listing or at the maximum.
    pub async fn next(&mut self) -> Option<Result<C::Output, C::Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    /// The token that gives exactly the pages, and the items of a page that was cut, that were not handed out yet:
    /// before the first page, after a break, at the maximum, after an error. `None` only when the listing is complete.
    ///
    /// Results after the operation's first one come with the first part of a page that was cut, not again with the
    /// rest of it.
    #[must_use]
    pub fn resume_token(&self) -> Option<ResumeToken> {
        self.driver.state.resume_token()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Polled<C::Output, C::Error> {
        self.driver.poll_page(context).map_ok(|(page, items)| {
            self.driver.state.advance(items);
            page
        })
    }
}

// Nothing in here is pinned in place: the future of a request has a box of its own.
impl<C: Paginated> Unpin for PageStream<C> {}

impl<C: Paginated> Stream for PageStream<C> {
    type Item = Result<C::Output, C::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}
