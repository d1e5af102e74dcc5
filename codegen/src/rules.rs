//! The endpoint rule language: what a model says about the address of a request, as a tree.
//!
//! Source: the Smithy rules engine specification, version 1.0 of rule sets. Both model formats carry the same JSON.

use crate::json::Node;
use crate::problem::Problems;
use indexmap::IndexMap;

/// Parameters and the rules over them, tried in order.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSet {
    /// The file that the rules were read from.
    pub file: String,
    /// Parameters by name.
    pub parameters: IndexMap<String, Parameter>,
    /// The first rule whose conditions hold decides.
    pub rules: Vec<Rule>,
}

/// One input of a rule set.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where its value comes from: `AWS::Region`, …
    pub built_in: Option<String>,
    /// true or false rather than text.
    pub boolean: bool,
}

/// Conditions and what follows from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// All of them must hold.
    pub conditions: Vec<Condition>,
    /// What follows.
    pub outcome: Outcome,
}

/// What follows when a rule's conditions hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The address.
    Endpoint {
        /// Its URL.
        url: Expr,
        /// Properties that change how the request is signed, as the model has them.
        properties: serde_json::Value,
    },
    /// No address, and why.
    Error(Expr),
    /// More rules, one of which must decide.
    Tree(Vec<Rule>),
}

/// A call that must give something that is neither false nor nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The call.
    pub call: Call,
    /// The name that its result gets in what follows.
    pub assign: Option<String>,
}

/// A function of the rule language and its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function's name: `isSet`, `aws.partition`, …
    pub function: String,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Where it stands, for messages.
    pub path: String,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Text with holes: `https://{Region}.{PartitionResult#dnsSuffix}`.
    Text(Vec<Piece>),
    /// true or false.
    Boolean(bool),
    /// A parameter or an assigned result.
    Reference(String),
    /// The result of a call.
    Call(Call),
}

/// A piece of a text with holes.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// As it stands.
    Literal(String),
    /// `{Name}` or `{Name#path.to.it}`.
    Hole {
        /// The parameter or assigned result.
        name: String,
        /// The way to a part of it.
        path: Option<String>,
    },
}

/// Rule sets nest; the real ones go some twenty deep. Past this it is not a rule set.
const DEEPEST: usize = 64;

pub(crate) fn read(file: &crate::JsonFile, problems: &mut Problems) -> RuleSet {
    let root = file.root();
    let mut set = RuleSet {
        file: file.path.clone(),
        parameters: IndexMap::new(),
        rules: Vec::new(),
    };
    for (key, node) in root.entries(problems) {
        match key {
            "parameters" => {
                for (name, node) in node.entries(problems) {
                    set.parameters
                        .insert(name.to_owned(), parameter(&node, problems));
                }
            }
            "rules" => set.rules = rules(&node, problems, 0),
            _ => node.account(
                problems,
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

fn parameter(node: &Node<'_, '_>, problems: &mut Problems) -> Parameter {
    const IGNORED: &[(&str, &str)] = &[
        (
            "required",
            "a missing value fails in the rules themselves, with their own words",
        ),
        (
            "default",
            "the only defaults are false, which is also the parameter's value when unset",
        ),
        (
            "documentation",
            "the parameter is not part of the crate's API",
        ),
        ("deprecated", "the parameter is not part of the crate's API"),
    ];
    let mut parameter = Parameter {
        built_in: None,
        boolean: false,
    };
    for (key, node) in node.entries(problems) {
        match key {
            "builtIn" => parameter.built_in = Some(node.string(problems)),
            "type" => {
                parameter.boolean = node
                    .text(problems)
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("boolean"))
            }
            _ => node.account(problems, IGNORED, &["builtIn", "type"]),
        }
    }
    parameter
}

fn rules(node: &Node<'_, '_>, problems: &mut Problems, depth: usize) -> Vec<Rule> {
    if depth > DEEPEST {
        node.expected(problems, &format!("rules nested at most {DEEPEST} deep"));
        return Vec::new();
    }
    let items: Vec<_> = node.items(problems).collect();
    items
        .iter()
        .filter_map(|node| rule(node, problems, depth))
        .collect()
}

fn rule(node: &Node<'_, '_>, problems: &mut Problems, depth: usize) -> Option<Rule> {
    let mut conditions = Vec::new();
    let mut outcome = None;
    for (key, node) in node.entries(problems) {
        match key {
            "conditions" => {
                let items: Vec<_> = node.items(problems).collect();
                conditions = items
                    .iter()
                    .filter_map(|node| condition(node, problems))
                    .collect();
            }
            "endpoint" => outcome = endpoint(&node, problems),
            "error" => outcome = expr(&node, problems, 0).map(Outcome::Error),
            "rules" => outcome = Some(Outcome::Tree(rules(&node, problems, depth + 1))),
            _ => node.account(
                problems,
                &[
                    ("type", "follows from the other keys"),
                    ("documentation", "for the rules' author"),
                ],
                &["conditions", "endpoint", "error", "rules"],
            ),
        }
    }
    if outcome.is_none() {
        node.expected(problems, "a rule with an endpoint, an error or more rules");
    }
    Some(Rule {
        conditions,
        outcome: outcome?,
    })
}

fn endpoint(node: &Node<'_, '_>, problems: &mut Problems) -> Option<Outcome> {
    let mut url = None;
    let mut properties = serde_json::Value::Null;
    for (key, node) in node.entries(problems) {
        match key {
            "url" => url = expr(&node, problems, 0),
            "properties" => properties = node.value().clone(),
            "headers" => {
                if node.entries(problems).next().is_some() {
                    node.expected(problems, "no headers (the generator cannot send them yet)");
                }
            }
            _ => node.account(problems, &[], &["url", "properties", "headers"]),
        }
    }
    Some(Outcome::Endpoint {
        url: url?,
        properties,
    })
}

fn condition(node: &Node<'_, '_>, problems: &mut Problems) -> Option<Condition> {
    let assign = node.get("assign").map(|name| name.string(problems));
    Some(Condition {
        call: call(node, problems, 0)?,
        assign,
    })
}

fn call(node: &Node<'_, '_>, problems: &mut Problems, depth: usize) -> Option<Call> {
    let mut function = None;
    let mut arguments = Vec::new();
    for (key, node) in node.entries(problems) {
        match key {
            "fn" => function = Some(node.string(problems)),
            "argv" => {
                let items: Vec<_> = node.items(problems).collect();
                arguments = items
                    .iter()
                    .filter_map(|node| expr(node, problems, depth + 1))
                    .collect();
            }
            _ => node.account(
                problems,
                &[("assign", "read with the condition")],
                &["fn", "argv", "assign"],
            ),
        }
    }
    if function.is_none() {
        node.expected(problems, "a function call with `fn` and `argv`");
    }
    Some(Call {
        function: function?,
        arguments,
        path: node.path(),
    })
}

fn expr(node: &Node<'_, '_>, problems: &mut Problems, depth: usize) -> Option<Expr> {
    if depth > DEEPEST {
        node.expected(
            problems,
            &format!("an expression nested at most {DEEPEST} deep"),
        );
        return None;
    }
    match node.value() {
        serde_json::Value::Bool(value) => Some(Expr::Boolean(*value)),
        serde_json::Value::String(text) => Some(Expr::Text(pieces(text))),
        serde_json::Value::Object(object) if object.contains_key("ref") => {
            Some(Expr::Reference(node.get("ref")?.string(problems)))
        }
        serde_json::Value::Object(_) => call(node, problems, depth).map(Expr::Call),
        _ => {
            node.expected(
                problems,
                "text, true, false, a reference or a function call",
            );
            None
        }
    }
}

/// Splits text at its holes; `{{` and `}}` stand for braces.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        literal.push_str(before);
        let doubled = from.starts_with("{{") || from.starts_with("}}");
        match from
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        {
            Some((hole, after)) if !doubled => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                let (name, path) = hole
                    .split_once('#')
                    .map_or((hole, None), |(name, path)| (name, Some(path.to_owned())));
                pieces.push(Piece::Hole {
                    name: name.to_owned(),
                    path,
                });
                rest = after;
            }
            _ => {
                let mut chars = from.chars();
                literal.extend(chars.next());
                rest = chars.as_str();
                if doubled {
                    rest = rest.get(1..).unwrap_or_default();
                }
            }
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    pieces
}
