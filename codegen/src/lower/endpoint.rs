//! Endpoint rules: conditions become bindings and tests, with types; what can be unset is bound before it is used.

use crate::docs::code;
use crate::names;
use crate::problem::{Problems, nearest};
use crate::rules::{Call, Condition as RuleCondition, Expr, Outcome, Piece, Rule, RuleSet};
use crate::rust::{Condition, Statement, Text, TextPiece, Value};
use indexmap::IndexMap;

/// The parameters that the runtime fills in, by the names of their sources.
const BUILT_INS: &[(&str, &str)] = &[
    ("AWS::Region", "region"),
    ("AWS::UseDualStack", "use_dual_stack"),
    ("AWS::UseFIPS", "use_fips"),
    ("SDK::Endpoint", "endpoint"),
];

/// Parts of a partition, as the rules and as the runtime call them.
const PARTITION: &[(&str, &str, Type)] = &[
    ("name", "name", Type::Text),
    ("dnsSuffix", "dns_suffix", Type::Text),
    ("dualStackDnsSuffix", "dual_stack_dns_suffix", Type::Text),
    ("implicitGlobalRegion", "implicit_global_region", Type::Text),
    ("supportsFIPS", "supports_fips", Type::Boolean),
    ("supportsDualStack", "supports_dual_stack", Type::Boolean),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    Boolean,
    Partition,
    /// Text that may be unset: of no use but to `isSet`.
    OptionalText,
}

/// What a name means at a place in the rules.
type Names = IndexMap<String, (Value, Type)>;

struct Lowering<'a> {
    file: &'a str,
    problems: &'a mut Problems,
}

pub(super) fn lower(rules: &RuleSet, problems: &mut Problems) -> Vec<Statement> {
    let mut names = Names::new();
    for (name, parameter) in &rules.parameters {
        let field = parameter
            .built_in
            .as_ref()
            .and_then(|built_in| BUILT_INS.iter().find(|(source, _)| source == built_in));
        match field {
            Some((_, field)) => {
                let ty = if parameter.boolean { Type::Boolean } else { Type::OptionalText };
                names.insert(name.clone(), (Value::Parameter((*field).to_owned()), ty));
            }
            None => problems.add(
                &rules.file,
                format!("parameters.{name}"),
                format!("expected a parameter that follows from the client's settings ({}), found another, which the generator cannot fill in yet", BUILT_INS.iter().map(|(source, _)| *source).collect::<Vec<_>>().join(", ")),
            ),
        }
    }
    Lowering {
        file: &rules.file,
        problems,
    }
    .block(&rules.rules, &names)
}

impl Lowering<'_> {
    fn problem(&mut self, path: &str, message: String) {
        self.problems.add(self.file, path, message);
    }

    /// Rules, one of which decides. The last statement always does: a block never falls through.
    fn block(&mut self, rules: &[Rule], names: &Names) -> Vec<Statement> {
        let mut statements = Vec::new();
        for rule in rules {
            let mut names = names.clone();
            let conditions: Vec<_> = rule
                .conditions
                .iter()
                .filter_map(|condition| self.condition(condition, &mut names))
                .collect();
            let then = self.outcome(&rule.outcome, &names);
            if conditions.is_empty() {
                statements.extend(then);
                return statements;
            }
            statements.push(Statement::When { conditions, then });
        }
        statements.push(Statement::Error(Text(vec![TextPiece::Literal(
            "no endpoint rule fits the settings".to_owned(),
        )])));
        statements
    }

    fn outcome(&mut self, outcome: &Outcome, names: &Names) -> Vec<Statement> {
        match outcome {
            Outcome::Tree(rules) => self.block(rules, names),
            Outcome::Error(message) => self
                .text(message, names, "")
                .map(Statement::Error)
                .into_iter()
                .collect(),
            Outcome::Endpoint { url, properties } => {
                let Some(url) = self.text(url, names, "") else {
                    return Vec::new();
                };
                let (mut signing_name, mut signing_region) = (None, None);
                for scheme in properties
                    .get("authSchemes")
                    .and_then(serde_json::Value::as_array)
                    .into_iter()
                    .flatten()
                {
                    if scheme.get("name").and_then(serde_json::Value::as_str) == Some("sigv4") {
                        let mut property = |key: &str| {
                            let text = scheme.get(key)?.as_str()?;
                            self.text(&Expr::Text(crate::rules::pieces(text)), names, key)
                        };
                        signing_name = property("signingName");
                        signing_region = property("signingRegion");
                    }
                }
                vec![Statement::Endpoint {
                    url,
                    signing_name,
                    signing_region,
                }]
            }
        }
    }

    fn condition(&mut self, condition: &RuleCondition, names: &mut Names) -> Option<Condition> {
        let call = &condition.call;
        match call.function.as_str() {
            "isSet" => {
                let (value, ty) = self.value(call.arguments.first()?, names, &call.path)?;
                match (ty, call.arguments.first()?) {
                    (Type::OptionalText, Expr::Reference(name)) => {
                        let local = names::field_name(name);
                        names.insert(name.clone(), (Value::Local(local.clone()), Type::Text));
                        Some(Condition::Some { local, value })
                    }
                    // Anything else is set: the condition holds.
                    _ => None,
                }
            }
            "not" if matches!(call.arguments.first(), Some(Expr::Call(inner)) if inner.function == "isSet") =>
            {
                let Some(Expr::Call(inner)) = call.arguments.first() else {
                    return None;
                };
                let (value, ty) = self.value(inner.arguments.first()?, names, &inner.path)?;
                let never = Condition::Holds(Value::Boolean(false));
                Some(if ty == Type::OptionalText {
                    Condition::None(value)
                } else {
                    never
                })
            }
            "aws.partition" => {
                let (value, _) =
                    self.typed(call.arguments.first()?, Type::Text, names, &call.path)?;
                let local = names::field_name(condition.assign.as_deref().unwrap_or("partition"));
                if let Some(assign) = &condition.assign {
                    names.insert(
                        assign.clone(),
                        (Value::Local(local.clone()), Type::Partition),
                    );
                }
                Some(Condition::Partition {
                    local,
                    region: value,
                })
            }
            _ => {
                let (value, _) = self
                    .call(call, names)
                    .filter(|(_, ty)| *ty == Type::Boolean)?;
                if let Some(assign) = &condition.assign {
                    names.insert(assign.clone(), (value.clone(), Type::Boolean));
                }
                Some(Condition::Holds(value))
            }
        }
    }

    fn call(&mut self, call: &Call, names: &Names) -> Option<(Value, Type)> {
        const KNOWN: &[&str] = &[
            "isSet",
            "not",
            "booleanEquals",
            "stringEquals",
            "getAttr",
            "aws.partition",
        ];
        match (call.function.as_str(), call.arguments.as_slice()) {
            ("not", [value]) => {
                let (value, _) = self.typed(value, Type::Boolean, names, &call.path)?;
                Some((Value::Not(Box::new(value)), Type::Boolean))
            }
            // A comparison with true or false says nothing that the other side does not say.
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
                _ => None,
            },
            (other, _) => {
                let near = nearest(other, KNOWN.iter().copied());
                self.problem(&call.path, format!("expected a call of a function that the generator can do ({}), found `{other}`{near}", KNOWN.join(", ")));
                None
            }
        }
    }

    fn attribute(
        &mut self,
        name: &str,
        path: &str,
        names: &Names,
        at: &str,
    ) -> Option<(Value, Type)> {
        let found = match names.get(name) {
            Some((value, Type::Partition)) => PARTITION
                .iter()
                .find(|(part, _, _)| *part == path)
                .map(|(_, field, ty)| {
                    (
                        Value::Field(Box::new(value.clone()), (*field).to_owned()),
                        *ty,
                    )
                }),
            _ => None,
        };
        if found.is_none() {
            self.problem(
                at,
                format!(
                    "expected a part of a partition, found {}",
                    code(&format!("{name}#{path}"))
                ),
            );
        }
        found
    }

    fn value(&mut self, expr: &Expr, names: &Names, at: &str) -> Option<(Value, Type)> {
        match expr {
            Expr::Boolean(value) => Some((Value::Boolean(*value), Type::Boolean)),
            Expr::Text(_) => Some((Value::Text(self.text(expr, names, at)?), Type::Text)),
            Expr::Call(call) => self.call(call, names),
            Expr::Reference(name) => {
                let found = names.get(name).cloned();
                if found.is_none() && self.problems.0.is_empty() {
                    self.problem(at, format!("expected the name of a parameter or of an assigned result, found `{name}`"));
                }
                found
            }
        }
    }

    fn typed(
        &mut self,
        expr: &Expr,
        expected: Type,
        names: &Names,
        at: &str,
    ) -> Option<(Value, Type)> {
        let (value, ty) = self.value(expr, names, at)?;
        if ty != expected {
            self.problem(
                at,
                format!("expected a value of type {expected:?}, found one of type {ty:?}"),
            );
            return None;
        }
        Some((value, ty))
    }

    fn text(&mut self, expr: &Expr, names: &Names, at: &str) -> Option<Text> {
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
