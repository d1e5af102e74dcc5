//! Key Management Service: json 1.1, blobs and timestamps. It has no waiters.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use kms::types::GrantOperation;
use kms::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    let mut id = String::new();
    steps.step("create", create(client, &mut id)).await;
    steps.step("read", read(client, &id)).await;
    steps
        .step("encrypt and decrypt", encrypt(client, &id))
        .await;
    steps.step("list", list(client, &id)).await;
    steps.step("delete", delete(client, &id)).await;
    steps.step("error", missing(client)).await;
}

async fn create(client: &Client, id: &mut String) -> Outcome {
    let created = client.create_key().description("for grants").send().await?;
    let key = created.key_metadata.and_then(|key| key.key_id);
    *id = key.unwrap_or_default();
    each(ITEMS, |index| {
        client
            .create_grant()
            .key_id(id.as_str())
            .name(name(index))
            .grantee_principal("arn:aws:iam::123456789012:role/e2e")
            .operations([GrantOperation::Decrypt, GrantOperation::Encrypt])
            .send()
    })
    .await
}

async fn read(client: &Client, id: &str) -> Outcome {
    let key = client.describe_key().key_id(id).send().await?;
    let key = key.key_metadata.unwrap_or_default();
    let description = key.description.as_deref();
    same("description", Some("for grants"), description)?;
    holds("a date", key.creation_date.is_some(), &key.creation_date)
}

async fn encrypt(client: &Client, id: &str) -> Outcome {
    let plain: Vec<u8> = (0..=255).collect();
    let encrypt = client.encrypt().key_id(id).plaintext(plain.clone());
    let encrypted = encrypt.send().await?.ciphertext_blob.unwrap_or_default();
    let decrypted = client.decrypt().ciphertext_blob(encrypted).send().await?;
    let bytes = decrypted.plaintext.unwrap_or_default();
    same("the bytes", plain, bytes.as_ref().to_vec())
}

async fn list(client: &Client, id: &str) -> Outcome {
    let paginator = client.list_grants().key_id(id).into_paginator();
    let grants = paginator.page_size(50).items().send().collect().await?;
    all_names(ITEMS, grants.into_iter().map(|grant| grant.name))
}

async fn delete(client: &Client, id: &str) -> Outcome {
    let call = client.schedule_key_deletion().key_id(id);
    let deletion = call.pending_window_in_days(7).send().await?;
    let date = deletion.deletion_date;
    holds("a date", date.is_some(), &date)
}

async fn missing(client: &Client) -> Outcome {
    let nobody = "00000000-0000-0000-0000-000000000000";
    let result = client.describe_key().key_id(nobody).send().await;
    fails_with!(result, NotFoundException)
}
