//! What the server refuses, as errors of the client; among them signatures, which the server is thereby known to verify.

use crate::case::{Cases, Failure, Outcome, PASSED, holds};
use crate::world::{BUCKET, World};
use s3::{Client, Credentials, ServiceError};
use std::fmt::Debug;

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases
        .case(
            "error: a signature with another secret",
            other_secret(world),
        )
        .await;
    cases
        .case(
            "error: a key that the server does not know",
            unknown_key(world),
        )
        .await;
    cases.case("error: no such object", no_object(world)).await;
    cases
        .case("error: no such object, by HEAD", no_head(world))
        .await;
    cases.case("error: no such bucket", no_bucket(world)).await;
    cases.case("error: no such upload", no_upload(world)).await;
    cases
        .case("error: a bucket that is there already", bucket_again(world))
        .await;
    cases.case("location of a bucket", location(world)).await;
}

/// Fails unless a call ended with this status and this code.
fn ends_with<T: Debug>(status: u16, code: &str, got: &Result<T, s3::Error>) -> Result<(), Failure> {
    let error = got.as_ref().err();
    let found = error.map(|error| (error.status(), error.code()));
    holds(
        &format!("{status} {code}"),
        found == Some((Some(status), Some(code))),
        got,
    )
}

async fn other_secret(world: &World) -> Outcome {
    let credentials = Credentials::new("AKIDEXAMPLE", "another-secret", None);
    let client = Client::new(world.config().credentials(credentials).build());
    let got = client.head_bucket().bucket(BUCKET).send().await;
    holds(
        "403",
        got.as_ref().err().and_then(s3::Error::status) == Some(403),
        &got,
    )?;
    let got = client.list_objects_v2().bucket(BUCKET).send().await;
    ends_with(403, "SignatureDoesNotMatch", &got)?;
    PASSED
}

async fn unknown_key(world: &World) -> Outcome {
    let credentials = Credentials::new("AKIDOTHER", "secret", None);
    let client = Client::new(world.config().credentials(credentials).build());
    let got = client.list_objects_v2().bucket(BUCKET).send().await;
    ends_with(403, "InvalidAccessKeyId", &got)?;
    PASSED
}

async fn no_object(world: &World) -> Outcome {
    let got = world.get("no-such-thing").send().await;
    ends_with(404, "NoSuchKey", &got)?;
    let error = got.as_ref().err().and_then(s3::Error::service_error);
    holds(
        "the exception",
        matches!(error, Some(ServiceError::NoSuchKey(_))),
        &got,
    )?;
    let id = got.as_ref().err().and_then(s3::Error::request_id);
    holds("the id of the request", id.is_some(), &got)?;
    PASSED
}

async fn no_head(world: &World) -> Outcome {
    let head = world.client.head_object().bucket(BUCKET);
    let got = head.key("no-such-thing").send().await;
    // There is no body to say it, and the model has no exception of this name.
    ends_with(404, "NotFound", &got)?;
    PASSED
}

async fn no_bucket(world: &World) -> Outcome {
    let got = world
        .client
        .list_objects_v2()
        .bucket("e2e-no-such-bucket")
        .send()
        .await;
    ends_with(404, "NoSuchBucket", &got)?;
    PASSED
}

async fn no_upload(world: &World) -> Outcome {
    let list = world
        .client
        .list_parts()
        .bucket(BUCKET)
        .key("a")
        .upload_id("0123456789abcdef");
    ends_with(404, "NoSuchUpload", &list.send().await)?;
    PASSED
}

async fn bucket_again(world: &World) -> Outcome {
    let got = world.client.create_bucket().bucket(BUCKET).send().await;
    let error = got.as_ref().err().and_then(s3::Error::service_error);
    let is_known = matches!(
        error,
        Some(ServiceError::BucketAlreadyOwnedByYou(_) | ServiceError::BucketAlreadyExists(_))
    );
    holds("one of two exceptions", is_known, &got)?;
    PASSED
}

async fn location(world: &World) -> Outcome {
    let got = world
        .client
        .get_bucket_location()
        .bucket(BUCKET)
        .send()
        .await?;
    let place = got.location_constraint;
    let is_usual = place
        .as_ref()
        .is_none_or(|place| ["", "us-east-1"].contains(&place.as_str()));
    holds("the region of the client, or none", is_usual, &place)?;
    PASSED
}
