//! Elastic Load Balancing: query, whose errors have codes that differ from their names.

use crate::steps::{FEW, Failure, Outcome, Steps, all_names, each, fails_with, holds, name, same};
use elbv2::types::LoadBalancerStateEnum;
use elbv2::{Client, Config, ServiceError};

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let ec2 = &ec2::Client::new(config.clone());
    let client = &Client::new(config);
    steps.step("create", create(client, ec2)).await;
    steps.step("wait", wait(client)).await;
    steps.step("list", list(client)).await;
    let mut arn = String::new();
    steps.step("read", read(client, &mut arn)).await;
    steps.step("delete and wait", delete(client, &arn)).await;
    steps.step("error", missing(client)).await;
}

/// Two of the subnets that the server has to begin with.
async fn subnets(ec2: &ec2::Client) -> Result<Vec<String>, Failure> {
    let subnets = ec2.describe_subnets().send().await?.subnets;
    let ids = subnets.into_iter().flatten();
    Ok(ids.filter_map(|subnet| subnet.subnet_id).take(2).collect())
}

async fn create(client: &Client, ec2: &ec2::Client) -> Outcome {
    let subnets = subnets(ec2).await?;
    each(FEW, |index| {
        let create = client.create_load_balancer().name(name(index));
        create.subnets(subnets.clone()).send()
    })
    .await
}

async fn wait(client: &Client) -> Outcome {
    let call = client.describe_load_balancers().names(["item-007"]);
    call.wait_until_load_balancer_available().send().await?;
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let call = client.describe_load_balancers().into_paginator();
    let balancers = call.page_size(25).items().send().collect().await?;
    let names = balancers.into_iter();
    all_names(FEW, names.map(|balancer| balancer.load_balancer_name))
}

/// The ARN is kept.
async fn read(client: &Client, arn: &mut String) -> Outcome {
    let call = client.describe_load_balancers().names(["item-007"]);
    let balancer = call.send().await?.load_balancers.unwrap_or_default().pop();
    let balancer = balancer.unwrap_or_default();
    *arn = balancer.load_balancer_arn.unwrap_or_default();
    let state = balancer.state.and_then(|state| state.code);
    same("state", Some(LoadBalancerStateEnum::Active), state)?;
    let zones = balancer.availability_zones.unwrap_or_default();
    same("zones", 2, zones.len())?;
    let date = balancer.created_time;
    holds("a date", date.is_some(), &date)
}

async fn delete(client: &Client, arn: &str) -> Outcome {
    let delete = client.delete_load_balancer().load_balancer_arn(arn);
    delete.send().await?;
    let gone = client.describe_load_balancers().load_balancer_arns([arn]);
    let waited = gone.wait_until_load_balancers_deleted().send().await?;
    holds("an error, for it is gone", waited.answer.is_err(), waited)
}

async fn missing(client: &Client) -> Outcome {
    let call = client.describe_load_balancers().names(["item-007"]);
    fails_with!(call.send().await, LoadBalancerNotFoundException)
}
