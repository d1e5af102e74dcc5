//! The paginator over two thousand images of a real server: complete, resumable at any place, within its limits.

use crate::support::{client, client_without_retries, server, within};
use imagebuilder::operation::list_image_build_versions::ListImageBuildVersions;
use imagebuilder::types::{Filter, ImageSummary};
use imagebuilder::{Client, ResumeToken};
use serde_json::{Value, json};
use tinsmith_runtime::ErrorKind;
use tinsmith_tests::server::{Answer, Fault, Recorded};

fn arn(image: ImageSummary) -> String {
    image.arn.unwrap_or_default()
}

/// The ARNs that `call` lists after `token`, at most `max`, and the token of the rest.
async fn list(
    call: ListImageBuildVersions,
    token: Option<ResumeToken>,
    max: Option<u64>,
) -> (Vec<String>, Option<ResumeToken>) {
    let mut paginator = call.into_paginator().page_size(100);
    if let Some(token) = token {
        paginator = paginator.starting_token(token);
    }
    if let Some(max) = max {
        paginator = paginator.max_items(max);
    }
    let mut stream = paginator.items().send();
    let mut arns = Vec::new();
    while let Some(image) = within(stream.next()).await {
        arns.push(arn(image.unwrap()));
    }
    (arns, stream.resume_token())
}

fn all(client: &Client) -> ListImageBuildVersions {
    client.list_image_build_versions()
}

#[tokio::test]
async fn all_two_thousand_in_order() {
    let server = server(2_000).await;
    let (arns, token) = list(all(&client(&server)), None, None).await;
    assert_eq!(arns, server.catalogue().arns());
    assert_eq!(token, None);
    let requests = server.requests();
    assert_eq!(requests.len(), 20);
    assert!(
        requests
            .iter()
            .all(|request| request.member("maxResults") == 100)
    );
    let mut ids: Vec<&str> = requests.iter().map(Recorded::invocation_id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 20, "each page is a call of its own");
}

#[tokio::test]
async fn without_a_page_size_the_services_own_applies() {
    let server = server(60).await;
    let mut pages = all(&client(&server)).into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = within(pages.next()).await {
        sizes.push(page.unwrap().image_summary_list.unwrap().len());
    }
    assert_eq!(sizes, [25, 25, 10]);
    assert_eq!(server.requests()[0].member("maxResults"), Value::Null);
}

#[tokio::test]
async fn a_listing_resumes_where_it_was_cut() {
    let server = server(2_000).await;
    let client = client(&server);
    let whole = server.catalogue().arns();
    // Before the first image, within a page, at the end of one, just after it, at the last image, at the end.
    for cut in [0_usize, 1, 37, 99, 100, 101, 1_000, 1_999, 2_000] {
        let (mut arns, token) = list(all(&client), None, Some(u64::try_from(cut).unwrap())).await;
        assert_eq!(arns, whole[..cut]);
        if let Some(token) = token {
            let text = token.to_string();
            let (rest, end) = list(all(&client), Some(text.parse().unwrap()), None).await;
            assert_eq!(end, None);
            arns.extend(rest);
        }
        assert!(arns == whole, "cut at {cut}: {} images came", arns.len());
    }
}

#[tokio::test]
async fn a_listing_resumes_where_a_loop_ended() {
    let server = server(60).await;
    let client = client(&server);
    let whole = server.catalogue().arns();
    for taken in 0..=60 {
        let mut stream = all(&client).into_paginator().page_size(25).items().send();
        let mut arns = Vec::new();
        for _ in 0..taken {
            arns.push(arn(within(stream.next()).await.unwrap().unwrap()));
        }
        // A listing that has given its last image may not know yet that there are no more.
        if let Some(token) = stream.resume_token() {
            arns.extend(list(all(&client), Some(token), None).await.0);
        }
        assert!(
            arns == whole,
            "left after {taken}: {} images came",
            arns.len()
        );
    }
}

#[tokio::test]
async fn filters_hold_on_every_page() {
    let server = server(2_000).await;
    let filters = [Filter::default().name("platform").values(["Linux"])];
    let (arns, _) = list(all(&client(&server)).filters(filters), None, None).await;
    let linux = |arn: &String| arn.contains("/web/") || arn.contains("/batch/");
    let expected: Vec<String> = server
        .catalogue()
        .arns()
        .into_iter()
        .filter(linux)
        .collect();
    assert_eq!(arns.len(), 1_000);
    assert_eq!(arns, expected);
}

#[tokio::test]
async fn an_error_between_pages_loses_nothing() {
    let server = server(250).await;
    let client = client_without_retries(&server);
    let mut stream = all(&client).into_paginator().page_size(100).items().send();
    let mut arns = Vec::new();
    for _ in 0..100 {
        arns.push(arn(within(stream.next()).await.unwrap().unwrap()));
    }
    server.fault(Fault::exception("ServiceException", "oops"));
    let error = within(stream.next()).await.unwrap().unwrap_err();
    assert_eq!(error.code(), Some("ServiceException"));

    let (rest, _) = list(all(&client), stream.resume_token(), None).await;
    assert_eq!([arns.clone(), rest].concat(), server.catalogue().arns());
    // The stream itself goes on too, with the page that failed.
    while let Some(image) = within(stream.next()).await {
        arns.push(arn(image.unwrap()));
    }
    assert_eq!(arns, server.catalogue().arns());
}

#[tokio::test]
async fn a_service_that_repeats_its_token_is_no_silent_end() {
    let server = server(1).await;
    let page = json!({ "imageSummaryList": [{ "arn": "a" }], "nextToken": "again" });
    server.fault_always(Fault::Answer(Answer::json(200, page.to_string())));
    let mut stream = all(&client(&server)).into_paginator().items().send();
    for _ in 0..2 {
        assert_eq!(arn(within(stream.next()).await.unwrap().unwrap()), "a");
    }
    // The error stays: no end follows that could pass for the end of the listing.
    for _ in 0..2 {
        let error = within(stream.next()).await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pagination);
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_token_of_another_listing_is_the_services_error() {
    let server = server(200).await;
    let client = client(&server);
    let (_, token) = list(all(&client), None, Some(130)).await;
    let web = all(&client).filters([Filter::default().name("name").values(["web"])]);
    let mut images = web
        .into_paginator()
        .starting_token(token.unwrap())
        .items()
        .send();
    let error = within(images.next()).await.unwrap().unwrap_err();
    assert_eq!(error.code(), Some("InvalidPaginationTokenException"));
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll_nor_for_no_items() {
    let server = server(60).await;
    let client = client(&server);
    let stream = all(&client).into_paginator().send();
    assert!(
        stream.resume_token().is_some(),
        "all of it is still to come"
    );
    let mut none = all(&client).into_paginator().max_items(0).items().send();
    assert!(within(none.next()).await.is_none());
    assert_eq!(server.requests().len(), 0);
}
