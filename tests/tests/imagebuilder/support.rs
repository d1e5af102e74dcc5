//! Clients of the loopback Image Builder, and a bound on how long anything may take.

use std::future::Future;
use std::time::Duration;

use imagebuilder::{Client, Config, Credentials};
use tinsmith_runtime::ConfigBuilder;
use tinsmith_tests::server::{ACCESS_KEY_ID, Catalogue, ImageBuilder, REGION, SECRET_ACCESS_KEY};
use tokio::time::timeout;

/// Far above what any call here takes, retries included; what takes longer hangs.
const LONGEST: Duration = Duration::from_secs(60);

/// A configuration for the service at `url` that looks at nothing around it.
pub(crate) fn config(url: &str) -> ConfigBuilder {
    Config::builder()
        .region(REGION)
        .credentials(Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None))
        .endpoint_url(url)
}

/// A client with the default three attempts.
pub(crate) fn client(server: &ImageBuilder) -> Client {
    Client::new(config(server.url()).build())
}

/// A client that never tries again.
pub(crate) fn client_without_retries(server: &ImageBuilder) -> Client {
    Client::new(config(server.url()).max_attempts(1).build())
}

/// A server with so many images.
pub(crate) async fn server(images: usize) -> ImageBuilder {
    ImageBuilder::start(Catalogue::of(images)).await.unwrap()
}

/// The future's output; a panic if it hangs.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    timeout(LONGEST, future).await.expect("this call hangs")
}
