//! SNS: query, with maps in requests and answers. It has no waiters.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use sns::types::MessageAttributeValue;
use sns::{Client, Config, ServiceError};

/// What the server's name of a topic begins with.
const ARN: &str = "arn:aws:sns:us-east-1:123456789012:";

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", create(client)).await;
    steps.step("read", read(client)).await;
    steps.step("publish", publish(client)).await;
    steps.step("list", list(client)).await;
    steps.step("delete", delete(client)).await;
    steps.step("error", missing(client)).await;
}

fn arn(index: usize) -> String {
    format!("{ARN}{}", name(index))
}

async fn create(client: &Client) -> Outcome {
    each(ITEMS, |index| {
        let create = client.create_topic().name(name(index));
        create.attributes("DisplayName", "a & ü ☃").send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let call = client.get_topic_attributes().topic_arn(arn(7));
    let attributes = call.send().await?.attributes.unwrap_or_default();
    let shown = attributes.get("DisplayName").map(String::as_str);
    same("display name", Some("a & ü ☃"), shown)?;
    same("arn", Some(&arn(7)), attributes.get("TopicArn"))
}

async fn publish(client: &Client) -> Outcome {
    let value = MessageAttributeValue::default().data_type("Binary");
    let publish = client.publish().topic_arn(arn(7)).message("a\nb ☃ = &");
    let publish = publish.message_attributes("bytes", value.binary_value(vec![0u8, 255, 13]));
    let id = publish.send().await?.message_id;
    holds("an id", id.is_some(), &id)
}

/// The server's pages have a hundred topics.
async fn list(client: &Client) -> Outcome {
    let topics = client.list_topics().into_paginator().items();
    let topics = topics.send().collect().await?;
    let names = topics
        .into_iter()
        .map(|topic| Some(topic.topic_arn?.replace(ARN, "")));
    all_names(ITEMS, names)
}

async fn delete(client: &Client) -> Outcome {
    client.delete_topic().topic_arn(arn(7)).send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    let result = client.get_topic_attributes().topic_arn(arn(7)).send().await;
    fails_with!(result, NotFoundException)
}
