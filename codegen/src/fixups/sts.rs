//! What STS does although its model does not say so.

use crate::model::{Kind, Model, Retryable};

/// The service could not reach an identity provider: botocore and the official SDKs try again (botocore's `_retry.json`).
const UNREACHABLE_PROVIDER: &str = "IDPCommunicationErrorException";

pub(super) fn apply(model: &mut Model) {
    let shape = model.shapes.get_mut(UNREACHABLE_PROVIDER);
    if let Some(Kind::Structure(structure)) = shape.map(|shape| &mut shape.kind)
        && let Some(error) = &mut structure.error
    {
        error
            .retryable
            .get_or_insert(Retryable { throttling: false });
    }
}
