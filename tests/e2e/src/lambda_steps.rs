//! Lambda: rest-json with labels, and blobs in bodies.

use crate::steps::{ITEMS, Steps, all_names, each, holds, name, same};
use lambda::types::{FunctionCode, Runtime};
use lambda::{Client, Config, ServiceError};

/// A zip archive with nothing in it.
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

pub(crate) async fn drive(config: Config, steps: &mut Steps) {
    let client = Client::new(config);
    steps
        .step("create", async {
            each(ITEMS, |index| {
                let create = client
                    .create_function()
                    .function_name(name(index))
                    .runtime(Runtime::from("python3.12"))
                    .role("arn:aws:iam::123456789012:role/e2e")
                    .handler("main.handle")
                    .code(FunctionCode::default().zip_file(ZIP.to_vec()));
                async move {
                    let made = create.send().await?;
                    same("size", Some(ZIP.len() as i64), made.code_size)
                }
            })
            .await
        })
        .await;
    steps
        .step("read", async {
            let read = client
                .get_function()
                .function_name("item-005")
                .send()
                .await?;
            let name = read
                .configuration
                .and_then(|function| function.function_name);
            same("name", Some("item-005"), name.as_deref())
        })
        .await;
    steps
        .step("wait", async {
            let call = client.get_function().function_name("item-005");
            call.wait_until_function_active_v2().send().await?;
            Ok(())
        })
        .await;
    // moto gives all functions in one page.
    steps
        .step("list", async {
            let mut functions = client
                .list_functions()
                .into_paginator()
                .page_size(50)
                .items()
                .send();
            let mut names = Vec::new();
            while let Some(function) = functions.next().await {
                names.extend(function?.function_name);
            }
            all_names(ITEMS, names)
        })
        .await;
    steps
        .step("delete", async {
            client
                .delete_function()
                .function_name("item-005")
                .send()
                .await?;
            Ok(())
        })
        .await;
    steps
        .step("error", async {
            let answer = client.get_function().function_name("item-005").send().await;
            holds(
                "ResourceNotFoundException",
                matches!(&answer, Err(error) if matches!(error.service_error(), Some(ServiceError::ResourceNotFoundException(_)))),
                answer,
            )
        })
        .await;
}
