//! Any text as a resume token: the rest of the listing, or an error before anything is returned.

use crate::paginated::{self, Call, Page, Text, broken};
use proptest::prelude::*;
use tinsmith_runtime::ResumeToken;
use tinsmith_tests::fuzz;

/// A resume token as it is before base64.
const TOKEN: &str =
    r#"{"nextToken": "t1", "boto_truncate_amount": 1, "boto_encoded_keys": [["nextToken"]]}"#;

/// A listing of two pages that knows no token but its own.
fn listing() -> Call<Text> {
    Call::new(|_, (asked, _): &(Text, _)| {
        let (images, next) = match asked.0.as_deref() {
            None => (vec![0, 1], Text::from("t1")),
            Some("t1") => (vec![2], Text(None)),
            Some(_) => return Err(broken("no such token")),
        };
        Ok(Page {
            images: Some(images),
            next,
            ..Page::default()
        })
    })
}

/// Pieces of JSON that a token could have, and any bytes.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    fuzz::nearly(&[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\ud83d",
        "null",
        "true",
        "-",
        "0",
        "1E400",
        "\"nextToken\":",
        "\"boto_truncate_amount\":",
        "\u{fc}",
        "99999999999999999999",
    ])
}

proptest! {
    #![proptest_config(fuzz::config())]

    #[test]
    fn resume_tokens(json in fuzz::mutated(TOKEN, 1..4, 0..8, pieces()), encoded in any::<bool>()) {
        let text = String::from_utf8_lossy(&json).into_owned();
        let text = if encoded { paginated::base64(&text) } else { text };
        let token: ResumeToken = text.parse().unwrap();
        prop_assert_eq!(token.to_string(), text);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (items, error) = runtime.block_on(async {
            let mut stream = listing().into_paginator().starting_token(token).items().send();
            let mut items = Vec::new();
            loop {
                match stream.next().await {
                    Some(Ok(item)) => items.push(item),
                    Some(Err(error)) => return (items, Some(error.to_string())),
                    None => return (items, None),
                }
            }
        });
        // The end of the listing from somewhere on, or an error before anything.
        prop_assert!([0, 1, 2].ends_with(&items), "{:?}", items);
        prop_assert!(error.is_none_or(|error| items.is_empty() && !error.is_empty()));
    }
}
