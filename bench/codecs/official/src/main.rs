//! Reads pages of XML and CBOR with the official crates, with their defaults.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bench_common::{Codecs, Failure};
use bytes::Bytes;

/// Answers every request with the same body, at once.
#[derive(Clone, Debug)]
struct Canned(Bytes);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let status = 200.try_into().expect("200 is a status");
        let mut response = HttpResponse::new(status, SdkBody::from(self.0.clone()));
        // Where the protocol asks for it; XML is read without.
        response.headers_mut().insert("smithy-protocol", "rpc-v2-cbor");
        HttpConnectorFuture::ready(Ok(response))
    }
}

struct Official {
    ec2: aws_sdk_ec2::Client,
    s3: aws_sdk_s3::Client,
    cloudwatch: aws_sdk_cloudwatch::Client,
}

macro_rules! client {
    ($service:ident, $http:expr) => {{
        use $service::config::{BehaviorVersion, Builder, Credentials, Region};
        let keys = Credentials::new("AKIDEXAMPLE", "secret", None, None, "bench");
        let config = Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(keys)
            .http_client($http.clone());
        $service::Client::from_conf(config.build())
    }};
}

impl Codecs for Official {
    fn replay(body: Bytes) -> Self {
        let connector = SharedHttpConnector::new(Canned(body));
        let http = SharedHttpClient::new(http_client_fn(move |_, _| connector.clone()));
        Self {
            ec2: client!(aws_sdk_ec2, http),
            s3: client!(aws_sdk_s3, http),
            cloudwatch: client!(aws_sdk_cloudwatch, http),
        }
    }

    async fn call(&self, operation: &str) -> Result<usize, Failure> {
        Ok(match operation {
            "DescribeInstances" => {
                let page = self.ec2.describe_instances().send().await?;
                let reservations = page.reservations().iter();
                reservations.map(|one| one.instances().len()).sum()
            }
            "ListObjectsV2" => {
                let page = self.s3.list_objects_v2().bucket("tins").send().await?;
                page.contents().len()
            }
            "GetMetricData" => {
                let page = self.cloudwatch.get_metric_data().send().await?;
                let results = page.metric_data_results().iter();
                results.map(|one| one.values().len()).sum()
            }
            other => return Err(format!("no operation {other}").into()),
        })
    }
}

fn main() -> Result<(), Failure> {
    bench_common::codecs::<Official>()
}
