//! Rule 5: a success that is none.

use crate::support::{answered, client};
use golden_s3::ErrorKind;

const COPIED: &str = "<?xml version=\"1.0\"?>\n<CopyObjectResult><ETag>e</ETag></CopyObjectResult>";

#[tokio::test(start_paused = true)]
async fn an_error_after_the_status_of_a_success_is_an_error_like_a_500() {
    let error = "\n  <?xml version=\"1.0\"?><Error xmlns=\"urn:s3\"><Code>InternalError</Code><Message>m</Message></Error>";
    let no_outputs = [
        error,
        // Cut off, empty, and what a proxy says.
        "<CopyObjectResult><ETag>e</ETag>",
        "",
        "   ",
        "<html><body>Bad gateway</body></html>",
        "no markup",
    ];
    for body in no_outputs {
        // It is retried.
        let replay = answered(&[(200, &[], body), (200, &[], COPIED)]);
        let call = client(&replay).copy_object().bucket("tins").key("k");
        let output = call.send().await.unwrap();
        let result = output.copy_object_result.unwrap();
        assert_eq!(result.e_tag.as_deref(), Some("e"), "{body}");
        assert_eq!(replay.requests().len(), 2, "{body}");
        // And it is what the call fails with.
        let headers: crate::support::Headers = &[("x-amz-id-2", "host")];
        let replay = answered(&[(200, headers, body); 3]);
        let call = client(&replay).copy_object().bucket("tins").key("k");
        let failed = call.send().await.unwrap_err();
        assert_eq!(failed.kind(), ErrorKind::Service, "{body}");
        assert_eq!(failed.attempts(), 3, "{body}");
        let code = (body == error).then_some("InternalError");
        assert_eq!(failed.code(), code, "{body}");
        assert!(code.is_some() || failed.to_string().contains("the body is not the output"));
        let response = failed.raw_response().unwrap();
        assert_eq!(response.headers().get("x-amz-id-2").unwrap(), "host");
    }
}

#[tokio::test]
async fn bytes_texts_and_calls_without_an_output_are_taken_as_they_come() {
    let error = "<Error><Code>InternalError</Code></Error>";
    let replay = answered(&[(200, &[], error)]);
    let call = client(&replay).get_object().bucket("tins").key("k");
    let body = call.send().await.unwrap().body;
    assert_eq!(body.collect().await.unwrap(), error);
    let policy = r#"{"Statement":[]}"#;
    let replay = answered(&[(200, &[], policy)]);
    let output = client(&replay).get_bucket_policy().bucket("tins").send();
    assert_eq!(output.await.unwrap().policy.as_deref(), Some(policy));
    // No output at all.
    let replay = answered(&[(200, &[], "")]);
    let call = client(&replay).put_object().bucket("tins").key("k");
    call.send().await.unwrap();
    // An empty element is an output, with or without a prefix.
    for body in [
        "<LocationConstraint/>",
        "<a:LocationConstraint xmlns:a=\"urn:s3\"></a:LocationConstraint>\n",
    ] {
        let replay = answered(&[(200, &[], body)]);
        let call = client(&replay).get_bucket_location().bucket("tins");
        call.send().await.unwrap();
    }
}

#[tokio::test]
async fn an_error_of_a_head_request_without_a_body_has_a_code_if_nothing_is_there() {
    for (status, code) in [(404, Some("NotFound")), (403, None), (412, None)] {
        let replay = answered(&[(status, &[], "")]);
        let call = client(&replay).head_bucket().bucket("tins");
        let failed = call.send().await.unwrap_err();
        let found = (failed.status(), failed.code());
        assert_eq!(found, (Some(status), code));
    }
    // Other requests have a body that says it, or not.
    let replay = answered(&[(404, &[], "")]);
    let call = client(&replay).get_object().bucket("tins").key("k");
    assert_eq!(call.send().await.unwrap_err().code(), None);
}
