//! The calls for a bucket that these rules need by themselves, at the endpoint of the client that they are plugged into.

use tinsmith_runtime::protocol::RestXml;
use tinsmith_runtime::{BuildError, Operation, OwnCall, RequestWriter, Service, WriteInput};

/// The service of their operations: the endpoint, the retries and all settings are those of the client.
pub(crate) static SERVICE: Service = Service {
    id: "S3",
    signing_name: "s3",
    protocol: &RestXml,
    ..Service::DEFAULT
};

tinsmith_runtime::structure! {
    /// An input with a bucket and nothing else.
    #[derive(Clone, Debug)]
    pub struct OfBucket: write {
        /// The name of the bucket.
        pub bucket: Option<String>,
    }
}

impl WriteInput for OfBucket {
    fn write_request(&self, request: &mut RequestWriter) {
        request.label("Bucket", &self.bucket);
        request.endpoint_text("Bucket", self.bucket.as_ref());
        // A session is not opened by a session.
        request.endpoint_flag("DisableS3ExpressSessionAuth", Some(true));
    }
}

/// A call of `operation` for a bucket.
///
/// # Errors
/// The bucket has no name.
pub(crate) fn call(operation: &'static Operation, bucket: &str) -> Result<OwnCall, BuildError> {
    let input = OfBucket {
        bucket: Some(bucket.to_owned()),
    };
    // There is nothing that needs a token.
    let request = operation.request(&input, String::new)?;
    Ok(OwnCall { operation, request })
}
