//! Rule 2: requests for directory buckets are signed by sessions.

use crate::support::{Headers, answered, client, config};
use bytes::Bytes;
use golden_s3::presigning::PresigningConfig;
use golden_s3::{Client, ErrorKind};
use std::time::{Duration, SystemTime};
use tinsmith_runtime::Timestamp;

const BUCKET: &str = "tins--euw1-az1--x-s3";
const OK: (u16, Headers, &str) = (200, &[], "");

/// The answer of CreateSession: a session with this id that lasts for so many seconds.
fn session(id: &str, seconds: u64) -> String {
    let expires_at = SystemTime::now() + Duration::from_secs(seconds);
    let expires_at = Timestamp::from(expires_at);
    format!(
        "<CreateSessionResult><Credentials><SessionToken>token of {id}</SessionToken><SecretAccessKey>secret of {id}</SecretAccessKey>\
         <AccessKeyId>{id}</AccessKeyId><Expiration>{expires_at}</Expiration></Credentials></CreateSessionResult>"
    )
}

/// The path, the scope of the signature and the session's token of a request.
fn seen(request: &http::Request<Bytes>) -> (String, String, Option<String>) {
    let text = |name: &str| {
        let value = request.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let authorization = text("authorization").unwrap();
    let scope = authorization.split(['=', ',']).nth(1).unwrap();
    let scope: Vec<&str> = scope.split('/').collect();
    let signed = authorization.contains("x-amz-s3session-token");
    let token = text("x-amz-s3session-token");
    assert_eq!(signed, token.is_some(), "the token is signed");
    assert_eq!(text("x-amz-security-token"), None);
    let path = request.uri().path_and_query().unwrap().to_string();
    (
        path,
        format!("{}/{}/{}", scope[0], scope[2], scope[3]),
        token,
    )
}

fn opening(id: &str) -> (String, String, Option<String>) {
    let scope = format!("{id}/eu-west-1/s3express");
    ("/?session".to_owned(), scope, None)
}

fn signed_by(session: &str) -> (String, String, Option<String>) {
    let scope = format!("{session}/eu-west-1/s3express");
    ("/k".to_owned(), scope, Some(format!("token of {session}")))
}

#[tokio::test]
async fn a_session_is_opened_once_and_signs_what_follows() {
    let replay = answered(&[(200, &[], &session("S1", 300)), OK, OK, OK]);
    let client = client(&replay);
    let call = client.get_object().bucket(BUCKET).key("k");
    // Both wait for the same session.
    let both = tokio::join!(call.clone().send(), call.clone().send());
    both.0.unwrap();
    both.1.unwrap();
    call.send().await.unwrap();
    let found: Vec<_> = replay.requests().iter().map(seen).collect();
    let session = signed_by("S1");
    assert_eq!(
        found,
        [
            opening("AKIDEXAMPLE"),
            session.clone(),
            session.clone(),
            session
        ]
    );
    let host = format!("{BUCKET}.express.example.com");
    let requests = replay.requests();
    let mut hosts = requests.iter().map(|request| request.uri().host().unwrap());
    assert!(hosts.all(|found| found == host));
}

#[tokio::test]
async fn each_bucket_has_its_own_and_other_buckets_have_none() {
    let replay = answered(&[
        (200, &[], &session("S1", 300)),
        OK,
        (200, &[], &session("S2", 300)),
        OK,
        OK,
    ]);
    let client = client(&replay);
    for bucket in [BUCKET, "other--euw1-az1--x-s3", "plain"] {
        let call = client.get_object().bucket(bucket).key("k");
        call.send().await.unwrap();
    }
    let found: Vec<_> = replay.requests().iter().map(seen).collect();
    let plain = ("/k".to_owned(), "AKIDEXAMPLE/eu-west-1/s3".to_owned(), None);
    let key = opening("AKIDEXAMPLE");
    let expected = [key.clone(), signed_by("S1"), key, signed_by("S2"), plain];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn it_is_opened_again_ten_seconds_before_it_expires() {
    for (seconds, opened) in [(8, 2), (60, 1)] {
        let first = session("S1", seconds);
        let second = session("S2", 300);
        let mut answers = vec![(200, &[][..], first.as_str()), OK];
        if opened == 2 {
            answers.push((200, &[], &second));
        }
        answers.push(OK);
        let replay = answered(&answers);
        let client = client(&replay);
        let call = client.get_object().bucket(BUCKET).key("k");
        call.clone().send().await.unwrap();
        call.send().await.unwrap();
        let requests = replay.requests();
        let paths = requests.iter().map(|request| seen(request).0);
        assert_eq!(paths.filter(|path| path == "/?session").count(), opened);
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_is_refused_as_expired_is_opened_again() {
    let expired = "<Error><Code>ExpiredToken</Code></Error>";
    let replay = answered(&[
        (200, &[], &session("S1", 300)),
        (400, &[], expired),
        (200, &[], &session("S2", 300)),
        OK,
    ]);
    let call = client(&replay).get_object().bucket(BUCKET).key("k");
    call.send().await.unwrap();
    let found: Vec<_> = replay.requests().iter().map(seen).collect();
    let key = opening("AKIDEXAMPLE");
    assert_eq!(found, [key.clone(), signed_by("S1"), key, signed_by("S2")]);
}

#[tokio::test]
async fn one_that_is_not_opened_is_the_error_of_the_call() {
    let replay = answered(&[(403, &[], "<Error><Code>AccessDenied</Code></Error>")]);
    let call = client(&replay).get_object().bucket(BUCKET).key("k");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.code(), Some("AccessDenied"));
    assert!(error.to_string().contains("CreateSession"), "{error}");
    assert_eq!(replay.requests().len(), 1);
    // And so is an answer without credentials.
    let incomplete = "<CreateSessionResult><Credentials><AccessKeyId>S1</AccessKeyId></Credentials></CreateSessionResult>";
    let replay = answered(&[(200, &[], incomplete)]);
    let call = client(&replay).get_object().bucket(BUCKET).key("k");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response, "{error}");
}

#[tokio::test]
async fn a_presigned_url_has_its_token_and_expires_with_it() {
    let replay = answered(&[(200, &[], &session("S1", 300))]);
    let call = client(&replay).get_object().bucket(BUCKET).key("k");
    let hour = PresigningConfig::expires_in(Duration::from_secs(3600)).unwrap();
    let presigned = call.presigned(hour).await.unwrap();
    let uri = presigned.uri();
    assert!(
        uri.contains("&X-Amz-S3session-Token=token%20of%20S1"),
        "{uri}"
    );
    assert!(uri.contains("X-Amz-Credential=S1%2F"), "{uri}");
    assert!(!uri.contains("X-Amz-Security-Token"), "{uri}");
    let latest = SystemTime::now() + Duration::from_secs(300);
    assert!(presigned.expires_at() <= latest);
}

#[tokio::test]
async fn a_setting_signs_with_the_clients_credentials_instead() {
    let replay = answered(&[OK]);
    let config = config(&replay).disable_s3_express_session_auth(true);
    let call = Client::new(config.build()).get_object();
    call.bucket(BUCKET).key("k").send().await.unwrap();
    let scope = "AKIDEXAMPLE/eu-west-1/s3express".to_owned();
    let expected = ("/k".to_owned(), scope, None);
    assert_eq!(seen(&replay.requests()[0]), expected);
}
