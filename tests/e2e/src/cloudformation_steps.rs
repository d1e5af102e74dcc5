//! CloudFormation: query, with lists of structures.

use crate::steps::{FEW, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use cloudformation::types::{Parameter, StackStatus};
use cloudformation::{Client, Config, ServiceError};

/// A stack of one thing, and an output.
const TEMPLATE: &str = r#"{
  "Parameters": { "Text": { "Type": "String" } },
  "Resources": { "Logs": { "Type": "AWS::Logs::LogGroup" } },
  "Outputs": { "Out": { "Value": { "Ref": "Text" } } }
}"#;

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", create(client)).await;
    steps.step("read", read(client)).await;
    steps.step("wait", wait(client)).await;
    steps.step("list", list(client)).await;
    steps.step("error", twice(client)).await;
    steps.step("delete and wait", delete(client)).await;
}

async fn create(client: &Client) -> Outcome {
    each(FEW, |index| {
        let text = Parameter::default().parameter_key("Text");
        let create = client.create_stack().stack_name(name(index));
        let create = create.template_body(TEMPLATE);
        create.parameters([text.parameter_value("a & ü ☃")]).send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let read = client.describe_stacks().stack_name("item-007");
    let mut stacks = read.send().await?.stacks.unwrap_or_default();
    let stack = stacks.pop().unwrap_or_default();
    let status = stack.stack_status;
    same("status", Some(StackStatus::CreateComplete), status)?;
    let outputs = stack.outputs.unwrap_or_default();
    let value = outputs.first().and_then(|out| out.output_value.as_deref());
    same("output", Some("a & ü ☃"), value)?;
    holds(
        "a date",
        stack.creation_time.is_some(),
        &stack.creation_time,
    )
}

async fn wait(client: &Client) -> Outcome {
    let call = client.describe_stacks().stack_name("item-007");
    call.wait_until_stack_create_complete().send().await?;
    Ok(())
}

/// The server's pages have fifty stacks.
async fn list(client: &Client) -> Outcome {
    let stacks = client.describe_stacks().into_paginator().items();
    let stacks = stacks.send().collect().await?;
    all_names(FEW, stacks.into_iter().map(|stack| stack.stack_name))
}

async fn twice(client: &Client) -> Outcome {
    let create = client.create_stack().stack_name("item-007");
    let result = create.template_body(TEMPLATE).send().await;
    fails_with!(result, AlreadyExistsException)
}

async fn delete(client: &Client) -> Outcome {
    client.delete_stack().stack_name("item-007").send().await?;
    let call = client.describe_stacks().stack_name("item-007");
    call.wait_until_stack_delete_complete().send().await?;
    Ok(())
}
