//! Endpoint rules: conditions become bindings and tests, with types; what can be unset is bound before it is used.

mod usage;

use crate::docs::code;
use crate::names;
use crate::problem::{Problems, nearest};
use crate::rules::{
    AuthScheme, Call, Condition as RuleCondition, Expr, Outcome, Piece, Rule, RuleSet,
};
use crate::rust::{Condition, Statement, Text, TextPiece, Value};
use indexmap::IndexMap;

/// The parameters that the runtime fills in, by the names of their sources.
const BUILT_INS: &[(&str, &str, Type)] = &[
    ("AWS::Region", "region", Type::OptionalText),
    ("AWS::UseDualStack", "use_dual_stack", Type::Boolean),
    ("AWS::UseFIPS", "use_fips", Type::Boolean),
    ("SDK::Endpoint", "endpoint", Type::OptionalText),
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

/// Names that the function of the endpoint has already.
const TAKEN: &[&str] = &["params", "partition", "reason", "url"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    Boolean,
    Partition,
    /// Text that may be unset: of no use but to `isSet`.
    OptionalText,
    /// What a call gave that is a problem already.
    Unknown,
}

impl Type {
    /// The type in words.
    fn named(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Boolean => "true or false",
            Type::Partition => "a partition",
            Type::OptionalText => "text that may be unset, which only `isSet` makes sure of",
            Type::Unknown => "something else",
        }
    }
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
        let declared = if parameter.boolean {
            Type::Boolean
        } else {
            Type::OptionalText
        };
        let source = parameter.built_in.as_deref();
        let known = BUILT_INS.iter().find(|(name, _, _)| Some(*name) == source);
        let found = match (source, known) {
            (_, Some((_, _, ty))) if *ty == declared => None,
            (Some(source), Some(_)) => Some(format!("{} of another type", code(source))),
            (Some(source), None) => Some(code(source)),
            (None, _) => Some("one without a source".to_owned()),
        };
        if let Some(found) = found {
            let sources: Vec<_> = BUILT_INS.iter().map(|(source, _, _)| *source).collect();
            problems.add(
                &rules.file,
                format!("parameters.{name}"),
                format!("expected a parameter that follows from the client's settings ({}), found {found}, which the generator cannot fill in yet", sources.join(", ")),
            );
        }
        // What cannot be filled in is told once, here, and not at each place that reads it.
        let (field, ty) = known.map_or(("", declared), |(_, field, ty)| (*field, *ty));
        names.insert(name.clone(), (Value::Parameter(field.to_owned()), ty));
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
                .flat_map(|condition| self.conditions(condition, &mut names))
                .collect();
            let then = self.outcome(rule, &names);
            if conditions.is_empty() {
                statements.extend(then);
                return statements;
            }
            statements.push(usage::without_unused(conditions, then));
        }
        statements.push(Statement::Error(Text(vec![TextPiece::Literal(
            "no endpoint rule fits the settings".to_owned(),
        )])));
        statements
    }

    fn outcome(&mut self, rule: &Rule, names: &Names) -> Vec<Statement> {
        match &rule.outcome {
            Outcome::Tree(rules) => self.block(rules, names),
            Outcome::Error(message) => self
                .text(message, names, &format!("{}.error", rule.path))
                .map(Statement::Error)
                .into_iter()
                .collect(),
            Outcome::Endpoint { url, auth_schemes } => {
                let path = format!("{}.endpoint", rule.path);
                let url = self.text(url, names, &format!("{path}.url"));
                let (signing_name, signing_region) = self.signing(auth_schemes, names, &path);
                url.map(|url| Statement::Endpoint {
                    url,
                    signing_name,
                    signing_region,
                })
                .into_iter()
                .collect()
            }
        }
    }

    /// Name and region in the signature. Of several schemes it is version 4 that is spoken.
    fn signing(
        &mut self,
        schemes: &[AuthScheme],
        names: &Names,
        path: &str,
    ) -> (Option<Text>, Option<Text>) {
        let path = format!("{path}.properties.authSchemes");
        let Some(scheme) = schemes.iter().find(|scheme| scheme.name == "sigv4") else {
            if !schemes.is_empty() {
                let found: Vec<_> = schemes.iter().map(|scheme| code(&scheme.name)).collect();
                self.problem(
                    &path,
                    format!(
                        "expected `sigv4` among the authentication schemes, found {}",
                        found.join(", ")
                    ),
                );
            }
            return (None, None);
        };
        let mut text =
            |expr: &Option<Expr>| expr.as_ref().and_then(|expr| self.text(expr, names, &path));
        (text(&scheme.signing_name), text(&scheme.signing_region))
    }

    /// A condition, after those that make sure of what it reads: a function of something unset gives nothing.
    fn conditions(&mut self, condition: &RuleCondition, names: &mut Names) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for argument in &condition.call.arguments {
            if condition.call.function != "isSet"
                && let Expr::Reference(name) = argument
                && let Some((value, Type::OptionalText)) = names.get(name).cloned()
            {
                conditions.push(bind(name, value, names));
            }
        }
        conditions.extend(self.condition(condition, names));
        if let Some(assign) = &condition.assign {
            let unknown = (Value::Boolean(false), Type::Unknown);
            names.entry(assign.clone()).or_insert(unknown);
        }
        conditions
    }

    fn condition(&mut self, condition: &RuleCondition, names: &mut Names) -> Option<Condition> {
        let call = &condition.call;
        match (call.function.as_str(), call.arguments.as_slice()) {
            ("isSet", [value]) => {
                let (set, ty) = self.value(value, names, &call.path)?;
                match (ty, value) {
                    (Type::OptionalText, Expr::Reference(name)) => Some(bind(name, set, names)),
                    // Anything else is set: the condition holds.
                    _ => None,
                }
            }
            ("not", [Expr::Call(inner)]) if inner.function == "isSet" => {
                let [value] = inner.arguments.as_slice() else {
                    return self.wrong_arguments(inner);
                };
                let (value, ty) = self.value(value, names, &inner.path)?;
                Some(if ty == Type::OptionalText {
                    Condition::IsNone(value)
                } else {
                    Condition::Holds(Value::Boolean(false))
                })
            }
            ("aws.partition", [region]) => {
                let (region, _) = self.typed(region, Type::Text, names, &call.path)?;
                let local = condition.assign.as_ref().map(|assign| {
                    let local = local(assign, names);
                    names.insert(
                        assign.clone(),
                        (Value::Local(local.clone()), Type::Partition),
                    );
                    local
                });
                Some(Condition::Partition { local, region })
            }
            _ => {
                let (value, ty) = self.call(call, names)?;
                if let Some(assign) = &condition.assign {
                    names.insert(assign.clone(), (value.clone(), ty));
                }
                // Text that is there holds, as any value does that is neither unset nor false.
                (ty == Type::Boolean).then_some(Condition::Holds(value))
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
                _ => self.wrong_arguments(call),
            },
            (known, _) if KNOWN.contains(&known) => self.wrong_arguments(call),
            (other, _) => {
                let near = nearest(other, KNOWN.iter().copied());
                self.problem(&call.path, format!("expected a call of a function that the generator can do ({}), found `{other}`{near}", KNOWN.join(", ")));
                None
            }
        }
    }

    /// A function that is known, called in a way that is not.
    fn wrong_arguments<T>(&mut self, call: &Call) -> Option<T> {
        let wanted = match call.function.as_str() {
            "isSet" => "one value, as a condition or in a `not` that is one",
            "not" => "one value that is true or false",
            "aws.partition" => "one region, as a condition",
            "getAttr" => "a reference and the name of a part",
            _ => "two values",
        };
        self.problem(
            &call.path,
            format!(
                "expected `{}` of {wanted}, found another use of it",
                call.function
            ),
        );
        None
    }

    fn attribute(
        &mut self,
        name: &str,
        path: &str,
        names: &Names,
        at: &str,
    ) -> Option<(Value, Type)> {
        let found = match names.get(name) {
            Some((_, Type::Unknown)) => return None,
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
                if found.is_none() {
                    let near = nearest(name, names.keys().map(String::as_str));
                    self.problem(at, format!("expected the name of a parameter or of an assigned result, found `{name}`{near}"));
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

/// The condition that text is set, from which on it is.
fn bind(name: &str, value: Value, names: &mut Names) -> Condition {
    let local = local(name, names);
    names.insert(name.to_owned(), (Value::Local(local.clone()), Type::Text));
    Condition::Some { local, value }
}

/// What a name of the rules is called in the function, apart from all others.
fn local(name: &str, names: &Names) -> String {
    let mut local = names::field_name(name).trim_start_matches("r#").to_owned();
    // Parts of a partition are bound to their own names where a text is put together.
    let is_part = PARTITION.iter().any(|(_, field, _)| *field == local);
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
