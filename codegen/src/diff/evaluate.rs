//! Endpoint rules, worked out for every combination of settings that they can tell apart.
//!
//! A region and the parts of its partition stay names (`{region}`), apart from the values that the rules compare with:
//! so the outcomes of two rule sets can be compared whole, without a table of partitions.

use crate::rust::{Condition, Statement, Text, TextPiece, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a combination of settings leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// It leads to an address.
    pub(super) is_address: bool,
    /// The address and how requests to it are signed, or the error.
    pub(super) result: String,
}

/// Two outcomes of the same settings that differ.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) before: Outcome,
    pub(super) after: Outcome,
    /// The settings that they have in common, of those that make a difference: "region unset, FIPS on".
    pub(super) settings: String,
}

/// The differences, each pair of outcomes once, and how many combinations of settings were tried.
pub(super) fn differences(before: &[Statement], after: &[Statement]) -> (Vec<Difference>, usize) {
    let mut literals = BTreeSet::new();
    compared(before, &mut literals);
    compared(after, &mut literals);
    let all = combinations(&literals);
    let mut found: Vec<(Outcome, Outcome, Vec<&Settings>)> = Vec::new();
    for settings in &all {
        let (was, is) = (settings.outcome(before), settings.outcome(after));
        if was == is {
            continue;
        }
        match found
            .iter_mut()
            .find(|known| (&known.0, &known.1) == (&was, &is))
        {
            Some(known) => known.2.push(settings),
            None => found.push((was, is, vec![settings])),
        }
    }
    let differences = found
        .into_iter()
        .map(|(before, after, settings)| Difference {
            before,
            after,
            settings: in_common(&settings, &all),
        });
    (differences.collect(), all.len())
}

/// The settings that are the same in all of `some`, and not in all there are.
fn in_common(some: &[&Settings], all: &[Settings]) -> String {
    let first = some.first().map(|settings| settings.shown());
    let common = first
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(index, words)| {
            let says = |settings: &Settings| settings.shown().get(*index) == Some(words);
            some.iter().all(|settings| says(settings)) && !all.iter().all(says)
        });
    let common: Vec<String> = common.map(|(_, words)| words).collect();
    if common.is_empty() {
        "some settings".to_owned()
    } else {
        common.join(", ")
    }
}

/// Texts that the rules compare with: each is a region, or the name of a partition.
fn compared(statements: &[Statement], literals: &mut BTreeSet<String>) {
    for statement in statements {
        if let Statement::When { conditions, then } = statement {
            for condition in conditions {
                if let Condition::Holds(value) = condition {
                    literals_of(value, literals);
                }
            }
            compared(then, literals);
        }
    }
}

fn literals_of(value: &Value, literals: &mut BTreeSet<String>) {
    match value {
        Value::Not(value) => literals_of(value, literals),
        Value::Equal(left, right) => {
            for side in [left, right] {
                match &**side {
                    Value::Text(Text(pieces)) => {
                        if let [TextPiece::Literal(literal)] = pieces.as_slice() {
                            literals.insert(literal.clone());
                        }
                    }
                    other => literals_of(other, literals),
                }
            }
        }
        _ => {}
    }
}

/// One combination.
struct Settings {
    region: Option<String>,
    endpoint: Option<String>,
    use_fips: bool,
    use_dual_stack: bool,
    partition: String,
    supports_fips: bool,
    supports_dual_stack: bool,
}

fn combinations(literals: &BTreeSet<String>) -> Vec<Settings> {
    let values = |other: &str| {
        let literals = literals.iter().cloned();
        std::iter::once(other.to_owned())
            .chain(literals)
            .collect::<Vec<_>>()
    };
    let region = |literal: &str| literals.contains(literal).then(|| literal.to_owned());
    let mut regions: Vec<Option<String>> = values("{region}").into_iter().map(Some).collect();
    regions.push(None);
    let mut all = Vec::new();
    for region_value in &regions {
        // A region that is a literal of the rules has a partition of its own, whatever the other literals are.
        let partitions = match region_value.as_deref().and_then(region) {
            Some(_) => vec!["{partition}".to_owned()],
            None => values("{partition}"),
        };
        for partition in &partitions {
            for bits in 0..32_u8 {
                let bit = |index: u8| bits & (1 << index) != 0;
                all.push(Settings {
                    region: region_value.clone(),
                    endpoint: bit(0).then(|| "{endpoint}".to_owned()),
                    use_fips: bit(1),
                    use_dual_stack: bit(2),
                    partition: partition.clone(),
                    supports_fips: bit(3),
                    supports_dual_stack: bit(4),
                });
            }
        }
    }
    all
}

/// What a value comes to.
#[derive(Clone, PartialEq)]
enum Known {
    Unset,
    Boolean(bool),
    Text(String),
    Partition,
}

type Locals = BTreeMap<String, Known>;

impl Settings {
    fn outcome(&self, statements: &[Statement]) -> Outcome {
        let found = self.block(statements, &Locals::new());
        let (is_address, result) = found.unwrap_or((false, "error: no rule fits".to_owned()));
        Outcome { is_address, result }
    }

    /// Each setting in words.
    fn shown(&self) -> Vec<String> {
        let on = |on: bool| if on { "on" } else { "off" };
        let set = |value: &Option<String>| if value.is_some() { "set" } else { "unset" };
        let with = |supported: bool| if supported { "with" } else { "without" };
        let region = match self.region.as_deref() {
            Some(region) if !region.starts_with('{') => region,
            _ => set(&self.region),
        };
        vec![
            format!("region {region}"),
            format!("endpoint {}", set(&self.endpoint)),
            format!("FIPS {}", on(self.use_fips)),
            format!("dual stack {}", on(self.use_dual_stack)),
            if self.partition.starts_with('{') {
                "any other partition".to_owned()
            } else {
                format!("partition {}", self.partition)
            },
            format!("a partition {} FIPS", with(self.supports_fips)),
            format!("a partition {} dual stack", with(self.supports_dual_stack)),
        ]
    }

    /// As deep as the rules nest, which their reader bounds.
    fn block(&self, statements: &[Statement], locals: &Locals) -> Option<(bool, String)> {
        for statement in statements {
            match statement {
                Statement::When { conditions, then } => {
                    let mut locals = locals.clone();
                    if conditions
                        .iter()
                        .all(|condition| self.holds(condition, &mut locals))
                    {
                        let found = self.block(then, &locals);
                        if found.is_some() {
                            return found;
                        }
                    }
                }
                Statement::Endpoint {
                    url,
                    signing_name,
                    signing_region,
                    only_auth,
                    headers,
                } => {
                    let mut result = self.text(url, locals);
                    for (what, text) in [("name", signing_name), ("region", signing_region)] {
                        if let Some(text) = text {
                            result
                                .push_str(&format!(", signing {what} {}", self.text(text, locals)));
                        }
                    }
                    if let Some(scheme) = only_auth {
                        result.push_str(&format!(", signed with {scheme} only"));
                    }
                    for (name, values) in headers {
                        for value in values {
                            let value = self.text(value, locals);
                            result.push_str(&format!(", header {name}: {value}"));
                        }
                    }
                    return Some((true, result));
                }
                Statement::Error(message) => {
                    return Some((false, format!("error: {}", self.text(message, locals))));
                }
            }
        }
        None
    }

    fn holds(&self, condition: &Condition, locals: &mut Locals) -> bool {
        match condition {
            Condition::Some { local, value } => {
                let value = self.value(value, locals);
                let set = value != Known::Unset;
                locals.insert(local.clone(), value);
                set
            }
            Condition::IsSome(value) => self.value(value, locals) != Known::Unset,
            Condition::IsNone(value) => self.value(value, locals) == Known::Unset,
            Condition::Partition { local, region } => {
                let set = self.value(region, locals) != Known::Unset;
                if let Some(local) = local {
                    locals.insert(local.clone(), Known::Partition);
                }
                set
            }
            Condition::Holds(value) => self.value(value, locals) == Known::Boolean(true),
        }
    }

    fn value(&self, value: &Value, locals: &Locals) -> Known {
        let text = |text: &Option<String>| text.clone().map_or(Known::Unset, Known::Text);
        match value {
            Value::Boolean(value) => Known::Boolean(*value),
            Value::Number(number) => Known::Text(number.to_string()),
            // What depends on an operation's input is compared as if the input said nothing.
            Value::Call { .. } => Known::Unset,
            Value::Parameter(name) => match name.as_str() {
                "region" => text(&self.region),
                "endpoint" => text(&self.endpoint),
                "use_fips" => Known::Boolean(self.use_fips),
                "use_dual_stack" => Known::Boolean(self.use_dual_stack),
                _ => Known::Unset,
            },
            Value::Local(name) => locals.get(name).cloned().unwrap_or(Known::Unset),
            Value::Field(_, name) => match name.as_str() {
                "supports_fips" => Known::Boolean(self.supports_fips),
                "supports_dual_stack" => Known::Boolean(self.supports_dual_stack),
                "name" => Known::Text(self.partition.clone()),
                other => Known::Text(format!("{{{other}}}")),
            },
            Value::Not(value) => match self.value(value, locals) {
                Known::Boolean(value) => Known::Boolean(!value),
                _ => Known::Unset,
            },
            Value::Equal(left, right) => {
                Known::Boolean(self.value(left, locals) == self.value(right, locals))
            }
            Value::Text(text) => Known::Text(self.text(text, locals)),
        }
    }

    fn text(&self, text: &Text, locals: &Locals) -> String {
        let pieces = text.0.iter().map(|piece| match piece {
            TextPiece::Literal(literal) => literal.clone(),
            TextPiece::Value(value) => match self.value(value, locals) {
                Known::Text(text) => text,
                Known::Boolean(value) => value.to_string(),
                Known::Unset | Known::Partition => String::new(),
            },
        });
        pieces.collect()
    }
}
