// How clients are made, and the names that they have.

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb as dynamo;
use aws_sdk_s3::Client as S3Client;
use aws_sdk_s3::{self as storage, config::Builder};
use std::sync::Arc;

type Tables = dynamo::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let client = S3Client::new(&config);
    client.get_object().bucket("b").key("k").send().await?; //~ s3 GetObject call
    let client = storage::Client::from_conf(Builder::from(&config).build());
    client.put_object().bucket("b").send().await?; //~ s3 PutObject call
    // The same name, another service.
    let client = Tables::new(&config);
    client.get_item().table_name("t").send().await?; //~ dynamodb GetItem call
    let shared = Arc::new(dynamo::Client::new(&config));
    let other = Arc::clone(&shared);
    other
        .put_item() //~ dynamodb PutItem call
        .table_name("t")
        .send()
        .await?;
    let known: aws_sdk_sqs::Client = make().into();
    known.send_message().send().await?; //~ sqs SendMessage call
    aws_sdk_sqs::Client::new(&config).list_queues().send().await?; //~ sqs ListQueues call
    let made = helper(&config).await;
    made.publish().send().await?; //~ sns Publish call
    let (first, second) = both(&config);
    first.list_buckets().send().await?; //~ s3 ListBuckets call
    second.list_tables().send().await?; //~ dynamodb ListTables call
    let maybe = Some(S3Client::new(&config));
    if let Some(client) = &maybe {
        client.head_object().send().await?; //~ s3 HeadObject call
    }
    let Some(client) = maybe.as_ref() else { return Ok(()) };
    client.delete_object().send().await?; //~ s3 DeleteObject call
    Ok(())
}

async fn helper(config: &aws_config::SdkConfig) -> aws_sdk_sns::Client {
    aws_sdk_sns::Client::new(config)
}

fn both(config: &aws_config::SdkConfig) -> (S3Client, Tables) {
    (S3Client::new(config), Tables::new(config))
}
