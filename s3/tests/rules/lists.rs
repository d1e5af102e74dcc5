//! Rule 7: keys in lists.

use crate::support::{answered, client, sent};

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
