//! The endpoint rule language: the rules of a model for the address of a request, as a tree.
//!
//! Source: the Smithy rules engine specification, version 1.0 of rule sets. Both model formats contain the same JSON.

mod sendable;
mod template;

use crate::json::Node;
use crate::model::is_default;
use crate::place::Reporter;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Parameters and rules; rules are tried in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleSet {
    /// The file of the rules.
    #[serde(skip)]
    pub file: String,
    /// Parameters by name.
    pub parameters: IndexMap<String, Parameter>,
    /// The first rule whose conditions are all true decides.
    pub rules: Vec<Rule>,
}

/// One input of a rule set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// The source of its value: `AWS::Region`, …
    #[serde(default, skip_serializing_if = "is_default")]
    pub built_in: Option<String>,
    /// Whether it is a boolean rather than text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub boolean: bool,
    /// Whether it is a list of texts rather than text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub list: bool,
    /// The text that is used if it is unset.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<String>,
    /// Whether it must be set.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
}

/// Conditions and their result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// All of them must be true.
    #[serde(default, skip_serializing_if = "is_default")]
    pub conditions: Vec<Condition>,
    /// The result.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The place of the rule, for messages.
    #[serde(skip)]
    pub path: String,
}

/// The result of a rule whose conditions are true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The address.
    Endpoint {
        /// Its URL.
        url: Expr,
        /// How requests to it are authenticated, in order of preference; empty for the service's default.
        #[serde(default, skip_serializing_if = "is_default")]
        auth_schemes: Vec<AuthScheme>,
        /// Headers of each request to it, with their values.
        #[serde(default, skip_serializing_if = "is_default")]
        headers: IndexMap<String, Vec<Expr>>,
    },
    /// No address, and the reason.
    Error(Expr),
    /// More rules, one of which must decide.
    Tree(Vec<Rule>),
}

/// An authentication scheme for requests to an endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthScheme {
    /// Its name: `sigv4`, `sigv4a`, …
    pub name: String,
    /// The service's name in the signature, if it is not the usual one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub signing_name: Option<Expr>,
    /// The region in the signature, if it is not the client's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub signing_region: Option<Expr>,
    /// The regions in the signature, of a scheme that signs for several: their names with commas between them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub signing_region_set: Option<Expr>,
}

/// A call whose result must be neither false nor empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The call.
    pub call: Call,
    /// The name of its result in what follows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub assign: Option<String>,
}

/// A function of the rule language and its arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The function's name: `isSet`, `aws.partition`, …
    pub function: String,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// The place of the call, for messages.
    #[serde(skip)]
    pub path: String,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Expr {
    /// Text with holes: `https://{Region}.{PartitionResult#dnsSuffix}`.
    Text(Vec<Piece>),
    /// A boolean.
    Boolean(bool),
    /// A position in a text.
    Number(usize),
    /// A parameter or an assigned result.
    Reference(String),
    /// The result of a call.
    Call(Call),
}

/// A piece of a text with holes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Piece {
    /// Literal text.
    Literal(String),
    /// `{Name}` or `{Name#path.to.it}`.
    Hole {
        /// The parameter or assigned result.
        name: String,
        /// The path to a part of it.
        #[serde(default, skip_serializing_if = "is_default")]
        path: Option<String>,
    },
}

/// The deepest nesting of rule sets; real ones have about twenty levels.
const DEEPEST: usize = 48;

pub(crate) fn read(file: &crate::JsonFile, reporter: &Reporter) -> RuleSet {
    let root = file.root(reporter);
    let mut set = RuleSet {
        file: file.path.clone(),
        parameters: IndexMap::new(),
        rules: Vec::new(),
    };
    for (key, node) in root.entries() {
        match key {
            "parameters" => {
                for (name, node) in node.entries() {
                    set.parameters.insert(name.to_owned(), parameter(&node));
                }
            }
            "rules" => set.rules = rules(&node, 0),
            _ => node.account(
                &[(
                    "version",
                    "1.0 and 1.1 differ in functions, which are checked one by one",
                )],
                &["parameters", "rules"],
            ),
        }
    }
    set
}

fn parameter(node: &Node<'_, '_>) -> Parameter {
    const IGNORED: &[(&str, &str)] = &[
        ("documentation", "the parameter is not in the crate's API"),
        ("deprecated", "the parameter is not in the crate's API"),
    ];
    let mut parameter = Parameter {
        built_in: None,
        boolean: false,
        list: false,
        default: None,
        required: false,
    };
    let has_default = node.get("default").is_some();
    for (key, node) in node.entries() {
        match key {
            // A parameter with a default is never missing.
            "required" => parameter.required = node.flag() && !has_default,
            "builtIn" => parameter.built_in = Some(node.string()),
            "type" => match node.value().as_str().map(str::to_lowercase).as_deref() {
                Some("boolean") => parameter.boolean = true,
                Some("stringarray") => parameter.list = true,
                Some("string") => {}
                _ => node.expected("`string`, `boolean` or `stringArray`"),
            },
            // An unset parameter is false as well.
            "default" if node.value().as_bool() == Some(false) => {}
            "default" if node.value().is_string() => {
                parameter.default = Some(node.string());
            }
            "default" => node.expected("no default but false or text"),
            _ => node.account(IGNORED, &["builtIn", "type", "default"]),
        }
    }
    parameter
}

fn rules(node: &Node<'_, '_>, depth: usize) -> Vec<Rule> {
    if depth > DEEPEST {
        node.problem(format!(
            "expected rules nested at most {DEEPEST} deep, found some that go deeper"
        ));
        return Vec::new();
    }
    node.items().filter_map(|node| rule(&node, depth)).collect()
}

fn rule(node: &Node<'_, '_>, depth: usize) -> Option<Rule> {
    let mut conditions = Vec::new();
    let mut outcome = None;
    for (key, node) in node.entries() {
        match key {
            "conditions" => {
                conditions = node.items().filter_map(|node| condition(&node)).collect();
            }
            "endpoint" => outcome = endpoint(&node),
            "error" => outcome = expr(&node, 0).map(Outcome::Error),
            "rules" => outcome = Some(Outcome::Tree(rules(&node, depth + 1))),
            _ => node.account(
                &[
                    ("type", "follows from the other keys"),
                    ("documentation", "for the rules' author"),
                ],
                &["conditions", "endpoint", "error", "rules"],
            ),
        }
    }
    let outcomes = ["endpoint", "error", "rules"];
    if node.value().is_object() && outcomes.iter().all(|key| node.get(key).is_none()) {
        node.problem("expected a rule with an endpoint, an error or more rules, found none");
    }
    Some(Rule {
        conditions,
        outcome: outcome?,
        path: node.path(),
    })
}

fn endpoint(node: &Node<'_, '_>) -> Option<Outcome> {
    let mut url = None;
    let mut auth_schemes = Vec::new();
    let mut headers = IndexMap::new();
    for (key, node) in node.entries() {
        match key {
            "url" => {
                url = expr(&node, 0);
                sendable::url(&node, url.as_ref());
            }
            "properties" => {
                for (key, node) in node.entries() {
                    match key {
                        "authSchemes" => {
                            auth_schemes = node.items().map(|node| auth_scheme(&node)).collect();
                        }
                        _ => node.account(
                            &[
                                ("backend", "a name for S3's own clients"),
                                ("metricValues", "counted by other clients"),
                            ],
                            &["authSchemes"],
                        ),
                    }
                }
            }
            "headers" => {
                for (name, node) in node.entries() {
                    sendable::header_name(&node, name);
                    let values = node.items().filter_map(|node| {
                        let value = expr(&node, 0);
                        sendable::header_value(&node, value.as_ref());
                        value
                    });
                    headers.insert(name.to_owned(), values.collect());
                }
            }
            _ => node.account(&[], &["url", "properties", "headers"]),
        }
    }
    if node.value().is_object() && node.get("url").is_none() {
        node.problem("expected an endpoint with `url`, found none");
    }
    Some(Outcome::Endpoint {
        url: url?,
        auth_schemes,
        headers,
    })
}

fn auth_scheme(node: &Node<'_, '_>) -> AuthScheme {
    let mut scheme = AuthScheme {
        name: String::new(),
        signing_name: None,
        signing_region: None,
        signing_region_set: None,
    };
    for (key, node) in node.entries() {
        match key {
            "name" => scheme.name = node.string(),
            "signingName" => {
                scheme.signing_name = expr(&node, 0);
                sendable::scope(&node, scheme.signing_name.as_ref());
            }
            "signingRegion" => {
                scheme.signing_region = expr(&node, 0);
                sendable::scope(&node, scheme.signing_region.as_ref());
            }
            "signingRegionSet" => scheme.signing_region_set = region_set(&node),
            _ => node.account(
                &[(
                    "disableDoubleEncoding",
                    "follows from the name in the signature, by which the runtime encodes paths",
                )],
                &["name", "signingName", "signingRegion", "signingRegionSet"],
            ),
        }
    }
    scheme
}

/// The regions of a set, each a text or `*`, as one text with commas between them.
fn region_set(node: &Node<'_, '_>) -> Option<Expr> {
    let mut set = Vec::new();
    for node in node.items() {
        match expr(&node, 0) {
            Some(Expr::Text(pieces)) => {
                sendable::region_of_set(&node, &pieces);
                if !set.is_empty() {
                    set.push(Piece::Literal(",".to_owned()));
                }
                set.extend(pieces);
            }
            Some(_) => node.expected("the name of a region"),
            None => {}
        }
    }
    (!set.is_empty()).then_some(Expr::Text(set))
}

fn condition(node: &Node<'_, '_>) -> Option<Condition> {
    let assign = node.get("assign").map(|name| name.string());
    Some(Condition {
        call: call(node, 0)?,
        assign,
    })
}

fn call(node: &Node<'_, '_>, depth: usize) -> Option<Call> {
    let mut function = None;
    let mut arguments = Vec::new();
    for (key, node) in node.entries() {
        match key {
            "fn" => function = Some(node.string()),
            "argv" => {
                arguments = node
                    .items()
                    .filter_map(|node| expr(&node, depth + 1))
                    .collect();
            }
            _ => node.account(
                &[("assign", "read with the condition")],
                &["fn", "argv", "assign"],
            ),
        }
    }
    if node.value().is_object() && function.is_none() {
        node.problem("expected a function call with `fn` and `argv`, found none");
    }
    Some(Call {
        function: function?,
        arguments,
        path: node.path(),
    })
}

fn expr(node: &Node<'_, '_>, depth: usize) -> Option<Expr> {
    if depth > DEEPEST {
        node.problem(format!(
            "expected calls nested at most {DEEPEST} deep, found one that goes deeper"
        ));
        return None;
    }
    match node.value() {
        serde_json::Value::Bool(value) => Some(Expr::Boolean(*value)),
        serde_json::Value::String(text) => Some(Expr::Text(template::pieces(text))),
        // Only functions have numbers as arguments.
        serde_json::Value::Number(number) if depth > 0 && number.is_u64() => {
            let number = number.as_u64().unwrap_or_default();
            Some(Expr::Number(usize::try_from(number).unwrap_or(usize::MAX)))
        }
        serde_json::Value::Object(object) if object.contains_key("ref") => {
            Some(Expr::Reference(node.get("ref")?.string()))
        }
        serde_json::Value::Object(_) => call(node, depth).map(Expr::Call),
        _ => {
            node.expected("text, true, false, a reference or a function call");
            None
        }
    }
}
