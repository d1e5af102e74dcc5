//! Rule 7: keys in lists.

use crate::support::{answered, client, sent};
use tinsmith_runtime::replay::ReplayClient;

fn list(encoding: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<ListBucketResult xmlns=\"urn:s3\"><Name>tins</Name><Prefix>a%26</Prefix>{encoding}\
         <NextContinuationToken>a%2Bb+c</NextContinuationToken>\
         <Contents><Key>a%26/%3C+%01%0D%0A%C3%BC%zz</Key><Size>1</Size></Contents>\
         <Contents><Key>plain</Key></Contents><Contents><Key></Key></Contents></ListBucketResult>"
    )
}

#[tokio::test]
async fn keys_are_encoded_on_the_way_and_tokens_are_not() {
    let replay = answered(&[(200, &[], &list("<EncodingType>url</EncodingType>"))]);
    let call = client(&replay)
        .list_objects_v2()
        .bucket("tins")
        .prefix("a&");
    let output = call.send().await.unwrap();
    assert_eq!(
        sent(&replay)[0].0,
        "https://tins.s3.eu-west-1.example.com/?list-type=2&prefix=a%26&encoding-type=url"
    );
    let keys: Vec<_> = output.contents.unwrap();
    let keys: Vec<_> = keys.iter().map(|object| object.key.as_deref()).collect();
    let expected = [Some("a&/< \u{1}\r\nü%zz"), Some("plain"), Some("")];
    assert_eq!(keys, expected);
    assert_eq!(output.prefix.as_deref(), Some("a&"));
    assert_eq!(output.next_continuation_token.as_deref(), Some("a%2Bb+c"));
}

#[tokio::test]
async fn keys_stay_as_they_come_if_the_caller_or_the_server_decides_so() {
    let url = "<EncodingType>url</EncodingType>";
    for (set, answer) in [(true, url), (false, "")] {
        let replay = answered(&[(200, &[], &list(answer))]);
        let mut call = client(&replay).list_objects_v2().bucket("tins");
        if set {
            call = call.encoding_type("url");
        }
        let output = call.send().await.unwrap();
        assert_eq!(output.prefix.as_deref(), Some("a%26"), "{answer}");
        let uri = &sent(&replay)[0].0;
        assert_eq!(uri.matches("encoding-type=url").count(), 1, "{uri}");
    }
}

/// The queries of all requests, decoded.
fn queries(replay: &ReplayClient) -> Vec<String> {
    let query = |request: &http::Request<bytes::Bytes>| {
        let query = request.uri().query().unwrap_or_default();
        percent_encoding::percent_decode_str(query)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    replay.requests().iter().map(query).collect()
}

fn listed(root: &str, content: &str) -> String {
    format!("<{root} xmlns=\"urn:s3\"><EncodingType>url</EncodingType>{content}</{root}>")
}

#[tokio::test]
async fn the_first_version_continues_after_the_last_key_or_the_last_prefix() {
    // With a delimiter there is a marker, without one there is none; both are decoded before they are sent.
    for (delimiter, content, marker) in [
        (
            None,
            "<Contents><Key>a</Key></Contents><Contents><Key>b%26%2B</Key></Contents>",
            "b&+",
        ),
        (
            Some("/"),
            "<NextMarker>c%26%2F</NextMarker><Contents><Key>a</Key></Contents><CommonPrefixes><Prefix>c%26%2F</Prefix></CommonPrefixes>",
            "c&/",
        ),
    ] {
        let first = format!("<IsTruncated>true</IsTruncated>{content}");
        let last = "<IsTruncated>false</IsTruncated><NextMarker>never</NextMarker><Contents><Key>z</Key></Contents>";
        let replay = answered(&[
            (200, &[], &listed("ListBucketResult", &first)),
            (200, &[], &listed("ListBucketResult", last)),
        ]);
        let mut call = client(&replay).list_objects().bucket("tins");
        if let Some(delimiter) = delimiter {
            call = call.delimiter(delimiter);
        }
        let mut pages = call.into_paginator().send();
        let mut keys = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            keys.extend(
                page.contents
                    .unwrap()
                    .into_iter()
                    .filter_map(|object| object.key),
            );
            for prefix in page.common_prefixes.unwrap_or_default() {
                assert_eq!(prefix.prefix.as_deref(), Some("c&/"));
            }
        }
        assert_eq!(keys.last().map(String::as_str), Some("z"));
        let delimiter = delimiter.map_or(String::new(), |text| format!("delimiter={text}&"));
        assert_eq!(
            queries(&replay),
            [
                format!("{delimiter}encoding-type=url"),
                format!("{delimiter}marker={marker}&encoding-type=url"),
            ]
        );
    }
}

#[tokio::test]
async fn versions_and_uploads_continue_after_a_key_and_an_id() {
    let keys = "<NextKeyMarker>a%2B</NextKeyMarker>";
    let more = |id: &str, item: &str| {
        format!("<IsTruncated>true</IsTruncated>{keys}{id}<{item}><Key>a%2B</Key></{item}>")
    };
    let last =
        |item: &str| format!("<IsTruncated>false</IsTruncated><{item}><Key>z</Key></{item}>");
    let replay = answered(&[
        (
            200,
            &[],
            &listed(
                "L",
                &more("<NextVersionIdMarker>v%2B</NextVersionIdMarker>", "Version"),
            ),
        ),
        (200, &[], &listed("L", &last("DeleteMarker"))),
    ]);
    let call = client(&replay).list_object_versions().bucket("tins");
    let mut pages = call.into_paginator().send();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.versions.unwrap()[0].key.as_deref(), Some("a+"));
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!(second.delete_markers.unwrap()[0].key.as_deref(), Some("z"));
    assert!(pages.next().await.is_none());
    // An id is not encoded, and so not decoded.
    let second = "versions&key-marker=a+&version-id-marker=v%2B&encoding-type=url";
    assert_eq!(queries(&replay), ["versions&encoding-type=url", second]);

    let replay = answered(&[
        (
            200,
            &[],
            &listed(
                "L",
                &more("<NextUploadIdMarker>u1</NextUploadIdMarker>", "Upload"),
            ),
        ),
        (200, &[], &listed("L", &last("Upload"))),
    ]);
    let call = client(&replay).list_multipart_uploads().bucket("tins");
    let mut pages = call.into_paginator().send();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    let second = "uploads&key-marker=a+&upload-id-marker=u1&encoding-type=url";
    assert_eq!(queries(&replay), ["uploads&encoding-type=url", second]);
}

#[tokio::test]
async fn parts_end_where_the_list_says_so_and_their_key_is_not_encoded() {
    let page = |more: bool, number: u32| {
        format!(
            "<L><IsTruncated>{more}</IsTruncated><Key>a%2B</Key><NextPartNumberMarker>{number}</NextPartNumberMarker>\
             <Part><PartNumber>{number}</PartNumber></Part></L>"
        )
    };
    // S3 sends a marker on the last page too.
    let replay = answered(&[(200, &[], &page(true, 1)), (200, &[], &page(false, 2))]);
    let call = client(&replay).list_parts().bucket("tins").key("k");
    let mut pages = call.upload_id("u").into_paginator().send();
    let mut numbers = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!(page.key.as_deref(), Some("a%2B"));
        numbers.extend(
            page.parts
                .unwrap()
                .iter()
                .filter_map(|part| part.part_number),
        );
    }
    assert_eq!(numbers, [1, 2]);
    let queries = queries(&replay);
    assert_eq!(queries, ["uploadId=u", "part-number-marker=1&uploadId=u"]);
}

/// SeaweedFS leaves ampersands, and encodes no prefixes and no uploads, although it says so.
#[tokio::test]
async fn keys_that_are_encoded_in_part_are_read() {
    for (key, expected) in [
        ("%3Ca&amp;b%3E&amp;amp%3B&#39;%22", "<a&b>&amp;'\""),
        ("&amp;%26%3C&lt;", "&&<<"),
        ("a%zz&amp;%C3%BC", "a%zz&ü"),
        // Not encoded.
        ("a b+c%20", "a b+c%20"),
        ("ü+c&amp;", "ü+c&"),
    ] {
        let list =
            list("<EncodingType>url</EncodingType>").replace("a%26/%3C+%01%0D%0A%C3%BC%zz", key);
        let replay = answered(&[(200, &[], &list)]);
        let call = client(&replay).list_objects_v2().bucket("tins");
        let contents = call.send().await.unwrap().contents.unwrap();
        assert_eq!(contents[0].key.as_deref(), Some(expected), "{key}");
        assert_eq!(contents[1].key.as_deref(), Some("plain"));
    }
}
