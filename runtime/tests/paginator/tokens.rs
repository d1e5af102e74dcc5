//! Resume tokens: what they say, when there is one, and which text is taken for one.

use crate::paginated::{Call, Page, Text, base64, broken, images};
use tinsmith_runtime::ErrorKind;

#[tokio::test]
async fn the_resume_token_is_current_at_any_moment() {
    let call = images(&[2, 1, 1]);
    let mut stream = call.clone().into_paginator().max_items(3).items().send();
    let mut seen = vec![stream.resume_token().unwrap().to_string()];
    while let Some(item) = stream.next().await {
        item.unwrap();
        seen.push(stream.resume_token().unwrap().to_string());
    }
    let expected = [
        r#"{"nextToken": null}"#,
        r#"{"nextToken": null, "boto_truncate_amount": 1}"#,
        r#"{"nextToken": "t1"}"#,
        r#"{"nextToken": "t2"}"#,
    ];
    assert_eq!(seen, expected.map(base64));
    assert_eq!(
        stream.resume_token().unwrap().to_string(),
        base64(expected[3]),
        "after the maximum"
    );
}

#[tokio::test]
async fn before_the_first_page_it_is_what_was_given() {
    let call = Call::<Text>::new(|_, _| Err(broken("reset")));
    for given in [
        "t1",
        &base64(r#"{"boto_truncate_amount": 1, "nextToken":"t1"}"#),
        &base64(r#"{"Marker": "x"}"#),
    ] {
        let mut stream = call.clone().into_paginator().starting_token(given).send();
        assert_eq!(stream.resume_token(), Some(given.into()));
        stream.next().await.unwrap().unwrap_err();
        assert_eq!(stream.resume_token(), Some(given.into()), "after an error");
    }
    let mut on_the_call = call.fresh();
    on_the_call.tokens = Text::from("t1");
    let stream = on_the_call.into_paginator().send();
    assert_eq!(
        stream.resume_token().unwrap().to_string(),
        base64(r#"{"nextToken": "t1"}"#)
    );
}

#[tokio::test]
async fn it_is_none_only_when_the_listing_is_complete() {
    let mut stream = images(&[2, 1]).into_paginator().max_items(3).items().send();
    assert_eq!(stream.collect().await.unwrap().len(), 3);
    assert_eq!(
        stream.resume_token(),
        None,
        "the maximum was the end as well"
    );
    let mut stream = images(&[2, 1, 0])
        .into_paginator()
        .max_items(3)
        .items()
        .send();
    assert_eq!(stream.collect().await.unwrap().len(), 3);
    assert!(
        stream.resume_token().is_some(),
        "a page is left, be it empty"
    );
}

#[tokio::test]
async fn a_token_set_on_the_call_is_used_first_and_a_starting_token_wins_over_it() {
    let mut call = images(&[1, 1, 1]);
    call.tokens = Text::from("t2");
    assert_eq!(
        call.fresh()
            .into_paginator()
            .items()
            .send()
            .collect()
            .await
            .unwrap(),
        [2]
    );
    let begin = call
        .fresh()
        .into_paginator()
        .starting_token(base64(r#"{"nextToken": null}"#));
    assert_eq!(begin.items().send().collect().await.unwrap(), [0, 1, 2]);
    let middle = call.fresh().into_paginator().starting_token("t1");
    assert_eq!(middle.items().send().collect().await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn other_results_come_with_the_first_part_of_a_page_and_not_again() {
    let call = Call::new(|_, (asked, _)| {
        let next = Text((*asked == Text(None)).then(|| "t1".to_owned()));
        Ok(Page {
            images: Some(vec![1, 2]),
            prefixes: Some(vec!["a"]),
            next,
            ..Page::default()
        })
    });
    let rest = |token: &str| {
        call.clone()
            .into_paginator()
            .starting_token(base64(token))
            .send()
    };
    let cut = rest(r#"{"nextToken": "t1", "boto_truncate_amount": 1}"#)
        .next()
        .await
        .unwrap()
        .unwrap();
    assert_eq!((cut.images, cut.prefixes), (Some(vec![2]), None));
    let boundary = rest(r#"{"nextToken": "t1"}"#)
        .next()
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (boundary.images, boundary.prefixes),
        (Some(vec![1, 2]), Some(vec!["a"]))
    );
}

#[tokio::test]
async fn other_text_is_the_services_own_token() {
    let own = [
        "plain",
        "None",
        "dG9rZW4=",
        &base64("[1, 2]"),
        &base64(r#"{"v": 2, "c": "x"}"#),
        "{}",
        "12",
        " t",
    ];
    for token in own {
        let call = Call::new(|_, _| Ok(Page::default()));
        call.clone()
            .into_paginator()
            .starting_token(token)
            .send()
            .next()
            .await
            .unwrap()
            .unwrap();
        assert_eq!(call.requests(), [(Text::from(token), None)]);
    }
}

#[tokio::test]
async fn a_token_that_does_not_fit_is_an_error_that_says_so() {
    let foreign = "the starting token belongs to another operation: expected `nextToken`, found";
    let advice = "; if it is the service's own token, set it on the call";
    let cases = [
        (base64(r#"{"Marker": "x"}"#), format!("{foreign} `Marker`{advice}")),
        (base64(r#"{"NextToken": "x", "boto_truncate_amount": 2}"#), format!("{foreign} `NextToken`{advice}")),
        (base64(r#"{"a": 1, "boto_truncate_amount": 2}"#), format!("{foreign} `a`{advice}")),
        (base64(r#"{"nextToken": "x", "Marker": "y"}"#), format!("{foreign} `Marker`, `nextToken`{advice}")),
        (base64(r#"{"boto_truncate_amount": 2}"#), format!("{foreign} nothing{advice}")),
        (
            base64(r#"{"nextToken": "x", "boto_truncate_amount": -1}"#),
            "the starting token is invalid: expected `boto_truncate_amount` to be a number from 0, found -1".to_owned(),
        ),
        (String::new(), "the starting token is empty; leave it out to begin at the beginning".to_owned()),
    ];
    for (token, expected) in cases {
        let call = images(&[1]);
        let error = call
            .clone()
            .into_paginator()
            .starting_token(token)
            .send()
            .next()
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string()),
            (ErrorKind::Pagination, format!("ListImages: {expected}"))
        );
        assert_eq!(call.requests(), []);
    }
}
