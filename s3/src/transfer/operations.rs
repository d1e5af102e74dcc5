//! The operations of a transfer, which belong to the service of the call that it is made from.

use http::Method;
use std::time::Duration;
use tinsmith_runtime::{Call, Operation};

/// How long S3 may take to put an object together (documentation of CompleteMultipartUpload: several minutes).
const ASSEMBLY: Duration = Duration::from_secs(10 * 60);

/// The operations of an upload.
#[derive(Clone, Copy)]
pub(super) struct UploadOperations {
    pub(super) create: &'static Operation,
    pub(super) part: &'static Operation,
    pub(super) complete: &'static Operation,
    pub(super) abort: &'static Operation,
    pub(super) list: &'static Operation,
}

/// The operations of a download.
#[derive(Clone, Copy)]
pub(super) struct DownloadOperations {
    pub(super) get: &'static Operation,
    pub(super) head: &'static Operation,
}

/// The operations of the same service. Their requests are made from that of the call, so they have no path here.
pub(super) trait Operations: Call {
    const OF_UPLOAD: UploadOperations = UploadOperations {
        create: &Operation {
            name: "CreateMultipartUpload",
            method: Method::POST,
            service: Self::OPERATION.service,
            auth: Self::OPERATION.auth,
            expects_body: true,
            ..Operation::DEFAULT
        },
        part: &Operation {
            name: "UploadPart",
            method: Method::PUT,
            service: Self::OPERATION.service,
            auth: Self::OPERATION.auth,
            checksum: Self::OPERATION.checksum,
            ..Operation::DEFAULT
        },
        complete: &Operation {
            name: "CompleteMultipartUpload",
            method: Method::POST,
            service: Self::OPERATION.service,
            auth: Self::OPERATION.auth,
            long_poll: Some(ASSEMBLY),
            expects_body: true,
            ..Operation::DEFAULT
        },
        abort: &Operation {
            name: "AbortMultipartUpload",
            method: Method::DELETE,
            service: Self::OPERATION.service,
            auth: Self::OPERATION.auth,
            ..Operation::DEFAULT
        },
        list: &Operation {
            name: "ListParts",
            method: Method::GET,
            service: Self::OPERATION.service,
            auth: Self::OPERATION.auth,
            expects_body: true,
            ..Operation::DEFAULT
        },
    };

    const OF_DOWNLOAD: DownloadOperations = DownloadOperations {
        get: Self::OPERATION,
        head: &Operation {
            name: "HeadObject",
            method: Method::HEAD,
            service: Self::OPERATION.service,
            auth: Self::OPERATION.auth,
            ..Operation::DEFAULT
        },
    };
}

impl<C: Call> Operations for C {}
