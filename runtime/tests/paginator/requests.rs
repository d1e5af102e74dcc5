//! What a paginator sends, hands out and refuses. Repeated tokens, errors and dropped futures, resuming, and other kinds
//! of tokens and results have files of their own.

use crate::paginated::{Call, Number, Page, Text, Truncated, images, items, pagination_error};

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll_and_no_page_before_it_is_needed() {
    let call = images(&[2, 2]);
    let mut stream = call.clone().into_paginator().items().send();
    assert_eq!(call.requests().len(), 0);
    assert_eq!(stream.next().await.unwrap().unwrap(), 0);
    assert_eq!(stream.next().await.unwrap().unwrap(), 1);
    assert_eq!(call.requests(), [(Text(None), None)]);
    assert_eq!(stream.next().await.unwrap().unwrap(), 2);
    assert_eq!(
        call.requests(),
        [(Text(None), None), (Text::from("t1"), None)]
    );
    drop(call.clone().into_paginator().send());
    assert_eq!(call.requests().len(), 2);
}

#[tokio::test]
async fn the_page_size_is_set_on_every_request() {
    let call = images(&[2, 2]);
    assert_eq!(
        items(call.clone().into_paginator().page_size(25).items().send()).await,
        [0, 1, 2, 3]
    );
    assert_eq!(
        call.requests(),
        [(Text(None), Some(25)), (Text::from("t1"), Some(25))]
    );
}

#[tokio::test]
async fn settings_that_do_not_fit_are_reported_before_anything_is_sent() {
    let list = images(&[1]);
    let parts = Call::listing(&[1], |_| Number(Some(1)));
    let mut none = parts.clone().into_paginator().page_size(5).send();
    let expected = "ListImages: the operation has no parameter for a page size (page_size is 5)";
    assert_eq!(
        pagination_error(none.next().await.unwrap().unwrap_err()),
        expected
    );
    assert_eq!(
        pagination_error(none.next().await.unwrap().unwrap_err()),
        expected,
        "None would say that the listing is complete"
    );
    for size in [0, -1] {
        let mut wrong = list.clone().into_paginator().page_size(size).send();
        assert_eq!(
            pagination_error(wrong.next().await.unwrap().unwrap_err()),
            format!("ListImages: expected a page_size of 1 or more, found {size}")
        );
    }
    assert_eq!(list.requests().len() + parts.requests().len(), 0);
}

#[tokio::test]
async fn a_maximum_of_zero_sends_nothing_and_yields_nothing() {
    let call = images(&[2]);
    assert!(
        call.clone()
            .into_paginator()
            .max_items(0)
            .send()
            .next()
            .await
            .is_none()
    );
    assert!(
        call.clone()
            .into_paginator()
            .max_items(0)
            .items()
            .send()
            .next()
            .await
            .is_none()
    );
    assert_eq!(call.requests().len(), 0);
}

#[tokio::test]
async fn an_empty_page_with_a_token_does_not_end_the_listing() {
    let call = images(&[0, 2, 0, 0, 1, 0]);
    assert_eq!(
        items(call.clone().into_paginator().items().send()).await,
        [0, 1, 2]
    );
    let mut pages = call.into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().images.unwrap().len());
    }
    assert_eq!(sizes, [0, 2, 0, 0, 1, 0]);
}

#[tokio::test]
async fn an_empty_token_ends_the_listing_and_so_does_a_page_without_members() {
    let empty = Call::new(|_, _| {
        Ok(Page {
            images: Some(vec![7]),
            next: Text::from(""),
            ..Page::default()
        })
    });
    let mut stream = empty.clone().into_paginator().items().send();
    assert_eq!(stream.collect().await.unwrap(), [7]);
    assert_eq!(stream.resume_token(), None);
    assert_eq!(empty.requests().len(), 1);
    let bare = Call::<Text>::new(|_, _| Ok(Page::default()));
    assert!(items(bare.into_paginator().items().send()).await.is_empty());
}

#[tokio::test]
async fn more_results_that_is_false_or_missing_ends_the_listing_even_with_a_token() {
    for last in [Some(false), None] {
        let call = Call::new(move |number, _| {
            let next = Truncated(Some(format!("t{number}")));
            let truncated = if number == 1 { last } else { Some(true) };
            Ok(Page {
                images: Some(vec![number.try_into().unwrap()]),
                truncated,
                next,
                ..Page::default()
            })
        });
        let mut stream = call.into_paginator().items().send();
        assert_eq!(stream.collect().await.unwrap(), [0, 1]);
        assert_eq!(stream.resume_token(), None);
    }
}

#[tokio::test]
async fn the_last_page_is_cut_at_the_maximum_and_keeps_its_other_results() {
    let call = Call::new(|_, (asked, _)| {
        let first = *asked == Text(None);
        let (images, next) = if first {
            (vec![0, 1, 2], Text::from("t1"))
        } else {
            (vec![3, 4, 5], Text::from("t2"))
        };
        Ok(Page {
            images: Some(images),
            prefixes: Some(vec!["a", "b"]),
            next,
            ..Page::default()
        })
    });
    let mut pages = call.clone().into_paginator().max_items(4).send();
    assert_eq!(
        pages.next().await.unwrap().unwrap().images,
        Some(vec![0, 1, 2])
    );
    let last = pages.next().await.unwrap().unwrap();
    assert_eq!(
        (last.images, last.prefixes),
        (Some(vec![3]), Some(vec!["a", "b"]))
    );
    assert!(pages.next().await.is_none());
    assert_eq!(call.requests().len(), 2);
    // At a page boundary the page after it is not even asked for.
    assert_eq!(
        items(call.clone().into_paginator().max_items(3).items().send()).await,
        [0, 1, 2]
    );
    assert_eq!(call.requests().len(), 3);
}
