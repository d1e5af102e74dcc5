//! Keys of objects as tables: each key is listed once, with the places where it has a meaning and how it is read. The
//! table reads an object, is searched for names near an unknown key, and finds keys in the wrong place.

use crate::json::Node;

/// A key of an object, and how it is read into a `T`.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    /// The types of shape for which it has a meaning, of the shape itself or of the member's target; empty: all.
    pub(super) types: &'static [&'static str],
    /// Whether only members of structures have it.
    pub(super) of_structures: bool,
    read: fn(&Node<'_, '_>, &mut T),
}

impl<T> Key<T> {
    /// Whether it has a meaning for a type of shape.
    pub(super) fn allows(&self, kind: &str) -> bool {
        self.types.is_empty() || self.types.contains(&kind)
    }
}

/// A key that has a meaning everywhere.
pub(super) const fn key<T>(name: &'static str, read: fn(&Node<'_, '_>, &mut T)) -> Key<T> {
    key_on(name, &[], read)
}

/// A key that has a meaning only for some types of shape.
pub(super) const fn key_on<T>(
    name: &'static str,
    types: &'static [&'static str],
    read: fn(&Node<'_, '_>, &mut T),
) -> Key<T> {
    Key {
        name,
        types,
        of_structures: false,
        read,
    }
}

/// A key that only members of structures have.
pub(super) const fn key_of_structures<T>(
    name: &'static str,
    types: &'static [&'static str],
    read: fn(&Node<'_, '_>, &mut T),
) -> Key<T> {
    Key {
        name,
        types,
        of_structures: true,
        read,
    }
}

/// Reads an object into `into`. A key that is neither known nor ignored is a problem.
pub(super) fn read<T>(
    node: &Node<'_, '_>,
    keys: &[Key<T>],
    ignored: &[(&str, &str)],
    into: &mut T,
) {
    for (name, node) in node.entries() {
        match keys.iter().find(|key| key.name == name) {
            Some(key) => (key.read)(&node, into),
            None => {
                let known: Vec<&str> = keys.iter().map(|key| key.name).collect();
                node.account(ignored, &known);
            }
        }
    }
}
