//! DynamoDB: json 1.0, values within values, and page tokens that are maps.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use dynamodb::operation::query::Query;
use dynamodb::runtime::Paginator;
use dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType, TableStatus,
};
use dynamodb::{Client, Config, ServiceError};
use std::collections::BTreeMap;
use std::time::Duration;

const TABLE: &str = "things";

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create and wait", create_table(client)).await;
    steps.step("create items", create_items(client)).await;
    steps.step("read", read(client)).await;
    steps.step("list, stop and resume", list(client)).await;
    steps.step("delete and wait", delete(client)).await;
    steps.step("error", missing(client)).await;
}

fn text(text: &str) -> AttributeValue {
    text.into()
}

fn key(name: &str) -> BTreeMap<String, AttributeValue> {
    BTreeMap::from([
        ("group".to_owned(), text("one")),
        ("name".to_owned(), text(name)),
    ])
}

fn attribute(name: &str) -> AttributeDefinition {
    AttributeDefinition::default()
        .attribute_name(name)
        .attribute_type(ScalarAttributeType::S)
}

fn part(name: &str, kind: KeyType) -> KeySchemaElement {
    KeySchemaElement::default()
        .attribute_name(name)
        .key_type(kind)
}

async fn create_table(client: &Client) -> Outcome {
    let wait = || {
        let call = client.describe_table().table_name(TABLE);
        call.wait_until_table_exists()
            .delay(Duration::from_millis(100))
    };
    // There is no table yet, which the waiter does not take for a failure.
    let early = wait().max_wait(Duration::from_millis(500)).send().await;
    let timed_out = matches!(&early, Err(error) if error.is_timed_out());
    holds("the wait to time out", timed_out, early)?;
    client
        .create_table()
        .table_name(TABLE)
        .attribute_definitions([attribute("group"), attribute("name")])
        .key_schema([part("group", KeyType::Hash), part("name", KeyType::Range)])
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await?;
    let waited = wait().send().await?;
    let table = waited.answer?.table.unwrap_or_default();
    same("status", Some(TableStatus::Active), table.table_status)
}

async fn create_items(client: &Client) -> Outcome {
    each(ITEMS, |index| {
        let put = client.put_item().table_name(TABLE);
        put.set_item(key(&name(index))).send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let inner = BTreeMap::from([
        (
            "bytes".to_owned(),
            AttributeValue::B(vec![0u8, 255, 10].into()),
        ),
        ("none".to_owned(), AttributeValue::Null(true)),
        ("ünï ☃".to_owned(), AttributeValue::N("-12.50".to_owned())),
    ]);
    let list = [AttributeValue::M(inner), false.into()];
    let mut item = key("item-000");
    item.insert("nested".to_owned(), AttributeValue::L(list.into()));
    let put = client.put_item().table_name(TABLE);
    put.set_item(item.clone()).send().await?;
    let get = client.get_item().table_name(TABLE);
    let read = get.set_key(key("item-000")).send().await?;
    same("the item", Some(item), read.item)
}

fn query(client: &Client) -> Paginator<Query> {
    client
        .query()
        .table_name(TABLE)
        .key_condition_expression("#g = :g")
        .expression_attribute_names("#g", "group")
        .expression_attribute_values(":g", text("one"))
        .into_paginator()
        .page_size(25)
}

async fn list(client: &Client) -> Outcome {
    let mut first = query(client).max_items(60).items().send();
    let mut items = first.collect().await?;
    let token = first.resume_token();
    holds("a token to resume from", token.is_some(), &token)?;
    if let Some(token) = token {
        let rest = query(client).starting_token(token);
        items.extend(rest.items().send().collect().await?);
    }
    let names = items
        .iter()
        .map(|item| item.get("name")?.as_s().ok().cloned());
    all_names(ITEMS, names)
}

async fn delete(client: &Client) -> Outcome {
    client.delete_table().table_name(TABLE).send().await?;
    let gone = client.describe_table().table_name(TABLE);
    let waited = gone.wait_until_table_not_exists().send().await?;
    holds("an error, for it is gone", waited.answer.is_err(), waited)
}

async fn missing(client: &Client) -> Outcome {
    let result = client.describe_table().table_name(TABLE).send().await;
    fails_with!(result, ResourceNotFoundException)
}
