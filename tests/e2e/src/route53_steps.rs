//! Route 53: rest-xml, with XML both ways, and page tokens of several members.

use crate::steps::{ITEMS, Outcome, Steps, all_names, fails_with, holds, name, same};
use route53::types::{
    Change, ChangeAction, ChangeBatch, HostedZoneConfig, ResourceRecord, ResourceRecordSet, RrType,
};
use route53::{Client, Config, ServiceError};

/// What the server ends names with.
const ZONE: &str = ".e2e.example.";

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = &Client::new(config);
    let (mut zone, mut change) = (String::new(), String::new());
    steps.step("create", create(client, &mut zone)).await;
    steps.step("read", read(client, &zone)).await;
    steps.step("change", fill(client, &zone, &mut change)).await;
    steps.step("wait", wait(client, &change)).await;
    steps.step("list", list(client, &zone)).await;
    steps.step("error", missing(client)).await;
}

/// Identifiers are kept as answers have them, with what kind of thing they are of.
async fn create(client: &Client, zone: &mut String) -> Outcome {
    let config = HostedZoneConfig::default().comment("a <b> & ü ☃");
    let create = client.create_hosted_zone().name("e2e.example");
    let create = create.caller_reference("e2e").hosted_zone_config(config);
    let created = create.send().await?;
    let id = created.hosted_zone.and_then(|zone| zone.id);
    *zone = id.unwrap_or_default();
    holds("an id", zone.starts_with("/hostedzone/"), zone)
}

async fn read(client: &Client, zone: &str) -> Outcome {
    let read = client.get_hosted_zone().id(zone).send().await?;
    let config = read.hosted_zone.unwrap_or_default().config;
    let comment = config.and_then(|config| config.comment);
    same("comment", Some("a <b> & ü ☃"), comment.as_deref())?;
    let servers = read.delegation_set.unwrap_or_default().name_servers;
    let servers = servers.unwrap_or_default();
    holds("name servers", servers.len() > 1, servers)
}

async fn fill(client: &Client, zone: &str, change: &mut String) -> Outcome {
    let changes = (0..ITEMS).map(|index| {
        let record = ResourceRecord::default().value("192.0.2.1");
        let set = ResourceRecordSet::default()
            .name(format!("{}{ZONE}", name(index)))
            .r#type(RrType::A)
            .ttl(60)
            .resource_records([record]);
        let change = Change::default().action(ChangeAction::Create);
        change.resource_record_set(set)
    });
    let batch = ChangeBatch::default().changes(changes.collect::<Vec<_>>());
    let call = client.change_resource_record_sets().hosted_zone_id(zone);
    let info = call.change_batch(batch).send().await?.change_info;
    let info = info.unwrap_or_default();
    *change = info.id.unwrap_or_default();
    holds("a date", info.submitted_at.is_some(), &info.submitted_at)
}

async fn wait(client: &Client, change: &str) -> Outcome {
    let call = client.get_change().id(change);
    call.wait_until_resource_record_sets_changed()
        .send()
        .await?;
    Ok(())
}

async fn list(client: &Client, zone: &str) -> Outcome {
    let call = client.list_resource_record_sets().hosted_zone_id(zone);
    let sets = call.into_paginator().page_size(50).items();
    let sets = sets.send().collect().await?;
    let ours = sets.into_iter().filter(|set| set.r#type == Some(RrType::A));
    all_names(ITEMS, ours.map(|set| Some(set.name?.replace(ZONE, ""))))
}

async fn missing(client: &Client) -> Outcome {
    let result = client.get_hosted_zone().id("Z0").send().await;
    fails_with!(result, NoSuchHostedZone)
}
