//! EKS: rest-json with labels and query strings.

use crate::steps::{Outcome, Steps, all_names, each, fails_with, holds, name, same};
use eks::types::VpcConfigRequest;
use eks::{Client, Config, ServiceError};

/// Fewer than elsewhere: the server makes a certificate for each.
const CLUSTERS: usize = 30;

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
    each(CLUSTERS, |index| {
        client
            .create_cluster()
            .name(name(index))
            .role_arn("arn:aws:iam::123456789012:role/e2e")
            .resources_vpc_config(VpcConfigRequest::default().subnet_ids(["subnet-1"]))
            .send()
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let read = client.describe_cluster().name("item-011").send().await?;
    let cluster = read.cluster.unwrap_or_default();
    same("name", Some("item-011"), cluster.name.as_deref())?;
    holds("a date", cluster.created_at.is_some(), &cluster.created_at)
}

async fn wait(client: &Client) -> Outcome {
    let call = client.describe_cluster().name("item-011");
    call.wait_until_cluster_active().send().await?;
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let paginator = client.list_clusters().into_paginator().page_size(10);
    let clusters = paginator.items().send().collect().await?;
    all_names(CLUSTERS, clusters.into_iter().map(Some))
}

async fn delete(client: &Client) -> Outcome {
    client.delete_cluster().name("item-011").send().await?;
    let gone = client.describe_cluster().name("item-011");
    let waited = gone.wait_until_cluster_deleted().send().await?;
    holds("an error, for it is gone", waited.answer.is_err(), waited)
}

async fn missing(client: &Client) -> Outcome {
    let result = client.describe_cluster().name("item-011").send().await;
    fails_with!(result, ResourceNotFoundException)
}
