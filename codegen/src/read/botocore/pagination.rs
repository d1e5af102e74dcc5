//! `paginators-1.json`: how the pages of an operation are listed.

use crate::json::{JsonFile, Node};
use crate::model::{Model, Pagination};
use crate::place::Reporter;
use crate::problem::{Part, nearest};
use crate::read::keys::{self, Key, key};
use serde_json::Value;

pub(super) fn read(file: &JsonFile, model: &mut Model, reporter: &Reporter) {
    model.pagination_file = Some(file.path.clone());
    for (key, node) in file.root(reporter).entries() {
        match key {
            "pagination" => {
                let known: Vec<String> = model.operations.keys().cloned().collect();
                for (name, node) in node.entries() {
                    node.place.within(Part::Operation(name.to_owned()), || {
                        let pagination = pagination(&node);
                        match model.operations.get_mut(name) {
                            Some(operation) => {
                                let known = operation.pagination.take();
                                operation.pagination = Some(united(pagination, known));
                            }
                            // A model without operations is reported elsewhere.
                            None if known.is_empty() => {}
                            None => {
                                let near = nearest(name, known.iter().map(String::as_str));
                                node.problem(format!(
                                    "expected the name of an operation of {}, found `{name}`{near}",
                                    model.file
                                ));
                            }
                        }
                    });
                }
            }
            _ => node.account(&[("version", "1.0 everywhere")], &["pagination"]),
        }
    }
}

/// botocore's facts, completed with those of another format.
fn united(pagination: Pagination, known: Option<Pagination>) -> Pagination {
    let Some(known) = known else {
        return pagination;
    };
    Pagination {
        limit: pagination.limit.or(known.limit),
        results: if pagination.results.is_empty() {
            known.results
        } else {
            pagination.results
        },
        more_results: pagination.more_results.or(known.more_results),
        input_tokens: pagination.input_tokens,
        output_tokens: pagination.output_tokens,
    }
}

const KEYS: &[Key<Pagination>] = &[
    key("input_token", |it, pagination| {
        pagination.input_tokens = one_or_more(it);
    }),
    key("output_token", |it, pagination| {
        pagination.output_tokens = one_or_more(it);
    }),
    key("result_key", |it, pagination| {
        pagination.results = one_or_more(it);
    }),
    key("limit_key", |it, pagination| {
        pagination.limit = Some(it.string());
    }),
    key("more_results", |it, pagination| {
        pagination.more_results = Some(it.string());
    }),
];

const IGNORED: &[(&str, &str)] = &[
    ("py_input_token", "a name of botocore's own"),
    (
        "non_aggregate_keys",
        "whole pages are handed out, whatever of them is the same on each",
    ),
];

fn pagination(node: &Node<'_, '_>) -> Pagination {
    let mut pagination = Pagination::default();
    keys::read(node, KEYS, IGNORED, &mut pagination);
    let (inputs, outputs) = (
        pagination.input_tokens.len(),
        pagination.output_tokens.len(),
    );
    if node.value().is_object() && (inputs == 0 || inputs != outputs) {
        node.problem(format!("expected as many output tokens as input tokens, and at least one, found {inputs} and {outputs}"),
        );
    }
    pagination
}

fn one_or_more(node: &Node<'_, '_>) -> Vec<String> {
    match node.value() {
        Value::Array(_) => node.strings(),
        _ => node
            .text()
            .map(|one| vec![one.to_owned()])
            .unwrap_or_default(),
    }
}
