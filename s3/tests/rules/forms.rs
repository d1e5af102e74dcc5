//! Forms for uploads, against those of botocore 1.44.5: `generate_presigned_post` of its client for S3, with
//! `signature_version="s3v4"`, virtual hosts and its clock set to the date below.

use crate::support::{answered, client};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use tinsmith_runtime::{Credentials, Signer};
use tinsmith_s3::{PostPolicy, PresignedForm, PresignedPost};

fn at() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
}

const TARGET: &str = "https://tins.s3.eu-west-1.amazonaws.com/";

/// What both make a form of.
fn policy() -> PostPolicy {
    PostPolicy::expires_in(Duration::from_secs(900))
        .field("acl", "private")
        .field("Content-Type", "image/png")
        .starts_with("x-amz-meta-tin", "")
        .content_length(1..=1024)
}

fn field<'f>(form: &'f PresignedForm, name: &str) -> &'f str {
    let found = form.fields().find(|(found, _)| *found == name);
    found.map_or("", |(_, value)| value)
}

fn decoded(policy: &str) -> Value {
    serde_json::from_slice(&STANDARD.decode(policy).unwrap()).unwrap()
}

#[test]
fn the_policy_is_that_of_botocore() {
    let rows: [(Option<&str>, &str, &[Value]); 2] = [
        (
            None,
            "a/${filename}",
            &[json!(["starts-with", "$key", "a/"])],
        ),
        (
            Some("t/+="),
            "k",
            &[json!({"key": "k"}), json!({"x-amz-security-token": "t/+="})],
        ),
    ];
    for (token, key, own) in rows {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", token.map(str::to_owned));
        let form = policy().sign((TARGET, "tins", key), &credentials, "eu-west-1", at());
        let form = form.unwrap();
        let mut conditions = vec![
            json!({"acl": "private"}),
            json!({"Content-Type": "image/png"}),
            json!(["starts-with", "$x-amz-meta-tin", ""]),
            json!(["content-length-range", 1, 1024]),
            json!({"bucket": "tins"}),
            own[0].clone(),
            json!({"x-amz-algorithm": "AWS4-HMAC-SHA256"}),
            json!({"x-amz-credential": "AKIDEXAMPLE/20150830/eu-west-1/s3/aws4_request"}),
            json!({"x-amz-date": "20150830T123600Z"}),
        ];
        conditions.extend_from_slice(&own[1..]);
        let expected = json!({"expiration": "2015-08-30T12:51:00Z", "conditions": conditions});
        assert_eq!(decoded(field(&form, "policy")), expected);
        assert_eq!(form.url(), TARGET);
        let names: Vec<_> = form.fields().map(|(name, _)| name).collect();
        let mut expected = vec![
            "acl",
            "Content-Type",
            "key",
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
        ];
        expected.extend(token.map(|_| "x-amz-security-token"));
        expected.extend(["policy", "x-amz-signature"]);
        assert_eq!(names, expected);
        assert_eq!(form.expires_at(), at() + Duration::from_secs(900));
    }
}

#[test]
fn the_signature_of_a_policy_is_that_of_botocore() {
    // The policy as botocore writes it, whose JSON has other blanks.
    let policy = "eyJleHBpcmF0aW9uIjogIjIwMTUtMDgtMzBUMTI6NTE6MDBaIiwgImNvbmRpdGlvbnMiOiBbeyJhY2wiOiAicHJpdmF0ZSJ9LCB7IkNvbnRlbnQtVHlwZSI6ICJpbWFnZS9wbmcifSwgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10aW4iLCAiIl0sIFsiY29udGVudC1sZW5ndGgtcmFuZ2UiLCAxLCAxMDI0XSwgeyJidWNrZXQiOiAidGlucyJ9LCBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAiYS8iXSwgeyJ4LWFtei1hbGdvcml0aG0iOiAiQVdTNC1ITUFDLVNIQTI1NiJ9LCB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJREVYQU1QTEUvMjAxNTA4MzAvZXUtd2VzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LCB7IngtYW16LWRhdGUiOiAiMjAxNTA4MzBUMTIzNjAwWiJ9XX0=";
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
    let signer = Signer::new(&credentials, "eu-west-1", "s3", at());
    assert_eq!(
        signer.sign_text(policy).unwrap(),
        "792ff92d893c8159960676a5a69e37489d20b90676054c8c67d47e6eb3ef957f"
    );
    // And a form has the signature of the policy in it.
    let form = super::forms::policy().sign((TARGET, "tins", "k"), &credentials, "eu-west-1", at());
    let form = form.unwrap();
    let signature = signer.sign_text(field(&form, "policy")).unwrap();
    assert_eq!(field(&form, "x-amz-signature"), signature);
    let shown = format!("{form:?}");
    assert!(
        !shown.contains(&signature) && !shown.contains("AKID"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_call_gives_the_form_its_bucket_its_key_and_its_headers() {
    let replay = answered(&[]);
    let client = client(&replay);
    let call = client.put_object().bucket("tins").key("/a b/${filename}");
    let call = call.content_type("image/png");
    let day = Duration::from_secs(86_400);
    let dated = || PostPolicy::expires_in(day).start_time(at());
    let form = call.clone().presigned_post(dated()).await.unwrap();
    assert_eq!(form.url(), "https://tins.s3.eu-west-1.example.com/");
    assert_eq!(field(&form, "key"), "/a b/${filename}");
    assert_eq!(field(&form, "Content-Type"), "image/png");
    assert_eq!(field(&form, "x-amz-date"), "20150830T123600Z");
    let policy = decoded(field(&form, "policy"));
    let conditions = policy["conditions"].as_array().unwrap();
    for expected in [
        json!({"Content-Type": "image/png"}),
        json!({"bucket": "tins"}),
        json!(["starts-with", "$key", "/a b/"]),
    ] {
        assert!(conditions.contains(&expected), "{policy}");
    }
    // A body is the business of the form's user, a form without a key is none, and seven days are the most.
    let with_body = call.clone().body(b"abc".to_vec()).presigned_post(dated());
    let error = with_body.await.unwrap_err();
    assert!(error.to_string().contains("expected no body"), "{error}");
    let error = client.head_bucket().bucket("tins").presigned_post(dated());
    assert!(
        error
            .await
            .unwrap_err()
            .to_string()
            .contains("a call with a key")
    );
    for seconds in [0, 604_801] {
        let policy = PostPolicy::expires_in(Duration::from_secs(seconds));
        let error = call.clone().presigned_post(policy).await.unwrap_err();
        assert!(error.to_string().contains("1 second to 7 days"), "{error}");
    }
    assert!(replay.requests().is_empty());
}
