//! Reading the exception of an error response.

use super::response::{ReadServiceError, ResponseReader};
use crate::error::{CrateError, Error, ErrorKind, Failure, Unhandled};
use bytes::Bytes;
use std::fmt;

impl<E: ReadServiceError> Error<E> {
    /// The error for a failure; the modelled exception is read from the failure's response.
    ///
    /// If the body cannot be read, the exception is still identified: it then has only the members in the headers, and
    /// [`source`](std::error::Error::source) returns what is wrong with the body.
    #[must_use]
    pub fn from_failure(mut failure: Failure) -> Self {
        let mut exception = exception(&mut failure);
        if exception.is_none() && failure.kind == ErrorKind::Service {
            exception = E::unhandled(Unhandled::answer(&failure));
        }
        Self::new(failure, exception)
    }
}

impl<E> CrateError for Error<E>
where
    E: ReadServiceError + fmt::Debug + Send + Sync + 'static,
{
    type ServiceError = E;

    fn from_failure(failure: Failure) -> Self {
        Self::from_failure(failure)
    }

    fn service_error(&self) -> Option<&E> {
        self.service_error()
    }
}

fn exception<E: ReadServiceError>(failure: &mut Failure) -> Option<E> {
    let exception = failure.exception.as_ref()?;
    let response = failure.response.as_ref()?;
    // Several exceptions may share a code, so the name is tried first.
    let names = [exception.name.as_deref(), failure.code.as_deref()];
    let reader = ResponseReader::of_error(exception.codec, response);
    let (name, read) = names.into_iter().flatten().find_map(|name| {
        let read = E::read_error(name, &reader)?;
        Some((name, read))
    })?;
    match read {
        Ok(exception) => Some(exception),
        Err(error) => {
            let mut head = http::Response::new(Bytes::new());
            *head.status_mut() = response.status();
            *head.headers_mut() = response.headers().clone();
            let reader = ResponseReader::of_error(exception.codec, &head);
            let of_head = E::read_error(name, &reader).and_then(Result::ok);
            failure.source.get_or_insert_with(|| Box::new(error));
            of_head
        }
    }
}
