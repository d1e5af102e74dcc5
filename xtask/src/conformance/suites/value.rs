//! A case's JSON as Rust: expressions of the generated types, with the values that the case gives.

use serde_json::Value;
use std::collections::HashMap;
use tinsmith_codegen::Model;
use tinsmith_codegen::model::{Kind, Location, Member, Structure};

/// Spells values of the shapes of one crate.
pub(super) struct Values<'m> {
    /// The crate, as a path begins with it.
    krate: String,
    model: &'m Model,
    names: HashMap<(&'static str, String), String>,
}

impl<'m> Values<'m> {
    pub(super) fn new(krate: String, model: &'m Model) -> Self {
        let names = tinsmith_codegen::names(model);
        let names = names
            .into_iter()
            .map(|(what, wire, name)| ((what, wire), name));
        Self {
            krate,
            model,
            names: names.collect(),
        }
    }

    /// The client's method for an operation.
    pub(super) fn method(&self, operation: &str) -> Result<&str, String> {
        self.name("method", operation)
    }

    /// The type that is generated for a structure, union or enumeration, without its path.
    pub(super) fn type_name(&self, shape: &str) -> Result<&str, String> {
        self.name("type", shape)
    }

    /// The members of the structure `shape` that `value` sets, by their fields.
    ///
    /// # Errors
    /// A value that the shape cannot have.
    pub(super) fn members(
        &self,
        shape: &str,
        value: &Value,
    ) -> Result<Vec<(String, String)>, String> {
        let structure = match self.kind(shape)? {
            Kind::Structure(structure) => structure,
            _ => return Err(format!("expected a structure, found `{shape}`")),
        };
        let values = set(value, shape)?;
        values
            .map(|(name, value)| {
                let member = member(structure, shape, name)?;
                let field = self.name("member", &format!("{shape}.{name}"))?;
                let value = self
                    .of_member(member, value)
                    .map_err(|why| format!("{name}: {why}"))?;
                Ok((field.to_owned(), value))
            })
            .collect()
    }

    /// A member's value as its field holds it, in a box where that has one.
    pub(super) fn stored(&self, (field, value): &(String, String)) -> String {
        format!("value.{field} = Some({value}.into());")
    }

    /// The structure `shape` with what `value` sets.
    pub(super) fn structure(&self, shape: &str, value: &Value) -> Result<String, String> {
        let members = self.members(shape, value)?;
        let stored: Vec<_> = members.iter().map(|member| self.stored(member)).collect();
        let ty = self.ty(shape)?;
        Ok(format!(
            "{{ let mut value = {ty}::default(); {} value }}",
            stored.join(" ")
        ))
    }

    fn of_member(&self, member: &Member, value: &Value) -> Result<String, String> {
        match value {
            // A header with JSON in it holds a document; the cases write its text.
            Value::String(text)
                if member.json_value && member.location == Some(Location::Header) =>
            {
                Ok(document(text))
            }
            value => self.of(&member.target, value),
        }
    }

    fn of(&self, shape: &str, value: &Value) -> Result<String, String> {
        let unfit = || format!("expected a value of `{shape}`, found {value}");
        let text = || {
            value
                .as_str()
                .map(|text| format!("{text:?}"))
                .ok_or_else(unfit)
        };
        Ok(match self.kind(shape)? {
            Kind::Structure(_) => self.structure(shape, value)?,
            Kind::Union(union) => {
                let (name, value) = set(value, shape)?.next().ok_or_else(unfit)?;
                let variant = self.name("variant", &format!("{shape}.{name}"))?;
                let value = self.of_member(member(union, shape, name)?, value)?;
                format!("{}::{variant}({value}.into())", self.ty(shape)?)
            }
            Kind::Document => document(&value.to_string()),
            Kind::List {
                member,
                sparse: nulls,
            } => {
                let items = value.as_array().ok_or_else(unfit)?;
                let items = items.iter().filter(|item| *nulls || !item.is_null());
                let items: Vec<_> = items
                    .map(|item| self.nullable(member, *nulls, item))
                    .collect::<Result<_, _>>()?;
                match items.as_slice() {
                    [] => format!("{}::new()", self.path_ty(shape)?),
                    items => format!("vec![{}]", items.join(", ")),
                }
            }
            Kind::Map {
                key,
                value: member,
                sparse: nulls,
            } => {
                let entries = value.as_object().ok_or_else(unfit)?;
                let entries = entries
                    .iter()
                    .filter(|(_, value)| *nulls || !value.is_null());
                let entries: Vec<_> = entries
                    .map(|(name, value)| {
                        let name = self.of(&key.target, &Value::from(name.as_str()))?;
                        Ok(format!(
                            "({name}, {})",
                            self.nullable(member, *nulls, value)?
                        ))
                    })
                    .collect::<Result<_, String>>()?;
                format!("{}::from([{}])", self.path_ty(shape)?, entries.join(", "))
            }
            Kind::String => format!("String::from({})", text()?),
            Kind::Enum(_) => format!("{}::from({})", self.ty(shape)?, text()?),
            Kind::Boolean => value.as_bool().ok_or_else(unfit)?.to_string(),
            Kind::Integer => format!("{}_i32", value.as_i64().ok_or_else(unfit)?),
            Kind::Long => format!("{}_i64", value.as_i64().ok_or_else(unfit)?),
            Kind::Float => float(value, "f32").ok_or_else(unfit)?,
            Kind::Double => float(value, "f64").ok_or_else(unfit)?,
            Kind::Blob { .. } => format!("tinsmith_runtime::Blob::from({})", text()?),
            Kind::Timestamp { .. } => timestamp(value).ok_or_else(unfit)?,
        })
    }

    fn nullable(&self, member: &Member, nulls: bool, value: &Value) -> Result<String, String> {
        match (nulls, value) {
            (true, Value::Null) => Ok("None".to_owned()),
            (true, value) => Ok(format!("Some({})", self.of_member(member, value)?)),
            (false, value) => self.of_member(member, value),
        }
    }

    /// The type, as it stands before `::`.
    fn path_ty(&self, shape: &str) -> Result<String, String> {
        Ok(format!("<{}>", self.ty(shape)?))
    }

    fn ty(&self, shape: &str) -> Result<String, String> {
        let nullable = |shape: &str, nulls: bool| {
            let ty = self.ty(shape)?;
            Ok::<_, String>(if nulls { format!("Option<{ty}>") } else { ty })
        };
        Ok(match self.kind(shape)? {
            Kind::Structure(_) | Kind::Union(_) | Kind::Enum(_) => {
                format!("{}::types::{}", self.krate, self.name("type", shape)?)
            }
            Kind::List { member, sparse } => format!("Vec<{}>", nullable(&member.target, *sparse)?),
            Kind::Map { key, value, sparse } => format!(
                "std::collections::BTreeMap<{}, {}>",
                self.ty(&key.target)?,
                nullable(&value.target, *sparse)?
            ),
            Kind::Document => "tinsmith_runtime::Document".to_owned(),
            Kind::String => "String".to_owned(),
            Kind::Boolean => "bool".to_owned(),
            Kind::Integer => "i32".to_owned(),
            Kind::Long => "i64".to_owned(),
            Kind::Float => "f32".to_owned(),
            Kind::Double => "f64".to_owned(),
            Kind::Blob { .. } => "tinsmith_runtime::Blob".to_owned(),
            Kind::Timestamp { .. } => "tinsmith_runtime::Timestamp".to_owned(),
        })
    }

    fn kind(&self, shape: &str) -> Result<&'m Kind, String> {
        let shape_of_name = self.model.shapes.get(shape);
        shape_of_name
            .map(|shape| &shape.kind)
            .ok_or_else(|| format!("expected the name of a shape, found `{shape}`"))
    }

    fn name(&self, what: &'static str, wire: &str) -> Result<&str, String> {
        self.names
            .get(&(what, wire.to_owned()))
            .map(String::as_str)
            .ok_or_else(|| format!("expected the name of a {what}, found `{wire}`"))
    }
}

fn member<'m>(structure: &'m Structure, shape: &str, name: &str) -> Result<&'m Member, String> {
    let member = structure.members.get(name);
    member.ok_or_else(|| format!("expected the name of a member of `{shape}`, found `{name}`"))
}

/// What an object sets: null is unset.
fn set<'v>(
    value: &'v Value,
    shape: &str,
) -> Result<impl Iterator<Item = (&'v String, &'v Value)>, String> {
    let object = value
        .as_object()
        .ok_or_else(|| format!("expected an object for `{shape}`, found {value}"))?;
    Ok(object.iter().filter(|(_, value)| !value.is_null()))
}

fn document(json: &str) -> String {
    format!("crate::document({json:?})")
}

/// A number, or the text that stands for what JSON has no number for.
fn float(value: &Value, ty: &str) -> Option<String> {
    Some(match value {
        Value::Number(number) => format!("{number}_{ty}"),
        Value::String(text) => match text.as_str() {
            "NaN" => format!("{ty}::NAN"),
            "Infinity" => format!("{ty}::INFINITY"),
            "-Infinity" => format!("{ty}::NEG_INFINITY"),
            _ => return None,
        },
        _ => return None,
    })
}

/// Seconds since 1970, from their text: a binary fraction would not be what is meant.
fn timestamp(value: &Value) -> Option<String> {
    let text = value.as_number()?.to_string();
    let (seconds, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut seconds: i64 = seconds.parse().ok()?;
    let mut nanos: u32 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    if nanos > 0 && text.starts_with('-') {
        seconds -= 1;
        nanos = 1_000_000_000 - nanos;
    }
    Some(format!("crate::timestamp({seconds}, {nanos})"))
}
