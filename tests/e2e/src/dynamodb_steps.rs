//! DynamoDB: json 1.0, values within values, and page tokens that are maps.

use crate::steps::{ITEMS, Steps, all_names, each, holds, name, same};
use dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType, TableStatus,
};
use dynamodb::{Client, Config, ServiceError};
use std::collections::BTreeMap;
use std::time::Duration;

const TABLE: &str = "things";

fn text(text: &str) -> AttributeValue {
    text.into()
}

fn key(name: &str) -> BTreeMap<String, AttributeValue> {
    BTreeMap::from([
        ("group".to_owned(), text("one")),
        ("name".to_owned(), text(name)),
    ])
}

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    let attribute = |name: &str| {
        AttributeDefinition::default()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S)
    };
    let part = |name: &str, kind| {
        KeySchemaElement::default()
            .attribute_name(name)
            .key_type(kind)
    };
    steps
        .step("create and wait", async {
            let wait = || {
                let call = client.describe_table().table_name(TABLE);
                call.wait_until_table_exists()
                    .delay(Duration::from_millis(100))
            };
            // There is no table yet, which the waiter does not take for a failure.
            let early = wait().max_wait(Duration::from_millis(500)).send().await;
            let timed_out = matches!(&early, Err(error) if error.is_timed_out());
            holds("to wait in vain", timed_out, early)?;
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
        })
        .await;
    steps
        .step("create items", async {
            each(ITEMS, |index| {
                let put = client
                    .put_item()
                    .table_name(TABLE)
                    .set_item(key(&name(index)));
                async move {
                    put.send().await?;
                    Ok(())
                }
            })
            .await
        })
        .await;
    steps
        .step("read", async {
            let mut item = key("item-000");
            let within = BTreeMap::from([
                (
                    "bytes".to_owned(),
                    AttributeValue::B(vec![0u8, 255, 10].into()),
                ),
                ("none".to_owned(), AttributeValue::Null(true)),
                ("ünï ☃".to_owned(), AttributeValue::N("-12.50".to_owned())),
            ]);
            let list = [AttributeValue::M(within), false.into()];
            item.insert("nested".to_owned(), AttributeValue::L(list.into()));
            client
                .put_item()
                .table_name(TABLE)
                .set_item(item.clone())
                .send()
                .await?;
            let read = client
                .get_item()
                .table_name(TABLE)
                .set_key(key("item-000"))
                .send()
                .await?;
            same("the item", Some(item), read.item)
        })
        .await;
    let query = || {
        client
            .query()
            .table_name(TABLE)
            .key_condition_expression("#g = :g")
            .expression_attribute_names("#g", "group")
            .expression_attribute_values(":g", text("one"))
            .into_paginator()
            .page_size(25)
    };
    steps
        .step("list, stop and resume", async {
            let mut names = Vec::new();
            let mut take = |item: BTreeMap<String, AttributeValue>| {
                names.extend(item.get("name").and_then(|name| name.as_s().ok().cloned()));
            };
            let mut first = query().max_items(60).items().send();
            while let Some(item) = first.next().await {
                take(item?);
            }
            let token = first.resume_token();
            holds("a token to go on with", token.is_some(), &token)?;
            if let Some(token) = token {
                let mut rest = query().starting_token(token).items().send();
                while let Some(item) = rest.next().await {
                    take(item?);
                }
            }
            all_names(ITEMS, names)
        })
        .await;
    steps
        .step("delete and wait", async {
            client.delete_table().table_name(TABLE).send().await?;
            let gone = client.describe_table().table_name(TABLE);
            let waited = gone.wait_until_table_not_exists().send().await?;
            holds("an error, for it is gone", waited.answer.is_err(), waited)
        })
        .await;
    steps
        .step("error", async {
            let answer = client.describe_table().table_name(TABLE).send().await;
            holds(
                "ResourceNotFoundException",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::ResourceNotFoundException(_)))),
                answer,
            )
        })
        .await;
}
