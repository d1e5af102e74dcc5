//! Systems Manager: json 1.1.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use ssm::types::ParameterType;
use ssm::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", create(client)).await;
    steps.step("read", read(client)).await;
    steps.step("wait", wait(client)).await;
    steps.step("list", list(client)).await;
    steps.step("delete", delete(client)).await;
    steps.step("error", missing(client)).await;
}

async fn create(client: &Client) -> Outcome {
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
}

async fn read(client: &Client) -> Outcome {
    let read = client.get_parameter().name("/e2e/item-007").send().await?;
    let parameter = read.parameter.unwrap_or_default();
    same("value", Some("value 7 ☃"), parameter.value.as_deref())?;
    let date = parameter.last_modified_date;
    holds("a date", date.is_some(), &date)
}

async fn wait(client: &Client) -> Outcome {
    let call = client.send_command().document_name("AWS-RunShellScript");
    let sent = call.instance_ids(["i-00000000000000001"]).send().await?;
    let id = sent.command.and_then(|command| command.command_id);
    let call = client
        .get_command_invocation()
        .command_id(id.unwrap_or_default())
        .instance_id("i-00000000000000001");
    call.wait_until_command_executed().send().await?;
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let call = client.get_parameters_by_path().path("/e2e");
    let paginator = call.into_paginator().page_size(10);
    let parameters = paginator.items().send().collect().await?;
    let names = parameters.into_iter().map(|parameter| parameter.name);
    all_names(ITEMS, names.map(|name| Some(name?.replace("/e2e/", ""))))
}

async fn delete(client: &Client) -> Outcome {
    let call = client.delete_parameter().name("/e2e/item-007");
    call.send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    let result = client.get_parameter().name("/e2e/item-007").send().await;
    fails_with!(result, ParameterNotFound)
}
