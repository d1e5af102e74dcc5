//! One client in many hands: calls at the same time, the retry quota that they share, and its size.

use std::time::Duration;

use crate::support::{client, config, server, within};
use imagebuilder::{Client, Error};
use tinsmith_runtime::ErrorKind;
use tinsmith_tests::server::Fault;
use tokio::task::JoinSet;

#[tokio::test]
async fn sixty_four_calls_at_once_each_get_their_answer() {
    let server = server(2_000).await;
    let client = client(&server);
    let mut calls = JoinSet::new();
    for size in 1..=64 {
        let call = client.list_image_build_versions().max_results(size).send();
        calls.spawn(within(async move { (size, call.await) }));
    }
    for (size, page) in calls.join_all().await {
        let images = page.unwrap().image_summary_list.unwrap();
        assert_eq!(images.len(), usize::try_from(size).unwrap());
    }
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.refused.is_none()));
    let mut ids: Vec<String> = requests
        .iter()
        .map(|r| r.invocation_id().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!((requests.len(), ids.len()), (64, 64));
}

#[tokio::test]
async fn the_quota_of_500_pays_for_100_retries_and_then_no_more() {
    let server = server(1).await;
    let client = client(&server);
    server.fault_always(Fault::status(500));
    let mut calls = JoinSet::new();
    for _ in 0..64 {
        calls.spawn(within(client.list_image_build_versions().send()));
    }
    let errors: Vec<Error> = calls
        .join_all()
        .await
        .into_iter()
        .map(Result::unwrap_err)
        .collect();
    let attempts: u32 = errors.iter().map(Error::attempts).sum();
    assert_eq!(
        (attempts, server.requests().len()),
        (164, 164),
        "64 calls and 100 retries"
    );

    let error = within(client.clone().list_image_build_versions().send())
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(
        error.to_string(),
        "ListImageBuildVersions: error without a code (500) \
         [request id 00000000-0000-4000-8000-000000000165, attempt 1 of 3; retry quota empty]"
    );

    // Five successes give back what one retry costs.
    server.heal();
    for _ in 0..5 {
        within(client.list_image_build_versions().send())
            .await
            .unwrap();
    }
    server.forget_requests();
    server.fault(Fault::status(500));
    within(client.list_image_build_versions().send())
        .await
        .unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn retries_after_timeouts_cost_twice_as_much() {
    let server = server(1).await;
    server.fault_always(Fault::Stall);
    let limit = Duration::from_millis(100);
    let client = Client::new(config(server.url()).attempt_timeout(limit).build());
    let mut calls = JoinSet::new();
    for _ in 0..32 {
        calls.spawn(within(client.list_image_build_versions().send()));
    }
    let errors = calls.join_all().await.into_iter().map(Result::unwrap_err);
    let attempts: u32 = errors.map(|error| error.attempts()).sum();
    assert_eq!(attempts, 82, "32 calls and 50 retries");
}

#[tokio::test]
async fn a_client_of_its_own_has_a_quota_of_its_own() {
    let server = server(1).await;
    let one_attempt = Client::new(config(server.url()).max_attempts(1).build());
    server.fault_always(Fault::status(500));
    let error = within(one_attempt.list_image_build_versions().send())
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1));
    assert!(
        !error.to_string().contains("quota"),
        "no retry was left out: {error}"
    );
}

#[test]
fn errors_are_small_and_everything_crosses_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<Client>();
    crosses::<Error>();
    crosses::<imagebuilder::Config>();
    crosses::<imagebuilder::operation::list_image_build_versions::ListImageBuildVersions>();
    assert!(size_of::<Error>() <= 24, "{} bytes", size_of::<Error>());
}
