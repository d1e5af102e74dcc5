//! IAM: query, with URL-encoded documents in answers.

use crate::steps::{FEW, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use iam::types::Tag;
use iam::{Client, Config, ServiceError};

/// Apart from the role that other services take.
const PATH: &str = "/items/";

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[]}"#;

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
    each(FEW, |index| {
        let create = client.create_role().role_name(name(index)).path(PATH);
        let create = create.assume_role_policy_document(POLICY);
        create
            .tags([
                Tag::default().key("a b").value("ü/☃&=+"),
                Tag::default().key("empty").value(""),
            ])
            .send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let read = client.get_role().role_name("item-007").send().await?;
    let role = read.role.unwrap_or_default();
    same("path", Some(PATH), role.path.as_deref())?;
    let document = role.assume_role_policy_document.as_deref();
    let document = document.map(|text| text.replace("%22", "\"").replace("%3A", ":"));
    let is_read = document.is_some_and(|text| text.contains("\"Version\":"));
    holds("the document", is_read, &role.assume_role_policy_document)?;
    let tags = role.tags.into_iter().flatten();
    let mut tags: Vec<_> = tags.map(|tag| tag.value.unwrap_or_default()).collect();
    tags.sort();
    same("tags", vec![String::new(), "ü/☃&=+".to_owned()], tags)?;
    holds("a date", role.create_date.is_some(), &role.create_date)
}

async fn wait(client: &Client) -> Outcome {
    let call = client.get_role().role_name("item-007");
    call.wait_until_role_exists().send().await?;
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let call = client.list_roles().path_prefix(PATH);
    let roles = call.into_paginator().page_size(25).items();
    let roles = roles.send().collect().await?;
    all_names(FEW, roles.into_iter().map(|role| role.role_name))
}

async fn delete(client: &Client) -> Outcome {
    client.delete_role().role_name("item-007").send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    let result = client.get_role().role_name("item-007").send().await;
    fails_with!(result, NoSuchEntityException)
}
