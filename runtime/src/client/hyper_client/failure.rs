//! The kind and the message of what went wrong with a request, from the errors of hyper and of the libraries below it.

use super::connector::{ConnectTimeout, NoCertificates};
use crate::error::{HttpError, HttpErrorKind};
use http::Uri;
use std::error::Error;
use std::{fmt, io};

/// Scheme, host and port of a request, which an error may show. The path and query may contain secrets.
pub(super) struct Target(pub(super) Uri);

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://", self.0.scheme_str().unwrap_or("http"))?;
        f.write_str(self.0.host().unwrap_or("?"))?;
        self.0.port().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

pub(super) fn send_error(target: &Target, error: hyper_util::client::legacy::Error) -> HttpError {
    let cause = root_cause(&error).to_string();
    let chain = || causes(&error);
    let (kind, message) =
        if let Some(body) = chain().find_map(<dyn Error>::downcast_ref::<HttpError>) {
            (body.kind(), body.to_string())
        } else if let Some(ConnectTimeout(limit)) = chain().find_map(<dyn Error>::downcast_ref) {
            (
                HttpErrorKind::Timeout,
                format!("could not connect to {target} within {limit:?}"),
            )
        } else if chain().any(|cause| cause.is::<NoCertificates>())
            || chain().any(|cause| {
                matches!(
                    cause.downcast_ref(),
                    Some(rustls::Error::InvalidCertificate(_))
                )
            })
        {
            (
                HttpErrorKind::Other,
                format!("could not connect to {target}: {cause}"),
            )
        } else if error.is_connect() {
            (
                HttpErrorKind::Connect,
                format!("could not connect to {target}: {cause}"),
            )
        } else if chain().any(is_cut) {
            (
                HttpErrorKind::Reset,
                format!("the connection to {target} broke before the response: {cause}"),
            )
        } else {
            (
                HttpErrorKind::Other,
                format!("the request to {target} failed: {cause}"),
            )
        };
    HttpError::new(kind, message).with_source(error)
}

pub(super) fn body_error(target: &Target, error: hyper::Error) -> HttpError {
    let cause = root_cause(&error);
    let (kind, message) = if causes(&error).any(is_nonsense) {
        (
            HttpErrorKind::Other,
            format!("the response of {target} is not HTTP: {cause}"),
        )
    } else {
        (
            HttpErrorKind::Reset,
            format!("the connection to {target} broke within the response: {cause}"),
        )
    };
    HttpError::new(kind, message).with_source(error)
}

/// Whether the other side or the network ended the connection, or our task that served it has ended.
fn is_cut(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        return error.is_incomplete_message()
            || error.is_canceled()
            || error.is_closed()
            || is_dispatch_gone(error);
    }
    #[cfg(feature = "http2")]
    if let Some(error) = error.downcast_ref::<h2::Error>() {
        return is_refused(error);
    }
    error.is::<io::Error>()
}

/// Whether the runtime in which the connection was made has ended, and with it the task that served the connection.
/// hyper has no other way to find out.
fn is_dispatch_gone(error: &hyper::Error) -> bool {
    error.is_user() && error.to_string().starts_with("dispatch task is gone")
}

/// Whether the other side of HTTP/2 ended the stream or the connection, for any reason except an error of HTTP/2
/// itself.
#[cfg(feature = "http2")]
fn is_refused(error: &h2::Error) -> bool {
    let ended = error.is_reset() || error.is_go_away();
    let no_http2 = [
        h2::Reason::HTTP_1_1_REQUIRED,
        h2::Reason::INADEQUATE_SECURITY,
    ];
    let reason = error.reason();
    error.is_io()
        || ended && error.is_remote() && !reason.is_some_and(|reason| no_http2.contains(&reason))
}

/// Whether hyper could not parse what the other side sent, such as the size of a chunk.
fn is_nonsense(error: &(dyn Error + 'static)) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    matches!(
        kind,
        Some(io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData)
    )
}

/// The error and its sources, including what an [`io::Error`] wraps, which its `source` omits.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner as _),
            None => error.source(),
        }
    })
}

fn root_cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    causes(error).last().unwrap_or(error)
}
