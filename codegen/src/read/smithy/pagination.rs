//! The paginated trait: the operation's own, on top of the service's.

use super::traits::Traits;
use crate::json::Node;
use crate::model::Pagination;

pub(super) fn read(service: &Node<'_, '_>, operation: &Node<'_, '_>) -> Option<Pagination> {
    let of_operation = Traits::of(operation);
    let node = of_operation.paginated()?;
    let mut pagination = Pagination::default();
    if let Some(defaults) = Traits::of(service).paginated() {
        apply(&defaults, &mut pagination);
    }
    apply(&node, &mut pagination);
    if pagination.input_tokens.is_empty() || pagination.output_tokens.is_empty() {
        node.expected("`inputToken` and `outputToken`, here or in the service's own trait");
    }
    Some(pagination)
}

fn apply(node: &Node<'_, '_>, pagination: &mut Pagination) {
    const IGNORED: &[(&str, &str)] = &[(
        "maxResults",
        "no key of the trait; one real model has it for `pageSize`, which botocore does not know there either",
    )];
    const KEYS: &[&str] = &["inputToken", "outputToken", "items", "pageSize"];
    for (key, node) in node.entries() {
        match key {
            "inputToken" => pagination.input_tokens = vec![node.string()],
            "outputToken" => pagination.output_tokens = vec![node.string()],
            "items" => pagination.results = vec![node.string()],
            "pageSize" => pagination.limit = Some(node.string()),
            _ => node.account(IGNORED, KEYS),
        }
    }
}
