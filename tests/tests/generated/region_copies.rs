//! A copy from another region, through the golden case `region-copies`, whose service has the id of RDS.

use golden_region_copies::{Client, Config, Credentials, ErrorKind};
use tinsmith_runtime::replay::ReplayClient;

fn client(replay: &ReplayClient) -> Client {
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            Some("t".to_owned()),
        ))
        .http_client(replay.clone());
    Client::new(config.build())
}

#[tokio::test]
async fn a_copy_from_another_region_sends_a_url_that_is_presigned_there() {
    let replay = ReplayClient::new().response(http::Response::new(""));
    let call = client(&replay)
        .copy_db_snapshot()
        .source_region("us-west-2");
    let call = call.source_db_snapshot_identifier("s");
    call.send().await.unwrap();
    let requests = replay.requests();
    let body = String::from_utf8(requests[0].body().to_vec()).unwrap();
    let start = "Action=CopyDBSnapshot&Version=2014-10-31&SourceDBSnapshotIdentifier=s&PreSignedUrl=https%3A%2F%2Fgolden.us-west-2.amazonaws.com%2F%3FAction%3DCopyDBSnapshot%26Version%3D2014-10-31%26SourceDBSnapshotIdentifier%3Ds%26DestinationRegion%3Deu-west-1%26X-Amz-Algorithm%3D";
    assert!(body.starts_with(start), "{body}");
    assert!(
        body.contains("%26X-Amz-Security-Token%3Dt%26X-Amz-Signature%3D"),
        "{body}"
    );
    assert_eq!(requests[0].uri(), "https://golden.eu-west-1.amazonaws.com/");
}

#[tokio::test]
async fn a_source_that_is_no_region_is_an_error_before_anything_is_sent() {
    let replay = ReplayClient::new();
    let call = client(&replay).copy_db_snapshot().source_region("a/b");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("SourceRegion"), "{error}");
    assert!(replay.requests().is_empty());
}
