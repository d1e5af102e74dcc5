//! What happens below the service: connections that are refused, reset, cut, stalled or slow, and answers that are no
//! HTTP, no JSON or very large.

use std::time::{Duration, Instant};

use crate::support::{client, client_without_retries, config, server, within};
use imagebuilder::{Client, Error};
use tinsmith_runtime::ErrorKind;
use tinsmith_tests::server::{Answer, Fault, closed_port};

const SHORT: Duration = Duration::from_millis(150);

async fn failure(client: &Client) -> Error {
    within(client.list_image_build_versions().send())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_refused_connection_is_tried_three_times() {
    let url = closed_port().await.unwrap();
    let error = failure(&Client::new(config(&url).build())).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 3));
    assert_eq!(
        (error.code(), error.status(), error.request_id()),
        (None, None, None)
    );
    assert!(!error.is_timeout() && !error.is_throttling());
    let text = error.to_string();
    let start = format!("ListImageBuildVersions: could not connect to {url}: Connection refused");
    assert!(
        text.starts_with(&start) && text.ends_with(" [attempt 3 of 3]"),
        "{text}"
    );
}

#[tokio::test]
async fn a_broken_connection_says_where_it_broke() {
    for (fault, place) in [
        (Fault::Reset, "within the response"),
        (Fault::Cut, "within the response"),
        (Fault::Wire(Vec::new()), "before the response"),
    ] {
        let server = server(5).await;
        server.fault(fault.clone());
        let error = failure(&client_without_retries(&server)).await;
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Connection, 1),
            "{fault:?}"
        );
        assert!(!error.is_timeout());
        let start = format!(
            "ListImageBuildVersions: the connection to {} broke {place}: ",
            server.url()
        );
        let text = error.to_string();
        assert!(
            text.starts_with(&start) && text.ends_with(" [attempt 1 of 1]"),
            "{text}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn something_that_is_no_http_is_not_tried_again() {
    let server = server(1).await;
    server.fault(Fault::Wire(b"220 mail.example.com ESMTP\r\n".to_vec()));
    let error = failure(&client(&server)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    let text = error.to_string();
    assert!(
        text.contains(&format!("the request to {} failed: ", server.url())),
        "{text}"
    );
}

#[tokio::test]
async fn an_attempt_that_stalls_ends_in_its_time() {
    for fault in [Fault::Stall, Fault::SlowFirstByte(Duration::from_secs(60))] {
        let server = server(5).await;
        server.fault_always(fault);
        let config = config(server.url())
            .attempt_timeout(Some(SHORT))
            .max_attempts(1)
            .build();
        let begun = Instant::now();
        let error = failure(&Client::new(config)).await;
        assert!(
            (SHORT..SHORT * 20).contains(&begun.elapsed()),
            "{:?}",
            begun.elapsed()
        );
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
        assert!(error.is_timeout() && !error.is_throttling());
        let text = error.to_string();
        assert!(
            text.contains("150ms") && text.ends_with(" [attempt 1 of 1]"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_stalled_attempt_is_tried_again() {
    let server = server(5).await;
    server.fault(Fault::Stall);
    let config = config(server.url())
        .attempt_timeout(Duration::from_secs(2))
        .build();
    let page = within(Client::new(config).list_image_build_versions().send())
        .await
        .unwrap();
    assert_eq!(page.image_summary_list.map(|images| images.len()), Some(5));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_whole_operation_has_a_limit_too() {
    let server = server(5).await;
    server.fault_always(Fault::Stall);
    let config = config(server.url())
        .attempt_timeout(None)
        .operation_timeout(Some(SHORT))
        .build();
    let begun = Instant::now();
    let error = failure(&Client::new(config)).await;
    assert!(
        (SHORT..SHORT * 20).contains(&begun.elapsed()),
        "{:?}",
        begun.elapsed()
    );
    assert!(error.is_timeout());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_slow_first_byte_within_the_limits_is_waited_for() {
    let server = server(5).await;
    server.fault(Fault::SlowFirstByte(SHORT));
    let page = within(client(&server).list_image_build_versions().send())
        .await
        .unwrap();
    assert_eq!(page.image_summary_list.map(|images| images.len()), Some(5));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn success_without_json_is_an_error_that_shows_the_place() {
    let server = server(1).await;
    server.fault(Fault::not_json());
    let error = failure(&client(&server)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Response, 1));
    assert_eq!((error.code(), error.status()), (None, Some(200)));
    let id = "00000000-0000-4000-8000-000000000001";
    assert_eq!(error.request_id(), Some(id));
    let text = error.to_string();
    assert!(
        text.contains("line 1 column 1") && text.contains(id),
        "{text}"
    );
}

#[tokio::test]
async fn html_of_a_proxy_is_retried_and_then_reported_with_its_status() {
    let server = server(1).await;
    server.fault_always(Fault::html());
    let error = failure(&client(&server)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 3));
    assert_eq!((error.code(), error.status()), (None, Some(502)));
    assert_eq!(
        error.to_string(),
        "ListImageBuildVersions: error without a code (502) \
         [request id 00000000-0000-4000-8000-000000000003, attempt 3 of 3]"
    );
}

#[tokio::test]
async fn a_page_of_50_megabytes_is_read_whole() {
    let server = server(1).await;
    server.fault(Fault::HugePage);
    let page = within(client(&server).list_image_build_versions().send())
        .await
        .unwrap();
    let images = page.image_summary_list.unwrap();
    let described = images.iter().map(|image| {
        let amis = image
            .output_resources
            .as_ref()
            .and_then(|resources| resources.amis.as_ref());
        amis.and_then(|amis| amis[0].description.as_ref())
            .map_or(0, String::len)
    });
    assert_eq!((images.len(), described.sum()), (5_000, 5_000 * 10_240));
}

#[tokio::test]
async fn a_page_above_the_limit_is_refused_and_not_fetched_again() {
    let server = server(50).await;
    let config = config(server.url()).max_response_bytes(1_000).build();
    let error = failure(&Client::new(config)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Response, 1));
    assert_eq!(
        error.to_string(),
        format!(
            "ListImageBuildVersions: the response of {} is larger than the 1000 bytes that max_response_bytes \
             allows [attempt 1 of 3]",
            server.url()
        )
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_empty_success_is_an_empty_page() {
    let server = server(1).await;
    server.fault(Fault::Answer(Answer::json(200, "")));
    let page = within(client(&server).list_image_build_versions().send())
        .await
        .unwrap();
    assert_eq!((page.image_summary_list, page.next_token), (None, None));
}
