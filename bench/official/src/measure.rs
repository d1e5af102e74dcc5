//! The measurements on aws-sdk-imagebuilder, with its defaults.

use aws_sdk_imagebuilder::Client;
use aws_sdk_imagebuilder::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bench_common::{Failure, Peer};
use bytes::Bytes;

/// Answers every request with the same body, at once.
#[derive(Clone, Debug)]
struct Canned(Bytes);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let status = 200.try_into().expect("200 is a status");
        let response = HttpResponse::new(status, SdkBody::from(self.0.clone()));
        HttpConnectorFuture::ready(Ok(response))
    }
}

#[derive(Clone)]
struct Official(Client);

fn config() -> Builder {
    Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            None,
            None,
            "bench",
        ))
}

impl Peer for Official {
    fn replay(body: Bytes) -> Self {
        let connector = SharedHttpConnector::new(Canned(body));
        let http = http_client_fn(move |_, _| connector.clone());
        Self(Client::from_conf(config().http_client(http).build()))
    }

    fn at(url: &str) -> Self {
        Self(Client::from_conf(config().endpoint_url(url).build()))
    }

    async fn call(&self, arn: &str) -> Result<usize, Failure> {
        let call = self.0.list_image_build_versions();
        let page = call.image_version_arn(arn).max_results(25).send().await?;
        Ok(page.image_summary_list().len())
    }

    async fn list(&self, arn: &str) -> Result<usize, Failure> {
        let call = self.0.list_image_build_versions().image_version_arn(arn);
        let mut images = call.into_paginator().page_size(100).items().send();
        let mut count = 0;
        while let Some(image) = images.next().await {
            count += usize::from(image?.arn().is_some());
        }
        Ok(count)
    }
}

fn main() -> Result<(), Failure> {
    bench_common::main::<Official>()
}
