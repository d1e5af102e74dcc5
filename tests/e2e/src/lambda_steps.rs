//! Lambda: rest-json with labels, and blobs in bodies.

use crate::steps::{ITEMS, Outcome, Steps, all_names, each, fails_with, name, same};
use lambda::types::{FunctionCode, Runtime};
use lambda::{Client, Config, ServiceError};

/// A zip archive with nothing in it.
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

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
    each(ITEMS, |index| {
        let create = client
            .create_function()
            .function_name(name(index))
            .runtime(Runtime::from("python3.12"))
            .role("arn:aws:iam::123456789012:role/e2e")
            .handler("main.handle")
            .code(FunctionCode::default().zip_file(ZIP.to_vec()));
        async move {
            let created = create.send().await?;
            same("size", Some(ZIP.len() as i64), created.code_size)
        }
    })
    .await
}

async fn read(client: &Client) -> Outcome {
    let call = client.get_function().function_name("item-005");
    let function = call.send().await?.configuration.unwrap_or_default();
    same("name", Some("item-005"), function.function_name.as_deref())
}

async fn wait(client: &Client) -> Outcome {
    let call = client.get_function().function_name("item-005");
    call.wait_until_function_active_v2().send().await?;
    Ok(())
}

/// moto returns all functions in one page.
async fn list(client: &Client) -> Outcome {
    let paginator = client.list_functions().into_paginator().page_size(50);
    let functions = paginator.items().send().collect().await?;
    let names = functions.into_iter().map(|function| function.function_name);
    all_names(ITEMS, names)
}

async fn delete(client: &Client) -> Outcome {
    let call = client.delete_function().function_name("item-005");
    call.send().await?;
    Ok(())
}

async fn missing(client: &Client) -> Outcome {
    let result = client.get_function().function_name("item-005").send().await;
    fails_with!(result, ResourceNotFoundException)
}
