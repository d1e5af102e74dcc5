//! Rules 3, 4 and 8: what is sent of keys, metadata, sources of copies and keys of encryption.

use crate::support::{answered, client, config};
use golden_s3::types::{Delete, Object};
use golden_s3::{Client, ErrorKind};

const COPIED: &str = "<CopyObjectResult/>";

#[tokio::test]
async fn a_key_is_encoded_once_and_never_normalised() {
    for (key, path) in [
        ("a//b", "/a//b"),
        ("/a", "//a"),
        ("../a/./b", "/../a/./b"),
        ("a+b c%20", "/a%2Bb%20c%2520"),
        ("ü?#&=", "/%C3%BC%3F%23%26%3D"),
    ] {
        let replay = answered(&[(200, &[], "")]);
        let call = client(&replay).get_object().bucket("tins").key(key);
        call.send().await.unwrap();
        let requests = replay.requests();
        assert_eq!(requests[0].uri().path(), path, "{key}");
    }
}

#[tokio::test]
async fn the_source_of_a_copy_is_encoded_but_for_what_is_encoded_already_and_its_version() {
    for (source, sent) in [
        ("tins/a b+c/ü", "tins/a%20b%2Bc/%C3%BC"),
        ("tins/a%20b", "tins/a%20b"),
        ("tins/100%", "tins/100%25"),
        ("tins/a?b?versionId=v+/=", "tins/a%3Fb?versionId=v+/="),
        (
            "arn:aws:s3:eu-west-1:1:accesspoint/p/object/k",
            "arn:aws:s3:eu-west-1:1:accesspoint/p/object/k",
        ),
    ] {
        let replay = answered(&[(200, &[], COPIED)]);
        let call = client(&replay).copy_object().bucket("tins").key("k");
        call.copy_source(source).send().await.unwrap();
        let requests = replay.requests();
        assert_eq!(requests[0].headers()["x-amz-copy-source"], sent, "{source}");
    }
}

#[tokio::test]
async fn a_key_of_encryption_is_sent_in_base64_with_its_md5() {
    let raw = "0123456789abcdef0123456789abcdef";
    let base64 = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    for given in [raw, base64] {
        let replay = answered(&[(200, &[], "")]);
        let call = client(&replay).put_object().bucket("tins").key("k");
        call.sse_customer_key(given).send().await.unwrap();
        let requests = replay.requests();
        let headers = requests[0].headers();
        assert_eq!(headers["x-amz-server-side-encryption-customer-key"], base64);
        let md5 = &headers["x-amz-server-side-encryption-customer-key-md5"];
        assert_eq!(md5, "hRasmdxgYDKV3nvbahU1MA==");
    }
    // With an MD5 of the caller's, both are sent as they are.
    let replay = answered(&[(200, &[], "")]);
    let call = client(&replay).put_object().bucket("tins").key("k");
    let call = call.sse_customer_key("short").sse_customer_key_md5("m");
    call.send().await.unwrap();
    let requests = replay.requests();
    assert_eq!(
        requests[0].headers()["x-amz-server-side-encryption-customer-key"],
        "short"
    );
    // What cannot be a key is an error that does not show it.
    let replay = answered(&[]);
    let call = client(&replay).put_object().bucket("tins").key("k");
    let error = call.sse_customer_key("hunter2").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(error.to_string().contains("found 7 characters"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[tokio::test]
async fn the_key_of_the_source_of_a_copy_is_sent_like_that_of_an_object() {
    let replay = answered(&[(200, &[], "<CopyObjectResult/>")]);
    let call = client(&replay).copy_object().bucket("tins").key("k");
    let call = call.copy_source("tins/a");
    let key = "0123456789abcdef0123456789abcdef";
    call.copy_source_sse_customer_key(key).send().await.unwrap();
    let requests = replay.requests();
    let header = |name: &str| {
        let name = format!("x-amz-copy-source-server-side-encryption-customer-key{name}");
        requests[0].headers()[name].to_str().unwrap().to_owned()
    };
    // From Python's base64 and hashlib.
    assert_eq!(header(""), "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    assert_eq!(header("-md5"), "hRasmdxgYDKV3nvbahU1MA==");
}

#[tokio::test]
async fn deletions_have_a_content_md5_where_the_endpoint_is_set() {
    for is_set in [false, true] {
        let replay = answered(&[(200, &[], "")]);
        let mut config = config(&replay);
        if is_set {
            config = config.endpoint_url("https://store.test");
        }
        let delete = Delete::default().objects([Object::default().key("a\rb")]);
        let call = Client::new(config.build()).delete_objects().bucket("tins");
        call.delete(delete).send().await.unwrap();
        let requests = replay.requests();
        let headers = requests[0].headers();
        assert_eq!(headers.contains_key("content-md5"), is_set);
        // The checksum that the model requires is sent in any case.
        assert!(headers.contains_key("x-amz-checksum-crc32"));
        let body = std::str::from_utf8(requests[0].body()).unwrap();
        assert!(
            body.contains("a&#xD;b") || body.contains("a&#13;b"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn what_xml_cannot_carry_is_an_error_before_anything_is_sent() {
    let replay = answered(&[]);
    let delete = Delete::default().objects([Object::default().key("a\u{1}b")]);
    let call = client(&replay)
        .delete_objects()
        .bucket("tins")
        .delete(delete);
    let error = call.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input, "{error}");
}

#[tokio::test]
async fn the_expiry_of_an_object_is_text_and_a_date_if_it_is_one() {
    for (headers, date) in [
        (
            &[("expires", "Thu, 01 Jan 2015 00:00:01 GMT")][..],
            Some(1_420_070_401),
        ),
        // Some servers write a number of seconds.
        (&[("expires", "0")], Some(0)),
        (&[("expires", "in a week")], None),
    ] {
        let replay = answered(&[(200, headers, "")]);
        let call = client(&replay).get_object().bucket("tins").key("k");
        let output = call.send().await.unwrap();
        assert_eq!(output.expires.map(|date| date.seconds()), date);
        assert_eq!(output.expires_string.as_deref(), Some(headers[0].1));
    }
}

#[tokio::test]
async fn metadata_is_ascii_on_the_way_out_and_a_bad_value_is_lost_alone_on_the_way_in() {
    let replay = answered(&[]);
    let call = client(&replay).put_object().bucket("tins").key("k");
    let call = call.metadata("tin", "ü");
    let presigned = call.clone().presigned(std::time::Duration::from_secs(60));
    for error in [call.send().await.unwrap_err(), presigned.await.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.to_string().contains("x-amz-meta-tin"), "{error}");
    }
    let response = http::Response::builder()
        .header("x-amz-meta-good", "a")
        .header(
            "x-amz-meta-bad",
            http::HeaderValue::from_bytes(b"\xff").unwrap(),
        )
        .body("")
        .unwrap();
    let replay = tinsmith_runtime::replay::ReplayClient::new().response(response);
    let call = client(&replay).get_object().bucket("tins").key("k");
    let metadata = call.send().await.unwrap().metadata.unwrap();
    assert_eq!(metadata.get("good").map(String::as_str), Some("a"));
    assert_eq!(metadata.len(), 1);
}
