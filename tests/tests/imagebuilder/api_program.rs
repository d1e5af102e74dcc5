//! The program of the book (docs/src/calls.md), compiled and run against the loopback Image Builder. Only the endpoint is a parameter.

use std::env;
use std::process::Command;

use crate::support::{server, within};
use imagebuilder::types::{Filter, ImageStatus, Platform};
use imagebuilder::{Client, Config, Credentials, Error, ServiceError};
use serde_json::{Value, json};

async fn example(endpoint: &str) -> Result<(), Error> {
    // Region, credentials, endpoint and retries from the environment, the shared config files, container or instance.
    let client = Client::from_env().await?;
    drop(client);

    // …or set explicitly.
    let client = Client::new(
        Config::builder()
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .endpoint_url(endpoint)
            .build(),
    );

    let arn = "arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0";

    // One page. Plain structs with public fields; setters accept values that convert.
    let page = client
        .list_image_build_versions()
        .image_version_arn(arn)
        .filters([Filter::default().name("platform").values(["Linux"])])
        .max_results(25)
        .send()
        .await?;
    for image in page.image_summary_list.unwrap_or_default() {
        match image.platform {
            Some(Platform::Linux) => println!("{}", image.arn.unwrap_or_default()),
            Some(Platform::Unknown(other)) => {
                println!("a platform newer than this crate: {other}");
            }
            _ => {}
        }
    }

    // Every item, lazily, at most 100 of them, in pages of 25.
    let mut images = client
        .list_image_build_versions()
        .image_version_arn(arn)
        .into_paginator()
        .page_size(25)
        .max_items(100)
        .items()
        .send();
    while let Some(image) = images.next().await {
        let image = image?;
        if image.state.and_then(|s| s.status) == Some(ImageStatus::Available) { /* … */ }
    }
    // A token to resume from, at any time: at the limit, after a `break`, after an error.
    if let Some(token) = images.resume_token() {
        let _more = client
            .list_image_build_versions()
            .image_version_arn(arn)
            .into_paginator()
            .starting_token(token)
            .send(); // pages instead of items
    }

    // Errors: one small type for the crate; modelled exceptions can be matched, the rest has accessors.
    match client
        .list_image_build_versions()
        .image_version_arn(arn)
        .next_token("stale")
        .send()
        .await
    {
        Ok(_) => {}
        Err(error) => match error.service_error() {
            Some(ServiceError::InvalidPaginationTokenException(e)) => eprintln!("{:?}", e.message),
            _ => {
                // "ListImageBuildVersions: ForbiddenException (403): not yours [request id 7c3…, attempt 1 of 3]"
                eprintln!("{error}");
                eprintln!(
                    "{:?} {:?} {:?} {}",
                    error.code(),
                    error.status(),
                    error.request_id(),
                    error.attempts()
                );
            }
        },
    }
    Ok(())
}

/// Tells a process of this test that it is to run the program, and where the service is.
const ENDPOINT: &str = "TINSMITH_EXAMPLE_ENDPOINT";

#[tokio::test]
async fn the_program_does_what_it_says() {
    if let Ok(endpoint) = env::var(ENDPOINT) {
        return example(&endpoint).await.unwrap();
    }
    let server = server(2_000).await;
    let url = server.url().to_owned();
    // A process of its own, because the program reads the environment.
    let run = tokio::task::spawn_blocking(move || {
        Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "api_program::the_program_does_what_it_says",
                "--nocapture",
            ])
            .env_clear()
            .env(ENDPOINT, url)
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .output()
            .unwrap()
    });
    let output = within(run).await.unwrap();
    assert!(output.status.success(), "{output:?}");

    let printed = String::from_utf8(output.stdout).unwrap();
    let arns = server.catalogue().arns();
    let web = arns
        .iter()
        .filter(|arn| arn.contains(":image/web/"))
        .take(25);
    let lines: Vec<&str> = printed
        .lines()
        .filter(|line| line.starts_with("arn:"))
        .collect();
    assert_eq!(lines, web.collect::<Vec<_>>());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.contains("Some(\"the token is not one of this listing\")"),
        "{errors}"
    );

    // One page, four pages of the paginator, the stale token; the last paginator is never polled.
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.refused.is_none()));
    let sizes: Vec<Value> = requests
        .iter()
        .map(|request| request.member("maxResults"))
        .collect();
    assert_eq!(json!(sizes), json!([25, 25, 25, 25, 25, null]));
    assert_eq!(
        requests[0].member("filters"),
        json!([{ "name": "platform", "values": ["Linux"] }])
    );
    assert_eq!(requests[5].member("nextToken"), "stale");
}
