//! The links of the chain that an attempt goes through, and the way from one to the next.

use super::authentication::Authentication;
use super::sdk_headers::SdkHeaders;
use super::{Attempt, AttemptError, AttemptResponse, transport};
use futures_core::future::BoxFuture;

/// A link of the chain.
pub(super) trait Link: Send + Sync {
    /// Sends the attempt by handing it to `next`, after a change or without one; it may do so again, or not at all.
    fn send<'a>(
        &'a self,
        attempt: Attempt<'a>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<AttemptResponse, AttemptError>>;
}

/// The links, in the order in which a request goes out. What adds to the head and is not signed, since something on the
/// way may change it, comes after the signature.
const LINKS: &[&dyn Link] = &[&Authentication, &SdkHeaders];

/// The rest of the chain, at the end of which the request is sent.
#[derive(Clone, Copy)]
pub(super) struct Next<'a>(&'a [&'a dyn Link]);

impl<'a> Next<'a> {
    /// The whole chain.
    pub(super) fn all() -> Self {
        Self(LINKS)
    }

    pub(super) fn run(
        self,
        attempt: Attempt<'a>,
    ) -> BoxFuture<'a, Result<AttemptResponse, AttemptError>> {
        match self.0.split_first() {
            Some((link, rest)) => link.send(attempt, Self(rest)),
            None => Box::pin(transport::send(attempt)),
        }
    }
}
