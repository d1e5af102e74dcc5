//! Endpoint rules: conditions become typed bindings and tests; a value that can be unset is bound before it is used.

mod call;
mod operation_parameters;
mod usage;
mod value;

use crate::docs::code_span;
use crate::model::Model;
use crate::place::{Place, Reporter};
use crate::rules::{
    AuthScheme, Call, Condition as RuleCondition, Expr, Outcome, Parameter, Rule, RuleSet,
};
use crate::rust::{Condition, Statement, Text, TextPiece, Value};
use indexmap::IndexMap;
use value::{bind, local};

pub(crate) use call::is_of_partition;

/// The parameters that the runtime fills in, by the names of their sources.
const BUILT_INS: &[(&str, &str, Type)] = &[
    ("AWS::Region", "region", Type::OptionalText),
    ("AWS::UseDualStack", "use_dual_stack", Type::Boolean),
    ("AWS::UseFIPS", "use_fips", Type::Boolean),
    ("SDK::Endpoint", "endpoint", Type::OptionalText),
    ("AWS::Auth::AccountId", "account_id", Type::OptionalText),
    (
        "AWS::Auth::AccountIdEndpointMode",
        "account_id_endpoint_mode",
        Type::OptionalText,
    ),
    ("AWS::S3::ForcePathStyle", "force_path_style", Type::Boolean),
    ("AWS::S3::Accelerate", "accelerate", Type::Boolean),
    (
        "AWS::S3::DisableMultiRegionAccessPoints",
        "disable_multi_region_access_points",
        Type::Boolean,
    ),
    (
        "AWS::S3::UseArnRegion",
        "use_arn_region",
        Type::OptionalBoolean,
    ),
    (
        "AWS::S3Control::UseArnRegion",
        "s3_control_use_arn_region",
        Type::OptionalBoolean,
    ),
    (
        "AWS::S3::DisableS3ExpressSessionAuth",
        "disable_s3_express_session_auth",
        Type::OptionalBoolean,
    ),
    (
        "AWS::S3::UseGlobalEndpoint",
        "s3_use_global_endpoint",
        Type::Boolean,
    ),
    (
        "AWS::STS::UseGlobalEndpoint",
        "sts_use_global_endpoint",
        Type::Boolean,
    ),
];

/// The types of values in the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Text,
    Boolean,
    List,
    Partition,
    Arn,
    Url,
    /// A value that may be unset can only be used by a check.
    OptionalText,
    OptionalBoolean,
    OptionalList,
    OptionalArn,
    OptionalUrl,
    /// The result of a call that is a problem already.
    Unknown,
}

impl Type {
    /// The type in words.
    fn named(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Boolean => "true or false",
            Type::List => "a list of texts",
            Type::Partition => "a partition",
            Type::Arn => "an ARN",
            Type::Url => "a URL",
            Type::OptionalText => "text that may be unset, which only `isSet` checks",
            Type::OptionalBoolean | Type::OptionalList | Type::OptionalArn | Type::OptionalUrl => {
                "a value that may be unset, which only `isSet` checks"
            }
            Type::Unknown => "something else",
        }
    }

    /// The type of a value that may be unset once it is known to be set.
    fn set(self) -> Option<Self> {
        Some(match self {
            Type::OptionalText => Type::Text,
            Type::OptionalBoolean => Type::Boolean,
            Type::OptionalList => Type::List,
            Type::OptionalArn => Type::Arn,
            Type::OptionalUrl => Type::Url,
            _ => return None,
        })
    }
}

/// The authentication scheme that the runtime supports.
const SPOKEN: &str = "sigv4";

/// The one with an asymmetric key, for several regions.
const ASYMMETRIC: &str = "sigv4a";

/// The meaning of a name at a place in the rules.
type Names = IndexMap<String, (Value, Type)>;

struct Lowering<'a> {
    file: Place<'a>,
}

/// The function's body. `model` determines the parameters from its operations.
pub(crate) fn lower(model: &Model, rules: &RuleSet, reporter: &Reporter) -> Vec<Statement> {
    let file = reporter.file(&rules.file);
    let given = operation_parameters::of(model);
    let mut names = Names::new();
    for (name, parameter) in &rules.parameters {
        let found = match parameter.built_in.as_deref() {
            Some(source) if given.contains(name.as_str()) => {
                built_in(source, parameter).map(|setting| of_either(name, parameter, setting))
            }
            Some(source) => built_in(source, parameter),
            None if given.contains(name.as_str()) => Ok(of_operation(name, parameter)),
            None => Err("one without a source".to_owned()),
        };
        let found = found.unwrap_or_else(|found| {
            let sources: Vec<_> = BUILT_INS.iter().map(|(source, _, _)| *source).collect();
            file.key("parameters").key(name).problem(format!("expected a parameter that follows from the client's settings ({}) or that an operation gives, found {found}, which the generator cannot fill in yet", sources.join(", ")),
            );
            // A parameter that cannot be filled in is reported once, here, and not wherever it is read.
            let source = parameter.built_in.as_deref();
            let known = BUILT_INS.iter().find(|(name, _, _)| Some(*name) == source);
            let ty = known.map_or_else(|| declared(parameter), |(_, _, ty)| *ty);
            (Value::Parameter(String::new()), ty)
        });
        names.insert(name.clone(), found);
    }
    // Required parameters are checked before any rule.
    let mut given = Vec::new();
    let required = rules.parameters.iter().filter(|(_, it)| it.required);
    for (name, _) in required {
        if let Some((value, ty)) = names.get(name).cloned()
            && let Some(ty) = ty.set()
        {
            given.push((name, bind(name, value, ty, &mut names)));
        }
    }
    let mut statements = Lowering { file }.block(&rules.rules, &names);
    for (name, condition) in given.into_iter().rev() {
        let missing = format!("Invalid Configuration: Missing {name}");
        statements = vec![
            usage::without_unused(vec![condition], statements),
            Statement::Error(Text(vec![TextPiece::Literal(missing)])),
        ];
    }
    statements
}

fn declared(parameter: &Parameter) -> Type {
    match (parameter.boolean, parameter.list) {
        (true, _) => Type::Boolean,
        (_, true) => Type::OptionalList,
        _ => Type::OptionalText,
    }
}

/// The value of a parameter from the client's settings.
fn built_in(source: &str, parameter: &Parameter) -> Result<(Value, Type), String> {
    match BUILT_INS.iter().find(|(name, _, _)| *name == source) {
        // Copied where it is read, unlike texts, which are borrowed.
        Some((_, field, Type::OptionalBoolean)) if parameter.boolean => {
            let params = Value::Local("params".to_owned());
            let value = Value::Field(Box::new(params), (*field).to_owned());
            Ok((value, Type::OptionalBoolean))
        }
        Some((_, field, ty)) if *ty == declared(parameter) => {
            Ok((Value::Parameter((*field).to_owned()), *ty))
        }
        Some(_) => Err(format!("{} of another type", code_span(source))),
        None => Err(code_span(source)),
    }
}

/// The value of a parameter from an operation. A flag that it does not set is unset, which is not the same as false.
fn of_operation(name: &str, parameter: &Parameter) -> (Value, Type) {
    let literal = |text: &str| Value::Text(Text(vec![TextPiece::Literal(text.to_owned())]));
    let (function, ty) = match declared(parameter) {
        Type::Boolean => ("flag", Type::OptionalBoolean),
        Type::OptionalList => ("list", Type::OptionalList),
        _ => ("text", Type::OptionalText),
    };
    let value = Value::Call {
        of: Some(Box::new(Value::Local("params".to_owned()))),
        function,
        arguments: vec![literal(name)],
    };
    let Some(default) = &parameter.default else {
        return (value, ty);
    };
    let value = Value::Call {
        of: Some(Box::new(value)),
        function: "unwrap_or",
        arguments: vec![literal(default)],
    };
    (value, Type::Text)
}

/// What an operation gives, or else the client's settings.
fn of_either(name: &str, parameter: &Parameter, setting: (Value, Type)) -> (Value, Type) {
    let (setting, ty) = setting;
    let (operation, _) = of_operation(name, parameter);
    let (function, setting) = match (ty, setting) {
        (Type::OptionalText, setting) => {
            let text = Value::Call {
                of: Some(Box::new(setting)),
                function: "as_deref",
                arguments: Vec::new(),
            };
            ("or", text)
        }
        (Type::Boolean, setting) => ("unwrap_or", setting),
        (_, setting) => ("or", setting),
    };
    let value = Value::Call {
        of: Some(Box::new(operation)),
        function,
        arguments: vec![setting],
    };
    (value, ty)
}

/// Checks that what a call reads is set, and what the calls in it read; `isSet` asks for itself.
fn bind_arguments(call: &Call, names: &mut Names, conditions: &mut Vec<Condition>) {
    if call.function == "isSet" {
        return;
    }
    for argument in &call.arguments {
        match argument {
            Expr::Call(call) => bind_arguments(call, names, conditions),
            Expr::Reference(name) => {
                if let Some((value, ty)) = names.get(name).cloned()
                    && let Some(ty) = ty.set()
                {
                    conditions.push(bind(name, value, ty, names));
                }
            }
            _ => {}
        }
    }
}

impl Lowering<'_> {
    fn problem(&self, path: &str, message: String) {
        self.file.key(path).problem(message);
    }

    /// Rules, one of which decides. The last statement always does: a block never falls through.
    fn block(&self, rules: &[Rule], names: &Names) -> Vec<Statement> {
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
            "no endpoint rule matches the settings".to_owned(),
        )])));
        statements
    }

    fn outcome(&self, rule: &Rule, names: &Names) -> Vec<Statement> {
        match &rule.outcome {
            Outcome::Tree(rules) => self.block(rules, names),
            Outcome::Error(message) => self
                .text(message, names, &format!("{}.error", rule.path))
                .map(Statement::Error)
                .into_iter()
                .collect(),
            Outcome::Endpoint {
                url,
                auth_schemes,
                headers,
            } => {
                let path = format!("{}.endpoint", rule.path);
                let url = self.text(url, names, &format!("{path}.url"));
                let (signing_name, signing_region) = self.signing(auth_schemes, names, &path);
                let headers = headers.iter().map(|(name, values)| {
                    let path = format!("{path}.headers.{name}");
                    let values = values.iter();
                    let values = values.filter_map(|value| self.text(value, names, &path));
                    (name.clone(), values.collect())
                });
                let headers = headers.collect();
                let spoken = auth_schemes.iter().any(|scheme| scheme.name == SPOKEN);
                url.map(|url| Statement::Endpoint {
                    url,
                    signing_name,
                    signing_region,
                    only_auth: auth_schemes
                        .first()
                        .filter(|_| !spoken)
                        .map(|scheme| scheme.name.clone()),
                    headers,
                })
                .into_iter()
                .collect()
            }
        }
    }

    /// The name and the region in the signature, or the regions. Of several schemes, version 4 is used, or else the first.
    fn signing(
        &self,
        schemes: &[AuthScheme],
        names: &Names,
        path: &str,
    ) -> (Option<Text>, Option<Text>) {
        let path = format!("{path}.properties.authSchemes");
        let spoken = schemes.iter().find(|scheme| scheme.name == SPOKEN);
        let Some(scheme) = spoken.or(schemes.first()) else {
            return (None, None);
        };
        let text =
            |expr: &Option<Expr>| expr.as_ref().and_then(|expr| self.text(expr, names, &path));
        let region = match scheme.name.as_str() {
            ASYMMETRIC => &scheme.signing_region_set,
            _ => &scheme.signing_region,
        };
        (text(&scheme.signing_name), text(region))
    }

    /// A condition, after those that check what it reads: a function of an unset value has no result.
    fn conditions(&self, condition: &RuleCondition, names: &mut Names) -> Vec<Condition> {
        let mut conditions = Vec::new();
        bind_arguments(&condition.call, names, &mut conditions);
        conditions.extend(self.condition(condition, names));
        if let Some(assign) = &condition.assign {
            let unknown = (Value::Boolean(false), Type::Unknown);
            names.entry(assign.clone()).or_insert(unknown);
        }
        conditions
    }

    fn condition(&self, condition: &RuleCondition, names: &mut Names) -> Option<Condition> {
        let call = &condition.call;
        match (call.function.as_str(), call.arguments.as_slice()) {
            ("isSet", [value]) => {
                let (set, ty) = self.value(value, names, &call.path)?;
                match (ty.set(), value) {
                    (Some(ty), Expr::Reference(name)) => Some(bind(name, set, ty, names)),
                    (Some(_), _) => Some(Condition::IsSome(set)),
                    // Everything else is set, so the condition is true.
                    _ => None,
                }
            }
            ("not", [Expr::Call(inner)]) if inner.function == "isSet" => {
                let [value] = inner.arguments.as_slice() else {
                    return self.wrong_arguments(inner);
                };
                let (value, ty) = self.value(value, names, &inner.path)?;
                Some(if ty.set().is_some() {
                    Condition::IsNone(value)
                } else {
                    Condition::Holds(Value::Boolean(false))
                })
            }
            ("aws.partition", [region]) => {
                let (region, _) = self.typed(region, Type::Text, names, &call.path)?;
                let local = condition.assign.as_ref().map(|assign| {
                    // The rules of nearly all services name it `PartitionResult`.
                    let name = assign.strip_suffix("Result").unwrap_or(assign);
                    let local = local(name, names);
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
                if let Some(set) = ty.set() {
                    return Some(match &condition.assign {
                        Some(assign) => bind(assign, value, set, names),
                        None => Condition::IsSome(value),
                    });
                }
                if let Some(assign) = &condition.assign {
                    names.insert(assign.clone(), (value.clone(), ty));
                }
                // A text that is set is true, like any value that is neither unset nor false.
                (ty == Type::Boolean).then_some(Condition::Holds(value))
            }
        }
    }
}
