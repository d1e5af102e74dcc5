//! Values and texts of the rules, and the names that they are bound to.

use super::call::PARTITION;
use super::{Lowering, Names, Type};
use crate::names;
use crate::problem::nearest;
use crate::rules::{Expr, Piece};
use crate::rust::{Condition, Text, TextPiece, Value};

/// Names that the endpoint function uses already.
const TAKEN: &[&str] = &[
    "is_valid_host_label",
    "is_virtual_hostable_s3_bucket",
    "params",
    "parse_arn",
    "parse_url",
    "substring",
    "uri_encode",
    "url",
];

impl Lowering<'_> {
    pub(super) fn value(&self, expr: &Expr, names: &Names, at: &str) -> Option<(Value, Type)> {
        match expr {
            Expr::Boolean(value) => Some((Value::Boolean(*value), Type::Boolean)),
            Expr::Text(_) => Some((Value::Text(self.text(expr, names, at)?), Type::Text)),
            Expr::Number(number) => {
                self.problem(
                    at,
                    format!("expected a number only as an argument of `substring`, found {number}"),
                );
                None
            }
            Expr::Call(call) => self.call(call, names),
            Expr::Reference(name) => {
                let found = names.get(name).cloned();
                if found.is_none() {
                    let near = nearest(name, names.keys().map(String::as_str));
                    self.problem(at, format!("expected the name of a parameter or of an assigned result, found `{name}`{near}"));
                }
                found
            }
        }
    }

    pub(super) fn typed(
        &self,
        expr: &Expr,
        expected: Type,
        names: &Names,
        at: &str,
    ) -> Option<(Value, Type)> {
        let (value, ty) = self.value(expr, names, at)?;
        if ty == Type::Unknown {
            return None;
        }
        if ty != expected {
            self.problem(
                at,
                format!("expected {}, found {}", expected.named(), ty.named()),
            );
            return None;
        }
        Some((value, ty))
    }

    pub(super) fn text(&self, expr: &Expr, names: &Names, at: &str) -> Option<Text> {
        let Expr::Text(pieces) = expr else {
            let (value, _) = self.typed(expr, Type::Text, names, at)?;
            return Some(Text(vec![TextPiece::Value(value)]));
        };
        let mut text = Vec::new();
        for piece in pieces {
            text.push(match piece {
                Piece::Literal(literal) => TextPiece::Literal(literal.clone()),
                Piece::Hole {
                    name,
                    path: Some(path),
                } => TextPiece::Value(self.attribute(name, path, names, at)?.0),
                Piece::Hole { name, path: None } => TextPiece::Value(
                    self.typed(&Expr::Reference(name.clone()), Type::Text, names, at)?
                        .0,
                ),
            });
        }
        Some(Text(text))
    }
}

/// The condition that a value is set; after it, the value has the type `ty`.
pub(super) fn bind(name: &str, value: Value, ty: Type, names: &mut Names) -> Condition {
    let local = local(name, names);
    names.insert(name.to_owned(), (Value::Local(local.clone()), ty));
    Condition::Some { local, value }
}

/// The name of a value of the rules in the function, different from all others.
pub(super) fn local(name: &str, names: &Names) -> String {
    let mut local = names::field_name(name).trim_start_matches("r#").to_owned();
    // Parts of a partition are bound to their own names where a text is composed.
    let is_part = PARTITION.iter().any(|(_, field, _)| *field == local);
    // All other parts are bound to generated names.
    let is_part = is_part || local.starts_with("part_") || local.contains("_of_");
    if is_part || TAKEN.contains(&local.as_str()) || !names::is_identifier(&local) {
        local.push_str("_value");
    }
    let is_taken = |local: &str| {
        names.iter().any(|(other, (value, _))| {
            other != name && matches!(value, Value::Local(taken) if taken == local)
        })
    };
    while is_taken(&local) {
        local.push('_');
    }
    local
}
