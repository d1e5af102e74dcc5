//! Rule 6: buckets in another region.

use crate::support::{Headers, answered, client, config, sent};
use golden_s3::presigning::PresigningConfig;
use golden_s3::{Client, ErrorKind};
use std::time::Duration;

const THERE: Headers = &[("x-amz-bucket-region", "us-west-2")];
const OK: (u16, Headers, &str) = (200, &[], "");
const MOVED: &str = "<Error><Code>PermanentRedirect</Code><Endpoint>tins.s3.us-west-2.example.com</Endpoint></Error>";
const MALFORMED: &str =
    "<Error><Code>AuthorizationHeaderMalformed</Code><Region>us-west-2</Region></Error>";
const OPT_IN: &str = "<Error><Code>IllegalLocationConstraintException</Code></Error>";

fn pair(host: &str, region: &str) -> (String, String) {
    (
        format!("https://tins.s3.{host}.example.com/k"),
        region.to_owned(),
    )
}

#[tokio::test]
async fn a_call_is_made_once_more_in_the_region_of_the_bucket_which_is_remembered() {
    let rows: [(u16, Headers, &str); 6] = [
        (301, THERE, MOVED),
        (301, THERE, ""),
        (302, THERE, ""),
        (307, THERE, ""),
        (400, &[], MALFORMED),
        (400, THERE, OPT_IN),
    ];
    for (status, headers, body) in rows {
        let replay = answered(&[(status, headers, body), OK, OK]);
        let client = client(&replay);
        let call = client.get_object().bucket("tins").key("k");
        call.clone().send().await.unwrap();
        let expected = [
            pair("eu-west-1", "eu-west-1"),
            pair("us-west-2", "us-west-2"),
        ];
        assert_eq!(sent(&replay), expected, "{status} {body}");
        // The next call goes there at once.
        call.send().await.unwrap();
        assert_eq!(
            sent(&replay)[2],
            pair("us-west-2", "us-west-2"),
            "{status} {body}"
        );
    }
}

#[tokio::test]
async fn a_head_request_has_the_region_in_a_header_only() {
    for status in [301, 400] {
        let replay = answered(&[(status, THERE, ""), OK]);
        client(&replay)
            .head_bucket()
            .bucket("tins")
            .send()
            .await
            .unwrap();
        assert_eq!(sent(&replay)[1].1, "us-west-2");
    }
}

#[tokio::test]
async fn a_second_redirect_is_the_error_and_none_is_an_attempt() {
    let back: Headers = &[("x-amz-bucket-region", "eu-west-1")];
    let replay = answered(&[(301, THERE, MOVED), (301, back, MOVED)]);
    let call = client(&replay).get_object().bucket("tins").key("k");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.code(), Some("PermanentRedirect"));
    assert_eq!((error.attempts(), replay.requests().len()), (1, 2));
}

#[tokio::test]
async fn an_endpoint_of_the_callers_is_kept_and_signed_for_the_other_region() {
    let replay = answered(&[(400, &[], MALFORMED), OK]);
    let config = config(&replay)
        .endpoint_url("https://store.test")
        .force_path_style(true);
    let call = Client::new(config.build())
        .get_object()
        .bucket("tins")
        .key("k");
    call.send().await.unwrap();
    let uri = "https://store.test/tins/k".to_owned();
    let expected = [
        (uri.clone(), "eu-west-1".to_owned()),
        (uri, "us-west-2".to_owned()),
    ];
    assert_eq!(sent(&replay), expected);
}

#[tokio::test]
async fn what_does_not_name_another_region_is_an_error() {
    let bad: Headers = &[("x-amz-bucket-region", "evil.test/")];
    let same: Headers = &[("x-amz-bucket-region", "eu-west-1")];
    let rows: [(u16, Headers, &str); 4] = [
        (301, bad, MOVED),
        (
            400,
            &[],
            "<Error><Code>AuthorizationHeaderMalformed</Code></Error>",
        ),
        (403, THERE, "<Error><Code>AccessDenied</Code></Error>"),
        (404, THERE, "<Error><Code>NoSuchKey</Code></Error>"),
    ];
    for (status, headers, body) in rows {
        let replay = answered(&[(status, headers, body)]);
        let call = client(&replay).get_object().bucket("tins").key("k");
        let error = call.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service, "{status} {body}");
        assert_eq!(replay.requests().len(), 1, "{status} {body}");
    }
    // A bucket that is already called where it is.
    let replay = answered(&[(301, same, MOVED)]);
    let call = client(&replay).get_object().bucket("tins").key("k");
    call.send().await.unwrap_err();
    assert_eq!(replay.requests().len(), 1);
    // Neither ARNs nor new buckets are redirected.
    let point = "arn:aws:s3:us-west-2:123456789012:accesspoint/mine";
    let replay = answered(&[(301, THERE, MOVED)]);
    let call = client(&replay).get_object().bucket(point).key("k");
    call.send().await.unwrap_err();
    assert_eq!(replay.requests().len(), 1);
    let replay = answered(&[(400, THERE, OPT_IN)]);
    let call = client(&replay).create_bucket().bucket("tins");
    call.send().await.unwrap_err();
    assert_eq!(replay.requests().len(), 1);
}

#[tokio::test]
async fn where_an_error_names_no_region_the_bucket_is_asked() {
    // The bucket answers with its region, or with an error that has it.
    for status in [200, 301, 403] {
        let replay = answered(&[(301, &[], MOVED), (status, THERE, ""), OK]);
        let call = client(&replay).get_object().bucket("tins").key("k");
        call.send().await.unwrap();
        let requests = replay.requests();
        let asked = &requests[1];
        assert_eq!(asked.method(), "HEAD");
        assert_eq!(asked.uri(), "https://tins.s3.eu-west-1.example.com/");
        assert_eq!(sent(&replay)[2], pair("us-west-2", "us-west-2"));
    }
    // It does not say, or is not asked because what failed was the same question.
    let replay = answered(&[(301, &[], MOVED), (403, &[], "")]);
    let call = client(&replay).get_object().bucket("tins").key("k");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.code(), Some("PermanentRedirect"));
    let replay = answered(&[(301, &[], "")]);
    let call = client(&replay).head_bucket().bucket("tins");
    call.send().await.unwrap_err();
    assert_eq!(replay.requests().len(), 1);
}

#[tokio::test]
async fn a_presigned_url_is_for_the_region_that_was_found() {
    let replay = answered(&[(301, THERE, MOVED), OK]);
    let client = client(&replay);
    let call = client.get_object().bucket("tins").key("k");
    call.clone().send().await.unwrap();
    let hour = PresigningConfig::expires_in(Duration::from_secs(3600)).unwrap();
    let presigned = call.presigned(hour).await.unwrap();
    let uri = presigned.uri();
    assert!(
        uri.starts_with("https://tins.s3.us-west-2.example.com/k?"),
        "{uri}"
    );
    assert!(uri.contains("%2Fus-west-2%2Fs3%2F"), "{uri}");
}

#[tokio::test]
async fn each_call_goes_to_its_own_bucket_however_many_a_client_has() {
    // More than there are endpoints that a client remembers, twice, and each twice in a row.
    let buckets: Vec<String> = (0..40).map(|number| format!("tins-{number}")).collect();
    let buckets = || buckets.iter().chain(&buckets);
    let replay = answered(&vec![OK; 2 * buckets().count()]);
    let client = client(&replay);
    for bucket in buckets() {
        for key in ["k", "l"] {
            let call = client.get_object().bucket(bucket).key(key);
            call.send().await.unwrap();
        }
    }
    let expected: Vec<String> = buckets()
        .flat_map(|bucket| {
            ["k", "l"].map(|key| format!("https://{bucket}.s3.eu-west-1.example.com/{key}"))
        })
        .collect();
    let uris: Vec<String> = sent(&replay).into_iter().map(|(uri, _)| uri).collect();
    assert_eq!(uris, expected);
}
