//! JSON objects that contain secrets: from programs, agents and files. Errors name the place and never quote the
//! content; the texts are overwritten when they are dropped.

use serde_core::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use tinsmith_runtime::loading::Secret;
use zeroize::Zeroizing;

/// The members of an object by name. If a name is repeated, the last member counts.
#[derive(Default)]
pub(crate) struct Object(BTreeMap<String, Value>);

enum Value {
    Text(Secret),
    Number(serde_json::Number),
    Object(Object),
    Null,
    /// A boolean or an array, which no member that is read here can be; kept for an object that is written again.
    Other(serde_json::Value),
}

impl Object {
    /// # Errors
    /// The bytes are not a JSON object, or not UTF-8.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| "expected a JSON object, found something that is not UTF-8".to_owned())?;
        match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err("expected a JSON object, found another JSON value".to_owned()),
            // The parser's own message may quote the input.
            Err(error) => Err(format!(
                "expected a JSON object, found something else at line {}, column {}",
                error.line(),
                error.column()
            )),
        }
    }

    /// A text that may be missing, null or empty, all of which mean that there is none.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, String> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(&**text).filter(|text| !text.is_empty())),
            Some(_) => Err(format!("expected text as `{name}`, found something else")),
        }
    }

    /// A text that must be present.
    pub(crate) fn need_text(&self, name: &str) -> Result<&str, String> {
        self.need(name)?;
        self.text(name)?.ok_or_else(|| format!("`{name}` is empty"))
    }

    /// A number that must be present.
    pub(crate) fn need_number(&self, name: &str) -> Result<f64, String> {
        match self.need(name)? {
            Value::Number(number) => Ok(number.as_f64().unwrap_or(f64::NAN)),
            _ => Err(format!(
                "expected a number as `{name}`, found something else"
            )),
        }
    }

    /// An object that must be present.
    #[cfg(feature = "login")]
    pub(crate) fn need_object(&self, name: &str) -> Result<&Self, String> {
        match self.need(name)? {
            Value::Object(object) => Ok(object),
            _ => Err(format!(
                "expected an object as `{name}`, found something else"
            )),
        }
    }

    /// Sets a member to a text.
    pub(crate) fn set(&mut self, name: &str, text: &str) {
        self.0.insert(name.to_owned(), Value::Text(text.into()));
    }

    /// Changes the object in a member, which is an empty one where there is none.
    #[cfg(feature = "login")]
    pub(crate) fn change(&mut self, name: &str, change: impl FnOnce(&mut Self)) {
        let mut object = match self.0.remove(name) {
            Some(Value::Object(object)) => object,
            _ => Self::default(),
        };
        change(&mut object);
        self.0.insert(name.to_owned(), Value::Object(object));
    }

    /// The object as JSON.
    pub(crate) fn to_json(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        let text = serde_json::to_vec(self).map(Zeroizing::new);
        text.map_err(|error| error.to_string())
    }

    /// Whether a member is missing or null.
    pub(crate) fn is_null(&self, name: &str) -> bool {
        matches!(self.0.get(name), None | Some(Value::Null))
    }

    /// Checks that there is a member with this name, whatever it is.
    pub(crate) fn need_member(&self, name: &str) -> Result<(), String> {
        self.need(name).map(drop)
    }

    fn need(&self, name: &str) -> Result<&Value, String> {
        self.0
            .get(name)
            .ok_or_else(|| format!("`{name}` is missing"))
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => number.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
            Self::Null => serializer.serialize_unit(),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Other(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = array.next_element::<serde_json::Value>()? {
            items.push(item);
        }
        Ok(Value::Other(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = object.next_entry()? {
            members.insert(name, value);
        }
        Ok(Value::Object(Object(members)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_read_by_name_and_the_last_of_a_name_counts() {
        let object = br#"{"a": "x", "a": "y", "n": 1.5, "e": "", "z": null, "o": {"b": "c"}, "l": [true, {"a": 1}]}"#;
        let object = Object::read(object).unwrap();
        assert_eq!(object.need_text("a"), Ok("y"));
        assert_eq!(object.need_number("n"), Ok(1.5));
        #[cfg(feature = "login")]
        assert_eq!(object.need_object("o").unwrap().need_text("b"), Ok("c"));
        assert_eq!((object.text("e"), object.text("z")), (Ok(None), Ok(None)));
        assert_eq!(object.text("gone"), Ok(None));
        let wrong = |error: &str| Err(error.to_owned());
        assert_eq!(object.need_text("gone"), wrong("`gone` is missing"));
        assert_eq!(object.need_text("e"), wrong("`e` is empty"));
        assert!(object.text("l").is_err() && object.need_number("a").is_err());
        #[cfg(feature = "login")]
        assert!(object.need_object("a").is_err());
    }

    #[test]
    fn what_is_no_object_is_an_error_that_names_the_place_only() {
        let cases: [&[u8]; 8] = [
            b"",
            b"hush",
            b"\"hush\"",
            b"[\"hush\"]",
            b"{\"hush\": \"hush\"",
            b"{\"hush\": hush}",
            b"{\"hush\": \"\xff\"}",
            b"{} hush",
        ];
        for bytes in cases {
            let error = Object::read(bytes).err().unwrap();
            assert!(
                error.starts_with("expected a JSON object, found "),
                "{error}"
            );
            assert!(!error.contains("hush"), "{error}");
        }
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(Object::read(deep.as_bytes()).is_err());
    }
}
