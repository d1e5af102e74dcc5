//! A model reduced to some operations and what they reach: everything that a crate is generated from, and nothing else.

use crate::model::Model;
use crate::place::Reporter;
use crate::problem::Problems;
use crate::select::{Selection, select};

/// The part of `model` that the operations of `selection` reach, in the model's order. Two models with the same closure
/// result in the same crate.
///
/// # Errors
/// A selected operation that the model does not have.
pub fn closure(model: &Model, selection: &Selection) -> Result<Model, Problems> {
    let reporter = Reporter::default();
    let reached = select(model, selection, &reporter);
    let shapes_reached = reached.shapes();
    let Model {
        file,
        pagination_file,
        waiters_file,
        service,
        operations,
        shapes,
        endpoint_rules,
        waiters,
        unread: _,
    } = model;
    reporter.into_result(Model {
        file: file.clone(),
        pagination_file: pagination_file.clone(),
        waiters_file: waiters_file.clone(),
        service: service.clone(),
        operations: operations
            .iter()
            .filter(|(name, _)| reached.operations.contains_key(name.as_str()))
            .map(|(name, operation)| (name.clone(), operation.clone()))
            .collect(),
        shapes: shapes
            .iter()
            .filter(|(name, _)| shapes_reached.contains(name.as_str()))
            .map(|(name, shape)| (name.clone(), shape.clone()))
            .collect(),
        endpoint_rules: endpoint_rules.clone(),
        waiters: waiters
            .iter()
            .filter(|(_, waiter)| reached.operations.contains_key(waiter.operation.as_str()))
            .map(|(name, waiter)| (name.clone(), waiter.clone()))
            .collect(),
        unread: Problems::default(),
    })
}
