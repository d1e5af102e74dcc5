//! S3: rest-xml without a wrapper around errors; bodies that stream, metadata, keys that are encoded in lists.

use crate::steps::{FEW, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use s3::{ByteStream, Client, Config, ServiceError};
use std::time::Duration;

const BUCKET: &str = "e2e-things";

/// What keys of objects begin with: it needs escapes in paths, and in XML.
const PREFIX: &str = "a b/ü&☃+<>/";

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create and wait", create_bucket(client)).await;
    steps.step("create objects", create(client)).await;
    steps.step("read", read(client)).await;
    steps.step("wait", wait(client)).await;
    steps.step("list", list(client)).await;
    steps.step("list buckets", list_buckets(client)).await;
    steps.step("delete and wait", delete(client)).await;
    steps.step("error", missing(client)).await;
}

fn key(index: usize) -> String {
    format!("{PREFIX}{}", name(index))
}

async fn create_bucket(client: &Client) -> Outcome {
    client.create_bucket().bucket(BUCKET).send().await?;
    let call = client.head_bucket().bucket(BUCKET);
    let wait = call.wait_until_bucket_exists();
    wait.delay(Duration::from_millis(100)).send().await?;
    Ok(())
}

async fn create(client: &Client) -> Outcome {
    each(FEW, |index| {
        let put = client.put_object().bucket(BUCKET).key(key(index));
        let put = put.metadata("number", index.to_string());
        put.body(ByteStream::from(format!("object {index} ☃")))
            .send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let get = client.get_object().bucket(BUCKET).key(key(7));
    let object = get.send().await?;
    let number = object.metadata.unwrap_or_default().remove("number");
    same("metadata", Some("7"), number.as_deref())?;
    holds(
        "a date",
        object.last_modified.is_some(),
        &object.last_modified,
    )?;
    let bytes = object.body.collect().await?;
    same("the bytes", "object 7 ☃".as_bytes(), &bytes[..])
}

async fn wait(client: &Client) -> Outcome {
    let call = client.head_object().bucket(BUCKET).key(key(7));
    call.wait_until_object_exists().send().await?;
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let call = client.list_objects_v2().bucket(BUCKET).prefix(PREFIX);
    let objects = call.into_paginator().page_size(25).items();
    let objects = objects.send().collect().await?;
    let names = objects.into_iter();
    all_names(
        FEW,
        names.map(|object| Some(object.key?.replace(PREFIX, ""))),
    )
}

async fn list_buckets(client: &Client) -> Outcome {
    let buckets = client.list_buckets().send().await?.buckets;
    let mut names = buckets.into_iter().flatten();
    let found = names.any(|bucket| bucket.name.as_deref() == Some(BUCKET));
    holds("the bucket", found, found)
}

async fn delete(client: &Client) -> Outcome {
    let delete = client.delete_object().bucket(BUCKET).key(key(7));
    delete.send().await?;
    let gone = client.head_object().bucket(BUCKET).key(key(7));
    let waited = gone.wait_until_object_not_exists().send().await?;
    holds("an error, for it is gone", waited.answer.is_err(), waited)
}

async fn missing(client: &Client) -> Outcome {
    let get = client.get_object().bucket(BUCKET).key(key(7));
    let result = get.send().await;
    fails_with!(result, NoSuchKey)
}
