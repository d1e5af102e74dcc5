//! Modules that the official SDK's crates have as well. A generated crate re-exports them whole, so that a program finds
//! what it names where it looks for it.

/// Values that are not of one service: bytes, points in time, bodies.
pub mod primitives {
    pub use crate::shape::{Blob, Timestamp, TimestampFormat};
    /// What the official SDK calls a timestamp.
    pub use crate::shape::{Timestamp as DateTime, TimestampFormat as DateTimeFormat};
    pub use crate::stream::{Body as SdkBody, ByteStream, StreamError};
}

/// Settings of clients.
#[cfg(feature = "client")]
pub mod config {
    pub use crate::client::config::{Config, ConfigBuilder as Builder};
    pub use crate::client::credentials::ProvideCredentials;
    pub use crate::client::http_client::HttpClient;
    pub use crate::endpoint::Region;
    pub use crate::retry::RetryMode;
    pub use crate::sign::Credentials;

    /// What is sent and received.
    pub mod http {
        pub use crate::error::HttpResponse;
    }
}

/// Errors, beside those of the crate.
pub mod error {
    pub use crate::error::{
        BoxError, DisplayErrorContext, ErrorKind, ErrorOfCall, Failure as ErrorMetadata,
        ProvideErrorMetadata, SdkError, Unhandled,
    };
    pub use crate::shape::BuildError;
}
