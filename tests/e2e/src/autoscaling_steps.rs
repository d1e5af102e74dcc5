//! Auto Scaling: query. It has no waiters.

use crate::steps::{FEW, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use autoscaling::types::Tag;
use autoscaling::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", create(client)).await;
    steps.step("read", read(client)).await;
    steps.step("list", list(client)).await;
    steps.step("error", full(client)).await;
    steps.step("delete", delete(client)).await;
}

/// Groups without an instance.
async fn create(client: &Client) -> Outcome {
    client
        .create_launch_configuration()
        .launch_configuration_name("e2e")
        .image_id("ami-12c6146b")
        .instance_type("t3.micro")
        .send()
        .await?;
    each(FEW, |index| {
        client
            .create_auto_scaling_group()
            .auto_scaling_group_name(name(index))
            .launch_configuration_name("e2e")
            .availability_zones(["us-east-1a", "us-east-1b"])
            .min_size(0)
            .max_size(0)
            .tags([Tag::default()
                .key("a b")
                .value("ü/☃")
                .propagate_at_launch(true)])
            .send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let call = client.describe_auto_scaling_groups();
    let read = call.auto_scaling_group_names(["item-007"]).send().await?;
    let group = read.auto_scaling_groups.unwrap_or_default().pop();
    let group = group.unwrap_or_default();
    let zones = group.availability_zones.unwrap_or_default();
    same(
        "zones",
        vec!["us-east-1a".to_owned(), "us-east-1b".to_owned()],
        zones,
    )?;
    let tags = group.tags.unwrap_or_default();
    let tag = tags
        .first()
        .map(|tag| (tag.value.as_deref(), tag.propagate_at_launch));
    same("tag", Some((Some("ü/☃"), Some(true))), tag)?;
    holds("a date", group.created_time.is_some(), &group.created_time)
}

async fn list(client: &Client) -> Outcome {
    let call = client.describe_auto_scaling_groups().into_paginator();
    let groups = call.page_size(25).items().send().collect().await?;
    let names = groups.into_iter();
    all_names(FEW, names.map(|group| group.auto_scaling_group_name))
}

/// There is no room in a group of none.
async fn full(client: &Client) -> Outcome {
    let attach = client
        .attach_instances()
        .auto_scaling_group_name("item-007");
    let result = attach.instance_ids(["i-00000000000000001"]).send().await;
    fails_with!(result, ResourceContentionFault)
}

async fn delete(client: &Client) -> Outcome {
    let delete = client.delete_auto_scaling_group();
    delete.auto_scaling_group_name("item-007").send().await?;
    let call = client.describe_auto_scaling_groups();
    let left = call.auto_scaling_group_names(["item-007"]).send().await?;
    let left = left.auto_scaling_groups.unwrap_or_default();
    holds("no group", left.is_empty(), left)
}
