//! CloudWatch: query of a service that speaks JSON and CBOR too, with numbers, and bodies that are compressed.

use crate::steps::{Outcome, Steps, all_names, fails_with, holds, name, same};
use cloudwatch::types::{ComparisonOperator, Dimension, MetricDatum, StandardUnit, Statistic};
use cloudwatch::{Client, Config, ServiceError};

/// Over one page of the server's, which has five hundred.
const METRICS: usize = 530;

/// How many go into one request: enough to be compressed.
const AT_ONCE: usize = 106;

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    steps.step("create", create(client)).await;
    steps.step("list", list(client)).await;
    steps.step("create alarm and wait", alarm(client)).await;
    steps.step("read", read(client)).await;
    steps.step("delete", delete(client)).await;
    steps.step("error", missing(client)).await;
}

async fn create(client: &Client) -> Outcome {
    for from in (0..METRICS).step_by(AT_ONCE) {
        let data = (from..from + AT_ONCE).map(|index| {
            let dimension = Dimension::default().name("ü ☃").value("a b");
            MetricDatum::default()
                .metric_name(name(index))
                .dimensions([dimension])
                .value(0.5)
                .unit(StandardUnit::Count)
        });
        let put = client.put_metric_data().namespace("e2e");
        put.metric_data(data.collect::<Vec<_>>()).send().await?;
    }
    Ok(())
}

async fn list(client: &Client) -> Outcome {
    let metrics = client.list_metrics().namespace("e2e").into_paginator();
    let metrics = metrics.items().send().collect().await?;
    all_names(
        METRICS,
        metrics.into_iter().map(|metric| metric.metric_name),
    )
}

async fn alarm(client: &Client) -> Outcome {
    let put = client.put_metric_alarm().alarm_name("a & ü ☃");
    let put = put.namespace("e2e").metric_name("item-007");
    put.statistic(Statistic::Average)
        .comparison_operator(ComparisonOperator::GreaterThanThreshold)
        .threshold(-1.25e-3)
        .period(60)
        .evaluation_periods(2)
        .send()
        .await?;
    let call = client.describe_alarms().alarm_names(["a & ü ☃"]);
    call.wait_until_alarm_exists().send().await?;
    Ok(())
}

async fn read(client: &Client) -> Outcome {
    let call = client.describe_alarms().alarm_names(["a & ü ☃"]);
    let mut alarms = call.send().await?.metric_alarms.unwrap_or_default();
    let alarm = alarms.pop().unwrap_or_default();
    same("threshold", Some(-1.25e-3), alarm.threshold)?;
    let date = alarm.state_updated_timestamp;
    holds("a date", date.is_some(), &date)
}

async fn delete(client: &Client) -> Outcome {
    client
        .delete_alarms()
        .alarm_names(["a & ü ☃"])
        .send()
        .await?;
    let call = client.describe_alarms().alarm_names(["a & ü ☃"]);
    let alarms = call.send().await?.metric_alarms.unwrap_or_default();
    holds("no alarm", alarms.is_empty(), alarms)
}

async fn missing(client: &Client) -> Outcome {
    let call = client.get_dashboard().dashboard_name("nobody");
    fails_with!(call.send().await, ResourceNotFound)
}
