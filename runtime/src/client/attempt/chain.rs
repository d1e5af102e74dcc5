//! The links of the chain that an attempt passes through.

use super::authentication::Authentication;
use super::sdk_headers::SdkHeaders;
use super::{Attempt, AttemptError, AttemptResponse, transport};
use futures_core::future::BoxFuture;

/// A link of the chain.
pub(super) trait Link: Send + Sync {
    /// Sends the attempt by passing it to `next`, changed or not; it may do so several times, or not at all.
    fn send<'a>(
        &'a self,
        attempt: Attempt<'a>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<AttemptResponse, AttemptError>>;
}

/// The links, in the order in which a request passes them. Links that add headers which are not signed, because proxies
/// may change them, come after the signature.
const LINKS: &[&dyn Link] = &[&Authentication, &SdkHeaders];

/// The rest of the chain; the last link sends the request.
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
