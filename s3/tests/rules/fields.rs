//! Rule 10: every field of a call is in each part that has it, as S3's model lists the members of the operations.

use crate::transfers::{BUCKET, KEY, PART, bytes, client, store};
use std::collections::BTreeSet;
use tinsmith_s3::{DownloadObject as _, UploadObject as _};
use tinsmith_tests::store::{Seen, Store};

/// Headers of HTTP and of every request, and what calls add themselves.
fn is_of_every_request(name: &str) -> bool {
    const NAMES: [&str; 11] = [
        "accept",
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "authorization",
        "content-length",
        "host",
        "user-agent",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-checksum-crc32",
        "x-amz-mp-object-size",
    ];
    NAMES.contains(&name)
}

const KEYS: [&str; 3] = [
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-server-side-encryption-customer-key-md5",
];

const OF_ALL: [&str; 2] = ["x-amz-expected-bucket-owner", "x-amz-request-payer"];

fn headers(seen: &Seen) -> BTreeSet<&str> {
    let names = seen.headers.keys().map(|name| name.as_str());
    names.filter(|name| !is_of_every_request(name)).collect()
}

fn check(store: &Store, operation: &str, expected: &[&str]) {
    let requests = store.requests_of(operation);
    assert!(!requests.is_empty(), "{operation}");
    for seen in &requests {
        let expected: BTreeSet<&str> = expected.iter().copied().collect();
        assert_eq!(headers(seen), expected, "{operation}");
        assert_eq!(seen.path, "/tins/a%20b/c", "{operation}");
        if expected.contains(KEYS[1]) {
            // The key goes out in base64, with its MD5, as the extension does it.
            assert_eq!(
                seen.header(KEYS[1]),
                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
            );
            assert_eq!(seen.header(KEYS[2]), "KYvwGXoFFJ42a2u2GDWhwQ==");
        }
        if expected.contains(OF_ALL[0]) {
            assert_eq!(seen.header(OF_ALL[0]), "123456789012");
            assert_eq!(seen.header(OF_ALL[1]), "requester");
        }
    }
}

#[tokio::test]
async fn an_upload_has_them() {
    let store = store().await;
    let put = || {
        client(&store)
            .put_object()
            .bucket(BUCKET)
            .key(KEY)
            .body(bytes(25_000))
            .acl("private")
            .tagging("a=b")
            .content_type("text/plain")
            .metadata("tin", "ore")
            .if_none_match("*")
            .expected_bucket_owner("123456789012")
            .request_payer("requester")
            .sse_customer_algorithm("AES256")
            .sse_customer_key("01234567890123456789012345678901")
    };
    let saved = std::sync::Arc::new(std::sync::Mutex::new(None));
    let into = saved.clone();
    let upload = put().upload().part_size(PART);
    let upload = upload.on_state(move |state| *into.lock().unwrap() = Some(state.clone()));
    upload.send().await.unwrap();
    let of_content = [&KEYS[..], &OF_ALL[..]].concat();
    let of_object = [
        "content-type",
        "x-amz-acl",
        "x-amz-meta-tin",
        "x-amz-tagging",
    ];
    let created = ["x-amz-checksum-algorithm", "x-amz-checksum-type"];
    check(
        &store,
        "CreateMultipartUpload",
        &[&of_content[..], &of_object[..], &created[..]].concat(),
    );
    let part = ["x-amz-sdk-checksum-algorithm", "content-type"];
    let part = [&of_content[..], &part[..1]].concat();
    check(&store, "UploadPart", &part);
    let completed = ["content-type", "if-none-match", "x-amz-checksum-type"];
    check(
        &store,
        "CompleteMultipartUpload",
        &[&of_content[..], &completed[..]].concat(),
    );
    // What goes on with an upload, and what aborts one.
    let state = saved.lock().unwrap().clone().unwrap();
    put()
        .upload()
        .resume(state.clone())
        .send()
        .await
        .unwrap_err();
    check(&store, "ListParts", &of_content);
    put().upload().abort(&state).await.unwrap_err();
    check(&store, "AbortMultipartUpload", &OF_ALL);
}

#[tokio::test]
async fn a_download_has_them() {
    let store = store().await;
    store.put("/tins/a%20b/c", bytes(25_000));
    let get = client(&store)
        .get_object()
        .bucket(BUCKET)
        .key(KEY)
        .if_none_match("\"other\"")
        .version_id("v 1")
        .expected_bucket_owner("123456789012")
        .request_payer("requester")
        .sse_customer_algorithm("AES256")
        .sse_customer_key_md5("KYvwGXoFFJ42a2u2GDWhwQ==");
    let mut received = Vec::new();
    get.download()
        .part_size(PART)
        .to_writer(&mut received)
        .await
        .unwrap();
    assert_eq!(received, bytes(25_000));
    // The model of the golden case has no key here, which is one header like the two others.
    let of_content = [
        &KEYS[..1],
        &KEYS[2..],
        &OF_ALL[..],
        &["x-amz-checksum-mode"],
    ]
    .concat();
    check(
        &store,
        "HeadObject",
        &[&of_content[..], &["if-match"]].concat(),
    );
    let requests = store.requests_of("GetObject");
    assert_eq!(requests.len(), 3);
    for (seen, condition) in requests
        .iter()
        .zip(["if-none-match", "if-match", "if-match"])
    {
        let expected = [&of_content[..], &["range", condition]].concat();
        assert_eq!(headers(seen), expected.into_iter().collect());
    }
    for seen in store.requests() {
        assert_eq!(seen.query["versionId"], "v%201", "{seen:?}");
    }
}
