//! Reads pages of XML and CBOR with generated crates.

use bench_common::{Codecs, Failure};
use bytes::Bytes;
use ec2::Timestamp;
use ec2::runtime::{Body, BoxFuture, HttpClient, HttpError, SendOptions};

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
                let reservations = page.reservations.unwrap_or_default();
                let instances = reservations.into_iter().filter_map(|one| one.instances);
                instances.map(|instances| instances.len()).sum()
            }
            "ListObjectsV2" => {
                let page = self.s3.list_objects_v2().bucket("tins").send().await?;
                page.contents.map_or(0, |objects| objects.len())
            }
            "GetMetricData" => {
                let query = cloudwatch::types::MetricDataQuery::builder().id("a");
                let call = self.cloudwatch.get_metric_data();
                let call = call.metric_data_queries(query.build());
                let (start, end) = (Timestamp::from_seconds(0), Timestamp::from_seconds(3600));
                let page = call.start_time(start).end_time(end).send().await?;
                let results = page.metric_data_results.unwrap_or_default();
                let values = results.into_iter().filter_map(|one| one.values);
                values.map(|values| values.len()).sum()
            }
            other => return Err(format!("no operation {other}").into()),
        })
    }
}

fn main() -> Result<(), Failure> {
    bench_common::codecs::<Tinsmith>()
}
