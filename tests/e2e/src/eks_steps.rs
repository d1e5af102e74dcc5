//! EKS: rest-json with labels and query strings.

use crate::steps::{Steps, all_names, each, holds, name, same};
use eks::types::VpcConfigRequest;
use eks::{Client, Config, ServiceError};

/// Fewer than elsewhere: the server makes a certificate for each.
const CLUSTERS: usize = 110;

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    steps
        .step("create", async {
            each(CLUSTERS, |index| {
                let create = client
                    .create_cluster()
                    .name(name(index))
                    .role_arn("arn:aws:iam::123456789012:role/e2e")
                    .resources_vpc_config(VpcConfigRequest::default().subnet_ids(["subnet-1"]));
                async move {
                    create.send().await?;
                    Ok(())
                }
            })
            .await
        })
        .await;
    steps
        .step("read", async {
            let read = client.describe_cluster().name("item-011").send().await?;
            let cluster = read.cluster.unwrap_or_default();
            same("name", Some("item-011"), cluster.name.as_deref())?;
            holds("a date", cluster.created_at.is_some(), &cluster.created_at)
        })
        .await;
    steps
        .step("wait", async {
            let call = client.describe_cluster().name("item-011");
            call.wait_until_cluster_active().send().await?;
            Ok(())
        })
        .await;
    steps
        .step("list", async {
            let mut clusters = client
                .list_clusters()
                .into_paginator()
                .page_size(25)
                .items()
                .send();
            let mut names = Vec::new();
            while let Some(cluster) = clusters.next().await {
                names.push(cluster?);
            }
            all_names(CLUSTERS, names)
        })
        .await;
    steps
        .step("delete and wait", async {
            client.delete_cluster().name("item-011").send().await?;
            let gone = client.describe_cluster().name("item-011");
            let waited = gone.wait_until_cluster_deleted().send().await?;
            holds("an error, for it is gone", waited.answer.is_err(), waited)
        })
        .await;
    steps
        .step("error", async {
            let answer = client.describe_cluster().name("item-011").send().await;
            holds(
                "ResourceNotFoundException",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::ResourceNotFoundException(_)))),
                answer,
            )
        })
        .await;
}
