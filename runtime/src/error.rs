//! Errors of calls: one pointer-sized type with a message for people and fields for programs.

mod answer;
mod call_context;
mod call_error;
mod config_error;
mod failure;
mod http_error;
mod metadata;
mod service_errors;
mod unhandled;

pub use answer::ErrorAnswer;
pub(crate) use answer::Exception;
pub(crate) use call_context::CallContext;
pub use call_error::{CrateError, Error, HttpResponse};
pub use config_error::ConfigError;
pub use failure::{ErrorKind, Failure, Source};
pub use http_error::{HttpError, HttpErrorKind};
pub use metadata::{BoxError, DisplayErrorContext, ErrorOfCall, ProvideErrorMetadata, SdkError};
pub use unhandled::{ExceptionMetadata, Unhandled};
