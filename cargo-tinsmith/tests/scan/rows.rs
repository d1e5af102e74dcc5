//! What a program's spellings are counted as.

use crate::project;
use cargo_tinsmith::scan::{self, Row};

const PROGRAM: &str = r#"
use aws_config::SdkConfig;
use aws_config::meta::region::RegionProviderChain;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::get_item::{GetItemError, GetItemOutput};
use aws_sdk_dynamodb::types::{AttributeDefinition, AttributeValue};
use aws_sdk_dynamodb::{Client, config::Builder};
use std::collections::HashMap;

async fn run(shared: &SdkConfig) -> Result<(), SdkError<GetItemError>> {
    let region = RegionProviderChain::default_provider();
    let loaded = aws_config::from_env().region(region).identity_cache(cache).load().await;
    let config = Builder::from(shared).retry_config(retries).timeout_config(limits).build();
    let client = Client::new(shared);
    let output = client
        .get_item()
        .table_name("t")
        .key("id", AttributeValue::S("a".into()))
        .attributes_to_get("a")
        .attributes_to_get("b")
        .set_consistent_read(Some(true))
        .customize()
        .send()
        .await?;
    let found = output.item().unwrap();
    let item: HashMap<String, AttributeValue> = output.item.unwrap();
    let name = found.get("id").unwrap().as_s().unwrap();
    let definition = AttributeDefinition::builder().attribute_name("a").build()?;
    let other = AttributeDefinition::builder().set_attribute_name(None).build();
    let mut pages = client.list_tables().into_paginator().send();
    let page = client.list_tables().exclusive_start_table_name("t").send().await?;
    for name in page.table_names() {
        println!("{name}");
    }
    Ok(())
}

fn failed(error: SdkError<GetItemError>) {
    if let SdkError::TimeoutError(_) = &error {}
    error.raw_response();
    match error.as_service_error() {
        Some(GetItemError::ResourceNotFoundException(_)) => {}
        _ => {}
    }
    let error = error.into_service_error();
    println!("{:?} {:?}", error.code(), error.message());
    error.is_resource_not_found_exception();
}
"#;

#[test]
fn each_spelling_is_counted_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), PROGRAM);
    let found = scan::scan(folder.path()).unwrap();
    let expected = [
        // Each name of the imports.
        (Row::Path, 8),
        (Row::Setter, 4),
        (Row::SecondSetter, 2),
        (Row::Append, 2),
        (Row::Builder, 1),
        (Row::FallibleBuilder, 1),
        (Row::Field, 1),
        (Row::Accessor, 2),
        (Row::HashMap, 1),
        (Row::SdkError, 2),
        (Row::OperationError, 2),
        (Row::MatchedError, 1),
        (Row::AskedError, 1),
        (Row::IntoServiceError, 1),
        (Row::AsServiceError, 1),
        (Row::ErrorMetadata, 2),
        (Row::RawResponse, 1),
        (Row::MatchedKind, 1),
        (Row::SdkConfig, 1),
        (Row::Loading, 1),
        (Row::Client, 1),
        (Row::ConfigBuilder, 1),
        (Row::RegionChain, 1),
        (Row::Timeouts, 1),
        (Row::Retries, 1),
        (Row::IdentityCache, 1),
        (Row::Customize, 1),
        (Row::AskedUnion, 1),
        (Row::Union, 1),
        (Row::Paginator, 1),
        (Row::ByHand, 1),
    ];
    assert_eq!(found.spellings, expected);
}
