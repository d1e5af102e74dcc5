//! The measurements on object_store, with its defaults. What it puts by one request is in memory as a whole; for parts it
//! has a buffered writer.

use bench_common::Failure;
use bench_common::s3::{BUCKET, Objects};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::buffered::BufWriter;
use object_store::{ObjectStoreExt, path};
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// How much of a file is read at once.
const PIECE: usize = 1 << 20;

struct ObjectStore(Arc<AmazonS3>);

impl Objects for ObjectStore {
    fn at(url: &str) -> Result<Self, Failure> {
        let store = AmazonS3Builder::new()
            .with_region("eu-west-1")
            .with_access_key_id("AKIDEXAMPLE")
            .with_secret_access_key("secret")
            .with_bucket_name(BUCKET)
            .with_endpoint(url)
            .with_allow_http(true);
        Ok(Self(Arc::new(store.build()?)))
    }

    async fn get(&self, key: &str) -> Result<usize, Failure> {
        let object = self.0.get(&path::Path::from(key)).await?;
        Ok(object.bytes().await?.len())
    }

    async fn put(&self, key: &str, body: Bytes) -> Result<(), Failure> {
        self.0.put(&path::Path::from(key), body.into()).await?;
        Ok(())
    }

    async fn down(&self, key: &str) -> Result<usize, Failure> {
        let object = self.0.get(&path::Path::from(key)).await?;
        let mut pieces = object.into_stream();
        let mut length = 0;
        while let Some(piece) = pieces.next().await {
            length += piece?.len();
        }
        Ok(length)
    }

    async fn up(&self, key: &str, file: &Path) -> Result<(), Failure> {
        let body = tokio::fs::read(file).await?;
        self.0.put(&path::Path::from(key), body.into()).await?;
        Ok(())
    }

    async fn up_in_parts(&self, key: &str, file: &Path) -> Result<(), Failure> {
        let mut file = tokio::fs::File::open(file).await?;
        let mut writer = BufWriter::new(Arc::clone(&self.0) as _, path::Path::from(key));
        loop {
            // Its documentation recommends whole pieces; they are not copied.
            let mut piece = BytesMut::with_capacity(PIECE);
            if file.read_buf(&mut piece).await? == 0 {
                writer.shutdown().await?;
                return Ok(());
            }
            writer.put(piece.freeze()).await?;
        }
    }
}

fn main() -> Result<(), Failure> {
    bench_common::s3::main::<ObjectStore>()
}
