//! What STS does although its model does not say so.

use crate::model::{Kind, Model, Retryable};

const RETRIED: [&str; 2] = [
    // The service could not reach an identity provider: botocore and the official SDKs try again (botocore's `_retry.json`).
    "IDPCommunicationErrorException",
    // A new token is not yet known to all of the service: the official SDK for Go tries again.
    "InvalidIdentityTokenException",
];

pub(super) fn apply(model: &mut Model) {
    for name in RETRIED {
        let shape = model.shapes.get_mut(name);
        if let Some(Kind::Structure(structure)) = shape.map(|shape| &mut shape.kind)
            && let Some(error) = &mut structure.error
        {
            error
                .retryable
                .get_or_insert(Retryable { throttling: false });
        }
    }
}
