//! Presigned requests and forms, which a plain HTTP client sends.

use crate::case::{Cases, Failure, Outcome, PASSED, holds, same, same_bytes};
use crate::plain;
use crate::world::{BUCKET, World, bytes};
use bytes::Bytes;
use http::{HeaderMap, Response};
use s3::presigning::{PresignedRequest, PresigningConfig};
use std::time::{Duration, SystemTime};
use tinsmith_s3::{PostPolicy, PresignedPost as _};

const MINUTE: Duration = Duration::from_secs(60);

/// A key that needs escapes.
const KEY: &str = "presigned/a b+c/ü&d=e//f";

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases.case("presigned GET", get(world)).await;
    cases
        .case("presigned GET of a range, under a condition", range(world))
        .await;
    cases.case("presigned HEAD", head(world)).await;
    cases.case("presigned PUT", put(world)).await;
    cases
        .case("presigned PUT with headers", put_with_headers(world))
        .await;
    cases
        .case(
            "presigned PUT with another header is refused",
            other_header(world),
        )
        .await;
    cases.case("presigned DELETE", delete(world)).await;
    cases.case("presigned list", list(world)).await;
    cases.case("presigned part of an upload", part(world)).await;
    cases
        .case("presigned request that expired is refused", expired(world))
        .await;
    cases
        .case(
            "presigned request for another key is refused",
            other_key(world),
        )
        .await;
    cases.case("presigned form", form(world)).await;
    cases
        .case(
            "presigned form with a file that is too large is refused",
            large_form(world),
        )
        .await;
}

async fn send(presigned: PresignedRequest, body: Bytes) -> Result<Response<Bytes>, Failure> {
    plain::send(presigned.into_http_1x_request(body)).await
}

/// Fails unless a response has this status.
fn has_status(status: u16, response: &Response<Bytes>) -> Result<(), Failure> {
    let found = response.status().as_u16();
    holds(&format!("the status {status}"), found == status, response)
}

async fn get(world: &World) -> Outcome {
    world.put_bytes(KEY, &bytes(1000)).await?;
    let response = send(world.get(KEY).presigned(MINUTE).await?, Bytes::new()).await?;
    has_status(200, &response)?;
    same_bytes(&bytes(1000), response.body())?;
    PASSED
}

async fn range(world: &World) -> Outcome {
    let tag = world.put_bytes(KEY, &bytes(1000)).await?;
    let presigned = world
        .get(KEY)
        .range("bytes=10-19")
        .if_match(tag)
        .presigned(MINUTE)
        .await?;
    let response = send(presigned, Bytes::new()).await?;
    has_status(206, &response)?;
    same_bytes(bytes(1000).get(10..20).unwrap_or_default(), response.body())?;
    PASSED
}

async fn head(world: &World) -> Outcome {
    world.put_bytes(KEY, &bytes(1000)).await?;
    let head = world.client.head_object().bucket(BUCKET).key(KEY);
    let response = send(head.presigned(MINUTE).await?, Bytes::new()).await?;
    has_status(200, &response)?;
    let length = response.headers().get("content-length");
    same(
        "a length of",
        Some("1000"),
        length.and_then(|length| length.to_str().ok()),
    )?;
    PASSED
}

async fn put(world: &World) -> Outcome {
    let presigned = world.put("presigned/put ü").presigned(MINUTE).await?;
    let response = send(presigned, bytes(70_000)).await?;
    has_status(200, &response)?;
    world.has("presigned/put ü", &bytes(70_000)).await?;
    PASSED
}

async fn put_with_headers(world: &World) -> Outcome {
    let put = world
        .put("presigned/headers")
        .content_type("text/x-tins")
        .metadata("a", "b c");
    let response = send(put.presigned(MINUTE).await?, bytes(100)).await?;
    has_status(200, &response)?;
    let got = world.get("presigned/headers").send().await?;
    same("a type", Some("text/x-tins"), got.content_type.as_deref())?;
    let metadata = got.metadata.unwrap_or_default();
    same(
        "metadata",
        Some("b c"),
        metadata.get("a").map(String::as_str),
    )?;
    PASSED
}

async fn other_header(world: &World) -> Outcome {
    let put = world
        .put("presigned/other-header")
        .content_type("text/x-tins");
    let mut request = put
        .presigned(MINUTE)
        .await?
        .into_http_1x_request(bytes(100));
    let headers: &mut HeaderMap = request.headers_mut();
    headers.insert("content-type", http::HeaderValue::from_static("text/html"));
    has_status(403, &plain::send(request).await?)?;
    PASSED
}

async fn delete(world: &World) -> Outcome {
    world.put_bytes("presigned/delete", &bytes(1)).await?;
    let delete = world
        .client
        .delete_object()
        .bucket(BUCKET)
        .key("presigned/delete");
    let response = send(delete.presigned(MINUTE).await?, Bytes::new()).await?;
    has_status(204, &response)?;
    world.has_none("presigned/delete").await?;
    PASSED
}

async fn list(world: &World) -> Outcome {
    world.put_bytes(KEY, &bytes(1)).await?;
    let list = world
        .client
        .list_objects_v2()
        .bucket(BUCKET)
        .prefix("presigned/a b+c/");
    let response = send(list.presigned(MINUTE).await?, Bytes::new()).await?;
    has_status(200, &response)?;
    let text = String::from_utf8_lossy(response.body());
    holds(
        "a list of one key",
        text.matches("<Key>").count() == 1,
        &text,
    )?;
    PASSED
}

async fn part(world: &World) -> Outcome {
    let create = world
        .client
        .create_multipart_upload()
        .bucket(BUCKET)
        .key("presigned/part");
    let id = create.send().await?.upload_id.unwrap_or_default();
    let part = world
        .client
        .upload_part()
        .bucket(BUCKET)
        .key("presigned/part");
    let part = part.upload_id(&id).part_number(1).presigned(MINUTE).await?;
    has_status(200, &send(part, bytes(100)).await?)?;
    let list = world
        .client
        .list_parts()
        .bucket(BUCKET)
        .key("presigned/part")
        .upload_id(&id);
    let parts = list.send().await?.parts.unwrap_or_default();
    same(
        "one part:",
        vec![Some(100)],
        parts.iter().map(|part| part.size).collect(),
    )?;
    let abort = world
        .client
        .abort_multipart_upload()
        .bucket(BUCKET)
        .key("presigned/part");
    abort.upload_id(id).send().await?;
    PASSED
}

async fn expired(world: &World) -> Outcome {
    world.put_bytes(KEY, &bytes(1)).await?;
    let earlier = SystemTime::now() - 2 * MINUTE;
    let config = PresigningConfig::builder()
        .start_time(earlier)
        .expires_in(MINUTE)
        .build()?;
    let presigned = world.get(KEY).presigned(config).await?;
    has_status(403, &send(presigned, Bytes::new()).await?)?;
    PASSED
}

async fn other_key(world: &World) -> Outcome {
    world.put_bytes("presigned/a", &bytes(1)).await?;
    world.put_bytes("presigned/b", &bytes(1)).await?;
    let presigned = world.get("presigned/a").presigned(MINUTE).await?;
    let uri = presigned.uri().replace("/presigned/a?", "/presigned/b?");
    let mut request = presigned.into_http_1x_request(Bytes::new());
    *request.uri_mut() = uri.parse()?;
    has_status(403, &plain::send(request).await?)?;
    PASSED
}

/// What is posted: the fields of a form, and the file.
async fn post(world: &World, policy: PostPolicy, file: &Bytes) -> Result<Response<Bytes>, Failure> {
    const BOUNDARY: &str = "----e2e-boundary";
    let call = world.put("presigned/forms/${filename}");
    let form = call.presigned_post(policy).await?;
    let mut body = Vec::new();
    for (name, value) in form.fields() {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    let file_part = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.txt\"\r\n\r\n"
    );
    body.extend_from_slice(file_part.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let request = http::Request::post(form.url());
    let request = request.header(
        "content-type",
        format!("multipart/form-data; boundary={BOUNDARY}"),
    );
    plain::send(request.body(body.into())?).await
}

async fn form(world: &World) -> Outcome {
    let policy = PostPolicy::expires_in(MINUTE).field("success_action_status", "201");
    let policy = policy.field("x-amz-meta-a", "b").content_length(1..=10_000);
    has_status(201, &post(world, policy, &bytes(1000)).await?)?;
    world.has("presigned/forms/a b.txt", &bytes(1000)).await?;
    let metadata = world
        .get("presigned/forms/a b.txt")
        .send()
        .await?
        .metadata
        .unwrap_or_default();
    same("metadata", Some("b"), metadata.get("a").map(String::as_str))?;
    PASSED
}

async fn large_form(world: &World) -> Outcome {
    let policy = PostPolicy::expires_in(MINUTE).content_length(1..=10);
    let response = post(world, policy, &bytes(1000)).await?;
    holds(
        "the status 400",
        response.status().is_client_error(),
        &response,
    )?;
    PASSED
}
