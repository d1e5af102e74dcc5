//! A paginated operation in memory: what generated code would be, and a service that answers as a test says.

mod tokens;

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use futures_core::future::BoxFuture;
use tinsmith_runtime::{
    AnswerWithStatus, ErrorKind, Failure, ItemStream, Paginated, Pagination, Paginator, Repeatable,
    ResumeToken,
};
pub(crate) use tokens::{Attribute, Key, Number, Pair, Text, Tokens, Truncated};

pub(crate) type Error = tinsmith_runtime::Error<Infallible>;

/// An output with two results and one member that is no result.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page<T> {
    pub(crate) images: Option<Vec<u32>>,
    pub(crate) prefixes: Option<Vec<&'static str>>,
    pub(crate) owner: Option<&'static str>,
    pub(crate) truncated: Option<bool>,
    pub(crate) next: T,
}

/// What the service was asked: the tokens and the page size.
pub(crate) type Request<T> = (T, Option<i32>);

type Answer<T> = dyn Fn(usize, &Request<T>) -> Result<Page<T>, Error> + Send + Sync;

/// The call builder.
#[derive(Clone)]
pub(crate) struct Call<T> {
    answer: Arc<Answer<T>>,
    requests: Arc<Mutex<Vec<Request<T>>>>,
    pub(crate) tokens: T,
    pub(crate) page_size: Option<i32>,
}

impl<T: Tokens> Call<T> {
    /// A call that `answer` answers, from the number of the request (from 0) and what it asks.
    pub(crate) fn new(
        answer: impl Fn(usize, &Request<T>) -> Result<Page<T>, Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            answer: Arc::new(answer),
            requests: Arc::default(),
            tokens: T::default(),
            page_size: None,
        }
    }

    /// A listing of pages with so many images each, numbered through; page `n` is asked for with `token(n)`.
    pub(crate) fn listing(
        sizes: &[usize],
        token: impl Fn(usize) -> T + Send + Sync + 'static,
    ) -> Self {
        let mut pages = Vec::new();
        let mut first = 0;
        for size in sizes {
            let end = first + u32::try_from(*size).unwrap();
            pages.push((first..end).collect::<Vec<_>>());
            first = end;
        }
        Self::new(move |_, (asked, _)| {
            let number = if *asked == T::default() {
                0
            } else {
                (1..pages.len()).find(|n| token(*n) == *asked).unwrap()
            };
            let next = if number + 1 < pages.len() {
                token(number + 1)
            } else {
                T::default()
            };
            Ok(Page {
                images: Some(pages[number].clone()),
                next,
                ..Page::default()
            })
        })
    }

    pub(crate) fn into_paginator(self) -> Paginator<Self> {
        Paginator::new(self)
    }

    /// The same service, that was not asked anything yet.
    pub(crate) fn fresh(&self) -> Self {
        Self {
            requests: Arc::default(),
            ..self.clone()
        }
    }

    /// What the service answers to a first request, without asking it.
    pub(crate) fn answer(&self, request: &Request<T>) -> Result<Page<T>, Error> {
        (self.answer)(0, request)
    }

    pub(crate) fn requests(&self) -> Vec<Request<T>> {
        self.requests.lock().unwrap().clone()
    }
}

impl<T: Tokens> Paginated for Call<T> {
    type Items = Vec<u32>;
    const PAGINATION: Pagination<Self> = T::PAGINATION;
}

impl<T: Tokens> Repeatable for Call<T> {
    type Output = Page<T>;
    type Error = Error;

    fn repeat(&self) -> BoxFuture<'static, AnswerWithStatus<Page<T>, Error>> {
        let call = self.clone();
        Box::pin(async move {
            let request = (call.tokens, call.page_size);
            let number = {
                let mut requests = call.requests.lock().unwrap();
                requests.push(request.clone());
                assert!(requests.len() < 10_000, "the listing does not end");
                requests.len() - 1
            };
            tokio::task::yield_now().await; // an answer takes time: a future can be dropped while waiting
            Ok(((call.answer)(number, &request)?, 200))
        })
    }
}

/// A listing with string tokens `t1`, `t2` and so on.
pub(crate) fn images(sizes: &[usize]) -> Call<Text> {
    Call::listing(sizes, |number| Text(Some(format!("t{number}"))))
}

/// A failed call.
pub(crate) fn broken(message: &str) -> Error {
    Failure::new(ErrorKind::Connection, "ListImages")
        .with_message(message)
        .into()
}

/// Base64 of `json`, as botocore would have it.
pub(crate) fn base64(json: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(json)
}

/// Lists two items at a time until nothing is left to go on with.
pub(crate) async fn two_at_a_time<C: Paginated<Error = Error>>(
    call: &C,
) -> Vec<<C::Items as IntoIterator>::Item>
where
    C::Items: IntoIterator,
{
    let (mut got, mut token): (_, Option<ResumeToken>) = (Vec::new(), None);
    loop {
        let mut paginator = Paginator::new(call.clone()).max_items(2);
        if let Some(token) = token {
            paginator = paginator.starting_token(token);
        }
        let mut stream = paginator.items().send();
        let items = stream.collect().await.unwrap();
        assert!(items.len() <= 2);
        got.extend(items);
        token = stream.resume_token();
        if token.is_none() {
            return got;
        }
    }
}

/// All items of a listing that does not fail.
pub(crate) async fn items<C: Paginated<Error = Error>>(
    mut stream: ItemStream<C>,
) -> Vec<<C::Items as IntoIterator>::Item>
where
    C::Items: IntoIterator,
{
    stream.collect().await.unwrap()
}

/// The text of an error that the paginator itself raises.
pub(crate) fn pagination_error(error: Error) -> String {
    assert_eq!(error.kind(), ErrorKind::Pagination);
    error.to_string()
}
