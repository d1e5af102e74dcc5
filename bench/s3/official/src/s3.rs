//! Gets an object and says how long it is: the small program that every client of S3 is compared by.

use aws_config::BehaviorVersion;
use aws_sdk_s3::Client;
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let client = Client::new(&config);
    let object = client
        .get_object()
        .bucket("tins")
        .key("1024")
        .send()
        .await?;
    println!("{} bytes", object.body.collect().await?.into_bytes().len());
    Ok(())
}
