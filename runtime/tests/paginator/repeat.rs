//! Tokens that a service gives twice.

use crate::paginated::{Call, Page, Request, Text, base64, items, pagination_error};
use tinsmith_runtime::{ErrorKind, OnRepeatedToken};

/// A service whose pages go round in a circle of `length` after `before` pages.
fn circle(before: usize, length: usize) -> Call<Text> {
    let place = move |page: usize| {
        if page < before {
            page
        } else {
            before + (page - before) % length
        }
    };
    Call::new(move |_, (asked, _): &Request<Text>| {
        let page = asked.0.as_ref().map_or(0, |token| {
            token.strip_prefix('t').unwrap().parse::<usize>().unwrap()
        });
        let next = Text(Some(format!("t{}", place(page + 1))));
        Ok(Page {
            images: Some(vec![u32::try_from(page).unwrap()]),
            next,
            ..Page::default()
        })
    })
}

#[tokio::test]
async fn a_repeated_token_is_an_error_after_the_page_that_carried_it() {
    for (before, length, expected) in [
        (1, 1, vec![0, 1]),
        (1, 2, vec![0, 1, 2]),
        (1, 3, vec![0, 1, 2, 3]),
        (3, 2, vec![0, 1, 2, 3, 4]),
    ] {
        let call = circle(before, length);
        let mut stream = call.clone().into_paginator().items().send();
        for item in &expected {
            assert_eq!(stream.next().await.unwrap().unwrap(), *item);
        }
        for _ in 0..2 {
            assert_eq!(
                pagination_error(stream.next().await.unwrap().unwrap_err()),
                format!(
                    "ListImages: the service gave the same page token twice, so the listing would not end: nextToken = \
                     \"t{before}\"; to stop there or to go on nevertheless, see Paginator::on_repeated_token"
                )
            );
        }
        assert_eq!(
            call.requests().len(),
            expected.len(),
            "no page is asked for twice"
        );
        let token = stream.resume_token().unwrap().to_string();
        assert_eq!(token, base64(&format!(r#"{{"nextToken": "t{before}"}}"#)));
    }
}

#[tokio::test]
async fn a_token_that_the_listing_began_with_counts_as_used() {
    let mut call = circle(1, 2);
    call.tokens = Text::from("t1");
    let mut stream = call.into_paginator().items().send();
    assert_eq!(stream.next().await.unwrap().unwrap(), 1);
    assert_eq!(stream.next().await.unwrap().unwrap(), 2);
    assert_eq!(
        stream.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Pagination
    );
}

#[tokio::test]
async fn a_repeated_token_can_end_the_listing_or_be_used_again() {
    let stop = circle(1, 2)
        .into_paginator()
        .on_repeated_token(OnRepeatedToken::Stop);
    let mut stream = stop.items().send();
    assert_eq!(stream.collect().await.unwrap(), [0, 1, 2]);
    assert_eq!(
        stream.resume_token().unwrap().to_string(),
        base64(r#"{"nextToken": "t1"}"#)
    );
    let go_on = circle(1, 2)
        .into_paginator()
        .on_repeated_token(OnRepeatedToken::Continue);
    assert_eq!(
        items(go_on.max_items(7).items().send()).await,
        [0, 1, 2, 1, 2, 1, 2]
    );
}
