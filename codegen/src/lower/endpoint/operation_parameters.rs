//! Which parameters of the endpoint rules the operations of a model give, whichever of them are selected.

use crate::model::{Kind, Model};
use std::collections::BTreeSet;

pub(super) fn of(model: &Model) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for operation in model.operations.values() {
        found.extend(operation.static_parameters.keys().map(String::as_str));
        found.extend(operation.path_parameters.keys().map(String::as_str));
        let input = operation.input.as_ref();
        let input = input.and_then(|name| model.shapes.get(name));
        if let Some(Kind::Structure(members)) = input.map(|shape| &shape.kind) {
            let members = members.members.values();
            found.extend(members.filter_map(|member| member.endpoint_parameter.as_deref()));
        }
    }
    found
}
