//! Unions that stand for any value, although a model may hold them as structures.

use super::overrides::make_union;
use crate::model::Model;

/// A union for any value, which a model may have as a structure.
struct AnyValue {
    /// The `serviceId` of the service.
    service: &'static str,
    shape: &'static str,
    /// The types that convert into it, and the member for each.
    from: &'static [(&'static str, &'static str)],
}

/// botocore's models cannot express that it is a union; the service accepts and sends exactly one member, as its API
/// reference says, and Smithy's model of the service has it as a union.
const ANY_VALUES: [AnyValue; 2] = [
    attribute_value("DynamoDB"),
    attribute_value("DynamoDB Streams"),
];

const fn attribute_value(service: &'static str) -> AnyValue {
    AnyValue {
        service,
        shape: "AttributeValue",
        from: &[("text", "S"), ("number", "N"), ("flag", "BOOL")],
    }
}

/// The types that convert into a union of a service, and the member for each.
pub(crate) fn conversions(service: &str, shape: &str) -> &'static [(&'static str, &'static str)] {
    let known = ANY_VALUES.iter();
    let mut known = known.filter(|value| value.service == service && value.shape == shape);
    known.next().map_or(&[], |value| value.from)
}

pub(super) fn apply(model: &mut Model) {
    let is_of_service = |value: &&AnyValue| value.service == model.service.id;
    let known: Vec<&str> = ANY_VALUES
        .iter()
        .filter(is_of_service)
        .map(|it| it.shape)
        .collect();
    for shape in known {
        // If a model has it as a union already, nothing is left to do.
        let _ = make_union(model, shape);
    }
}
