//! Listings, page by page or item by item: lazily, with a maximum, and with a token to resume from at any time.
//!
//! [`Paginated`] describes the operation of a generated call builder; [`Paginator`] holds the settings; [`PageStream`]
//! and [`ItemStream`] make the calls. The progress of a listing is decided in `state`, without I/O.

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

/// What a listing does when the service returns a page token again. Continuing would return the same pages again,
/// possibly without end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnRepeatedToken {
    /// The page with the token is returned; every later poll returns the error.
    #[default]
    Error,
    /// The page with the token is returned, then the listing ends. For services that repeat the token at the end on
    /// purpose; [`PageStream::resume_token`] still returns it, to look for more items later.
    Stop,
    /// The token is used again, as often as it is returned.
    Continue,
}

/// The settings of a listing. Nothing is sent until a stream from [`send`](Self::send) or [`items`](Self::items) is
/// polled; settings that do not apply to the operation are the first result of that stream.
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
    /// A listing that repeats `call`. A page token that is set on the call is used for the first request.
    pub fn new(call: C) -> Self {
        Self {
            call,
            page_size: None,
            max_items: None,
            starting_token: None,
            on_repeated_token: OnRepeatedToken::default(),
        }
    }

    /// The maximum number of items in one response, at least 1; the service has its own upper limit. It is an error if
    /// the operation has no such parameter.
    pub fn page_size(mut self, page_size: i32) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// The maximum number of items in total, counted in the first of the operation's lists; the last page is cut there.
    /// With 0, nothing is sent. It is an error if the operation lists no items.
    pub fn max_items(mut self, max_items: u64) -> Self {
        self.max_items = Some(max_items);
        self
    }

    /// Resumes an earlier listing of the same operation with the same parameters. The text is from
    /// [`PageStream::resume_token`] or from botocore (boto3, the AWS CLI), or is the service's own token. It has
    /// priority over a page token that is set on the call.
    pub fn starting_token(mut self, token: impl Into<ResumeToken>) -> Self {
        self.starting_token = Some(token.into());
        self
    }

    /// What to do when the service returns a page token again; an error by default.
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

/// A [`Paginator`] whose stream returns items.
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
