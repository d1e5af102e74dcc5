//! Reads pages of XML and CBOR with generated crates.

use bench_common::{Codecs, Failure};
use bytes::Bytes;
use ec2::runtime::{Body, BoxFuture, Config, HttpClient, HttpError, SendOptions};
use ec2::{Credentials, Timestamp};

/// Answers every request with the same body, at once.
struct Canned(Bytes);

impl HttpClient for Canned {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let mut response = http::Response::new(self.0.clone().into());
        // Where the protocol asks for it; XML is read without.
        let protocol = http::HeaderValue::from_static("rpc-v2-cbor");
        response.headers_mut().insert("smithy-protocol", protocol);
        Box::pin(std::future::ready(Ok(response)))
    }
}

struct Tinsmith {
    ec2: ec2::Client,
    s3: s3::Client,
    cloudwatch: cloudwatch::Client,
}

macro_rules! client {
    ($service:ident, $body:expr) => {{
        let config = $service::Config::builder()
            .region("eu-west-1")
            .credentials($service::Credentials::new("AKIDEXAMPLE", "secret", None))
            .http_client(Canned($body.clone()));
        $service::Client::new(config.build())
    }};
}

impl Codecs for Tinsmith {
    fn replay(body: Bytes) -> Self {
        Self {
            ec2: client!(ec2, body),
            s3: client!(s3, body),
            cloudwatch: client!(cloudwatch, body),
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
                let query = cloudwatch::types::MetricDataQuery::builder().id("a");
                let call = self.cloudwatch.get_metric_data();
                let call = call.metric_data_queries(query.build());
                let (start, end) = (Timestamp::from_seconds(0), Timestamp::from_seconds(3600));
                let page = call.start_time(start).end_time(end).send().await?;
                let results = page.metric_data_results().iter();
                results.map(|one| one.values().len()).sum()
            }
            other => return Err(format!("no operation {other}").into()),
        })
    }
}

fn main() -> Result<(), Failure> {
    bench_common::codecs::<Tinsmith>()
}
