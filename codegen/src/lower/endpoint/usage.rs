//! Names that conditions bind and nothing reads: such a condition becomes a test without a binding.

use crate::rust::{Condition, Statement, Text, TextPiece, Value};

/// The statement, with bindings only where they are read.
pub(super) fn without_unused(conditions: Vec<Condition>, then: Vec<Statement>) -> Statement {
    let mut kept: Vec<Condition> = Vec::new();
    for condition in conditions.into_iter().rev() {
        let is_read = |local: &str| {
            kept.iter().any(|condition| in_condition(condition, local)) || in_block(&then, local)
        };
        let condition = match condition {
            Condition::Some { local, value } if !is_read(&local) => Condition::IsSome(value),
            Condition::Partition { local, region } => Condition::Partition {
                local: local.filter(|local| is_read(local)),
                region,
            },
            condition => condition,
        };
        kept.push(condition);
    }
    kept.reverse();
    Statement::When {
        conditions: kept,
        then,
    }
}

fn in_block(statements: &[Statement], local: &str) -> bool {
    statements.iter().any(|statement| match statement {
        Statement::When { conditions, then } => {
            conditions
                .iter()
                .any(|condition| in_condition(condition, local))
                || in_block(then, local)
        }
        Statement::Endpoint {
            url,
            signing_name,
            signing_region,
            only_auth: _,
            headers,
        } => [Some(url), signing_name.as_ref(), signing_region.as_ref()]
            .into_iter()
            .flatten()
            .chain(headers.iter().flat_map(|(_, values)| values))
            .any(|text| in_text(text, local)),
        Statement::Error(text) => in_text(text, local),
    })
}

fn in_condition(condition: &Condition, local: &str) -> bool {
    match condition {
        Condition::Some { value, .. }
        | Condition::IsSome(value)
        | Condition::IsNone(value)
        | Condition::Partition { region: value, .. }
        | Condition::Holds(value) => in_value(value, local),
    }
}

fn in_text(text: &Text, local: &str) -> bool {
    text.0.iter().any(|piece| match piece {
        TextPiece::Literal(_) => false,
        TextPiece::Value(value) => in_value(value, local),
    })
}

fn in_value(value: &Value, local: &str) -> bool {
    match value {
        Value::Boolean(_) | Value::Number(_) | Value::Parameter(_) => false,
        Value::Call { of, arguments, .. } => {
            let parts = of.as_deref().into_iter().chain(arguments);
            parts.into_iter().any(|value| in_value(value, local))
        }
        Value::Local(name) => name == local,
        Value::Field(of, _) | Value::Not(of) => in_value(of, local),
        Value::Equal(left, right) => in_value(left, local) || in_value(right, local),
        Value::Text(text) => in_text(text, local),
    }
}
