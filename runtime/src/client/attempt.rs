//! One attempt of a call: a chain of links, each of which may change the request, pass it on, and examine the result.

mod authentication;
mod chain;
mod sdk_headers;
mod transport;

use super::sessions::Opening;
use super::upload::Upload;
use super::{Offset, Shared};
use crate::error::Failure;
use crate::protocol::{AuthScheme, ExtendedCall, Operation};
use crate::retry::RetryReason;
use crate::sign::{Credentials, SignedPayload};
use crate::stream::{Body, RequestEvents};
use crate::target::Scope;
use bytes::Bytes;
use chain::Next;
use http::HeaderValue;
use http::request::Parts;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::time::{Duration, SystemTime};

/// A call's request as every attempt starts with it: with an absolute URI, unsigned.
pub(super) struct Prepared<'c> {
    pub(super) operation: &'static Operation,
    /// What the service's extension decides of the responses.
    pub(super) call: Option<&'c dyn ExtendedCall>,
    pub(super) head: Parts,
    pub(super) body: PreparedBody,
    /// How it is authorised; `None`: not at all.
    pub(super) auth: Option<AuthScheme>,
    pub(super) scope: Scope,
    /// The session that signs it; `None`: the client's credentials do.
    pub(super) session: Option<Opening>,
    pub(super) invocation_id: HeaderValue,
    /// Whether an attempt was made with a date by the service's clock.
    pub(super) dated_again: AtomicBool,
    /// The number of the last attempt that was sent; 0: none was.
    pub(super) sent: AtomicU32,
}

/// The source of the body of each attempt.
pub(super) enum PreparedBody {
    Bytes(Bytes),
    Upload(Upload),
    Events(RequestEvents),
}

impl PreparedBody {
    pub(super) fn upload(&self) -> Option<&Upload> {
        match self {
            Self::Upload(upload) => Some(upload),
            Self::Bytes(_) | Self::Events(_) => None,
        }
    }

    pub(super) fn events(&self) -> Option<&RequestEvents> {
        match self {
            Self::Events(events) => Some(events),
            Self::Bytes(_) | Self::Upload(_) => None,
        }
    }

    /// Whether another attempt can send the body.
    pub(super) fn can_be_sent(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Upload(upload) => upload.can_be_sent(),
            // Events that were taken from the stream are gone.
            Self::Events(events) => !events.source.are_taken(),
        }
    }

    fn signed_payload(&self) -> SignedPayload<'_> {
        match self {
            Self::Bytes(bytes) => SignedPayload::Bytes(bytes),
            Self::Upload(upload) => upload.signed_payload(),
            // Each event is signed separately.
            Self::Events(_) => SignedPayload::Hash("STREAMING-AWS4-HMAC-SHA256-EVENTS"),
        }
    }
}

/// An attempt that is about to be sent.
pub(super) struct Attempt<'a> {
    pub(super) shared: &'a Shared,
    pub(super) prepared: &'a Prepared<'a>,
    /// 1 for the first.
    pub(super) number: u32,
    /// The head to be sent.
    pub(super) head: Parts,
    /// The signature of the head, if it is signed.
    pub(super) signature: Option<Signature>,
}

/// The credentials and the date that a request was signed with.
#[derive(Clone)]
pub(super) struct Signature {
    credentials: Credentials,
    at: SystemTime,
    /// The offset of the service's clock, if it is known.
    clock: Offset,
}

/// A response, whose body is either read or still to be read.
pub(super) struct AttemptResponse {
    pub(super) response: http::Response<Bytes>,
    pub(super) body: Option<Body>,
    /// The algorithm of the checksum that the body is compared with; `None`: it is compared with none.
    pub(super) validated_by: Option<&'static str>,
}

/// The result of an attempt that did not succeed.
pub(super) struct AttemptError {
    pub(super) failure: Failure,
    /// `None`: another attempt cannot succeed either.
    pub(super) retry: Option<Retry>,
    /// When the service's response arrived, by our clock; `None`: there was none.
    arrived: Option<SystemTime>,
}

/// Why an attempt may be repeated, and how long the service asks the client to wait.
pub(super) struct Retry {
    pub(super) reason: RetryReason,
    pub(super) retry_after: Option<Duration>,
}

impl AttemptError {
    fn for_good(failure: Failure) -> Self {
        Self {
            failure,
            retry: None,
            arrived: None,
        }
    }
}

/// Makes attempt number `number`.
pub(super) async fn attempt(
    shared: &Shared,
    prepared: &Prepared<'_>,
    number: u32,
) -> Result<AttemptResponse, AttemptError> {
    let mut head = prepared.head.clone();
    // The headers that the links add, so that the table does not grow later.
    head.headers.reserve(8);
    let attempt = Attempt {
        shared,
        prepared,
        number,
        head,
        signature: None,
    };
    Next::all().run(attempt).await
}
