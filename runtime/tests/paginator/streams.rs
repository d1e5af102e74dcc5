//! The streams as such: errors and retries, dropped futures, collecting.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use crate::paginated::{Call, Page, Text, base64, broken, images};
use futures_core::Stream;
use tinsmith_runtime::{ItemStream, PageStream};

#[tokio::test]
async fn streams_are_streams_that_can_be_moved_and_sent_to_other_threads() {
    fn check<S: Stream + Send + Unpin + 'static>() {}
    check::<PageStream<Call<Text>>>();
    check::<ItemStream<Call<Text>>>();
    let mut stream = images(&[2, 1]).into_paginator().items().send();
    let task = tokio::spawn(async move {
        (
            stream.next().await.unwrap().unwrap(),
            stream.collect().await.unwrap(),
        )
    });
    assert_eq!(task.await.unwrap(), (0, vec![1, 2]));
}

#[tokio::test]
async fn after_an_error_the_page_that_failed_is_asked_for_again() {
    let sizes = [2, 0, 1, 3];
    // Every request fails twice before it succeeds.
    let well = images(&sizes);
    let call = Call::new(move |number, asked| {
        if number % 3 < 2 {
            return Err(broken("connection reset"));
        }
        well.answer(asked)
    });
    let (mut got, mut errors) = (Vec::new(), 0);
    let mut stream = call.clone().into_paginator().items().send();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => got.push(item),
            Err(error) => {
                assert_eq!(error.to_string(), "ListImages: connection reset");
                errors += 1;
            }
        }
    }
    assert_eq!(
        (got, errors, call.requests().len()),
        (vec![0, 1, 2, 3, 4, 5], 8, 12)
    );
    assert_eq!(stream.resume_token(), None);
}

#[tokio::test]
async fn dropping_the_future_of_next_loses_nothing() {
    let call = images(&[1, 2]);
    let mut stream = call.clone().into_paginator().items().send();
    let mut got = Vec::new();
    loop {
        // One poll, then the future is dropped: the request stays under way.
        let mut next = Box::pin(stream.next());
        let polled = poll_fn(|context| Poll::Ready(next.as_mut().poll(context))).await;
        drop(next);
        match polled {
            Poll::Pending => tokio::task::yield_now().await,
            Poll::Ready(Some(item)) => got.push(item.unwrap()),
            Poll::Ready(None) => break,
        }
    }
    assert_eq!((got, call.requests().len()), (vec![0, 1, 2], 2));
}

#[tokio::test]
async fn dropping_the_future_of_collect_loses_nothing() {
    for by_collect in [true, false] {
        let mut stream = images(&[1, 2, 1]).into_paginator().items().send();
        let mut collect = Box::pin(stream.collect());
        // The first poll sends the first request; the second one has its item and sends the next.
        for _ in 0..2 {
            let polled = poll_fn(|context| Poll::Ready(collect.as_mut().poll(context))).await;
            assert!(polled.is_pending());
        }
        drop(collect);
        let begin = stream.resume_token().unwrap().to_string();
        assert_eq!(begin, base64(r#"{"nextToken": null}"#));
        let mut got = Vec::new();
        if by_collect {
            got = stream.collect().await.unwrap();
        }
        while let Some(item) = stream.next().await {
            got.push(item.unwrap());
        }
        assert_eq!(got, [0, 1, 2, 3]);
    }
}

#[tokio::test]
async fn as_a_stream_it_gives_the_same_items() {
    let mut stream = images(&[2, 1]).into_paginator().items().send();
    let mut got = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        got.push(item.unwrap());
    }
    assert_eq!(got, [0, 1, 2]);
}

#[tokio::test]
async fn members_of_the_first_page_other_than_its_items_stay_accessible() {
    let call = Call::new(|number, _| {
        let next = Text((number == 0).then(|| "t1".to_owned()));
        let owner = Some(if number == 0 { "first" } else { "second" });
        Ok(Page {
            images: Some(vec![1]),
            owner,
            next,
            ..Page::default()
        })
    });
    let mut stream = call.into_paginator().items().send();
    assert!(stream.first_page().is_none());
    assert_eq!(stream.collect().await.unwrap(), [1, 1]);
    let first = stream.first_page().unwrap();
    assert_eq!(
        (first.owner, first.images.as_deref()),
        (Some("first"), Some([].as_slice()))
    );
}

#[tokio::test]
async fn collect_loses_nothing_when_it_fails() {
    let well = images(&[2, 2, 1]);
    let call = Call::new(move |number, asked| {
        if number == 1 {
            Err(broken("connection reset"))
        } else {
            well.answer(asked)
        }
    });
    // Once more: it goes on where it failed.
    let mut stream = call.fresh().into_paginator().items().send();
    assert_eq!(stream.next().await.unwrap().unwrap(), 0);
    let before = stream.resume_token();
    stream.collect().await.unwrap_err();
    assert_eq!(stream.resume_token(), before, "nothing was handed out");
    assert_eq!(stream.collect().await.unwrap(), [1, 2, 3, 4]);
    assert_eq!(stream.resume_token(), None);
    // Or item by item: from where it began.
    let mut stream = call.fresh().into_paginator().items().send();
    assert_eq!(stream.next().await.unwrap().unwrap(), 0);
    stream.collect().await.unwrap_err();
    let mut rest = Vec::new();
    while let Some(item) = stream.next().await {
        rest.push(item.unwrap());
    }
    assert_eq!(rest, [1, 2, 3, 4]);
}
