//! Systems Manager: json 1.1.

use crate::steps::{ITEMS, Steps, all_names, each, holds, name, same};
use ssm::types::ParameterType;
use ssm::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    steps
        .step("create", async {
            each(ITEMS, |index| {
                let put = client
                    .put_parameter()
                    .name(format!("/e2e/{}", name(index)))
                    .value(format!("value {index} ☃"))
                    .r#type(ParameterType::String);
                async move {
                    let put = put.send().await?;
                    same("version", Some(1), put.version)
                }
            })
            .await
        })
        .await;
    steps
        .step("read", async {
            let read = client.get_parameter().name("/e2e/item-007").send().await?;
            let parameter = read.parameter.unwrap_or_default();
            same("value", Some("value 7 ☃"), parameter.value.as_deref())?;
            holds(
                "a date",
                parameter.last_modified_date.is_some(),
                &parameter.last_modified_date,
            )
        })
        .await;
    steps
        .step("wait", async {
            let call = client.send_command().document_name("AWS-RunShellScript");
            let sent = call.instance_ids(["i-00000000000000001"]).send().await?;
            let id = sent.command.and_then(|command| command.command_id);
            let call = client
                .get_command_invocation()
                .command_id(id.unwrap_or_default())
                .instance_id("i-00000000000000001");
            call.wait_until_command_executed().send().await?;
            Ok(())
        })
        .await;
    steps
        .step("list", async {
            let mut parameters = client
                .get_parameters_by_path()
                .path("/e2e")
                .into_paginator()
                .page_size(10)
                .items()
                .send();
            let mut names = Vec::new();
            while let Some(parameter) = parameters.next().await {
                names.extend(parameter?.name.map(|name| name.replace("/e2e/", "")));
            }
            all_names(ITEMS, names)
        })
        .await;
    steps
        .step("delete", async {
            client
                .delete_parameter()
                .name("/e2e/item-007")
                .send()
                .await?;
            Ok(())
        })
        .await;
    steps
        .step("error", async {
            let answer = client.get_parameter().name("/e2e/item-007").send().await;
            holds(
                "ParameterNotFound",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::ParameterNotFound(_)))),
                answer,
            )
        })
        .await;
}
