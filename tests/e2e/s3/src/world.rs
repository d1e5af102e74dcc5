//! What the cases share: the server, clients of it with and without TLS, and a bucket.

use crate::case::Failure;
use crate::http_client::Observed;
use bytes::Bytes;
use s3::operation::{GetObject, PutObject};
use s3::runtime::{ConfigBuilder, HyperClient};
use s3::{Client, Config, Credentials};
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// A server under its addresses.
pub(crate) struct Server<'a> {
    pub(crate) url: &'a str,
    /// The same server behind TLS.
    pub(crate) secure_url: &'a str,
}

/// The key that the server knows.
const KEY: &str = "AKIDEXAMPLE";
/// Its secret.
const SECRET: &str = "secret-of-the-example";

/// The bucket of all cases that need none of their own.
pub(crate) const BUCKET: &str = "e2e-things";

pub(crate) struct World {
    /// What the clients send.
    pub(crate) http: Observed,
    /// A client that calls the server without TLS.
    pub(crate) client: Client,
    /// A client that calls it with TLS.
    pub(crate) secure: Client,
    /// Whether what takes long is left out.
    pub(crate) is_short: bool,
    /// A folder for files.
    pub(crate) folder: PathBuf,
    config: ConfigBuilder,
    secure_url: String,
    has_list: Cell<bool>,
}

impl World {
    /// Clients of the server, and the bucket.
    pub(crate) async fn new(
        server: &Server<'_>,
        certificate: &str,
        is_short: bool,
    ) -> Result<Self, Failure> {
        let pem = std::fs::read(certificate)?;
        let http = Observed::new(HyperClient::builder().ca_bundle(pem)?.build());
        let config = Config::builder()
            .region("us-east-1")
            .credentials(Credentials::new(KEY, SECRET, None))
            .http_client(http.clone())
            .endpoint_url(server.url);
        let world = Self {
            http,
            client: Client::new(config.clone().build()),
            secure: Client::new(config.clone().endpoint_url(server.secure_url).build()),
            is_short,
            folder: Path::new(certificate).with_file_name("files"),
            config,
            secure_url: server.secure_url.to_owned(),
            has_list: Cell::new(false),
        };
        std::fs::create_dir_all(&world.folder)?;
        world.client.create_bucket().bucket(BUCKET).send().await?;
        Ok(world)
    }

    /// The settings of the client without TLS, to be changed.
    pub(crate) fn config(&self) -> ConfigBuilder {
        self.config.clone()
    }

    /// The settings of the client with TLS.
    pub(crate) fn secure_config(&self) -> ConfigBuilder {
        self.config().endpoint_url(self.secure_url.clone())
    }

    /// Whether the objects to list are still to be made; says it once.
    pub(crate) fn needs_list(&self) -> bool {
        !self.has_list.replace(true)
    }

    /// A call that puts an object.
    pub(crate) fn put(&self, key: &str) -> PutObject {
        self.client.put_object().bucket(BUCKET).key(key)
    }

    /// A call that gets it.
    pub(crate) fn get(&self, key: &str) -> GetObject {
        self.client.get_object().bucket(BUCKET).key(key)
    }

    /// Puts these bytes and returns the entity tag.
    pub(crate) async fn put_bytes(&self, key: &str, bytes: &Bytes) -> Result<String, Failure> {
        let put = self.put(key).body(bytes.clone()).send().await?;
        put.e_tag
            .ok_or_else(|| Failure("expected an entity tag, got none".to_owned()))
    }

    /// Gets all bytes.
    pub(crate) async fn get_bytes(&self, key: &str) -> Result<Bytes, Failure> {
        Ok(self.get(key).send().await?.body.collect().await?)
    }

    /// Fails unless the object has these bytes.
    pub(crate) async fn has(&self, key: &str, bytes: &[u8]) -> Result<(), Failure> {
        crate::case::same_bytes(bytes, &self.get_bytes(key).await?)
    }

    /// Fails unless there is no object of this key.
    pub(crate) async fn has_none(&self, key: &str) -> Result<(), Failure> {
        let head = self.client.head_object().bucket(BUCKET).key(key);
        let head = head.send().await;
        let status = head.as_ref().err().and_then(s3::Error::status);
        crate::case::holds("no object", status == Some(404), &head)
    }
}

/// So many bytes, of which no two longer stretches are the same.
pub(crate) fn bytes(count: usize) -> Bytes {
    let mut state = 1u64;
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        bytes.extend_from_slice(&state.to_be_bytes());
    }
    bytes.truncate(count);
    bytes.into()
}
