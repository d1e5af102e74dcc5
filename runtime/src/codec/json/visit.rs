//! What a [`Slot`] asks of serde, and how it takes the answer.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::slot::{Parked, Slot, park};
use crate::shape::{EntryFn, ItemFn, VariantFn};
use crate::shape::{ReadError, ReadStructure, ShapeReader};

/// What a value is to be, and where it goes.
pub(super) enum Want<'a> {
    String(&'a mut dyn FnMut(Cow<'_, str>)),
    Boolean(&'a mut bool),
    Structure(&'a mut dyn ReadStructure),
    Union(&'a mut VariantFn<'a>),
    List(&'a mut ItemFn<'a>),
    Map(&'a mut EntryFn<'a>),
}

impl Want<'_> {
    fn name(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Boolean(_) => "a boolean",
            Self::Structure(_) | Self::Union(_) | Self::Map(_) => "an object",
            Self::List(_) => "a list",
        }
    }
}

/// Takes a value that is what is wanted and refuses all others.
pub(super) struct Visit<'a, 'p> {
    pub(super) want: Want<'a>,
    pub(super) parked: &'p Parked,
}

impl Visit<'_, '_> {
    fn refuse<E: Error>(self, found: impl fmt::Display) -> Result<(), E> {
        Err(park(
            self.parked,
            ReadError::expected(self.want.name(), found),
        ))
    }
}

impl<'de> Visitor<'de> for Visit<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.want.name())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        self.visit_str(text)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        match self.want {
            Want::String(take) => {
                take(Cow::Borrowed(text));
                Ok(())
            }
            _ => self.refuse("a string"),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self.want {
            Want::Boolean(into) => {
                *into = value;
                Ok(())
            }
            _ => self.refuse(value),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.refuse("null")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.refuse(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.refuse(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.refuse(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Want::List(item) = self.want else {
            return self.refuse("a list");
        };
        let parked = self.parked;
        let mut index = 0;
        while items
            .next_element_seed(Value {
                place: Place::Item(index),
                parked,
                read: item,
            })?
            .is_some()
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let parked = self.parked;
        match self.want {
            Want::Structure(into) => {
                while let Some(name) = members.next_key_seed(Key)? {
                    let read = &mut |value: Option<&mut dyn ShapeReader>| match value {
                        Some(reader) => into.read_member(&name, reader),
                        None => Ok(()),
                    };
                    members.next_value_seed(Value {
                        place: Place::Member(&name),
                        parked,
                        read,
                    })?;
                }
                Ok(())
            }
            Want::Map(entry) => {
                while let Some(key) = members.next_key_seed(Key)? {
                    let read = &mut |value: Option<&mut dyn ShapeReader>| {
                        entry(Cow::Borrowed(&key), value)
                    };
                    members.next_value_seed(Value {
                        place: Place::Entry(&key),
                        parked,
                        read,
                    })?;
                }
                Ok(())
            }
            Want::Union(variant) => read_union(variant, members, parked),
            _ => self.refuse("an object"),
        }
    }
}

fn read_union<'de, A: MapAccess<'de>>(
    variant: &mut VariantFn<'_>,
    mut members: A,
    parked: &Parked,
) -> Result<(), A::Error> {
    let mut chosen: Option<Cow<'_, str>> = None;
    while let Some(name) = members.next_key_seed(Key)? {
        // The name of the shape, which some services add, is no member.
        if name == "__type" {
            members.next_value::<IgnoredAny>()?;
            continue;
        }
        let mut is_set = false;
        let read = &mut |value: Option<&mut dyn ShapeReader>| match (value, &chosen) {
            (None, _) => Ok(()),
            (Some(reader), None) => {
                is_set = true;
                variant(&name, reader)
            }
            (Some(_), Some(first)) => Err(several_members(first, &name)),
        };
        // Two members are the union's fault, not the second one's: without a step of the path.
        let place = if chosen.is_none() {
            Place::Member(&name)
        } else {
            Place::Here
        };
        members.next_value_seed(Value {
            place,
            parked,
            read,
        })?;
        if is_set {
            chosen = Some(name);
        }
    }
    match chosen {
        Some(_) => Ok(()),
        None => Err(park(
            parked,
            ReadError::expected("a union with one member", "none"),
        )),
    }
}

fn several_members(first: &str, second: &str) -> ReadError {
    ReadError::expected(
        "a union with one member",
        format!("{first:?} and {second:?}"),
    )
}

/// The key of a member or an entry, without a copy unless it has escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// Where a value stands in what is around it.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Here,
    Member(&'a str),
    Item(usize),
    Entry(&'a str),
}

/// A value that may be null; `read` gets `None` then.
pub(super) struct Value<'a, 'p, 'f> {
    pub(super) place: Place<'a>,
    pub(super) parked: &'p Parked,
    pub(super) read: &'a mut ItemFn<'f>,
}

impl Value<'_, '_, '_> {
    fn park<E: Error>(&self, error: ReadError) -> E {
        let error = match self.place {
            Place::Here => error,
            Place::Member(name) => error.in_member(name),
            Place::Item(index) => error.in_item(index),
            Place::Entry(key) => error.in_entry(key),
        };
        park(self.parked, error)
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        (self.read)(None).map_err(|error| self.park(error))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        let mut slot = Slot {
            json: Some(json),
            parked: self.parked,
        };
        (self.read)(Some(&mut slot)).map_err(|error| self.park(error))?;
        // What the shape left unread must not be taken for the next token.
        match slot.json {
            Some(json) => IgnoredAny::deserialize(json).map(|_| ()),
            None => Ok(()),
        }
    }
}
