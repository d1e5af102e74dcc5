// Code that only `cargo test` compiles.

use aws_sdk_s3::Client;

async fn run(client: &Client) {
    let _ = client.get_object().send().await; //~ s3 GetObject call
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn reads() {
        let client = Client::from_conf(config());
        client.create_bucket().send().await.unwrap(); //~ s3 CreateBucket call test
        client.get_object().send().await.unwrap(); //~ s3 GetObject call
        run(&client).await;
    }
}

#[cfg(all(test, feature = "slow"))]
async fn slow(client: &Client) {
    let _ = client.delete_bucket().send().await; //~ s3 DeleteBucket call test
}

#[cfg(any(test, feature = "fake"))]
async fn not_only(client: &Client) {
    let _ = client.head_bucket().send().await; //~ s3 HeadBucket call
}

#[tokio::test]
async fn alone() {
    let client = Client::from_conf(config());
    client.list_buckets().send().await.unwrap(); //~ s3 ListBuckets call test
}
