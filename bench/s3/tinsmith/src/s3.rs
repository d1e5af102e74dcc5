//! Gets an object and says how long it is: the small program that every client of S3 is compared by.

use s3::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_env().await?;
    let object = client
        .get_object()
        .bucket("tins")
        .key("1024")
        .send()
        .await?;
    println!("{} bytes", object.body.collect().await?.len());
    Ok(())
}
