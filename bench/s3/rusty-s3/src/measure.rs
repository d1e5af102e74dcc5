//! The measurements on rusty-s3, which signs, and reqwest, which sends, with their defaults. rusty-s3 has the requests of a
//! multipart upload and nothing that makes them.

use bench_common::Failure;
use bench_common::s3::{BUCKET, Objects};
use bytes::Bytes;
use reqwest::header::CONTENT_LENGTH;
use reqwest::{Body, Client};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use std::path::Path;
use std::time::Duration;

/// How long what is signed is valid.
const VALID: Duration = Duration::from_secs(3600);

struct RustyS3 {
    bucket: Bucket,
    credentials: Credentials,
    client: Client,
}

impl Objects for RustyS3 {
    fn at(url: &str) -> Result<Self, Failure> {
        Ok(Self {
            bucket: Bucket::new(url.parse()?, UrlStyle::Path, BUCKET, "eu-west-1")?,
            credentials: Credentials::new("AKIDEXAMPLE", "secret"),
            client: Client::new(),
        })
    }

    async fn get(&self, key: &str) -> Result<usize, Failure> {
        let action = self.bucket.get_object(Some(&self.credentials), key);
        let response = self.client.get(action.sign(VALID)).send().await?;
        Ok(response.error_for_status()?.bytes().await?.len())
    }

    async fn put(&self, key: &str, body: Bytes) -> Result<(), Failure> {
        let action = self.bucket.put_object(Some(&self.credentials), key);
        let request = self.client.put(action.sign(VALID)).body(body);
        request.send().await?.error_for_status()?;
        Ok(())
    }

    async fn down(&self, key: &str) -> Result<usize, Failure> {
        let action = self.bucket.get_object(Some(&self.credentials), key);
        let response = self.client.get(action.sign(VALID)).send().await?;
        let mut response = response.error_for_status()?;
        let mut length = 0;
        while let Some(piece) = response.chunk().await? {
            length += piece.len();
        }
        Ok(length)
    }

    async fn up(&self, key: &str, file: &Path) -> Result<(), Failure> {
        let file = tokio::fs::File::open(file).await?;
        let length = file.metadata().await?.len();
        let action = self.bucket.put_object(Some(&self.credentials), key);
        let request = self.client.put(action.sign(VALID));
        // A stream has no length of its own, and S3 takes none without.
        let request = request
            .header(CONTENT_LENGTH, length)
            .body(Body::from(file));
        request.send().await?.error_for_status()?;
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    bench_common::s3::main::<RustyS3>()
}
