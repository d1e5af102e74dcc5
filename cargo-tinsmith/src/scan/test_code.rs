//! Which code is only compiled for tests.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// Conditions are nested a few levels deep.
const DEEPEST: usize = 16;

/// Whether one of the attributes is `#[cfg(test)]`, or makes the item a test, as `#[test]` and `#[tokio::test]` do.
pub(super) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        if path.is_ident("cfg") {
            return match &attribute.meta {
                Meta::List(list) => {
                    let condition = list.parse_args::<Meta>();
                    condition.is_ok_and(|condition| needs_test(&condition, DEEPEST))
                }
                _ => false,
            };
        }
        path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            matches!(name.as_str(), "test" | "rstest" | "test_case" | "bench")
        })
    })
}

/// Whether a condition of `cfg` only holds for tests.
fn needs_test(condition: &Meta, fuel: usize) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if fuel > 0 => {
            let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
            let Ok(parts) = list.parse_args_with(parse) else {
                return false;
            };
            if list.path.is_ident("all") {
                parts.iter().any(|part| needs_test(part, fuel - 1))
            } else if list.path.is_ident("any") {
                !parts.is_empty() && parts.iter().all(|part| needs_test(part, fuel - 1))
            } else {
                false
            }
        }
        _ => false,
    }
}
