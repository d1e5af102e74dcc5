//! SQS: json 1.0 of a service that spoke query, whose errors keep their older codes. It has no waiters.

use crate::steps::{FEW, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use sqs::types::{MessageAttributeValue, QueueAttributeName};
use sqs::{Client, Config, ServiceError};

const BODY: &str = "a <b> & ü ☃\n";

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    let mut url = String::new();
    steps.step("create", create(client, &mut url)).await;
    steps.step("send", send(client, &url)).await;
    steps.step("read", read(client, &url)).await;
    steps.step("list", list(client)).await;
    steps.step("delete", delete(client, &url)).await;
    steps.step("error", missing(client, &url)).await;
}

/// The URL of the first queue is kept.
async fn create(client: &Client, url: &mut String) -> Outcome {
    each(FEW, |index| {
        let create = client.create_queue().queue_name(name(index));
        let timeout = QueueAttributeName::VisibilityTimeout;
        create.attributes(timeout, "31").send()
    })
    .await?;
    let first = client.create_queue().queue_name(name(0));
    let first = first.attributes(QueueAttributeName::VisibilityTimeout, "31");
    *url = first.send().await?.queue_url.unwrap_or_default();
    holds("a URL", url.ends_with(&name(0)), url)
}

async fn send(client: &Client, url: &str) -> Outcome {
    let value = MessageAttributeValue::default().data_type("Binary");
    let value = value.binary_value(vec![0u8, 255, 13]);
    let send = client.send_message().queue_url(url).message_body(BODY);
    let sent = send.message_attributes("bytes", value).send().await?;
    let digest = sent.md5_of_message_body;
    let is_digest = digest.as_ref().is_some_and(|text| text.len() == 32);
    holds("a digest", is_digest, &digest)
}

async fn read(client: &Client, url: &str) -> Outcome {
    let receive = client.receive_message().queue_url(url);
    let received = receive.message_attribute_names(["All"]).send().await?;
    let message = received.messages.unwrap_or_default().pop();
    let message = message.unwrap_or_default();
    same("body", Some(BODY), message.body.as_deref())?;
    let value = message.message_attributes.unwrap_or_default();
    let value = value
        .get("bytes")
        .and_then(|value| value.binary_value.clone());
    same(
        "bytes",
        Some(vec![0u8, 255, 13]),
        value.map(|value| value.to_vec()),
    )
}

async fn list(client: &Client) -> Outcome {
    let call = client.list_queues().queue_name_prefix("item-");
    let urls = call.into_paginator().page_size(25).items();
    let urls = urls.send().collect().await?;
    let names = urls
        .into_iter()
        .map(|url| url.rsplit('/').next().map(str::to_owned));
    all_names(FEW, names)
}

async fn delete(client: &Client, url: &str) -> Outcome {
    client.delete_queue().queue_url(url).send().await?;
    Ok(())
}

async fn missing(client: &Client, url: &str) -> Outcome {
    let send = client.send_message().queue_url(url).message_body(BODY);
    fails_with!(send.send().await, QueueDoesNotExist)
}
