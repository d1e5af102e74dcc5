//! Lists the builds of one image version, a line each: the small program that every client is compared by.

#![allow(clippy::result_large_err)] // the error is the official crate's own

use aws_config::BehaviorVersion;
use aws_sdk_imagebuilder::{Client, Error};

/// Changes with each rebuild that is measured: the one line that the user changes.
const REVISION: Option<&str> = option_env!("BENCH_REVISION");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    println!("revision {}", REVISION.unwrap_or("none"));
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let client = Client::new(&config);
    let mut images = client
        .list_image_build_versions()
        .image_version_arn("arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.1")
        .into_paginator()
        .items()
        .send();
    while let Some(image) = images.next().await {
        println!("{}", image?.arn.unwrap_or_default());
    }
    Ok(())
}
