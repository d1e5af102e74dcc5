//! RDS: query, whose lists name their items, and whose errors have codes that differ from their names.

use crate::steps::{FEW, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use rds::types::Tag;
use rds::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", create(client)).await;
    steps.step("read", read(client)).await;
    steps.step("wait", wait(client)).await;
    steps.step("list", list(client)).await;
    steps.step("delete and wait", delete(client)).await;
    steps.step("error", missing(client)).await;
}

async fn create(client: &Client) -> Outcome {
    each(FEW, |index| {
        client
            .create_db_instance()
            .db_instance_identifier(name(index))
            .db_instance_class("db.t3.micro")
            .engine("postgres")
            .master_username("ü")
            .master_user_password("a & b")
            .allocated_storage(20)
            .tags([Tag::default().key("a b").value("ü/☃")])
            .send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let read = client.describe_db_instances();
    let read = read.db_instance_identifier("item-007").send().await?;
    let instance = read.db_instances.unwrap_or_default().pop();
    let instance = instance.unwrap_or_default();
    same("storage", Some(20), instance.allocated_storage)?;
    same("name", Some("ü"), instance.master_username.as_deref())?;
    let tags = instance.tag_list.unwrap_or_default();
    let tag = tags.first().and_then(|tag| tag.value.as_deref());
    same("tag", Some("ü/☃"), tag)?;
    let date = instance.instance_create_time;
    holds("a date", date.is_some(), &date)
}

async fn wait(client: &Client) -> Outcome {
    let call = client.describe_db_instances();
    let call = call.db_instance_identifier("item-007");
    call.wait_until_db_instance_available().send().await?;
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let call = client.describe_db_instances().into_paginator();
    let instances = call.page_size(25).items().send().collect().await?;
    let names = instances.into_iter();
    all_names(FEW, names.map(|instance| instance.db_instance_identifier))
}

async fn delete(client: &Client) -> Outcome {
    let delete = client.delete_db_instance();
    let delete = delete.db_instance_identifier("item-007");
    delete.skip_final_snapshot(true).send().await?;
    let gone = client.describe_db_instances();
    let gone = gone.db_instance_identifier("item-007");
    let waited = gone.wait_until_db_instance_deleted().send().await?;
    holds("an error, for it is gone", waited.answer.is_err(), waited)
}

async fn missing(client: &Client) -> Outcome {
    let call = client.describe_db_instances();
    let result = call.db_instance_identifier("item-007").send().await;
    fails_with!(result, DbInstanceNotFoundFault)
}
