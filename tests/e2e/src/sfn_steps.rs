//! Step Functions: json 1.0, and timestamps. It has no waiters.

use crate::steps::{ITEMS, Steps, all_names, each, holds, name, same};
use sfn::{Client, Config, ServiceError};

const DEFINITION: &str = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#;

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    let mut machine = String::new();
    steps
        .step("create", async {
            let call = client
                .create_state_machine()
                .name("e2e")
                .definition(DEFINITION);
            let made = call
                .role_arn("arn:aws:iam::123456789012:role/e2e")
                .send()
                .await?;
            machine = made.state_machine_arn.unwrap_or_default();
            let arn = machine.clone();
            each(ITEMS, |index| {
                let start = client
                    .start_execution()
                    .state_machine_arn(&arn)
                    .name(name(index))
                    .input(r#"{"a":[1]}"#);
                async move {
                    start.send().await?;
                    Ok(())
                }
            })
            .await
        })
        .await;
    steps
        .step("read", async {
            let read = client
                .describe_state_machine()
                .state_machine_arn(&machine)
                .send()
                .await?;
            same("definition", Some(DEFINITION), read.definition.as_deref())?;
            holds("a date", read.creation_date.is_some(), &read.creation_date)
        })
        .await;
    steps
        .step("list", async {
            let mut executions = client
                .list_executions()
                .state_machine_arn(&machine)
                .into_paginator()
                .page_size(50)
                .items()
                .send();
            let mut names = Vec::new();
            while let Some(execution) = executions.next().await {
                names.extend(execution?.name);
            }
            all_names(ITEMS, names)
        })
        .await;
    steps
        .step("delete", async {
            client
                .delete_state_machine()
                .state_machine_arn(&machine)
                .send()
                .await?;
            Ok(())
        })
        .await;
    steps
        .step("error", async {
            let nothing = machine.replace("stateMachine", "execution") + ":nobody";
            let answer = client.describe_execution().execution_arn(nothing).send().await;
            holds(
                "ExecutionDoesNotExist",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::ExecutionDoesNotExist(_)))),
                answer,
            )
        })
        .await;
}
