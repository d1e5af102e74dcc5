//! `paginators-1.json`: how the pages of an operation follow one another.

use crate::json::{JsonFile, Node};
use crate::model::{Model, Pagination};
use crate::problem::{Problems, nearest};
use serde_json::Value;

pub(super) fn read(file: &JsonFile, model: &mut Model, problems: &mut Problems) {
    for (key, node) in file.root().entries(problems) {
        match key {
            "pagination" => {
                for (name, node) in node.entries(problems) {
                    let pagination = pagination(&node, problems);
                    match model.operations.get_mut(name) {
                        Some(operation) => operation.pagination = Some(pagination),
                        None => {
                            let near = nearest(name, model.operations.keys().map(String::as_str));
                            node.problem(
                                problems,
                                format!(
                                    "expected the name of an operation of {}, found `{name}`{near}",
                                    model.file
                                ),
                            );
                        }
                    }
                }
            }
            _ => node.account(problems, &[("version", "1.0 everywhere")], &["pagination"]),
        }
    }
}

fn pagination(node: &Node<'_, '_>, problems: &mut Problems) -> Pagination {
    let mut pagination = Pagination::default();
    for (key, node) in node.entries(problems) {
        match key {
            "input_token" => pagination.input_tokens = one_or_more(&node, problems),
            "output_token" => pagination.output_tokens = one_or_more(&node, problems),
            "result_key" => pagination.results = one_or_more(&node, problems),
            "limit_key" => pagination.limit = Some(node.string(problems)),
            "more_results" => pagination.more_results = Some(node.string(problems)),
            "non_aggregate_keys" => pagination.non_aggregate = node.strings(problems),
            _ => node.account(
                problems,
                &[("py_input_token", "a name of botocore's own")],
                &[
                    "input_token",
                    "output_token",
                    "result_key",
                    "limit_key",
                    "more_results",
                    "non_aggregate_keys",
                ],
            ),
        }
    }
    if pagination.input_tokens.is_empty()
        || pagination.input_tokens.len() != pagination.output_tokens.len()
    {
        node.expected(
            problems,
            "as many output tokens as input tokens, and at least one",
        );
    }
    pagination
}

fn one_or_more(node: &Node<'_, '_>, problems: &mut Problems) -> Vec<String> {
    match node.value() {
        Value::Array(_) => node.strings(problems),
        _ => node
            .text(problems)
            .map(|one| vec![one.to_owned()])
            .unwrap_or_default(),
    }
}
