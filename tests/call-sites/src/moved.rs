use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use std::error::Error;

/// Reports in a bucket, with a table of what was copied.
pub struct Reports {
    objects: aws_sdk_s3::Client,
    table: aws_sdk_dynamodb::Client,
    bucket: String,
}

impl Reports {
    /// With settings and credentials from the environment.
    pub async fn from_env(bucket: String) -> Result<Self, Box<dyn Error>> {
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await?;
        Ok(Self {
            objects: aws_sdk_s3::Client::new(&config),
            table: aws_sdk_dynamodb::Client::new(&config),
            bucket,
        })
    }

    /// The text of a report; `None` if there is none.
    pub async fn read(&self, key: &str) -> Result<Option<String>, Box<dyn Error>> {
        let call = self.objects.get_object().bucket(&self.bucket).key(key);
        let output = match call.send().await {
            Ok(output) => output,
            Err(error) => match error.into_service_error() {
                GetObjectError::NoSuchKey(_) => return Ok(None),
                other => return Err(other.into()),
            },
        };
        println!(
            "{key}: {} bytes",
            output.content_length().unwrap_or_default()
        );
        let text = output.body.collect().await?.to_vec();
        Ok(Some(String::from_utf8(text)?))
    }

    /// Copies a report, and notes its size.
    pub async fn copy(&self, from: &str, to: &str) -> Result<bool, Box<dyn Error>> {
        let Some(text) = self.read(from).await? else {
            return Ok(false);
        };
        let size = text.len();
        self.objects
            .put_object()
            .bucket(&self.bucket)
            .key(to)
            .content_type("text/plain")
            .body(ByteStream::from(text.into_bytes()))
            .send()
            .await?;
        self.table
            .put_item()
            .table_name("reports")
            .item("name", AttributeValue::S(to.to_string()))
            .item("size", AttributeValue::N(size.to_string()))
            .send()
            .await?;
        Ok(true)
    }

    /// Removes reports. Returns the keys of those that are gone.
    pub async fn remove(&self, keys: &[String]) -> Result<Vec<String>, Box<dyn Error>> {
        let mut delete = Delete::builder();
        for key in keys {
            delete = delete.objects(ObjectIdentifier::builder().key(key).build());
        }
        let call = self.objects.delete_objects().bucket(&self.bucket);
        let output = call.delete(delete.build()).send().await?;
        let gone = output
            .deleted()
            .iter()
            .filter_map(|object| object.key.clone());
        Ok(gone.collect())
    }
}
