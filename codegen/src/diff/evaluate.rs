//! Evaluates endpoint rules for every combination of settings and inputs that they read.
//!
//! A value is undefined until a rule reads it: then both answers are tried. So values that no rule reads do not
//! multiply the combinations, and every value that is read is tried both ways. A region, an input and the parts of a
//! partition are kept as names (`{region}`) unless a rule compares them with a text, so that the outcomes of two rule
//! sets can be compared as texts.

mod question;

use crate::rust::{Condition, Statement, Text, TextPiece, Value};
use question::{Known, Question};
use std::collections::BTreeMap;

/// The number of combinations after which no more are tried.
const MOST: usize = 4096;

/// The result for a combination of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Whether it is an address.
    pub(super) is_address: bool,
    /// The address and how requests to it are signed, or the error.
    pub(super) result: String,
}

/// Two different outcomes for the same settings.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) before: Outcome,
    pub(super) after: Outcome,
    /// Those of the settings in common that make a difference: "region unset, FIPS on".
    pub(super) settings: String,
}

/// The differences between two rule sets.
#[derive(Debug)]
pub(super) struct Differences {
    /// Each pair of outcomes once.
    pub(super) found: Vec<Difference>,
    /// The number of combinations that were tried.
    pub(super) tried: usize,
    /// Whether these are all combinations.
    pub(super) all: bool,
}

/// Evaluates both rule sets for each combination that at least one of them distinguishes.
pub(super) fn differences(before: &[Statement], after: &[Statement]) -> Differences {
    let mut all: Vec<Known> = Vec::new();
    let mut found: Vec<(Outcome, Outcome, Vec<Known>)> = Vec::new();
    let mut open = vec![Known::default()];
    while all.len() < MOST
        && let Some(known) = open.pop()
    {
        let (was, is) = match (outcome(before, &known), outcome(after, &known)) {
            (Ok(was), Ok(is)) => (was, is),
            (Err(question), _) | (_, Err(question)) => {
                open.extend([false, true].map(|answer| known.with(&question, answer)));
                continue;
            }
        };
        all.push(known.clone());
        if was == is {
            continue;
        }
        match found
            .iter_mut()
            .find(|found| (&found.0, &found.1) == (&was, &is))
        {
            Some(found) => found.2.push(known),
            None => found.push((was, is, vec![known])),
        }
    }
    let found = found.into_iter().map(|(before, after, some)| Difference {
        before,
        after,
        settings: in_common(&some, &all),
    });
    Differences {
        found: found.collect(),
        tried: all.len(),
        all: open.is_empty(),
    }
}

/// The settings that are the same in all of `some`, but not in all of `all`.
fn in_common(some: &[Known], all: &[Known]) -> String {
    let words = some.first().map(Known::shown).unwrap_or_default();
    let common: Vec<String> = words
        .into_iter()
        .filter(|word| {
            let says = |known: &Known| known.shown().contains(word);
            some.iter().all(says) && !all.iter().all(says)
        })
        .collect();
    if common.is_empty() {
        "some settings".to_owned()
    } else {
        common.join(", ")
    }
}

fn outcome(statements: &[Statement], known: &Known) -> Result<Outcome, Question> {
    let rules = Rules { known };
    let found = rules.block(statements, &Locals::new())?;
    let (is_address, result) = found.unwrap_or((false, "error: no rule matches".to_owned()));
    Ok(Outcome { is_address, result })
}

/// The result of evaluating a value.
#[derive(Clone, PartialEq)]
enum Found {
    Unset,
    Boolean(bool),
    /// A text; the unknown parts of it are names in braces.
    Text(String),
    /// A value with parts, by its name.
    Whole(String),
}

impl Found {
    fn name(&self) -> String {
        match self {
            Found::Unset => "nothing".to_owned(),
            Found::Boolean(value) => value.to_string(),
            Found::Text(text) => text.clone(),
            Found::Whole(name) => format!("{{{name}}}"),
        }
    }
}

type Locals = BTreeMap<String, Found>;

/// Rules, with what is known about the values that they read.
struct Rules<'k> {
    known: &'k Known,
}

impl Rules<'_> {
    /// The recursion is as deep as the nesting of the rules, which their reader bounds.
    fn block(
        &self,
        statements: &[Statement],
        locals: &Locals,
    ) -> Result<Option<(bool, String)>, Question> {
        for statement in statements {
            match statement {
                Statement::When { conditions, then } => {
                    let mut locals = locals.clone();
                    let mut all = true;
                    for condition in conditions {
                        all = self.holds(condition, &mut locals)?;
                        if !all {
                            break;
                        }
                    }
                    if all && let Some(found) = self.block(then, &locals)? {
                        return Ok(Some(found));
                    }
                }
                Statement::Endpoint {
                    url,
                    signing_name,
                    signing_region,
                    only_auth,
                    headers,
                } => {
                    let mut result = self.text(url, locals)?;
                    for (what, text) in [("name", signing_name), ("region", signing_region)] {
                        if let Some(text) = text {
                            let text = self.text(text, locals)?;
                            result.push_str(&format!(", signing {what} {text}"));
                        }
                    }
                    if let Some(scheme) = only_auth {
                        result.push_str(&format!(", signed with {scheme} only"));
                    }
                    for (name, values) in headers {
                        for value in values {
                            let value = self.text(value, locals)?;
                            result.push_str(&format!(", header {name}: {value}"));
                        }
                    }
                    return Ok(Some((true, result)));
                }
                Statement::Error(message) => {
                    let message = self.text(message, locals)?;
                    return Ok(Some((false, format!("error: {message}"))));
                }
            }
        }
        Ok(None)
    }

    fn holds(&self, condition: &Condition, locals: &mut Locals) -> Result<bool, Question> {
        Ok(match condition {
            Condition::Some { local, value } => {
                let value = self.value(value, locals)?;
                let set = value != Found::Unset;
                locals.insert(local.clone(), value);
                set
            }
            Condition::IsSome(value) => self.value(value, locals)? != Found::Unset,
            Condition::IsNone(value) => self.value(value, locals)? == Found::Unset,
            // Every region has a partition.
            Condition::Partition { local, region } => match self.value(region, locals)? {
                Found::Unset => false,
                region => {
                    if let Some(local) = local {
                        let partition = question::partition(&region.name());
                        locals.insert(local.clone(), Found::Whole(partition));
                    }
                    true
                }
            },
            Condition::Holds(value) => self.value(value, locals)? == Found::Boolean(true),
        })
    }

    fn value(&self, value: &Value, locals: &Locals) -> Result<Found, Question> {
        Ok(match value {
            Value::Boolean(value) => Found::Boolean(*value),
            Value::Number(number) => Found::Text(number.to_string()),
            Value::Call {
                of,
                function,
                arguments,
            } => self.call(of.as_deref(), function, arguments, locals)?,
            Value::Parameter(name) => match name.as_str() {
                // Values that cannot be filled in.
                "" => Found::Unset,
                "use_fips" | "use_dual_stack" => Found::Boolean(self.known.flag(name)?),
                _ => self.optional(name)?,
            },
            Value::Local(name) => locals.get(name).cloned().unwrap_or(Found::Unset),
            Value::Field(of, name) => {
                let of = self.value(of, locals)?;
                let part = question::part(&of.name(), name);
                match name.as_str() {
                    "supports_fips" | "supports_dual_stack" | "is_ip" => {
                        Found::Boolean(self.known.flag(&part)?)
                    }
                    _ => Found::Text(self.known.text(&part)),
                }
            }
            Value::Not(value) => match self.value(value, locals)? {
                Found::Boolean(value) => Found::Boolean(!value),
                _ => Found::Unset,
            },
            Value::Equal(left, right) => {
                let (left, right) = (self.value(left, locals)?, self.value(right, locals)?);
                Found::Boolean(match (&left, &right) {
                    (Found::Text(left), Found::Text(right)) => self.known.equal(left, right)?,
                    _ => left == right,
                })
            }
            Value::Text(text) => Found::Text(self.text(text, locals)?),
        })
    }

    /// A parameter of the operation, or the result of a function.
    fn call(
        &self,
        of: Option<&Value>,
        function: &str,
        arguments: &[Value],
        locals: &Locals,
    ) -> Result<Found, Question> {
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.value(argument, locals)?);
        }
        let first = values.first().map(Found::name).unwrap_or_default();
        let of = match of {
            Some(Value::Local(name)) if name == "params" => {
                return Ok(match function {
                    "flag" if self.known.set(&first)? => Found::Boolean(self.known.flag(&first)?),
                    "flag" => Found::Unset,
                    "list" if self.known.set(&first)? => Found::Whole(first),
                    "list" => Found::Unset,
                    _ => self.optional(&first)?,
                });
            }
            Some(of) => Some(self.value(of, locals)?),
            None => None,
        };
        let names: Vec<String> = of.iter().chain(&values).map(Found::name).collect();
        let name = format!("{function}({})", names.join(", "));
        Ok(match (function, of) {
            ("unwrap_or", Some(Found::Unset)) => Found::Text(first),
            ("unwrap_or", Some(of)) => of,
            ("is_valid_host_label", _) => match question::is_host_label(&names) {
                Some(is) => Found::Boolean(is),
                None => Found::Boolean(self.known.flag(&name)?),
            },
            ("parse_arn" | "parse_url", _) if self.known.set(&name)? => Found::Whole(name),
            ("parse_arn" | "parse_url", _) => Found::Unset,
            _ => self.optional(&name)?,
        })
    }

    /// A text that may be unset.
    fn optional(&self, name: &str) -> Result<Found, Question> {
        Ok(if self.known.set(name)? {
            Found::Text(self.known.text(name))
        } else {
            Found::Unset
        })
    }

    fn text(&self, text: &Text, locals: &Locals) -> Result<String, Question> {
        let mut whole = String::new();
        for piece in &text.0 {
            match piece {
                TextPiece::Literal(literal) => whole.push_str(literal),
                TextPiece::Value(value) => match self.value(value, locals)? {
                    Found::Unset => {}
                    found => whole.push_str(&found.name()),
                },
            }
        }
        Ok(whole)
    }
}
