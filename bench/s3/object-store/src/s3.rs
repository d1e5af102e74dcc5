//! Gets an object and says how long it is: the small program that every client of S3 is compared by.

use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{Error, ObjectStoreExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let store = AmazonS3Builder::from_env()
        .with_bucket_name("tins")
        .build()?;
    let object = store.get(&Path::from("1024")).await?.bytes().await?;
    println!("{} bytes", object.len());
    Ok(())
}
