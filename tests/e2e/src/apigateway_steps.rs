//! API Gateway: rest-json with labels, query strings and PATCH. It has no waiters.

use crate::steps::{ITEMS, Steps, all_names, each, holds, name, same};
use apigateway::types::{Op, PatchOperation};
use apigateway::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    let mut id = String::new();
    steps
        .step("create", async {
            each(ITEMS, |index| {
                let create = client
                    .create_rest_api()
                    .name(name(index))
                    .tags("a b", "ü/☃");
                async move {
                    create.send().await?;
                    Ok(())
                }
            })
            .await
        })
        .await;
    // moto gives all of them in one page.
    steps
        .step("list", async {
            let mut apis = client
                .get_rest_apis()
                .into_paginator()
                .page_size(50)
                .items()
                .send();
            let mut names = Vec::new();
            while let Some(api) = apis.next().await {
                let api = api?;
                id = api.id.unwrap_or_default();
                names.extend(api.name);
            }
            all_names(ITEMS, names)
        })
        .await;
    steps
        .step("update and read", async {
            let change = PatchOperation::default()
                .op(Op::Replace)
                .path("/description")
                .value("changed");
            client
                .update_rest_api()
                .rest_api_id(&id)
                .patch_operations([change])
                .send()
                .await?;
            let read = client.get_rest_api().rest_api_id(&id).send().await?;
            same("description", Some("changed"), read.description.as_deref())?;
            let tag = read.tags.unwrap_or_default().remove("a b");
            same("tag", Some("ü/☃"), tag.as_deref())?;
            holds("a date", read.created_date.is_some(), &read.created_date)
        })
        .await;
    steps
        .step("delete", async {
            client.delete_rest_api().rest_api_id(&id).send().await?;
            Ok(())
        })
        .await;
    steps
        .step("error", async {
            let answer = client.get_rest_api().rest_api_id(&id).send().await;
            holds(
                "NotFoundException",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::NotFoundException(_)))),
                answer,
            )
        })
        .await;
}
