//! Step Functions: json 1.0, and timestamps. It has no waiters.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use sfn::{Client, Config, ServiceError};

const DEFINITION: &str = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#;

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    let mut machine = String::new();
    steps.step("create", create(client, &mut machine)).await;
    steps.step("read", read(client, &machine)).await;
    steps.step("list", list(client, &machine)).await;
    steps.step("delete", delete(client, &machine)).await;
    steps.step("error", missing(client, &machine)).await;
}

async fn create(client: &Client, machine: &mut String) -> Outcome {
    let call = client.create_state_machine().name("e2e");
    let call = call.definition(DEFINITION);
    let call = call.role_arn("arn:aws:iam::123456789012:role/e2e");
    *machine = call.send().await?.state_machine_arn.unwrap_or_default();
    each(ITEMS, |index| {
        client
            .start_execution()
            .state_machine_arn(machine.as_str())
            .name(name(index))
            .input(r#"{"a":[1]}"#)
            .send()
    })
    .await
}

async fn read(client: &Client, machine: &str) -> Outcome {
    let call = client.describe_state_machine().state_machine_arn(machine);
    let read = call.send().await?;
    same("definition", Some(DEFINITION), read.definition.as_deref())?;
    holds("a date", read.creation_date.is_some(), &read.creation_date)
}

async fn list(client: &Client, machine: &str) -> Outcome {
    let call = client.list_executions().state_machine_arn(machine);
    let paginator = call.into_paginator().page_size(50);
    let executions = paginator.items().send().collect().await?;
    all_names(
        ITEMS,
        executions.into_iter().map(|execution| execution.name),
    )
}

async fn delete(client: &Client, machine: &str) -> Outcome {
    let call = client.delete_state_machine().state_machine_arn(machine);
    call.send().await?;
    Ok(())
}

async fn missing(client: &Client, machine: &str) -> Outcome {
    let nothing = machine.replace("stateMachine", "execution") + ":nobody";
    let call = client.describe_execution().execution_arn(nothing);
    fails_with!(call.send().await, ExecutionDoesNotExist)
}
