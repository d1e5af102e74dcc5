//! Listings, page by page or item by item: lazily, with a maximum, and with a token to go on with at any moment.
//!
//! [`Paginated`] is what a generated call builder says of its operation; [`Paginator`] holds the settings;
//! [`PageStream`] and [`ItemStream`] make the calls. Where a listing stands is decided in `state`, without I/O.

mod driver;
mod item_stream;
mod page_stream;
mod paginated;
mod resume_token;
mod start;
mod state;
mod token;
mod token_writer;

pub use item_stream::ItemStream;
pub use page_stream::PageStream;
pub use paginated::{Items, PageToken, Paginated, Pagination, TokenPlace};
pub use resume_token::ResumeToken;
pub use token::{Token, TokenError};

use driver::Driver;

/// What a listing does when the service gives a page token that it gave before. Going on would show the same pages
/// again, perhaps for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnRepeatedToken {
    /// The page that carries the token is handed out; from there every poll gives the error.
    #[default]
    Error,
    /// The page that carries the token is handed out, then the listing ends. For services that repeat the token at
    /// the end on purpose; [`PageStream::resume_token`] still gives it, so that one can look for more later.
    Stop,
    /// The token is used again, as often as it comes.
    Continue,
}

/// The settings of a listing. Nothing is sent until a stream that [`send`](Self::send) or [`items`](Self::items)
/// gives is polled; settings that do not fit the operation are the first thing that the stream answers.
#[derive(Clone, Debug)]
#[must_use = "a paginator does nothing until it is sent and its stream is polled"]
pub struct Paginator<C> {
    call: C,
    page_size: Option<i32>,
    max_items: Option<u64>,
    starting_token: Option<ResumeToken>,
    on_repeated_token: OnRepeatedToken,
}

impl<C: Paginated> Paginator<C> {
    /// A listing through `call`. A page token that is set on the call is used for the first request.
    pub fn new(call: C) -> Self {
        Self {
            call,
            page_size: None,
            max_items: None,
            starting_token: None,
            on_repeated_token: OnRepeatedToken::default(),
        }
    }

    /// Asks the service for at most so many items in one response, 1 or more; the service has an upper limit of its
    /// own. An error where the operation has no such parameter.
    pub fn page_size(mut self, page_size: i32) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// Hands out at most so many items in all, counted in the first of the operation's lists; the last page is cut
    /// there. With 0, nothing is sent. An error where the operation lists no items.
    pub fn max_items(mut self, max_items: u64) -> Self {
        self.max_items = Some(max_items);
        self
    }

    /// Goes on where an earlier listing of the same operation with the same parameters stopped. The text may come from
    /// [`PageStream::resume_token`], from botocore (boto3, the AWS CLI), or be the service's own token. It takes
    /// precedence over a page token that is set on the call.
    pub fn starting_token(mut self, token: impl Into<ResumeToken>) -> Self {
        self.starting_token = Some(token.into());
        self
    }

    /// What happens when the service gives a page token that it gave before; an error unless said otherwise.
    pub fn on_repeated_token(mut self, on_repeated_token: OnRepeatedToken) -> Self {
        self.on_repeated_token = on_repeated_token;
        self
    }

    /// The pages, as a stream.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn send(self) -> PageStream<C> {
        PageStream::new(Driver::new(self))
    }

    /// The items instead of the pages.
    pub fn items(self) -> PaginatorItems<C>
    where
        C::Items: IntoIterator,
    {
        PaginatorItems { paginator: self }
    }
}

/// A [`Paginator`] whose stream gives items.
#[derive(Clone, Debug)]
#[must_use = "a paginator does nothing until it is sent and its stream is polled"]
pub struct PaginatorItems<C> {
    paginator: Paginator<C>,
}

impl<C: Paginated> PaginatorItems<C>
where
    C::Items: IntoIterator,
{
    /// The items, as a stream.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn send(self) -> ItemStream<C> {
        ItemStream::new(Driver::new(self.paginator))
    }
}
