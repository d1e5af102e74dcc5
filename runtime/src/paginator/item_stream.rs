//! Listing item by item.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::driver::{Driver, Polled};
use super::state::State;
use super::{Paginated, Pagination, ResumeToken};

/// The items of a listing: those of the operation's first result, as pairs if it is a map. Nothing is sent before the
/// stream is polled, and a page is requested only when its first item is needed.
///
/// After a failed request the stream can be polled again: it requests the failed page again. A setting that does not
/// apply to the operation and a repeated page token are errors of kind [`Pagination`](crate::ErrorKind::Pagination);
/// polled again, the stream returns them again, so that `None` never follows a permanent error.
///
/// Dropping it, or the future of [`next`](Self::next) or [`collect`](Self::collect), loses no item at any time.
#[must_use = "a stream does nothing until it is polled"]
pub struct ItemStream<C: Paginated>
where
    C::Items: IntoIterator,
{
    driver: Driver<C>,
    items: Option<<C::Items as IntoIterator>::IntoIter>,
    first_page: Option<C::Output>,
    collecting: Option<Collecting<ItemOf<C>>>,
}

type ItemOf<C> = <<C as Paginated>::Items as IntoIterator>::Item;

/// A `collect` that has not ended: where it started, and the items so far.
struct Collecting<T> {
    from: State,
    items: Vec<T>,
}

impl<C: Paginated> ItemStream<C>
where
    C::Items: IntoIterator,
{
    pub(super) fn new(driver: Driver<C>) -> Self {
        Self {
            driver,
            items: None,
            first_page: None,
            collecting: None,
        }
    }

    /// The next item; `None` at the end of the listing or at the maximum.
    pub async fn next(&mut self) -> Option<Result<ItemOf<C>, C::Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    /// All items that are left. After an error, `collect` continues from the failed page and returns all of them;
    /// [`next`](Self::next) and [`resume_token`](Self::resume_token) are still where `collect` started.
    ///
    /// # Errors
    /// The first error of the listing.
    pub async fn collect(&mut self) -> Result<Vec<ItemOf<C>>, C::Error> {
        if self.collecting.is_none() {
            self.collecting = Some(Collecting {
                from: self.driver.state.clone(),
                items: Vec::new(),
            });
        }
        while let Some(item) = std::future::poll_fn(|context| self.poll_listing(context)).await {
            let item = item?;
            if let Some(collecting) = &mut self.collecting {
                collecting.items.push(item);
            }
        }
        Ok(self
            .collecting
            .take()
            .map_or_else(Vec::new, |collecting| collecting.items))
    }

    /// The token for exactly the items that have not been returned yet: before the first one, between two, at the
    /// maximum, after an error. `None` only when the listing is complete.
    #[must_use]
    pub fn resume_token(&self) -> Option<ResumeToken> {
        let state = self
            .collecting
            .as_ref()
            .map_or(&self.driver.state, |collecting| &collecting.from);
        state.resume_token()
    }

    /// The first page, without its items: for results that the service returns once for the whole listing
    /// (`non_aggregate_keys`). `None` until it has arrived.
    #[must_use]
    pub fn first_page(&self) -> Option<&C::Output> {
        self.first_page.as_ref()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Polled<ItemOf<C>, C::Error> {
        // Items that an unfinished `collect` has read are not lost: they are listed again.
        if let Some(collecting) = self.collecting.take() {
            self.items = None;
            self.driver.go_back(collecting.from);
        }
        self.poll_listing(context)
    }

    fn poll_listing(&mut self, context: &mut Context<'_>) -> Polled<ItemOf<C>, C::Error> {
        loop {
            if let Some(item) = self.items.as_mut().and_then(Iterator::next) {
                self.driver.state.advance(1);
                return Poll::Ready(Some(Ok(item)));
            }
            self.items = None;
            let mut page = match self.driver.poll_page(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok((page, _)))) => page,
            };
            self.items =
                Pagination::<C>::items_of(&mut page).map(|items| std::mem::take(items).into_iter());
            self.first_page.get_or_insert(page);
        }
    }
}

// Nothing in here is pinned: the future of a request is in a box.
impl<C: Paginated> Unpin for ItemStream<C> where C::Items: IntoIterator {}

impl<C: Paginated> Stream for ItemStream<C>
where
    C::Items: IntoIterator,
{
    type Item = Result<ItemOf<C>, C::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}
