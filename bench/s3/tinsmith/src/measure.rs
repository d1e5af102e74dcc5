//! The measurements on a generated crate; objects in parts by the feature `transfer` of tinsmith-s3.

use bench_common::Failure;
use bench_common::s3::{BUCKET, Objects};
use bytes::Bytes;
use s3::{ByteStream, Client, Config, Credentials};
use std::path::Path;
use tinsmith_s3::{DownloadObject as _, UploadObject as _};

struct Tinsmith(Client);

impl Objects for Tinsmith {
    fn at(url: &str) -> Result<Self, Failure> {
        let config = Config::builder()
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .endpoint_url(url);
        Ok(Self(Client::new(config.build())))
    }

    async fn get(&self, key: &str) -> Result<usize, Failure> {
        let call = self.0.get_object().bucket(BUCKET).key(key);
        Ok(call.send().await?.body.collect().await?.len())
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
        call.body(ByteStream::from_path(file)).send().await?;
        Ok(())
    }

    async fn down_in_parts(&self, key: &str, file: &Path) -> Result<usize, Failure> {
        let call = self.0.get_object().bucket(BUCKET).key(key);
        Ok(call.download().to_path(file).await?.size.try_into()?)
    }

    async fn up_in_parts(&self, key: &str, file: &Path) -> Result<(), Failure> {
        let call = self.0.put_object().bucket(BUCKET).key(key);
        let call = call.body(ByteStream::from_path(file));
        call.upload().send().await?;
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    bench_common::s3::main::<Tinsmith>()
}
