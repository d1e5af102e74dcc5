//! Replaces event streams in a build without that feature: no request has events.

use super::Offset;
use crate::error::HttpError;
use crate::protocol::Operation;
use crate::shape::BuildError;
use crate::sign::Credentials;
use crate::stream::{Body, FrameSigner};
use bytes::Bytes;
use http::header::HeaderMap;

struct Unsigned;

impl FrameSigner for Unsigned {
    fn sign(&mut self, _: Bytes) -> Result<Bytes, BuildError> {
        Err(BuildError::new(
            "the crate was built without the feature `event-streams`",
        ))
    }
}

pub(super) fn signer(
    _: &HeaderMap,
    _: Credentials,
    _: &str,
    _: &str,
    _: Offset,
) -> Box<dyn FrameSigner> {
    Box::new(Unsigned)
}

pub(super) async fn received(_: &Operation, body: Body) -> Result<(Bytes, Body), HttpError> {
    Ok((Bytes::new(), body))
}
