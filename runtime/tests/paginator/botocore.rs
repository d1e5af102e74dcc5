//! Resume tokens of botocore: the same text comes out here at the same place, and theirs goes in.
//!
//! The texts were obtained by running botocore 1.44.5 from PyPI: its `botocore.paginate.Paginator` over a Python function
//! that answers with the same pages as the call here, once for each row, with `MaxItems` and `StartingToken` as in the
//! row, printing `resume_token`.

use std::collections::BTreeMap;

use crate::paginated::{Attribute, Call, Key, Number, Pair, Text, Tokens};
use tinsmith_runtime::ResumeToken;

/// The starting token, the maximum, and botocore's token after it. Each page has three items.
type Row = (Option<&'static str>, u64, &'static str);

async fn check<T: Tokens>(tokens: Vec<T>, rows: &[Row]) {
    let pages = vec![3; tokens.len() + 1];
    let call = Call::listing(&pages, move |number| tokens[number - 1].clone());
    for (start, maximum, expected) in rows {
        let paginator = || match start {
            None => call.clone().into_paginator(),
            Some(start) => call.clone().into_paginator().starting_token(*start),
        };
        let whole = paginator().items().send().collect().await.unwrap();
        let mut stream = paginator().max_items(*maximum).items().send();
        let mut got = stream.collect().await.unwrap();
        assert_eq!(got.len() as u64, *maximum);
        assert_eq!(
            stream.resume_token().unwrap().to_string(),
            *expected,
            "after {maximum} items"
        );
        let token: ResumeToken = expected.parse().unwrap();
        got.extend(
            call.clone()
                .into_paginator()
                .starting_token(token)
                .items()
                .send()
                .collect()
                .await
                .unwrap(),
        );
        assert_eq!(got, whole, "resumed after {maximum} items");
    }
}

#[tokio::test]
async fn strings() {
    let rows: &[Row] = &[
        (
            None,
            1,
            "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==",
        ),
        (None, 3, "eyJuZXh0VG9rZW4iOiAiQUFBQSJ9"),
        (
            None,
            4,
            "eyJuZXh0VG9rZW4iOiAiQUFBQSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9",
        ),
        (None, 6, "eyJuZXh0VG9rZW4iOiAiQkJCQiJ9"),
        (
            None,
            8,
            "eyJuZXh0VG9rZW4iOiAiQkJCQiIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDJ9",
        ),
        (
            Some("eyJuZXh0VG9rZW4iOiAiQUFBQSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9"),
            1,
            "eyJuZXh0VG9rZW4iOiAiQUFBQSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDJ9",
        ),
        (
            Some("eyJuZXh0VG9rZW4iOiAiQUFBQSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9"),
            2,
            "eyJuZXh0VG9rZW4iOiAiQkJCQiJ9",
        ),
        (
            Some("eyJuZXh0VG9rZW4iOiAiQUFBQSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9"),
            3,
            "eyJuZXh0VG9rZW4iOiAiQkJCQiIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9",
        ),
    ];
    check(["AAAA", "BBBB"].map(Text::from).to_vec(), rows).await;
}

#[tokio::test]
async fn strings_that_need_escapes() {
    let rows: &[Row] = &[
        (
            None,
            3,
            "\
         eyJuZXh0VG9rZW4iOiAiYSBcInF1b3RlZFwiIFxcIFx1MDBlOSBcdTZmMjIgXHVkODNkXHVkZTAwIC8gXHUwMDdmIFx0\
         XG5cdTAwMDEgPCY+In0=",
        ),
        (
            None,
            5,
            "\
         eyJuZXh0VG9rZW4iOiAiYSBcInF1b3RlZFwiIFxcIFx1MDBlOSBcdTZmMjIgXHVkODNkXHVkZTAwIC8gXHUwMDdmIFx0\
         XG5cdTAwMDEgPCY+IiwgImJvdG9fdHJ1bmNhdGVfYW1vdW50IjogMn0=",
        ),
        (None, 6, "eyJuZXh0VG9rZW4iOiAiTm9uZSJ9"),
        (
            None,
            7,
            "eyJuZXh0VG9rZW4iOiAiTm9uZSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9",
        ),
    ];
    let odd = "a \"quoted\" \\ \u{e9} \u{6f22} \u{1f600} / \u{7f} \t\n\u{1} <&>";
    check([odd, "None"].map(Text::from).to_vec(), rows).await;
}

#[tokio::test]
async fn two_strings_of_which_one_may_be_missing() {
    let rows: &[Row] = &[
        (
            None,
            2,
            "\
         eyJLZXlNYXJrZXIiOiBudWxsLCAiVXBsb2FkSWRNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAy\
         fQ==",
        ),
        (
            None,
            3,
            "eyJLZXlNYXJrZXIiOiAiay8xIiwgIlVwbG9hZElkTWFya2VyIjogInUtMSJ9",
        ),
        (
            None,
            4,
            "\
         eyJLZXlNYXJrZXIiOiAiay8xIiwgIlVwbG9hZElkTWFya2VyIjogInUtMSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6\
         IDF9",
        ),
        (
            None,
            6,
            "eyJLZXlNYXJrZXIiOiAiay8yIiwgIlVwbG9hZElkTWFya2VyIjogbnVsbH0=",
        ),
        (
            None,
            7,
            "\
         eyJLZXlNYXJrZXIiOiAiay8yIiwgIlVwbG9hZElkTWFya2VyIjogbnVsbCwgImJvdG9fdHJ1bmNhdGVfYW1vdW50Ijog\
         MX0=",
        ),
        (
            None,
            9,
            "eyJLZXlNYXJrZXIiOiBudWxsLCAiVXBsb2FkSWRNYXJrZXIiOiAidS0zIn0=",
        ),
        (
            None,
            10,
            "\
         eyJLZXlNYXJrZXIiOiBudWxsLCAiVXBsb2FkSWRNYXJrZXIiOiAidS0zIiwgImJvdG9fdHJ1bmNhdGVfYW1vdW50Ijog\
         MX0=",
        ),
    ];
    let pair = |key: Option<&str>, upload: Option<&str>| {
        Pair(key.map(str::to_owned), upload.map(str::to_owned))
    };
    check(
        vec![
            pair(Some("k/1"), Some("u-1")),
            pair(Some("k/2"), None),
            pair(None, Some("u-3")),
        ],
        rows,
    )
    .await;
}

#[tokio::test]
async fn numbers() {
    let rows: &[Row] = &[
        (
            None,
            2,
            "eyJQYXJ0TnVtYmVyTWFya2VyIjogbnVsbCwgImJvdG9fdHJ1bmNhdGVfYW1vdW50IjogMn0=",
        ),
        (None, 3, "eyJQYXJ0TnVtYmVyTWFya2VyIjogMTAwMH0="),
        (
            None,
            5,
            "eyJQYXJ0TnVtYmVyTWFya2VyIjogMTAwMCwgImJvdG9fdHJ1bmNhdGVfYW1vdW50IjogMn0=",
        ),
        (None, 6, "eyJQYXJ0TnVtYmVyTWFya2VyIjogMjAwMH0="),
    ];
    check(vec![Number(Some(1000)), Number(Some(2000))], rows).await;
}

fn key<const N: usize>(attributes: [(&str, Attribute); N]) -> Key {
    Key(Some(BTreeMap::from(
        attributes.map(|(name, value)| (name.to_owned(), value)),
    )))
}

#[tokio::test]
async fn maps() {
    let rows: &[Row] = &[
        (
            None,
            1,
            "eyJFeGNsdXNpdmVTdGFydEtleSI6IG51bGwsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9",
        ),
        (
            None,
            3,
            "eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiaWQiOiB7IlMiOiAiaXRlbS0xIn0sICJuIjogeyJOIjogIjEifX19",
        ),
        (
            None,
            4,
            "\
         eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiaWQiOiB7IlMiOiAiaXRlbS0xIn0sICJuIjogeyJOIjogIjEifX0sICJib3Rv\
         X3RydW5jYXRlX2Ftb3VudCI6IDF9",
        ),
    ];
    let item = |number: u32| {
        let id = Attribute {
            s: Some(format!("item-{number}")),
            ..Attribute::default()
        };
        let n = Attribute {
            n: Some(number.to_string()),
            ..Attribute::default()
        };
        key([("id", id), ("n", n)])
    };
    check(vec![item(1), item(2)], rows).await;
}

#[tokio::test]
async fn maps_with_binary_values_in_them() {
    let rows: &[Row] = &[
        (
            None,
            3,
            "\
         eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiaGFzaCI6IHsiQiI6ICJBUDhCIn0sICJsaXN0IjogeyJMIjogW3siUyI6ICJ4\
         In0sIHsiQiI6ICJhR2s9In1dfSwgIm51bCI6IHsiTlVMTCI6IHRydWV9LCAic2V0IjogeyJCUyI6IFsiWVE9PSIsICJZ\
         Zz09Il19LCAic29ydCI6IHsiUyI6ICJcdTAwZTkifSwgInllcyI6IHsiQk9PTCI6IHRydWV9fSwgImJvdG9fZW5jb2Rl\
         ZF9rZXlzIjogW1siRXhjbHVzaXZlU3RhcnRLZXkiLCAiaGFzaCIsICJCIl0sIFsiRXhjbHVzaXZlU3RhcnRLZXkiLCAi\
         bGlzdCIsICJMIiwgMSwgIkIiXSwgWyJFeGNsdXNpdmVTdGFydEtleSIsICJzZXQiLCAiQlMiLCAwXSwgWyJFeGNsdXNp\
         dmVTdGFydEtleSIsICJzZXQiLCAiQlMiLCAxXV19",
        ),
        (
            None,
            8,
            "\
         eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiaGFzaCI6IHsiQiI6ICJBUDhDIn0sICJsaXN0IjogeyJMIjogW3siUyI6ICJ4\
         In0sIHsiQiI6ICJhR2s9In1dfSwgIm51bCI6IHsiTlVMTCI6IHRydWV9LCAic2V0IjogeyJCUyI6IFsiWVE9PSIsICJZ\
         Zz09Il19LCAic29ydCI6IHsiUyI6ICJcdTAwZTkifSwgInllcyI6IHsiQk9PTCI6IHRydWV9fSwgImJvdG9fdHJ1bmNh\
         dGVfYW1vdW50IjogMiwgImJvdG9fZW5jb2RlZF9rZXlzIjogW1siRXhjbHVzaXZlU3RhcnRLZXkiLCAiaGFzaCIsICJC\
         Il0sIFsiRXhjbHVzaXZlU3RhcnRLZXkiLCAibGlzdCIsICJMIiwgMSwgIkIiXSwgWyJFeGNsdXNpdmVTdGFydEtleSIs\
         ICJzZXQiLCAiQlMiLCAwXSwgWyJFeGNsdXNpdmVTdGFydEtleSIsICJzZXQiLCAiQlMiLCAxXV19",
        ),
    ];
    let none = Attribute::default;
    let item = |number: u8| {
        let x = Attribute {
            s: Some("x".to_owned()),
            ..none()
        };
        let hi = Attribute {
            b: Some("hi".into()),
            ..none()
        };
        key([
            (
                "hash",
                Attribute {
                    b: Some(vec![0, 255, number].into()),
                    ..none()
                },
            ),
            (
                "list",
                Attribute {
                    l: Some(vec![x, hi]),
                    ..none()
                },
            ),
            (
                "nul",
                Attribute {
                    null: Some(true),
                    ..none()
                },
            ),
            (
                "set",
                Attribute {
                    bs: Some(vec!["a".into(), "b".into()]),
                    ..none()
                },
            ),
            (
                "sort",
                Attribute {
                    s: Some("\u{e9}".to_owned()),
                    ..none()
                },
            ),
            (
                "yes",
                Attribute {
                    yes: Some(true),
                    ..none()
                },
            ),
        ])
    };
    check(vec![item(1), item(2)], rows).await;
}
