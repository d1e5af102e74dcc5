//! The part that both streams share: makes the calls that the state requires, one at a time.

use std::task::{Context, Poll};

use futures_core::future::BoxFuture;

use super::start::{set_token, start};
use super::state::{PageSlice, State, Step};
use super::{Items, Paginated, Pagination, Paginator};
use crate::error::{ErrorKind, Failure};
use crate::repeat::AnswerWithStatus;

/// The result of polling a stream of results.
pub(super) type Polled<T, E> = Poll<Option<Result<T, E>>>;

/// A call, the state of its listing, and the running request. The request is kept here and not in the future of a
/// `next()`, so that nothing is lost if that future is dropped.
pub(super) struct Driver<C: Paginated> {
    call: C,
    pub(super) state: State,
    in_flight: Option<BoxFuture<'static, AnswerWithStatus<C::Output, C::Error>>>,
}

impl<C: Paginated> Driver<C> {
    pub(super) fn new(paginator: Paginator<C>) -> Self {
        let (call, state) = start(paginator);
        Self {
            call,
            state,
            in_flight: None,
        }
    }

    /// The next page, cut to the items that are to be returned, and the number of those.
    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Polled<(C::Output, usize), C::Error> {
        loop {
            if let Some(request) = &mut self.in_flight {
                let Poll::Ready(answer) = request.as_mut().poll(context) else {
                    return Poll::Pending;
                };
                self.in_flight = None;
                return Poll::Ready(Some(answer.map(|(page, _)| self.receive(page))));
            }
            match self.state.next_step() {
                Step::Request => self.request(),
                Step::End => return Poll::Ready(None),
                Step::Fail(text) => {
                    let failure = Failure::new(ErrorKind::Pagination, C::PAGINATION.operation)
                        .with_message(text);
                    return Poll::Ready(Some(Err(failure.into())));
                }
            }
        }
    }

    fn request(&mut self) {
        let mut call = self.call.clone();
        for (index, token) in self.state.tokens().iter().enumerate() {
            if let Err(text) = set_token(&mut call, index, token.clone()) {
                self.state.invalidate(text);
                return;
            }
        }
        self.in_flight = Some(call.repeat());
    }

    fn receive(&mut self, mut page: C::Output) -> (C::Output, usize) {
        // The tokens first: for some services, the token is a part of the last item.
        let next = C::PAGINATION.tokens.iter();
        let next = next.map(|token| (token.output)(&page)).collect();
        let more = C::PAGINATION.more_results.is_none_or(|more| more(&page));
        let count = Pagination::<C>::items_of(&mut page).map_or(0, |items| items.count());
        let PageSlice {
            skip,
            keep,
            resumed,
        } = self.state.receive(count, next, more);
        if let Some(items) = Pagination::<C>::items_of(&mut page) {
            items.cut(skip, keep);
        }
        if let (true, Some(clear)) = (resumed, C::PAGINATION.clear_secondary) {
            clear(&mut page);
        }
        (page, keep)
    }

    /// Goes back to `state`, an earlier state of this listing.
    pub(super) fn go_back(&mut self, state: State) {
        self.in_flight = None;
        self.state = state.without_page();
    }
}
