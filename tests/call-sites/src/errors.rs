//! Errors. There is one `Error` for a crate, which `SdkError` of any of its operations is, and one `ServiceError`, which the
//! error of any operation is.
//!
//! So a type of the program's own that is made from the errors of two operations is made from one:
//!
//! ```compile_fail,E0119
//! # use aws_sdk_store::error::SdkError;
//! # use aws_sdk_store::operation::{get_object::GetObjectError, put_item::PutItemError};
//! struct Mine;
//! impl From<SdkError<GetObjectError>> for Mine {
//!     fn from(_: SdkError<GetObjectError>) -> Self { Mine }
//! }
//! impl From<SdkError<PutItemError>> for Mine {
//!     fn from(_: SdkError<PutItemError>) -> Self { Mine }
//! }
//! ```
//!
//! And a match of the kinds of failure asks for the kind:
//!
//! ```compile_fail,E0599
//! # use aws_sdk_store::error::SdkError;
//! # use aws_sdk_store::operation::get_object::GetObjectError;
//! fn is_timeout(error: SdkError<GetObjectError>) -> bool {
//!     matches!(error, SdkError::<GetObjectError>::TimeoutError(_))
//! }
//! ```

use crate::Row;
use aws_sdk_store::error::{ErrorKind, SdkError};
use aws_sdk_store::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_sdk_store::{Client, Error, ServiceError};

pub(crate) const ROWS: &[Row] = &[
    Row::unchanged("`SdkError<XError>`", 262, 20, wrapped),
    Row::unchanged("`XError` named", 546, 20, named),
    Row::unchanged("`XError::NoSuchKey(e)` matched", 71, 20, matched),
    Row::unchanged("`.is_no_such_key()`", 60, 20, asked),
    Row::unchanged("`.into_service_error()`", 31, 20, matched),
    Row::unchanged("`.as_service_error()`", 40, 20, asked),
    Row::unchanged("`.code()`, `.message()`, `.meta()`", 0, 20, described),
    Row::unchanged("`.raw_response().status()`", 0, 20, status),
    Row::changed(
        "`SdkError::TimeoutError(_)` matched",
        "`error.kind()`, `error.is_timeout()`",
        0,
        0,
        kinds,
    ),
];

async fn wrapped(client: &Client) -> Result<GetObjectOutput, SdkError<GetObjectError>> {
    client.get_object().bucket("b").key("k").send().await
}

async fn named(client: &Client) -> Result<GetObjectOutput, GetObjectError> {
    let output = client.get_object().bucket("b").key("k").send().await;
    output.map_err(|error| error.into_service_error())
}

async fn matched(client: &Client) -> Result<Option<GetObjectOutput>, Error> {
    match client.get_object().bucket("b").key("k").send().await {
        Ok(output) => Ok(Some(output)),
        Err(error) => match error.into_service_error() {
            GetObjectError::NoSuchKey(missing) => {
                println!("no such key: {:?}", missing.message);
                Ok(None)
            }
            GetObjectError::InvalidObjectState(state) => {
                println!("in {:?}", state.storage_class);
                Ok(None)
            }
            other => {
                println!("{other}");
                Ok(None)
            }
        },
    }
}

fn asked(error: SdkError<GetObjectError>) -> bool {
    let is_missing = error
        .as_service_error()
        .map(|error| error.is_no_such_key())
        .unwrap_or(false);
    let is_missing_too = matches!(error.as_service_error(), Some(GetObjectError::NoSuchKey(_)));
    // The question is answered by the error itself as well.
    let is_missing_as_well = error.is_no_such_key();
    is_missing && is_missing_too && is_missing_as_well
        || error.into_service_error().is_no_such_key()
}

fn described(error: SdkError<GetObjectError>) -> String {
    let code = error.code().unwrap_or("unknown").to_string();
    let message = error.message().map(str::to_string);
    let of_meta = error.meta().code().map(str::to_string);
    let service = error.into_service_error();
    let of_service = service.meta().message().unwrap_or_default();
    format!(
        "{code} {message:?} {of_meta:?} {of_service} {:?}",
        service.code()
    )
}

fn status(error: &SdkError<GetObjectError>) -> Option<u16> {
    error
        .raw_response()
        .map(|response| response.status().as_u16())
}

fn kinds(error: &Error) -> bool {
    let is_modelled = matches!(error.service_error(), Some(ServiceError::NoSuchKey(_)));
    error.is_timeout() || error.kind() == ErrorKind::Connection || is_modelled
}
