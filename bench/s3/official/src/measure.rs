//! The measurements on aws-sdk-s3, with its defaults. It has nothing for objects in parts: that is another crate, which is
//! a preview.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_sdk_s3::primitives::ByteStream;
use bench_common::Failure;
use bench_common::s3::{BUCKET, Objects};
use bytes::Bytes;
use std::path::Path;

struct Official(Client);

impl Objects for Official {
    fn at(url: &str) -> Result<Self, Failure> {
        let keys = Credentials::new("AKIDEXAMPLE", "secret", None, None, "bench");
        let config = Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(keys)
            .force_path_style(true)
            .endpoint_url(url);
        Ok(Self(Client::from_conf(config.build())))
    }

    async fn get(&self, key: &str) -> Result<usize, Failure> {
        let call = self.0.get_object().bucket(BUCKET).key(key);
        Ok(call.send().await?.body.collect().await?.into_bytes().len())
    }

    async fn put(&self, key: &str, body: Bytes) -> Result<(), Failure> {
        let call = self.0.put_object().bucket(BUCKET).key(key);
        call.body(ByteStream::from(body)).send().await?;
        Ok(())
    }

    async fn down(&self, key: &str) -> Result<usize, Failure> {
        let call = self.0.get_object().bucket(BUCKET).key(key);
        let mut body = call.send().await?.body;
        let mut length = 0;
        while let Some(piece) = body.next().await {
            length += piece?.len();
        }
        Ok(length)
    }

    async fn up(&self, key: &str, file: &Path) -> Result<(), Failure> {
        let call = self.0.put_object().bucket(BUCKET).key(key);
        call.body(ByteStream::from_path(file).await?).send().await?;
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    bench_common::s3::main::<Official>()
}
