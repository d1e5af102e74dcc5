//! Functions of the rule language, and the parts of their results.

use super::{Lowering, Names, Type};
use crate::docs::code_span;
use crate::problem::nearest;
use crate::rules::{Call, Expr, Piece};
use crate::rust::Value;

/// A part: its name in the rules, its name in the runtime, its type.
type Part = (&'static str, &'static str, Type);

/// Parts of a partition, with their names in the rules and in the runtime.
pub(super) const PARTITION: &[Part] = &[
    ("name", "name", Type::Text),
    ("dnsSuffix", "dns_suffix", Type::Text),
    ("dualStackDnsSuffix", "dual_stack_dns_suffix", Type::Text),
    ("implicitGlobalRegion", "implicit_global_region", Type::Text),
    ("supportsFIPS", "supports_fips", Type::Boolean),
    ("supportsDualStack", "supports_dual_stack", Type::Boolean),
];

/// Parts of an ARN.
const ARN: &[Part] = &[
    ("partition", "partition", Type::Text),
    ("service", "service", Type::Text),
    ("region", "region", Type::Text),
    ("accountId", "account_id", Type::Text),
];

/// Parts of a URL.
const URL: &[Part] = &[
    ("scheme", "scheme", Type::Text),
    ("authority", "authority", Type::Text),
    ("path", "path", Type::Text),
    ("isIp", "is_ip", Type::Boolean),
];

impl Lowering<'_> {
    pub(super) fn call(&self, call: &Call, names: &Names) -> Option<(Value, Type)> {
        const KNOWN: &[&str] = &[
            "isSet",
            "not",
            "booleanEquals",
            "stringEquals",
            "getAttr",
            "aws.partition",
            "aws.parseArn",
            "isValidHostLabel",
            "parseURL",
            "substring",
            "uriEncode",
            "aws.isVirtualHostableS3Bucket",
        ];
        match (call.function.as_str(), call.arguments.as_slice()) {
            ("not", [value]) => {
                let (value, _) = self.typed(value, Type::Boolean, names, &call.path)?;
                Some((Value::Not(Box::new(value)), Type::Boolean))
            }
            // A comparison with true or false is the same as the other side.
            (
                "booleanEquals",
                [Expr::Boolean(constant), value] | [value, Expr::Boolean(constant)],
            ) => {
                let (value, _) = self.typed(value, Type::Boolean, names, &call.path)?;
                Some((
                    if *constant {
                        value
                    } else {
                        Value::Not(Box::new(value))
                    },
                    Type::Boolean,
                ))
            }
            ("booleanEquals", [left, right]) => {
                let (left, _) = self.typed(left, Type::Boolean, names, &call.path)?;
                let (right, _) = self.typed(right, Type::Boolean, names, &call.path)?;
                Some((Value::Equal(Box::new(left), Box::new(right)), Type::Boolean))
            }
            ("stringEquals", [left, right]) => {
                let (left, _) = self.typed(left, Type::Text, names, &call.path)?;
                let (right, _) = self.typed(right, Type::Text, names, &call.path)?;
                Some((Value::Equal(Box::new(left), Box::new(right)), Type::Boolean))
            }
            ("getAttr", [Expr::Reference(name), Expr::Text(path)]) => match path.as_slice() {
                [Piece::Literal(path)] => self.attribute(name, path, names, &call.path),
                _ => self.wrong_arguments(call),
            },
            ("aws.parseArn", [arn]) => {
                let (arn, _) = self.typed(arn, Type::Text, names, &call.path)?;
                Some((function("parse_arn", vec![arn]), Type::OptionalArn))
            }
            ("parseURL", [url]) => {
                let (url, _) = self.typed(url, Type::Text, names, &call.path)?;
                Some((function("parse_url", vec![url]), Type::OptionalUrl))
            }
            (
                known @ ("isValidHostLabel" | "aws.isVirtualHostableS3Bucket"),
                [text, Expr::Boolean(subdomains)],
            ) => {
                let (text, _) = self.typed(text, Type::Text, names, &call.path)?;
                let arguments = vec![text, Value::Boolean(*subdomains)];
                let name = match known {
                    "isValidHostLabel" => "is_valid_host_label",
                    _ => "is_virtual_hostable_s3_bucket",
                };
                Some((function(name, arguments), Type::Boolean))
            }
            ("uriEncode", [text]) => {
                let (text, _) = self.typed(text, Type::Text, names, &call.path)?;
                Some((function("uri_encode", vec![text]), Type::Text))
            }
            (
                "substring",
                [
                    text,
                    Expr::Number(start),
                    Expr::Number(stop),
                    Expr::Boolean(reverse),
                ],
            ) => {
                let (text, _) = self.typed(text, Type::Text, names, &call.path)?;
                let (start, stop) = (Value::Number(*start), Value::Number(*stop));
                let arguments = vec![text, start, stop, Value::Boolean(*reverse)];
                Some((function("substring", arguments), Type::OptionalText))
            }
            (known, _) if KNOWN.contains(&known) => self.wrong_arguments(call),
            (other, _) => {
                let near = nearest(other, KNOWN.iter().copied());
                self.problem(&call.path, format!("expected a call of a function that the generator can do ({}), found `{other}`{near}", KNOWN.join(", ")));
                None
            }
        }
    }

    /// A known function with arguments that it does not accept.
    pub(super) fn wrong_arguments<T>(&self, call: &Call) -> Option<T> {
        let arguments = match call.function.as_str() {
            "isSet" => "one value, as a condition or in a `not` that is one",
            "not" => "one value that is true or false",
            "aws.partition" => "one region, as a condition",
            "aws.parseArn" | "parseURL" | "uriEncode" => "one text",
            "isValidHostLabel" | "aws.isVirtualHostableS3Bucket" => "a text, and true or false",
            "substring" => "a text, two numbers, and true or false",
            "getAttr" => "a reference and the name of a part",
            _ => "two values",
        };
        self.problem(
            &call.path,
            format!(
                "expected `{}` of {arguments}, found another use of it",
                call.function
            ),
        );
        None
    }

    pub(super) fn attribute(
        &self,
        name: &str,
        path: &str,
        names: &Names,
        at: &str,
    ) -> Option<(Value, Type)> {
        let (found, whole) = match names.get(name) {
            Some((_, Type::Unknown)) => return None,
            Some((value, Type::Arn)) => (
                indexed(value, "resourceId", path).or_else(|| field(ARN, value, path)),
                "an ARN",
            ),
            Some((value, Type::List)) => (indexed(value, "", path), "a list"),
            Some((value, Type::Url)) if path == "normalizedPath" => (
                Some((method(value, "normalized_path"), Type::Text)),
                "a URL",
            ),
            Some((value, Type::Url)) => (field(URL, value, path), "a URL"),
            Some((value, Type::Partition)) => (field(PARTITION, value, path), "a partition"),
            _ => (None, "a partition"),
        };
        if found.is_none() {
            self.problem(
                at,
                format!(
                    "expected a part of {whole}, found {}",
                    code_span(&format!("{name}#{path}"))
                ),
            );
        }
        found
    }
}

/// Whether a field is a partition's by its name, which no other field has.
pub(crate) fn is_of_partition(field: &str) -> bool {
    PARTITION.iter().any(|(_, part, _)| *part == field)
}

fn function(function: &'static str, arguments: Vec<Value>) -> Value {
    Value::Call {
        of: None,
        function,
        arguments,
    }
}

fn method(of: &Value, function: &'static str) -> Value {
    Value::Call {
        of: Some(Box::new(of.clone())),
        function,
        arguments: Vec::new(),
    }
}

fn field(parts: &[Part], of: &Value, path: &str) -> Option<(Value, Type)> {
    let (_, field, ty) = parts.iter().find(|(part, _, _)| *part == path)?;
    let value = Value::Field(Box::new(of.clone()), (*field).to_owned());
    Some((value, *ty))
}

/// `name[0]`: an item, which may be missing.
fn indexed(of: &Value, name: &str, path: &str) -> Option<(Value, Type)> {
    let index = path.strip_prefix(name)?.strip_prefix('[')?;
    let index: usize = index.strip_suffix(']')?.parse().ok()?;
    let (function, arguments) = match (name, index) {
        ("", 0) => ("first", Vec::new()),
        ("", _) => ("get", vec![Value::Number(index)]),
        _ => ("resource_id", vec![Value::Number(index)]),
    };
    let value = Value::Call {
        of: Some(Box::new(of.clone())),
        function,
        arguments,
    };
    Some((value, Type::OptionalText))
}
