//! What is known of the call that a body belongs to which is read after the call has returned.

use super::Failure;
use crate::shape::BuildError;

/// The call that a failure of its response belongs to.
pub(crate) trait CallContext: Send + Sync {
    /// The failure with what is known of the call: the operation, the attempts, and what the code of an error means.
    fn complete(&self, failure: Failure) -> Failure;

    /// Why the request could not be sent to its end, where that is known: then a connection that breaks is no wonder.
    fn unsent(&self) -> Option<BuildError>;
}
