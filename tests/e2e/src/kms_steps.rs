//! Key Management Service: json 1.1, blobs and timestamps. It has no waiters.

use crate::steps::{ITEMS, Steps, all_names, each, holds, name, same};
use kms::types::GrantOperation;
use kms::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    let mut id = String::new();
    steps
        .step("create", async {
            let made = client.create_key().description("for grants").send().await?;
            id = made
                .key_metadata
                .and_then(|key| key.key_id)
                .unwrap_or_default();
            let key = id.clone();
            each(ITEMS, |index| {
                let grant = client
                    .create_grant()
                    .key_id(&key)
                    .name(name(index))
                    .grantee_principal("arn:aws:iam::123456789012:role/e2e")
                    .operations([GrantOperation::Decrypt, GrantOperation::Encrypt]);
                async move {
                    grant.send().await?;
                    Ok(())
                }
            })
            .await
        })
        .await;
    steps
        .step("read", async {
            let key = client.describe_key().key_id(&id).send().await?;
            let key = key.key_metadata.unwrap_or_default();
            same(
                "description",
                Some("for grants"),
                key.description.as_deref(),
            )?;
            holds("a date", key.creation_date.is_some(), &key.creation_date)
        })
        .await;
    steps
        .step("encrypt and decrypt", async {
            let plain: Vec<u8> = (0..=255).collect();
            let hidden = client
                .encrypt()
                .key_id(&id)
                .plaintext(plain.clone())
                .send()
                .await?;
            let hidden = hidden.ciphertext_blob.unwrap_or_default();
            let shown = client.decrypt().ciphertext_blob(hidden).send().await?;
            same(
                "the bytes",
                plain,
                shown.plaintext.unwrap_or_default().as_ref().to_vec(),
            )
        })
        .await;
    steps
        .step("list", async {
            let mut grants = client
                .list_grants()
                .key_id(&id)
                .into_paginator()
                .page_size(50)
                .items()
                .send();
            let mut names = Vec::new();
            while let Some(grant) = grants.next().await {
                names.extend(grant?.name);
            }
            all_names(ITEMS, names)
        })
        .await;
    steps
        .step("delete", async {
            let call = client.schedule_key_deletion().key_id(&id);
            let deletion = call.pending_window_in_days(7).send().await?;
            holds(
                "a date",
                deletion.deletion_date.is_some(),
                &deletion.deletion_date,
            )
        })
        .await;
    steps
        .step("error", async {
            let nobody = "00000000-0000-0000-0000-000000000000";
            let answer = client.describe_key().key_id(nobody).send().await;
            holds(
                "NotFoundException",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::NotFoundException(_)))),
                answer,
            )
        })
        .await;
}
