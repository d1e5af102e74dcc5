//! What stands in for event streams where the crate was built without them: there are none.

use super::attempt::Prepared;
use super::{Offset, Shared};
use crate::error::Failure;
use crate::error::HttpError;
use crate::protocol::Operation;
use crate::sign::Credentials;
use crate::stream::Body;
use bytes::Bytes;
use http::request::Parts;

pub(super) const SIGNED_EVENTS: &str = "";

pub(super) enum Events {}

impl Events {
    pub(super) fn are_taken(&self) -> bool {
        match *self {}
    }

    pub(super) fn failure(&self) -> Option<crate::shape::BuildError> {
        match *self {}
    }
}

pub(super) fn outgoing(
    _: &'static Operation,
    _: &mut http::Request<Bytes>,
) -> Result<Option<Events>, Box<Failure>> {
    Ok(None)
}

pub(super) fn body(
    _: &Prepared,
    events: &Events,
    _: &Parts,
    _: Option<Credentials>,
    _: Offset,
) -> Body {
    match *events {}
}

pub(super) async fn received(_: &Operation, body: Body) -> Result<(Bytes, Body), HttpError> {
    Ok((Bytes::new(), body))
}

pub(super) fn name_call(
    _: &Shared,
    _: &'static Operation,
    _: &mut http::Response<Bytes>,
    _: u32,
    _: Option<&Events>,
) {
}
