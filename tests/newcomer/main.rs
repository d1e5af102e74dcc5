//! What `.ci/newcomer` builds in a folder of its own: three services of three protocols, called at a server that no one here
//! wrote. The argument is the server's URL.

use s3::{ByteStream, Config, Credentials};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let url = std::env::args().nth(1).ok_or("expected the server's URL")?;
    let config = Config::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(url)
        .build();
    objects(&s3::Client::new(&config)).await?;
    topics(&sns::Client::new(&config)).await?;
    tables(&dynamodb::Client::new(&config)).await
}

/// rest-xml.
async fn objects(client: &s3::Client) -> Outcome {
    client.create_bucket().bucket("newcomer").send().await?;
    let put = client.put_object().bucket("newcomer").key("a key");
    put.body(ByteStream::from("text ☃".to_owned()))
        .send()
        .await?;
    let get = client.get_object().bucket("newcomer").key("a key");
    let bytes = get.send().await?.body.collect().await?;
    assert_eq!(&bytes[..], "text ☃".as_bytes());
    println!("s3: an object of {} bytes", bytes.len());
    Ok(())
}

/// query.
async fn topics(client: &sns::Client) -> Outcome {
    let topic = client.create_topic().name("newcomer").send().await?;
    let topic = topic.topic_arn.unwrap_or_default();
    assert!(topic.ends_with(":newcomer"), "{topic}");
    println!("sns: {topic}");
    Ok(())
}

/// json.
async fn tables(client: &dynamodb::Client) -> Outcome {
    let tables = client.list_tables().send().await?;
    assert_eq!(tables.table_names.unwrap_or_default().len(), 0);
    println!("dynamodb: no tables");
    Ok(())
}
