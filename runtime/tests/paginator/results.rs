//! Listings whose result is nested, a map, or nothing that can be counted; their token is a part of the last item.

use std::collections::BTreeMap;

use crate::paginated::{Error, base64, items, two_at_a_time};
use futures_core::future::BoxFuture;
use tinsmith_runtime::{
    AnswerWithStatus, PageToken, Paginated, Pagination, Paginator, Repeatable, Token,
};

const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// A page of three names, in every form.
#[derive(Default)]
struct Names {
    description: Option<Description>,
    sizes: Option<BTreeMap<String, usize>>,
    text: String,
    more: Option<bool>,
}

#[derive(Default)]
struct Description {
    names: Option<Vec<String>>,
}

fn page(after: Option<String>) -> Names {
    let start = after.map_or(0, |after| {
        NAMES.iter().position(|name| *name == after).unwrap() + 1
    });
    let names: Vec<String> = NAMES
        .iter()
        .skip(start)
        .take(3)
        .map(|name| (*name).to_owned())
        .collect();
    Names {
        text: names.concat(),
        sizes: Some(
            names
                .iter()
                .map(|name| (name.clone(), name.len()))
                .collect(),
        ),
        more: Some(start + 3 < NAMES.len()),
        description: Some(Description { names: Some(names) }),
    }
}

/// An operation over those pages; they differ in what their primary result is.
macro_rules! operation {
    ($call:ident, $items:ty, $get:expr) => {
        #[derive(Clone, Default)]
        struct $call {
            after: Option<String>,
        }

        impl Repeatable for $call {
            type Output = Names;
            type Error = Error;

            fn repeat(&self) -> BoxFuture<'static, AnswerWithStatus<Names, Error>> {
                let page = page(self.after.clone());
                Box::pin(async move { Ok((page, 200)) })
            }
        }

        impl Paginated for $call {
            type Items = $items;
            const PAGINATION: Pagination<Self> = Pagination {
                operation: "ListNames",
                tokens: &[PageToken {
                    member: "StartName",
                    input: |call| &mut call.after,
                    // description.names[-1]
                    output: |page| Token::of(page.description.as_ref()?.names.as_ref()?.last()?),
                }],
                items: $get,
                more_results: Some(|page| page.more.unwrap_or_default()),
                ..Pagination::DEFAULT
            };
        }
    };
}

operation!(
    Nested,
    Vec<String>,
    Some(|page| page.description.as_mut()?.names.as_mut())
);
operation!(Pairs, BTreeMap<String, usize>, Some(|page| page.sizes.as_mut()));
operation!(Pages, (), None);

#[tokio::test]
async fn a_nested_list_whose_last_item_is_the_token() {
    assert_eq!(
        items(Paginator::new(Nested::default()).items().send()).await,
        NAMES
    );
    assert_eq!(two_at_a_time(&Nested::default()).await, NAMES);
    // The first page was larger than this one: all of this one was handed out, and still its last item leads on.
    let token = base64(r#"{"StartName": null, "boto_truncate_amount": 4}"#);
    assert_eq!(
        items(
            Paginator::new(Nested::default())
                .starting_token(token)
                .items()
                .send()
        )
        .await,
        NAMES[4..]
    );
}

#[tokio::test]
async fn a_map_is_listed_as_pairs_and_cut_like_a_list() {
    let all = NAMES.map(|name| (name.to_owned(), 1));
    assert_eq!(
        items(Paginator::new(Pairs::default()).items().send()).await,
        all
    );
    assert_eq!(two_at_a_time(&Pairs::default()).await, all);
}

#[tokio::test]
async fn an_operation_without_items_is_listed_by_pages() {
    let mut pages = Paginator::new(Pages::default()).send();
    assert_eq!(pages.next().await.unwrap().unwrap().text, "abc");
    let token = pages.resume_token().unwrap();
    let mut rest = Paginator::new(Pages::default())
        .starting_token(token)
        .send();
    assert_eq!(rest.next().await.unwrap().unwrap().text, "def");
    assert_eq!(rest.next().await.unwrap().unwrap().text, "gh");
    assert!(rest.next().await.is_none());
    assert_eq!(rest.resume_token(), None);
}

#[tokio::test]
async fn what_counts_items_does_not_fit_an_operation_without_items() {
    let inside = base64(r#"{"StartName": "c", "boto_truncate_amount": 1}"#);
    let cases = [
        (
            Paginator::new(Pages::default()).max_items(2),
            "the operation lists pages, not items, so max_items does not apply (max_items is 2)",
        ),
        (
            Paginator::new(Pages::default()).starting_token(inside),
            "the starting token is for a position inside a page, and the operation lists no items",
        ),
    ];
    for (paginator, expected) in cases {
        let error = paginator.send().next().await.unwrap().err().unwrap();
        assert_eq!(error.to_string(), format!("ListNames: {expected}"));
    }
}
