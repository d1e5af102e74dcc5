//! What S3 Control does although its model does not say so.

use crate::model::Model;

/// What the endpoint rules put before the host themselves, wherever they have a host of AWS's.
const ACCOUNT: &str = "{AccountId}.";

/// Rules and operations both say that the account stands before the host. The rules know where it does not: before an
/// ARN's own host, for instance.
pub(super) fn apply(model: &mut Model) {
    for operation in model.operations.values_mut() {
        let is_of_rules = operation
            .static_parameters
            .contains_key("RequiresAccountId");
        if is_of_rules && operation.host_prefix.as_deref() == Some(ACCOUNT) {
            operation.host_prefix = None;
        }
    }
}
