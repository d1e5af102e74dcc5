//! The settings for stores that are compatible with S3, as the book lists them (docs/src/s3.md).

use crate::support::{answered, config, sent};
use golden_s3::Client;
use golden_s3::types::{Delete, Object};
use tinsmith_runtime::{RequestChecksumCalculation, ResponseChecksumValidation};

#[tokio::test]
async fn a_bucket_stands_in_the_path_where_hosts_of_buckets_do_not_resolve() {
    for (endpoint, forced, uri) in [
        (
            "https://minio.test:9000",
            true,
            "https://minio.test:9000/tins/k",
        ),
        (
            "https://minio.test:9000",
            false,
            "https://tins.minio.test:9000/k",
        ),
        // An address has no hosts below it, with or without the setting.
        (
            "http://127.0.0.1:9000",
            false,
            "http://127.0.0.1:9000/tins/k",
        ),
    ] {
        let replay = answered(&[(200, &[], "")]);
        let config = config(&replay).endpoint_url(endpoint);
        let client = Client::new(config.force_path_style(forced).build());
        client
            .get_object()
            .bucket("tins")
            .key("k")
            .send()
            .await
            .unwrap();
        assert_eq!(sent(&replay)[0].0, uri);
    }
}

#[tokio::test]
async fn the_region_is_what_the_store_calls_it() {
    for region in ["auto", "us-west-004", "nl-1"] {
        let replay = answered(&[(200, &[], "")]);
        let config = config(&replay)
            .endpoint_url("https://store.test")
            .region(region);
        let client = Client::new(config.build());
        client
            .get_object()
            .bucket("tins")
            .key("k")
            .send()
            .await
            .unwrap();
        let expected = ("https://tins.store.test/k".to_owned(), region.to_owned());
        assert_eq!(sent(&replay), [expected]);
    }
}

#[tokio::test]
async fn a_store_without_checksums_is_sent_none_that_it_can_do_without() {
    let replay = answered(&[(200, &[], ""), (200, &[], ""), (200, &[], "")]);
    let config = config(&replay)
        .endpoint_url("https://store.test")
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    let client = Client::new(config.build());
    let put = client.put_object().bucket("tins").key("k");
    put.body(b"five!".to_vec()).send().await.unwrap();
    client
        .get_object()
        .bucket("tins")
        .key("k")
        .send()
        .await
        .unwrap();
    let delete = Delete::default().objects([Object::default().key("k")]);
    let call = client.delete_objects().bucket("tins").delete(delete);
    call.send().await.unwrap();
    let requests = replay.requests();
    for request in &requests[..2] {
        let mut names = request.headers().keys();
        assert!(
            !names.any(|name| name.as_str().contains("checksum")),
            "{request:?}"
        );
    }
    assert!(requests[2].headers().contains_key("content-md5"));
}
