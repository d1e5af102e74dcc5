//! One attempt of a call: a chain of links, each of which may change the request, hand it on, and judge what came back.

mod authentication;
mod chain;
mod sdk_headers;
mod transport;

use super::upload::Upload;
use super::{Offset, Shared};
use crate::error::Failure;
use crate::protocol::{AuthScheme, Operation};
use crate::sign::{Credentials, SignedPayload};
use crate::stream::{Body, RequestEvents};
use bytes::Bytes;
use chain::Next;
use http::HeaderValue;
use http::request::Parts;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::time::{Duration, SystemTime};

/// A call's request, as every attempt begins with it: absolute, unsigned.
pub(super) struct Prepared {
    pub(super) operation: &'static Operation,
    pub(super) head: Parts,
    pub(super) body: PreparedBody,
    /// How it is authorised; `None`: not at all.
    pub(super) auth: Option<AuthScheme>,
    pub(super) signing_name: String,
    pub(super) signing_region: String,
    pub(super) invocation_id: HeaderValue,
    /// Whether an attempt was made with a date by the service's clock.
    pub(super) dated_again: AtomicBool,
    /// The number of the attempt that was sent last; 0: none was.
    pub(super) sent: AtomicU32,
}

/// What the body of each attempt is made of.
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

    /// Whether another attempt could send it.
    pub(super) fn can_be_sent(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Upload(upload) => upload.can_be_sent(),
            // Events that were taken are gone.
            Self::Events(events) => !events.source.are_taken(),
        }
    }

    fn signed_payload(&self) -> SignedPayload<'_> {
        match self {
            Self::Bytes(bytes) => SignedPayload::Bytes(bytes),
            Self::Upload(upload) => upload.signed_payload(),
            // Each is signed by itself.
            Self::Events(_) => SignedPayload::Hash("STREAMING-AWS4-HMAC-SHA256-EVENTS"),
        }
    }
}

/// An attempt on its way out.
pub(super) struct Attempt<'a> {
    pub(super) shared: &'a Shared,
    pub(super) prepared: &'a Prepared,
    /// 1 for the first.
    pub(super) number: u32,
    /// The head as it goes out.
    pub(super) head: Parts,
    /// What the head was signed with, where it was.
    pub(super) signature: Option<Signature>,
}

/// What a request is signed with, and its date.
#[derive(Clone)]
pub(super) struct Signature {
    credentials: Credentials,
    at: SystemTime,
    /// The service's clock, as far as it is known.
    clock: Offset,
}

/// A response: with its body, or with the body still to be read.
pub(super) struct AttemptResponse {
    pub(super) response: http::Response<Bytes>,
    pub(super) body: Option<Body>,
}

/// What came of an attempt that did not succeed.
pub(super) struct AttemptError {
    pub(super) failure: Failure,
    /// `None`: another attempt would not do better.
    pub(super) retry: Option<Retry>,
    /// When the service's answer came, by our clock; `None`: there was none.
    arrived: Option<SystemTime>,
}

/// What a retry would cost, and how long the service asks to wait.
pub(super) struct Retry {
    pub(super) cost: u32,
    pub(super) asked: Option<Duration>,
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
    prepared: &Prepared,
    number: u32,
) -> Result<AttemptResponse, AttemptError> {
    let mut head = prepared.head.clone();
    // What the links add, so that the table of headers does not grow on the way.
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
