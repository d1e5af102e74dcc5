//! Rules 4 and 10: the checksums of an upload in parts.

use crate::transfers::{BUCKET, KEY, PART, PATH, bytes, client, config, store};
use golden_s3::{Client, ErrorKind};
use tinsmith_runtime::{Digest, RequestChecksumCalculation};
use tinsmith_s3::UploadObject as _;

fn sum(algorithm: &str, bytes: &[u8]) -> String {
    let mut digest = Digest::new(algorithm).unwrap();
    digest.update(bytes);
    digest.finish()
}

#[tokio::test]
async fn parts_have_the_checksum_of_the_call_and_the_object_has_one_where_it_can() {
    for (chosen, algorithm, kind) in [
        (None, "CRC32", "FULL_OBJECT"),
        (Some("crc32c"), "CRC32C", "FULL_OBJECT"),
        (Some("CRC64NVME"), "CRC64NVME", "FULL_OBJECT"),
        (Some("SHA256"), "SHA256", ""),
        (Some("SHA512"), "SHA512", ""),
        (Some("XXHASH3"), "XXHASH3", ""),
    ] {
        let store = store().await;
        let content = bytes(25_000);
        let put = client(&store).put_object().bucket(BUCKET).key(KEY);
        let mut put = put.body(content.clone());
        if let Some(chosen) = chosen {
            put = put.checksum_algorithm(chosen);
        }
        put.upload().part_size(PART).send().await.unwrap();
        let create = &store.requests_of("CreateMultipartUpload")[0];
        assert_eq!(create.header("x-amz-checksum-algorithm"), algorithm);
        assert_eq!(create.header("x-amz-checksum-type"), kind, "{algorithm}");
        let header = format!("x-amz-checksum-{}", algorithm.to_ascii_lowercase());
        for part in store.requests_of("UploadPart") {
            let start = (part.part() as usize - 1) * PART as usize;
            let end = (start + PART as usize).min(content.len());
            assert_eq!(part.header(&header), sum(algorithm, &content[start..end]));
        }
        let complete = &store.requests_of("CompleteMultipartUpload")[0];
        assert_eq!(complete.header("x-amz-checksum-type"), kind, "{algorithm}");
        assert_eq!(store.object(PATH), Some(content));
    }
}

#[tokio::test]
async fn a_checksum_that_the_call_says_is_that_of_the_object() {
    let store = store().await;
    let content = bytes(25_000);
    let put = || {
        client(&store)
            .put_object()
            .bucket(BUCKET)
            .key(KEY)
            .body(content.clone())
    };
    let whole = sum("CRC32", &content);
    let output = put()
        .checksum_crc32(&whole)
        .upload()
        .part_size(PART)
        .send()
        .await
        .unwrap();
    assert_eq!(output.checksum_crc32.as_deref(), Some(whole.as_str()));
    let complete = &store.requests_of("CompleteMultipartUpload")[0];
    assert_eq!(complete.header("x-amz-checksum-crc32"), whole);
    let create = &store.requests_of("CreateMultipartUpload")[0];
    assert_eq!(create.header("x-amz-checksum-crc32"), "");
    let wrong = put().checksum_crc32("AAAAAA==").upload().part_size(PART);
    let error = wrong.send().await.unwrap_err();
    assert_eq!(error.code(), Some("BadDigest"));
    assert_eq!(store.open_uploads(), 0);
}

#[tokio::test]
async fn what_an_object_in_parts_cannot_have_is_refused_before_anything_is_sent() {
    let store = store().await;
    let put = || {
        client(&store)
            .put_object()
            .bucket(BUCKET)
            .key(KEY)
            .body(bytes(25_000))
    };
    for (put, part) in [
        (put().checksum_sha256("a"), "x-amz-checksum-sha256"),
        (put().content_md5("a"), "content-md5"),
        (put().checksum_algorithm("MD4"), "MD4"),
    ] {
        let error = put.upload().part_size(PART).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.to_string().contains(part), "{error}");
    }
    assert!(store.requests().is_empty());
}

#[tokio::test]
async fn a_store_without_checksums_is_sent_none() {
    let store = store().await;
    let config =
        config(&store).request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let put = Client::new(config.build())
        .put_object()
        .bucket(BUCKET)
        .key(KEY);
    put.body(bytes(25_000))
        .upload()
        .part_size(PART)
        .send()
        .await
        .unwrap();
    for seen in store.requests() {
        let mut names = seen.headers.keys();
        let has_one = names.any(|name| name.as_str().contains("checksum"));
        assert!(!has_one, "{seen:?}");
    }
}
