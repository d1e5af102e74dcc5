//! The measurements on a generated crate.

use bench_common::{Failure, Peer};
use bytes::Bytes;
use imagebuilder::runtime::{Body, BoxFuture, HttpClient, HttpError, SendOptions};
use imagebuilder::{Client, Config, Credentials};

/// Answers every request with the same body, at once.
struct Canned(Bytes);

impl HttpClient for Canned {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let response = http::Response::new(self.0.clone().into());
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[derive(Clone)]
struct Tinsmith(Client);

impl Peer for Tinsmith {
    fn replay(body: Bytes) -> Self {
        let config = Config::builder()
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .http_client(Canned(body));
        Self(Client::new(config.build()))
    }

    fn at(url: &str) -> Self {
        let config = Config::builder()
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .endpoint_url(url);
        Self(Client::new(config.build()))
    }

    async fn call(&self, arn: &str) -> Result<usize, Failure> {
        let call = self.0.list_image_build_versions();
        let page = call.image_version_arn(arn).max_results(25).send().await?;
        Ok(page.image_summary_list.map_or(0, |images| images.len()))
    }

    async fn list(&self, arn: &str) -> Result<usize, Failure> {
        let call = self.0.list_image_build_versions().image_version_arn(arn);
        let mut images = call.into_paginator().page_size(100).items().send();
        let mut count = 0;
        while let Some(image) = images.next().await {
            count += usize::from(image?.arn.is_some());
        }
        Ok(count)
    }
}

fn main() -> Result<(), Failure> {
    bench_common::main::<Tinsmith>()
}
