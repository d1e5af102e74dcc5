//! A page of images as Image Builder sends it.

use std::fmt::Write;

/// The body of a page with the images of these numbers, some 670 bytes each, and the token of the page that follows.
/// The same numbers give the same text.
pub fn page(images: std::ops::Range<usize>, next_token: Option<usize>) -> String {
    let mut body = String::with_capacity(700 * images.len() + 100);
    body.push_str(r#"{"requestId":"b2b9c9a4-0c8d-4f5e-9f1d-3d2c6f1a7e55","imageSummaryList":["#);
    for index in images.clone() {
        if index > images.start {
            body.push(',');
        }
        // Writing to a string cannot fail.
        let _ = write!(
            body,
            r#"{{"arn":"arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.{index}/1","name":"web server {index}","type":"AMI","version":"1.0.{index}/1","platform":"Linux","osVersion":"Amazon Linux 2023","state":{{"status":"AVAILABLE"}},"owner":"123456789012","dateCreated":"2026-05-06T07:08:09.123Z","outputResources":{{"amis":[{{"region":"eu-west-1","image":"ami-{index:017x}","name":"web 2026-05-06T07-08-09","description":"The image of the web server","accountId":"123456789012"}}],"containers":[]}},"tags":{{"team":"platform","cost-centre":"4711"}},"buildType":"USER_INITIATED","imageSource":"CUSTOM","lifecycleExecutionId":"lce-6f1c2b3a-9d4e-4f5a-8b6c","loggingConfiguration":{{"logGroupName":"web"}}}}"#
        );
    }
    body.push(']');
    if let Some(token) = next_token {
        let _ = write!(body, r#","nextToken":"{token}""#);
    }
    body.push('}');
    body
}
