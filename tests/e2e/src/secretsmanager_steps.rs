//! Secrets Manager: json 1.1, and idempotency tokens that the client fills in. It has no waiters.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use secretsmanager::{Client, Config, ServiceError};

/// What each secret is.
const BYTES: [u8; 3] = [0, 255, 13];

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", create(client)).await;
    steps.step("read", read(client)).await;
    steps.step("list", list(client)).await;
    steps.step("delete", delete(client)).await;
    steps.step("error", missing(client)).await;
}

async fn create(client: &Client) -> Outcome {
    each(ITEMS, |index| {
        let create = client.create_secret().name(name(index));
        let create = create.secret_binary(BYTES.to_vec());
        async move {
            // The version has the name of the token that was filled in.
            let version = create.send().await?.version_id;
            let is_uuid = version.as_ref().is_some_and(|id| id.len() == 36);
            holds("a uuid", is_uuid, &version)
        }
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let call = client.get_secret_value().secret_id("item-003");
    let bytes = call.send().await?.secret_binary.unwrap_or_default();
    same("the bytes", BYTES.to_vec(), bytes.as_ref().to_vec())
}

async fn list(client: &Client) -> Outcome {
    let paginator = client.list_secrets().into_paginator().page_size(50);
    let secrets = paginator.items().send().collect().await?;
    all_names(ITEMS, secrets.into_iter().map(|secret| secret.name))
}

async fn delete(client: &Client) -> Outcome {
    let call = client.delete_secret().secret_id("item-003");
    call.force_delete_without_recovery(true).send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    let call = client.get_secret_value().secret_id("item-003");
    fails_with!(call.send().await, ResourceNotFoundException)
}
