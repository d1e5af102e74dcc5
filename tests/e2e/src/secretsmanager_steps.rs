//! Secrets Manager: json 1.1, and idempotency tokens that the client fills in. It has no waiters.

use crate::steps::{ITEMS, Steps, all_names, each, holds, name, same};
use secretsmanager::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    steps
        .step("create", async {
            each(ITEMS, |index| {
                let create = client
                    .create_secret()
                    .name(name(index))
                    .secret_binary(vec![0u8, 255, 13]);
                async move {
                    // The version is called as the token that was filled in.
                    let version = create.send().await?.version_id;
                    holds(
                        "a uuid",
                        version.as_ref().is_some_and(|id| id.len() == 36),
                        &version,
                    )
                }
            })
            .await
        })
        .await;
    steps
        .step("read", async {
            let secret = client
                .get_secret_value()
                .secret_id("item-003")
                .send()
                .await?;
            let bytes = secret.secret_binary.unwrap_or_default();
            same("the bytes", vec![0u8, 255, 13], bytes.as_ref().to_vec())
        })
        .await;
    steps
        .step("list", async {
            let mut secrets = client
                .list_secrets()
                .into_paginator()
                .page_size(50)
                .items()
                .send();
            let mut names = Vec::new();
            while let Some(secret) = secrets.next().await {
                names.extend(secret?.name);
            }
            all_names(ITEMS, names)
        })
        .await;
    steps
        .step("delete", async {
            let call = client.delete_secret().secret_id("item-003");
            call.force_delete_without_recovery(true).send().await?;
            Ok(())
        })
        .await;
    steps
        .step("error", async {
            let answer = client.get_secret_value().secret_id("item-003").send().await;
            holds(
                "ResourceNotFoundException",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::ResourceNotFoundException(_)))),
                answer,
            )
        })
        .await;
}
