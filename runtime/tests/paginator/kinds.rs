//! Listings whose tokens are not one string.

use std::collections::BTreeMap;

use crate::paginated::{Attribute, Call, Key, Number, Page, Pair, Text, base64, two_at_a_time};
use tinsmith_runtime::ErrorKind;

#[tokio::test]
async fn two_tokens_of_which_one_may_be_missing() {
    let tokens = |number| match number {
        1 => Pair(Some("key".into()), Some("upload".into())),
        2 => Pair(Some("key".into()), None),
        _ => Pair(None, Some("upload".into())),
    };
    let call = Call::listing(&[1, 3, 2, 2], tokens);
    assert_eq!(
        call.clone()
            .into_paginator()
            .items()
            .send()
            .collect()
            .await
            .unwrap(),
        [0, 1, 2, 3, 4, 5, 6, 7]
    );
    let asked: Vec<_> = call
        .requests()
        .into_iter()
        .map(|(tokens, _)| tokens)
        .collect();
    assert_eq!(
        asked,
        [Pair::default(), tokens(1), tokens(2), tokens(3)],
        "a missing token is unset, not kept"
    );
    assert_eq!(two_at_a_time(&call).await, [0, 1, 2, 3, 4, 5, 6, 7]);
    // The service's own text is the first token.
    let mut own = call.fresh();
    own.tokens = Pair(None, Some("stale".into()));
    own.clone()
        .into_paginator()
        .starting_token("key")
        .send()
        .next()
        .await
        .unwrap()
        .unwrap();
    assert_eq!(own.requests(), [(Pair(Some("key".into()), None), None)]);
}

#[tokio::test]
async fn tokens_that_are_numbers() {
    let call = Call::listing(&[1, 3, 2], |number| {
        Number(Some(1000 * i32::try_from(number).unwrap()))
    });
    assert_eq!(two_at_a_time(&call).await, [0, 1, 2, 3, 4, 5]);
    let own = call.fresh();
    assert_eq!(
        own.clone()
            .into_paginator()
            .starting_token("2000")
            .items()
            .send()
            .collect()
            .await
            .unwrap(),
        [4, 5]
    );
    // 0 is how a service says that nothing follows.
    let zero = Call::new(|_, _| {
        Ok(Page {
            images: Some(vec![1]),
            next: Number(Some(0)),
            ..Page::default()
        })
    });
    assert_eq!(
        zero.into_paginator()
            .items()
            .send()
            .collect()
            .await
            .unwrap(),
        [1]
    );
    for token in [base64(r#"{"PartNumberMarker": "x"}"#), "x".to_owned()] {
        let error = call
            .clone()
            .into_paginator()
            .starting_token(token)
            .send()
            .next()
            .await
            .unwrap()
            .unwrap_err();
        let text = "ListImages: the page token does not fit `PartNumberMarker`: expected an integer, found a string";
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::Pagination, text.to_owned())
        );
    }
}

fn key(number: u8) -> Key {
    let id = Attribute {
        n: Some(number.to_string()),
        ..Attribute::default()
    };
    let hash = Attribute {
        b: Some(vec![0, 255, number].into()),
        ..Attribute::default()
    };
    Key(Some(BTreeMap::from([
        ("id".to_owned(), id),
        ("hash".to_owned(), hash),
    ])))
}

#[tokio::test]
async fn tokens_that_are_maps() {
    let call = Call::listing(&[1, 3, 2], |number| key(number.try_into().unwrap()));
    assert_eq!(two_at_a_time(&call).await, [0, 1, 2, 3, 4, 5]);
    assert_eq!(call.requests().last().unwrap().0, key(2));
    let own = r#"{"id": {"N": "2"}, "hash": {"B": "AP8C"}}"#;
    assert_eq!(
        call.clone()
            .into_paginator()
            .starting_token(own)
            .items()
            .send()
            .collect()
            .await
            .unwrap(),
        [4, 5]
    );
    let empty = Call::new(|_, _| {
        Ok(Page {
            images: Some(vec![1]),
            next: Key(Some(BTreeMap::new())),
            ..Page::default()
        })
    });
    assert_eq!(
        empty
            .into_paginator()
            .items()
            .send()
            .collect()
            .await
            .unwrap(),
        [1],
        "an empty map is no token"
    );
}

#[tokio::test]
async fn a_token_with_the_text_none_is_a_token() {
    let call = Call::listing(&[1, 1], |_| Text::from("None"));
    assert_eq!(
        call.clone()
            .into_paginator()
            .items()
            .send()
            .collect()
            .await
            .unwrap(),
        [0, 1]
    );
    let mut first = call.clone().into_paginator().max_items(1).items().send();
    first.collect().await.unwrap();
    let rest = call
        .into_paginator()
        .starting_token(first.resume_token().unwrap());
    assert_eq!(rest.items().send().collect().await.unwrap(), [1]);
}
