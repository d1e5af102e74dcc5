//! The paginated trait: the operation's own, on top of what the service says for all.

use super::traits::Traits;
use crate::json::Node;
use crate::model::Pagination;
use crate::problem::Problems;

pub(super) fn read(
    service: &Node<'_, '_>,
    operation: &Node<'_, '_>,
    problems: &mut Problems,
) -> Option<Pagination> {
    let of_operation = Traits::of(operation);
    let node = of_operation.paginated()?;
    let mut pagination = Pagination::default();
    if let Some(defaults) = Traits::of(service).paginated() {
        apply(&defaults, &mut pagination, problems);
    }
    apply(&node, &mut pagination, problems);
    if pagination.input_tokens.is_empty() || pagination.output_tokens.is_empty() {
        node.expected(
            problems,
            "`inputToken` and `outputToken`, here or in the service's own trait",
        );
    }
    Some(pagination)
}

fn apply(node: &Node<'_, '_>, pagination: &mut Pagination, problems: &mut Problems) {
    const IGNORED: &[(&str, &str)] = &[(
        "maxResults",
        "no key of the trait; one real model has it for `pageSize`, which botocore does not know there either",
    )];
    const KEYS: &[&str] = &["inputToken", "outputToken", "items", "pageSize"];
    for (key, node) in node.entries(problems) {
        match key {
            "inputToken" => pagination.input_tokens = vec![node.string(problems)],
            "outputToken" => pagination.output_tokens = vec![node.string(problems)],
            "items" => pagination.results = vec![node.string(problems)],
            "pageSize" => pagination.limit = Some(node.string(problems)),
            _ => node.account(problems, IGNORED, KEYS),
        }
    }
}
