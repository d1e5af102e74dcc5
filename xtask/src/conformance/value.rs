//! A case's JSON as Rust: expressions of the generated types with the values of the case.

use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Display;
use tinsmith_codegen::Model;
use tinsmith_codegen::model::{Kind, Location, Member, Structure};

/// A member's field, and the expression of its value.
pub(super) type Field = (String, String);

/// The payload of an output that is returned as a stream.
pub(super) struct Streamed {
    pub(super) field: String,
    /// The expression for all its bytes.
    pub(super) bytes: String,
    /// The fields of the other members.
    pub(super) others: Vec<String>,
}

/// Writes values of the shapes of one crate as Rust.
pub(super) struct Values<'m> {
    /// The crate, as the beginning of a path.
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

    /// The call of an operation, on a client with the settings `config`.
    pub(super) fn call(&self, operation: &str) -> Result<String, String> {
        let method = self.name("method", operation)?;
        Ok(format!("{}::Client::new(config).{method}()", self.krate))
    }

    /// The calls of setters for the members of an input.
    ///
    /// # Errors
    /// The shape cannot have the value.
    pub(super) fn setters(&self, input: Option<&str>, value: &Value) -> Result<String, String> {
        let Some(input) = input else {
            return Ok(String::new());
        };
        let maps = self.maps(input)?;
        let members = self.members(input, value)?.into_iter();
        Ok(members
            .map(|(field, value)| {
                let whole_map = if maps.contains(&field.as_str()) {
                    "set_"
                } else {
                    ""
                };
                format!("\n        .{whole_map}{field}({value})")
            })
            .collect())
    }

    /// The fields of the structure `shape` that are maps.
    fn maps(&self, shape: &str) -> Result<Vec<&str>, String> {
        let Kind::Structure(structure) = self.kind(shape)? else {
            return Ok(Vec::new());
        };
        let mut maps = Vec::new();
        for (name, member) in &structure.members {
            if let Kind::Map { .. } = self.kind(&member.target)? {
                maps.push(self.name("member", &format!("{shape}.{name}"))?);
            }
        }
        Ok(maps)
    }

    /// The enum of all exceptions.
    pub(super) fn exceptions(&self) -> String {
        format!("{}::ServiceError", self.krate)
    }

    /// The field of a member, or the variant of a union's member.
    pub(super) fn member_name(
        &self,
        kind: &Kind,
        shape: &str,
        member: &str,
    ) -> Result<&str, String> {
        let what = match kind {
            Kind::Union(_) => "variant",
            _ => "member",
        };
        self.name(what, &format!("{shape}.{member}"))
    }

    /// The type that is generated for a structure, union or enumeration, without its path.
    pub(super) fn type_name(&self, shape: &str) -> Result<&str, String> {
        self.name("type", shape)
    }

    /// The members of the structure `shape` that `value` sets, by their fields.
    ///
    /// The shape cannot have the value.
    /// A value that the shape cannot have.
    pub(super) fn members(&self, shape: &str, value: &Value) -> Result<Vec<Field>, String> {
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

    /// The members of the output `shape` that `value` sets, except for a streamed payload; and that payload.
    ///
    /// # Errors
    /// The shape cannot have the value; a stream of events, which cases cannot express.
    pub(super) fn output(
        &self,
        shape: &str,
        value: &Value,
    ) -> Result<(Vec<Field>, Option<Streamed>), String> {
        let mut members = self.members(shape, value)?;
        let Kind::Structure(structure) = self.kind(shape)? else {
            return Ok((members, None));
        };
        let (mut streamed, mut others) = (None, Vec::new());
        for (name, member) in &structure.members {
            let field = self.name("member", &format!("{shape}.{name}"))?;
            match self.kind(&member.target)? {
                Kind::Union(union) if union.event_stream => {
                    return Err(format!(
                        "expected values to compare, found the stream of events `{name}`"
                    ));
                }
                Kind::Blob { streaming, .. } if *streaming || member.streaming => {
                    streamed = Some(field.to_owned())
                }
                _ => others.push(field.to_owned()),
            }
        }
        let Some(field) = streamed else {
            return Ok((members, None));
        };
        let set = members.iter().position(|(other, _)| *other == field);
        let bytes = match set {
            Some(index) => members.remove(index).1,
            None => "tinsmith_runtime::Blob::default()".to_owned(),
        };
        let streamed = Streamed {
            field,
            bytes,
            others,
        };
        Ok((members, Some(streamed)))
    }

    /// Stores a member's value in its field, boxed if the field is.
    pub(super) fn stored(&self, (field, value): &Field) -> String {
        format!("value.{field} = Some({value}.into());")
    }

    /// The structure `shape` with the members of `value`.
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
            // A header with JSON is a document; the cases contain its text.
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
            Kind::Union(union) if union.event_stream && value.is_array() => {
                let events = value.as_array().into_iter().flatten();
                let events: Vec<_> = events
                    .map(|event| self.variant(shape, union, event))
                    .collect::<Result<_, _>>()?;
                format!("events([{}])", events.join(", "))
            }
            Kind::Union(union) => self.variant(shape, union, value)?,
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
            Kind::Byte => number(value.as_i64().ok_or_else(unfit)?, "i8"),
            Kind::Short => number(value.as_i64().ok_or_else(unfit)?, "i16"),
            Kind::Integer => number(value.as_i64().ok_or_else(unfit)?, "i32"),
            Kind::Long => number(value.as_i64().ok_or_else(unfit)?, "i64"),
            Kind::Float => float(value, "f32").ok_or_else(unfit)?,
            Kind::Double => float(value, "f64").ok_or_else(unfit)?,
            Kind::Blob { .. } => format!("tinsmith_runtime::Blob::from({})", text()?),
            Kind::Timestamp { .. } => timestamp(value).ok_or_else(unfit)?,
        })
    }

    /// The variant of a union that `value` sets.
    fn variant(&self, shape: &str, union: &Structure, value: &Value) -> Result<String, String> {
        let mut set = set(value, shape)?;
        let unfit = || format!("expected a value of `{shape}`, found {value}");
        let (name, value) = set.next().ok_or_else(unfit)?;
        let variant = self.name("variant", &format!("{shape}.{name}"))?;
        let value = self.of_member(member(union, shape, name)?, value)?;
        Ok(format!("{}::{variant}({value}.into())", self.ty(shape)?))
    }

    fn nullable(&self, member: &Member, nulls: bool, value: &Value) -> Result<String, String> {
        match (nulls, value) {
            (true, Value::Null) => Ok("None".to_owned()),
            (true, value) => Ok(format!("Some({})", self.of_member(member, value)?)),
            (false, value) => self.of_member(member, value),
        }
    }

    /// The type before `::`.
    fn path_ty(&self, shape: &str) -> Result<String, String> {
        Ok(format!("<{}>", self.ty(shape)?))
    }

    /// The type of a shape's values.
    pub(super) fn ty(&self, shape: &str) -> Result<String, String> {
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
            Kind::Byte => "i8".to_owned(),
            Kind::Short => "i16".to_owned(),
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

/// The members that an object sets: null is unset.
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

/// A literal. A negative one is in parentheses, since a method call on it would bind tighter than its sign.
fn number(value: impl Display, ty: &str) -> String {
    let literal = format!("{value}_{ty}");
    if literal.starts_with('-') {
        format!("({literal})")
    } else {
        literal
    }
}

/// A number, or the text for NaN and infinities, which JSON does not have.
fn float(value: &Value, ty: &str) -> Option<String> {
    Some(match value {
        Value::Number(value) => number(value, ty),
        Value::String(text) => match text.as_str() {
            "NaN" => format!("{ty}::NAN"),
            "Infinity" => format!("{ty}::INFINITY"),
            "-Infinity" => format!("{ty}::NEG_INFINITY"),
            _ => return None,
        },
        _ => return None,
    })
}

/// Seconds since 1970, from their text: a binary fraction would not be exact.
fn timestamp(value: &Value) -> Option<String> {
    let text = value.as_number()?.to_string();
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (-1, unsigned),
        None => (1, text.as_str()),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // The digits without a point, and the number of those before it after the exponent has been applied.
    let point = isize::try_from(whole.len()).ok()? + exponent.parse::<isize>().ok()?;
    let (zeros, point) = match usize::try_from(point) {
        Ok(point) => (0, point),
        Err(_) => (point.unsigned_abs(), 0),
    };
    if zeros.max(point) > 30 {
        return None;
    }
    let digits = format!("{}{whole}{fraction}", "0".repeat(zeros));
    let digits = format!("{digits:0<width$}", width = point + 9);
    let (whole, fraction) = digits.split_at_checked(point)?;
    let whole: i128 = format!("0{whole}").parse().ok()?;
    let nanos: i128 = fraction.get(..9)?.parse().ok()?;
    let nanos = sign * (whole * 1_000_000_000 + nanos);
    let (seconds, nanos) = (
        nanos.div_euclid(1_000_000_000),
        nanos.rem_euclid(1_000_000_000),
    );
    let seconds = i64::try_from(seconds).ok()?;
    Some(format!("crate::timestamp({seconds}, {nanos})"))
}

#[cfg(test)]
mod tests {
    use super::{number, timestamp};
    use serde_json::Value;

    #[test]
    fn a_moment_is_the_one_that_is_written() {
        for (text, expected) in [
            ("0", "0, 0"),
            ("-1.5", "-2, 500000000"),
            ("253402300799.999", "253402300799, 999000000"),
            ("1.398796238123E9", "1398796238, 123000000"),
            ("-15e-1", "-2, 500000000"),
            ("5e-3", "0, 5000000"),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(
                timestamp(&value),
                Some(format!("crate::timestamp({expected})")),
                "{text}"
            );
        }
        let value: Value = serde_json::from_str("1e99").unwrap();
        assert_eq!(timestamp(&value), None);
    }

    #[test]
    fn a_number_below_zero_can_be_called_upon() {
        assert_eq!(
            (number(-1, "i32"), number(1, "i64")),
            ("(-1_i32)".to_owned(), "1_i64".to_owned())
        );
    }
}
