//! Listing page by page.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::driver::{Driver, Polled};
use super::{Paginated, ResumeToken};

/// The pages of a listing. Nothing is sent before the stream is polled, and no page is requested in advance.
///
/// After a failed request the stream can be polled again: it requests the failed page again. A setting that does not
/// apply to the operation and a repeated page token are errors of kind [`Pagination`](crate::ErrorKind::Pagination);
/// polled again, the stream returns them again, so that `None` never follows a permanent error.
///
/// Dropping it, or the future of [`next`](Self::next), loses no page at any time.
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

    /// The token for exactly the pages, and the items of a page that was cut, that have not been returned yet: before
    /// the first page, after an interruption, at the maximum, after an error. `None` only when the listing is complete.
    ///
    /// Results after the operation's first one are returned with the first part of a page that was cut, and not again
    /// with its rest.
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

// Nothing in here is pinned: the future of a request is in a box.
impl<C: Paginated> Unpin for PageStream<C> {}

impl<C: Paginated> Stream for PageStream<C> {
    type Item = Result<C::Output, C::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}
