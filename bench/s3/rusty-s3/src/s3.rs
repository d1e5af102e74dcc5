//! Gets an object and says how long it is: the small program that every client of S3 is compared by.

use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use std::env::var;
use std::error::Error;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let endpoint = var("AWS_ENDPOINT_URL")?.parse()?;
    let bucket = Bucket::new(endpoint, UrlStyle::Path, "tins", var("AWS_REGION")?)?;
    let credentials = Credentials::new(var("AWS_ACCESS_KEY_ID")?, var("AWS_SECRET_ACCESS_KEY")?);
    let url = bucket
        .get_object(Some(&credentials), "1024")
        .sign(Duration::from_secs(60));
    let object = reqwest::Client::new().get(url).send().await?;
    let object = object.error_for_status()?.bytes().await?;
    println!("{} bytes", object.len());
    Ok(())
}
