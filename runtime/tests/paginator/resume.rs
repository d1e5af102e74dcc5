//! Resuming: every listing that is stopped anywhere and gone on with yields each item once.

use crate::paginated::{Call, Page, Request, Text, broken, images};
use tinsmith_runtime::{Paginator, ResumeToken};

/// Sizes of the pages of the listings that are tried.
const SHAPES: &[&[usize]] = &[
    &[],
    &[0],
    &[1],
    &[4],
    &[3, 3],
    &[3, 2, 1],
    &[1, 1, 1],
    &[0, 2, 0],
    &[2, 0, 0, 2],
    &[0, 0, 0],
    &[0, 3, 0, 1, 0],
];

fn listing(sizes: &[usize]) -> Call<Text> {
    if sizes.is_empty() {
        Call::new(|_, _| Ok(Page::default()))
    } else {
        images(sizes)
    }
}

fn all(sizes: &[usize]) -> Vec<u32> {
    (0..u32::try_from(sizes.iter().sum::<usize>()).unwrap()).collect()
}

/// A paginator that goes on with `token`, which has travelled as text.
fn go_on(call: &Call<Text>, token: &Option<ResumeToken>) -> Paginator<Call<Text>> {
    let paginator = call.clone().into_paginator();
    match token {
        None => paginator,
        Some(token) => paginator.starting_token(token.to_string().parse::<ResumeToken>().unwrap()),
    }
}

#[tokio::test]
async fn items_taken_some_at_a_time_are_the_whole_listing() {
    for sizes in SHAPES {
        for step in 1..=5 {
            let (call, mut token, mut got) = (listing(sizes), None, Vec::new());
            loop {
                let mut stream = go_on(&call, &token).items().send();
                for _ in 0..step {
                    got.extend(stream.next().await.map(Result::unwrap));
                }
                token = stream.resume_token();
                if token.is_none() {
                    break;
                }
            }
            assert_eq!(got, all(sizes), "{sizes:?}, {step} at a time");
        }
    }
}

#[tokio::test]
async fn a_listing_can_be_stopped_once_at_every_item() {
    for sizes in SHAPES {
        for stop in 0..=all(sizes).len() {
            let call = listing(sizes);
            let mut first = call.clone().into_paginator().items().send();
            let mut got = Vec::new();
            for _ in 0..stop {
                got.push(first.next().await.unwrap().unwrap());
            }
            if let Some(token) = first.resume_token() {
                got.extend(
                    go_on(&call, &Some(token))
                        .items()
                        .send()
                        .collect()
                        .await
                        .unwrap(),
                );
            }
            assert_eq!(got, all(sizes), "{sizes:?} stopped after {stop}");
        }
    }
}

#[tokio::test]
async fn listings_with_a_maximum_follow_one_another_without_a_gap() {
    for sizes in SHAPES {
        for maximum in 1..=7 {
            let (call, mut token, mut got) = (listing(sizes), None, Vec::new());
            loop {
                let mut stream = go_on(&call, &token).max_items(maximum).items().send();
                let items = stream.collect().await.unwrap();
                token = stream.resume_token();
                assert!(
                    items.len() as u64 == maximum || token.is_none(),
                    "{sizes:?}, {maximum}: cut short"
                );
                got.extend(items);
                if token.is_none() {
                    break;
                }
            }
            assert_eq!(got, all(sizes), "{sizes:?}, at most {maximum}");
        }
    }
}

#[tokio::test]
async fn pages_are_resumed_between_pages_and_where_one_was_cut() {
    for sizes in SHAPES {
        for maximum in 1..=7 {
            for pages in 1..=3 {
                let (call, mut token, mut got) = (listing(sizes), None, Vec::new());
                loop {
                    let mut stream = go_on(&call, &token).max_items(maximum).send();
                    for _ in 0..pages {
                        let page = stream.next().await.map(Result::unwrap).unwrap_or_default();
                        got.extend(page.images.unwrap_or_default());
                    }
                    token = stream.resume_token();
                    if token.is_none() {
                        break;
                    }
                }
                assert_eq!(
                    got,
                    all(sizes),
                    "{sizes:?}, at most {maximum} items and {pages} pages"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_listing_that_breaks_at_every_request_is_resumed_after_every_error() {
    for sizes in SHAPES {
        let well = listing(sizes);
        let call = Call::new(move |number, asked| {
            if number % 2 == 0 {
                Err(broken("reset"))
            } else {
                well.answer(asked)
            }
        });
        let (mut token, mut got) = (None, Vec::new());
        'resumed: loop {
            let mut stream = go_on(&call, &token).max_items(2).items().send();
            let mut errors = 0;
            while let Some(item) = stream.next().await {
                match item {
                    Ok(item) => got.push(item),
                    // Retried at the first error, given up at the second.
                    Err(_) => errors += 1,
                }
                if errors == 2 {
                    token = stream.resume_token();
                    continue 'resumed;
                }
            }
            token = stream.resume_token();
            if token.is_none() {
                break;
            }
        }
        assert_eq!(got, all(sizes), "{sizes:?}");
    }
}

#[tokio::test]
async fn a_smaller_page_size_does_not_repeat_items() {
    // The service counts: its tokens are offsets.
    let call = Call::new(|_, (asked, size): &Request<Text>| {
        let from: u32 = asked.0.as_ref().map_or(0, |token| token.parse().unwrap());
        let to = (from + u32::try_from(size.unwrap()).unwrap()).min(20);
        let next = Text((to < 20).then(|| to.to_string()));
        Ok(Page {
            images: Some((from..to).collect()),
            next,
            ..Page::default()
        })
    });
    for (size, taken) in [(10, 7), (10, 12), (10, 10), (3, 7), (20, 19)] {
        for next_size in [1, 2, 5, 7, 50] {
            let mut first = call
                .clone()
                .into_paginator()
                .page_size(size)
                .max_items(taken)
                .items()
                .send();
            let mut got = first.collect().await.unwrap();
            let mut token = first.resume_token();
            while token.is_some() {
                let mut stream = go_on(&call, &token)
                    .page_size(next_size)
                    .max_items(2)
                    .items()
                    .send();
                got.extend(stream.collect().await.unwrap());
                token = stream.resume_token();
            }
            assert_eq!(
                got,
                (0..20).collect::<Vec<_>>(),
                "{taken} in pages of {size}, the rest in pages of {next_size}"
            );
        }
    }
}
