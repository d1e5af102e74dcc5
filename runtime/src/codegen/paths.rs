//! Modules that the official SDK's crates have as well. A generated crate re-exports them, so that programs written for
//! those crates find the same paths.

/// Values that do not belong to one service: bytes, points in time, bodies.
pub mod primitives {
    pub use crate::shape::{Blob, Timestamp, TimestampFormat};
    /// The name of a timestamp in the official SDK.
    pub use crate::shape::{Timestamp as DateTime, TimestampFormat as DateTimeFormat};
    pub use crate::stream::{Body as SdkBody, ByteStream, StreamError};
}

/// Settings of clients.
#[cfg(feature = "client")]
pub mod config {
    pub use crate::checksum::{RequestChecksumCalculation, ResponseChecksumValidation};
    pub use crate::client::config::{Config, ConfigBuilder as Builder};
    pub use crate::client::credentials::ProvideCredentials;
    pub use crate::client::http_client::HttpClient;
    pub use crate::endpoint::Region;
    pub use crate::retry::{RetryMode, RetryRules};
    pub use crate::sign::Credentials;

    /// Retries as a group of settings.
    pub mod retry {
        pub use crate::client::config::RetryConfig;
        pub use crate::retry::RetryMode;
    }

    /// Limits of time as a group of settings.
    pub mod timeout {
        pub use crate::client::config::TimeoutConfig;
    }

    /// Requests and responses.
    pub mod http {
        pub use crate::error::HttpResponse;
    }
}

/// Requests that others send, with a signature in the URL.
pub mod presigning {
    pub use crate::presign::{
        PresignedRequest, PresigningConfig, PresigningConfigBuilder as Builder,
        PresigningConfigError,
    };
}

/// Errors that do not belong to one crate.
pub mod error {
    pub use crate::error::{
        BoxError, DisplayErrorContext, ErrorKind, ErrorOfCall, Failure as ErrorMetadata,
        ProvideErrorMetadata, SdkError, Unhandled,
    };
    pub use crate::shape::BuildError;
}
