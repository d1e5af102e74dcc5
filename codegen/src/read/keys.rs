//! Keys of objects as tables: each key stands once, with where it means something and what it says. The table reads an
//! object, is what a key that nobody knows is compared with, and says which keys are out of place.

use crate::json::Node;

/// A key that an object may have, and what it says of a `T`.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    /// The types of shape that give it a meaning, of the shape that has it or that its member refers to; any, where there
    /// are none.
    pub(super) types: &'static [&'static str],
    /// Only members of structures have it.
    pub(super) of_structures: bool,
    read: fn(&Node<'_, '_>, &mut T),
}

impl<T> Key<T> {
    /// A type of shape gives it a meaning.
    pub(super) fn allows(&self, kind: &str) -> bool {
        self.types.is_empty() || self.types.contains(&kind)
    }
}

/// A key that means something wherever it stands.
pub(super) const fn key<T>(name: &'static str, read: fn(&Node<'_, '_>, &mut T)) -> Key<T> {
    key_on(name, &[], read)
}

/// A key that only some types of shape give a meaning to.
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
