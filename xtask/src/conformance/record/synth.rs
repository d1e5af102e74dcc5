//! Synthetic values for a model: the same model results in the same values. They are JSON as in the protocol suites,
//! with numbers for timestamps and text for bytes.

use serde_json::{Map, Value, json};
use tinsmith_codegen::Model;
use tinsmith_codegen::model::{Constraints, Kind, Location, Member, Structure};

/// How deep a structure or union may be nested within itself.
const DEPTH: usize = 2;

/// The largest number of values of a message, however many variants its unions have.
const MOST: usize = 12;

/// The first synthetic timestamp, in whole seconds; each further one is a second later.
pub(super) const SECONDS: i64 = 1_700_000_000;

/// The content of a document, and the JSON text in a header.
const JSON: &str = r#"{"a": [1, 2.50, null, true, "é"], "b": {}}"#;

/// Which members are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Members {
    All,
    Required,
}

/// The message of which a structure is the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Input,
    Output,
    Error,
}

/// The place of a text, which decides which characters it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Body,
    Uri,
    Header,
    Host,
}

/// The number of a union's members; each is set in a value.
pub(super) fn variants(model: &Model, shape: &str) -> usize {
    let (mut open, mut seen, mut most) = (vec![shape], std::collections::BTreeSet::new(), 1);
    while let Some(name) = open.pop() {
        let Some(shape) = model.shapes.get(name).filter(|_| seen.insert(name)) else {
            continue;
        };
        match &shape.kind {
            Kind::Structure(structure) => {
                open.extend(structure.members.values().map(|member| &*member.target));
            }
            Kind::Union(union) => {
                open.extend(union.members.values().map(|member| &*member.target));
                // A stream has an event of each.
                if !union.event_stream {
                    most = most.max(union.members.len());
                }
            }
            Kind::List { member, .. } => open.push(&member.target),
            Kind::Map { value, .. } => open.push(&value.target),
            _ => {}
        }
    }
    most.min(MOST)
}

/// Creates the values of one model.
pub(super) struct Synth<'m> {
    pub(super) model: &'m Model,
    pub(super) role: Role,
    pub(super) members: Members,
    /// The index of the union member that is set.
    pub(super) variant: usize,
}

impl<'m> Synth<'m> {
    /// The content of a message.
    pub(super) fn message(&self, shape: &'m str) -> Value {
        let value = self.structure(shape, Some(self.role), &mut Vec::new());
        value.unwrap_or_else(|| json!({}))
    }

    /// `None`: it would be nested within itself too deeply.
    fn structure(
        &self,
        name: &'m str,
        role: Option<Role>,
        within: &mut Vec<&'m str>,
    ) -> Option<Value> {
        let Kind::Structure(structure) = &self.model.shapes.get(name)?.kind else {
            return None;
        };
        if !enter(within, name) {
            return None;
        }
        let mut members = Map::new();
        for (name, member) in &structure.members {
            let left_to_client = member.idempotency_token && role == Some(Role::Input);
            if self.members == Members::Required && (!member.required || left_to_client) {
                continue;
            }
            let value = match member.location.filter(|_| role.is_some()) {
                Some(Location::StatusCode) => match role {
                    Some(Role::Input) => Some(json!(1)),
                    Some(Role::Error) => Some(json!(STATUS_OF_ERRORS)),
                    _ => Some(json!(201)),
                },
                location => self.member(name, member, place(member, location), 0, within),
            };
            if let Some(value) = value {
                members.insert(name.clone(), value);
            }
        }
        within.pop();
        Some(Value::Object(members))
    }

    fn union(
        &self,
        union: &'m Structure,
        variant: usize,
        within: &mut Vec<&'m str>,
    ) -> Option<Value> {
        let variants = union.members.len();
        // The member of this index, or else the next one whose value is finite.
        (0..variants).find_map(|next| {
            let (name, member) = union.members.get_index((variant + next) % variants)?;
            let value = self.member(name, member, Place::Body, 0, within)?;
            Some(json!({ name: value }))
        })
    }

    /// An event of each kind, and an exception that ends the stream, if the stream is received.
    fn events(&self, union: &'m Structure) -> Value {
        let is_exception = |member: &Member| {
            let kind = self
                .model
                .shapes
                .get(&member.target)
                .map(|shape| &shape.kind);
            matches!(kind, Some(Kind::Structure(structure)) if structure.error.is_some())
        };
        let (exceptions, events): (Vec<_>, Vec<_>) = union
            .members
            .iter()
            .partition(|(_, member)| is_exception(member));
        let received = usize::from(self.role == Role::Output);
        let all = events
            .into_iter()
            .chain(exceptions.into_iter().take(received));
        let all = all.filter_map(|(name, member)| {
            let value = self.member(name, member, Place::Body, 0, &mut Vec::new())?;
            Some(json!({ name: value }))
        });
        Value::Array(all.collect())
    }

    /// The value of a member; `index` is its position in a list or map.
    fn member(
        &self,
        label: &str,
        member: &'m Member,
        place: Place,
        index: usize,
        within: &mut Vec<&'m str>,
    ) -> Option<Value> {
        let shape = self.model.shapes.get(&member.target)?;
        let bounds = &shape.constraints;
        let count = |wanted: usize| {
            let bound = |number: &Option<serde_json::Number>| {
                number
                    .as_ref()
                    .and_then(|number| usize::try_from(number.as_u64()?).ok())
            };
            let least = bound(&bounds.min).unwrap_or(0).min(MOST);
            wanted.max(least).min(bound(&bounds.max).unwrap_or(MOST))
        };
        let second = i64::try_from(index).unwrap_or_default();
        Some(match &shape.kind {
            Kind::Structure(_) => self.structure(&member.target, None, within)?,
            Kind::Union(union) if union.event_stream => self.events(union),
            Kind::Union(union) => {
                if !enter(within, &member.target) {
                    return None;
                }
                let value = self.union(union, self.variant + index, within);
                within.pop();
                value?
            }
            Kind::Document => serde_json::from_str(JSON).ok()?,
            Kind::List {
                member: item,
                sparse,
            } => {
                let variants = match self.model.shapes.get(&item.target).map(|shape| &shape.kind) {
                    Some(Kind::Union(union)) => union.members.len(),
                    _ => 2,
                };
                let mut items: Vec<Value> = (0..count(variants))
                    .filter_map(|index| self.member(label, item, place, index, within))
                    .collect();
                if *sparse {
                    items.push(Value::Null);
                }
                Value::Array(items)
            }
            Kind::Map { key, value, sparse } => {
                let mut entries = Map::new();
                for index in 0..count(2) {
                    let key_place = if place == Place::Header {
                        Place::Host
                    } else {
                        place
                    };
                    let key = self.member("key", key, key_place, index, within)?;
                    if let Some(value) = self.member(label, value, place, index, within) {
                        entries.insert(key.as_str()?.to_owned(), value);
                    }
                }
                if *sparse {
                    entries.insert("null".to_owned(), Value::Null);
                }
                Value::Object(entries)
            }
            Kind::String if member.json_value => Value::from(JSON),
            Kind::String => Value::from(text(label, place, index, bounds)),
            // The first one in a list is a known value, the others are from a later version of the service.
            Kind::Enum(values) => match values.get(self.variant % values.len().max(1)) {
                Some(known) if index == 0 => Value::from(known.as_str()),
                _ => Value::from(format!("LATER_{index}")),
            },
            Kind::Boolean => json!(index.is_multiple_of(2)),
            Kind::Byte => integer(-7 - second, bounds),
            Kind::Short => integer(-300 + second, bounds),
            Kind::Integer => integer(70_000 + second, bounds),
            // A value that a binary fraction of 64 bits cannot express.
            Kind::Long => integer(9_007_199_254_740_993 + second, bounds),
            Kind::Float => fraction(1.25, bounds),
            Kind::Double => fraction(0.1, bounds),
            Kind::Blob { .. } => {
                Value::from(text(label, Place::Body, index, &Constraints::default()))
            }
            Kind::Timestamp { .. } => {
                serde_json::from_str(&format!("{}.123", SECONDS + second)).ok()?
            }
        })
    }
}

/// The status of an error response.
pub(super) const STATUS_OF_ERRORS: u16 = 409;

fn enter<'m>(within: &mut Vec<&'m str>, name: &'m str) -> bool {
    let is_fine = within.iter().filter(|other| **other == name).count() < DEPTH;
    if is_fine {
        within.push(name);
    }
    is_fine
}

fn place(member: &Member, location: Option<Location>) -> Place {
    match location {
        _ if member.host_label || member.endpoint_parameter.is_some() => Place::Host,
        Some(Location::Label | Location::Query | Location::QueryMap) => Place::Uri,
        Some(Location::Header | Location::PrefixHeaders) => Place::Header,
        Some(Location::StatusCode) | None => Place::Body,
    }
}

/// A text with special characters of its place, of a length that the model accepts.
fn text(label: &str, place: Place, index: usize, bounds: &Constraints) -> String {
    let index = index + 1;
    let text = match place {
        Place::Body => format!("{index}é\"\\/ {label}"),
        Place::Uri => format!("{index}é/ +&=%~ {label}"),
        Place::Header => format!("{index}, \"{label}\""),
        Place::Host => {
            let plain = label.chars().filter(char::is_ascii_alphanumeric);
            format!("{}-{index}", plain.collect::<String>().to_lowercase())
        }
    };
    let bound = |number: &Option<serde_json::Number>| {
        number
            .as_ref()
            .and_then(|number| usize::try_from(number.as_u64()?).ok())
    };
    let most = bound(&bounds.max).unwrap_or(usize::MAX).max(1);
    let text: String = text.chars().take(most).collect();
    let missing = bound(&bounds.min)
        .unwrap_or(0)
        .min(200)
        .saturating_sub(text.chars().count());
    text + &"x".repeat(missing)
}

fn integer(wanted: i64, bounds: &Constraints) -> Value {
    if let Some((_, first)) = bounds.values.first() {
        return json!(first);
    }
    let bound = |number: &Option<serde_json::Number>| number.as_ref()?.as_i64();
    let value = wanted.min(bound(&bounds.max).unwrap_or(i64::MAX));
    json!(value.max(bound(&bounds.min).unwrap_or(i64::MIN)))
}

fn fraction(wanted: f64, bounds: &Constraints) -> Value {
    let bound = |number: &Option<serde_json::Number>| number.as_ref()?.as_f64();
    let value = wanted.min(bound(&bounds.max).unwrap_or(f64::MAX));
    json!(value.max(bound(&bounds.min).unwrap_or(f64::MIN)))
}
