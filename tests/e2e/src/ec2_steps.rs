//! EC2: its own protocol. Its model has no exceptions, so that errors are known by their codes.

use crate::steps::{FEW, Outcome, Steps, all_names, each, fails_with_code, holds, name, same};
use ec2::types::{
    Filter, Instance, InstanceType, Reservation, ResourceType, Tag, TagSpecification,
};
use ec2::{Client, Config};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    let mut id = String::new();
    steps.step("create", create(client)).await;
    steps.step("read", read(client, &mut id)).await;
    steps.step("wait", wait(client, &id)).await;
    steps.step("list", list(client)).await;
    steps.step("delete and wait", delete(client, &id)).await;
    steps.step("error", missing(client)).await;
}

async fn create(client: &Client) -> Outcome {
    each(FEW, |index| {
        let tag = Tag::default().key("Name").value(name(index));
        let tags = TagSpecification::default().tags([tag]);
        client
            .run_instances()
            .image_id("ami-12c6146b")
            .instance_type(InstanceType::T3Micro)
            .min_count(1)
            .max_count(1)
            .tag_specifications([tags.resource_type(ResourceType::Instance)])
            .send()
    })
    .await
}

fn instances(reservations: Vec<Reservation>) -> impl Iterator<Item = Instance> {
    let instances = reservations.into_iter();
    instances.flat_map(|reservation| reservation.instances.unwrap_or_default())
}

/// The identifier is kept.
async fn read(client: &Client, id: &mut String) -> Outcome {
    let filter = Filter::default().name("tag:Name").values(["item-007"]);
    let read = client.describe_instances().filters([filter]).send().await?;
    let mut instances = instances(read.reservations.unwrap_or_default());
    let instance = instances.next().unwrap_or_default();
    *id = instance.instance_id.unwrap_or_default();
    let kind = instance.instance_type;
    same("type", Some(InstanceType::T3Micro), kind)?;
    holds(
        "a date",
        instance.launch_time.is_some(),
        &instance.launch_time,
    )
}

async fn wait(client: &Client, id: &str) -> Outcome {
    let call = client.describe_instances().instance_ids([id]);
    call.wait_until_instance_running().send().await?;
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let filter = Filter::default().name("tag-key").values(["Name"]);
    let call = client.describe_instances().filters([filter]);
    let reservations = call.into_paginator().page_size(25).items();
    let reservations = reservations.send().collect().await?;
    let names = instances(reservations).map(|instance| {
        let tags = instance.tags.unwrap_or_default();
        tags.into_iter().find_map(|tag| tag.value)
    });
    all_names(FEW, names)
}

async fn delete(client: &Client, id: &str) -> Outcome {
    client
        .terminate_instances()
        .instance_ids([id])
        .send()
        .await?;
    let call = client.describe_instances().instance_ids([id]);
    call.wait_until_instance_terminated().send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    let call = client
        .describe_instances()
        .instance_ids(["i-00000000000000001"]);
    fails_with_code!(call.send().await, "InvalidInstanceID.NotFound")
}
