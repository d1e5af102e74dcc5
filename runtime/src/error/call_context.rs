//! Facts about a call for its response's body, which is read after the call has returned.

use super::Failure;
use crate::shape::BuildError;

/// The call to which a failure of its response belongs.
pub(crate) trait CallContext: Send + Sync {
    /// Completes a failure with facts about the call: the operation, the attempts, and the meaning of an error's code.
    fn complete(&self, failure: Failure) -> Failure;

    /// Why the request could not be sent completely, if that is known: it is then the reason for a broken connection.
    fn unsent(&self) -> Option<BuildError>;
}
