//! API Gateway: rest-json with labels, query strings and PATCH. It has no waiters.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use apigateway::types::{Op, PatchOperation};
use apigateway::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    let mut id = String::new();
    steps.step("create", create(client)).await;
    steps.step("list", list(client, &mut id)).await;
    steps.step("update and read", update(client, &id)).await;
    steps.step("delete", delete(client, &id)).await;
    steps.step("error", missing(client, &id)).await;
}

async fn create(client: &Client) -> Outcome {
    each(ITEMS, |index| {
        let create = client.create_rest_api().name(name(index));
        create.tags("a b", "ü/☃").send()
    })
    .await
}

/// moto returns all of them in one page. One of the identifiers is kept.
async fn list(client: &Client, id: &mut String) -> Outcome {
    let paginator = client.get_rest_apis().into_paginator().page_size(50);
    let apis = paginator.items().send().collect().await?;
    *id = apis
        .iter()
        .find_map(|api| api.id.clone())
        .unwrap_or_default();
    all_names(ITEMS, apis.into_iter().map(|api| api.name))
}

async fn update(client: &Client, id: &str) -> Outcome {
    let change = PatchOperation::default()
        .op(Op::Replace)
        .path("/description")
        .value("changed");
    let update = client.update_rest_api().rest_api_id(id);
    update.patch_operations([change]).send().await?;
    let read = client.get_rest_api().rest_api_id(id).send().await?;
    same("description", Some("changed"), read.description.as_deref())?;
    let tag = read.tags.unwrap_or_default().remove("a b");
    same("tag", Some("ü/☃"), tag.as_deref())?;
    holds("a date", read.created_date.is_some(), &read.created_date)
}

async fn delete(client: &Client, id: &str) -> Outcome {
    client.delete_rest_api().rest_api_id(id).send().await?;
    Ok(())
}

async fn missing(client: &Client, id: &str) -> Outcome {
    let result = client.get_rest_api().rest_api_id(id).send().await;
    fails_with!(result, NotFoundException)
}
