//! The arguments of setters of lists and maps: one item or any number of them, and any number of entries.

use std::collections::BTreeMap;

use super::call_of;

/// One item that converts into a `T`, any number of them, or an `Option` of a collection. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "expected an item that converts into `{T}`, or any number of them, found `{Self}`",
    label = "neither an item nor a collection of items"
)]
pub trait IntoItems<T, M> {
    /// Adds the items to the list. `None` adds nothing; an empty collection makes an empty list.
    fn add_to(self, list: &mut Option<Vec<T>>);
}

impl<T, U: Into<T>> IntoItems<T, call_of::Item> for U {
    fn add_to(self, list: &mut Option<Vec<T>>) {
        list.get_or_insert_default().push(self.into());
    }
}

impl<T, U: Into<T>, I: IntoIterator<Item = U>> IntoItems<T, call_of::Items> for I {
    fn add_to(self, list: &mut Option<Vec<T>>) {
        let items = self.into_iter().map(Into::into);
        list.get_or_insert_default().extend(items);
    }
}

impl<T, U: Into<T>, I: IntoIterator<Item = U>> IntoItems<T, call_of::Optional> for Option<I> {
    fn add_to(self, list: &mut Option<Vec<T>>) {
        if let Some(items) = self {
            IntoItems::add_to(items, list);
        }
    }
}

/// Exactly one `T`, any number of them, or an `Option` of a collection. `M` is inferred.
///
/// For numbers and booleans, so that a literal gets its type from the setter; for documents, into which a list converts
/// as well; for items that may be null; and for lists and maps in lists.
#[diagnostic::on_unimplemented(
    message = "expected an item of type `{T}`, or any number of them, found `{Self}`",
    label = "neither `{T}` nor a collection of `{T}`"
)]
pub trait ExactItems<T, M> {
    /// Adds the items to the list. `None` adds nothing; an empty collection makes an empty list.
    fn add_to(self, list: &mut Option<Vec<T>>);
}

impl<T> ExactItems<T, call_of::Item> for T {
    fn add_to(self, list: &mut Option<Vec<T>>) {
        list.get_or_insert_default().push(self);
    }
}

impl<T, I: IntoIterator<Item = T>> ExactItems<T, call_of::Items> for I {
    fn add_to(self, list: &mut Option<Vec<T>>) {
        list.get_or_insert_default().extend(self);
    }
}

impl<T, I: IntoIterator<Item = T>> ExactItems<T, call_of::Optional> for Option<I> {
    fn add_to(self, list: &mut Option<Vec<T>>) {
        if let Some(items) = self {
            list.get_or_insert_default().extend(items);
        }
    }
}

/// Any number of pairs that convert into keys and values of a map, or an `Option` of them. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "expected pairs that convert into `({K}, {V})`, or an `Option` of them, found `{Self}`",
    label = "not a collection of pairs"
)]
pub trait IntoEntries<K, V, M> {
    /// The map; the later of two entries with the same key is kept. `None` clears the member.
    fn into_map(self) -> Option<BTreeMap<K, V>>;
}

impl<K, V, A, B, I> IntoEntries<K, V, call_of::Items> for I
where
    K: Ord,
    A: Into<K>,
    B: Into<V>,
    I: IntoIterator<Item = (A, B)>,
{
    fn into_map(self) -> Option<BTreeMap<K, V>> {
        let entries = self.into_iter();
        Some(
            entries
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }
}

impl<K, V, A, B, I> IntoEntries<K, V, call_of::Optional> for Option<I>
where
    K: Ord,
    A: Into<K>,
    B: Into<V>,
    I: IntoIterator<Item = (A, B)>,
{
    fn into_map(self) -> Option<BTreeMap<K, V>> {
        self.and_then(IntoEntries::into_map)
    }
}
