//! The functions of JMESPath on the types of generated crates, for the conditions of waiters.
//!
//! A path is resolved when a crate is generated; nothing parses it at run time. Null is `None` here, and an error of
//! JMESPath is [`Nothing`], which then is the result of the whole expression.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// An expression has no value: a function was called with an argument that it does not accept, usually null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nothing;

/// The value of an expression: `None` is JMESPath's null.
pub type Found<T> = Result<Option<T>, Nothing>;

/// Truth of values as in JMESPath: false, empty values and null are false, all others are true.
pub trait Truth {
    /// Whether the value is true.
    fn truth(&self) -> bool;
}

/// Whether a value is true, as in `a && b`.
pub fn holds(value: &impl Truth) -> bool {
    value.truth()
}

impl<T: Truth> Truth for Option<T> {
    fn truth(&self) -> bool {
        self.as_ref().is_some_and(Truth::truth)
    }
}

impl Truth for bool {
    fn truth(&self) -> bool {
        *self
    }
}

impl Truth for &str {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl<T> Truth for Vec<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl<T> Truth for &Vec<T> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

impl<K, V> Truth for &BTreeMap<K, V> {
    fn truth(&self) -> bool {
        !self.is_empty()
    }
}

/// Values that have a length.
pub trait Length {
    /// The number of characters, items or members.
    fn length(&self) -> usize;
}

impl Length for &str {
    fn length(&self) -> usize {
        self.chars().count()
    }
}

impl<T> Length for Vec<T> {
    fn length(&self) -> usize {
        Vec::len(self)
    }
}

impl<T> Length for &Vec<T> {
    fn length(&self) -> usize {
        Vec::len(self)
    }
}

impl<K, V> Length for &BTreeMap<K, V> {
    fn length(&self) -> usize {
        BTreeMap::len(self)
    }
}

/// `length(…)`
///
/// # Errors
/// The value is null.
pub fn length(of: Option<impl Length>) -> Result<usize, Nothing> {
    of.map(|of| of.length()).ok_or(Nothing)
}

/// The value of a function's argument that must not be null.
///
/// # Errors
/// The value is null.
pub fn some<T>(value: Option<T>) -> Result<T, Nothing> {
    value.ok_or(Nothing)
}

/// `list[*].…`: the values of the expression for the items, without nulls.
///
/// # Errors
/// The expression is an error for an item.
pub fn each<L: IntoIterator, T>(
    list: Option<L>,
    of: impl Fn(L::Item) -> Found<T>,
) -> Found<Vec<T>> {
    let list = list.map(|list| list.into_iter().filter_map(|item| of(item).transpose()));
    list.map(Iterator::collect).transpose()
}

/// `map(&…, list)`: the values of the expression for the items, with nulls.
///
/// # Errors
/// The expression is an error for an item, or the list is null.
pub fn map<L: IntoIterator, T>(
    list: Option<L>,
    of: impl Fn(L::Item) -> Found<T>,
) -> Result<Vec<Option<T>>, Nothing> {
    list.ok_or(Nothing)?.into_iter().map(of).collect()
}

/// `list[?…]`: the items for which the condition is true.
///
/// # Errors
/// The expression is an error for an item.
pub fn filter<L: IntoIterator>(
    list: Option<L>,
    holds: impl Fn(L::Item) -> Result<bool, Nothing>,
) -> Found<Vec<L::Item>>
where
    L::Item: Clone,
{
    each(list, |item| Ok(holds(item.clone())?.then_some(item)))
}

/// The items of a list, collected.
pub fn items<L: IntoIterator>(list: Option<L>) -> Option<Vec<L::Item>> {
    list.map(|list| list.into_iter().collect())
}

/// The items of a list that are not null.
pub fn present<T>(list: Option<Vec<Option<T>>>) -> Option<Vec<T>> {
    list.map(|list| list.into_iter().flatten().collect())
}

/// `list[]` of lists: their items.
pub fn flatten<L: IntoIterator<Item: IntoIterator>>(
    list: Option<L>,
) -> Option<Vec<<L::Item as IntoIterator>::Item>> {
    list.map(|list| list.into_iter().flatten().collect())
}

/// `list[0]`; a negative index counts from the end.
pub fn index<L: IntoIterator>(list: Option<L>, index: i64) -> Option<L::Item> {
    let mut items: Vec<L::Item> = list?.into_iter().collect();
    let length = i64::try_from(items.len()).ok()?;
    let index = if index < 0 {
        index.checked_add(length)?
    } else {
        index
    };
    let index = usize::try_from(index).ok()?;
    (index < items.len()).then(|| items.swap_remove(index))
}

/// `list[start:stop:step]`; a step of zero returns no items.
pub fn slice<L: IntoIterator>(
    list: Option<L>,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Option<Vec<L::Item>> {
    let mut items: Vec<Option<L::Item>> = list?.into_iter().map(Some).collect();
    let length = i64::try_from(items.len()).ok()?;
    // The first and the last position, within the list; counted from the end, the position before the first item may be
    // the last one.
    let (least, most) = if step < 0 {
        (-1, length.saturating_sub(1))
    } else {
        (0, length)
    };
    let within = |at: i64| {
        let at = if at < 0 {
            at.saturating_add(length)
        } else {
            at
        };
        at.clamp(least, most)
    };
    let (first, last) = if step < 0 {
        (most, least)
    } else {
        (least, most)
    };
    let mut at = start.map_or(first, within);
    let stop = stop.map_or(last, within);
    let mut taken = Vec::new();
    while (step > 0 && at < stop) || (step < 0 && at > stop) {
        let item = usize::try_from(at)
            .ok()
            .and_then(|at| items.get_mut(at)?.take());
        taken.extend(item);
        at = at.saturating_add(step);
    }
    Some(taken)
}

/// `values(map)` and `map.*`
pub fn values<K, V>(map: Option<&BTreeMap<K, V>>) -> Option<Vec<&V>> {
    map.map(|map| map.values().collect())
}

/// `map.name`
pub fn member<'a, K: AsRef<str>, V>(map: Option<&'a BTreeMap<K, V>>, name: &str) -> Option<&'a V> {
    let mut members = map?.iter();
    Some(members.find(|(key, _)| key.as_ref() == name)?.1)
}

/// `keys(map)`
///
/// # Errors
/// The value is null.
pub fn keys<K: AsRef<str>, V>(map: Option<&BTreeMap<K, V>>) -> Result<Vec<&str>, Nothing> {
    Ok(map.ok_or(Nothing)?.keys().map(AsRef::as_ref).collect())
}

/// `contains(list, item)`
///
/// # Errors
/// The list is null.
pub fn contains<L: IntoIterator<Item: PartialEq>>(
    list: Option<L>,
    item: Option<L::Item>,
) -> Result<bool, Nothing> {
    let mut items = list.ok_or(Nothing)?.into_iter();
    Ok(item.is_some_and(|item| items.any(|other| other == item)))
}

/// `contains(text, part)`; null is not part of any text.
///
/// # Errors
/// The text is null.
pub fn contains_text(text: Option<&str>, part: Option<&str>) -> Result<bool, Nothing> {
    let text = text.ok_or(Nothing)?;
    Ok(part.is_some_and(|part| text.contains(part)))
}

/// `starts_with(text, beginning)`
///
/// # Errors
/// One of them is null.
pub fn starts_with(text: Option<&str>, beginning: Option<&str>) -> Result<bool, Nothing> {
    Ok(text.ok_or(Nothing)?.starts_with(beginning.ok_or(Nothing)?))
}

/// `ends_with(text, end)`
///
/// # Errors
/// One of them is null.
pub fn ends_with(text: Option<&str>, end: Option<&str>) -> Result<bool, Nothing> {
    Ok(text.ok_or(Nothing)?.ends_with(end.ok_or(Nothing)?))
}

/// `reverse(list)`
///
/// # Errors
/// The list is null.
pub fn reverse<L: IntoIterator>(list: Option<L>) -> Result<Vec<L::Item>, Nothing> {
    let mut items: Vec<L::Item> = list.ok_or(Nothing)?.into_iter().collect();
    items.reverse();
    Ok(items)
}

fn order<T: PartialOrd>(one: &T, other: &T) -> Ordering {
    one.partial_cmp(other).unwrap_or(Ordering::Equal)
}

/// `sort(list)`
///
/// # Errors
/// The list is null.
pub fn sort<T: PartialOrd>(list: Option<Vec<T>>) -> Result<Vec<T>, Nothing> {
    let mut items = list.ok_or(Nothing)?;
    items.sort_by(order);
    Ok(items)
}

/// `max(list)`: null for an empty one.
///
/// # Errors
/// The list is null.
pub fn max<T: PartialOrd>(list: Option<Vec<T>>) -> Found<T> {
    let items = list.ok_or(Nothing)?.into_iter();
    Ok(items.reduce(|most, item| if item > most { item } else { most }))
}

/// `min(list)`: null for an empty one.
///
/// # Errors
/// The list is null.
pub fn min<T: PartialOrd>(list: Option<Vec<T>>) -> Found<T> {
    let items = list.ok_or(Nothing)?.into_iter();
    Ok(items.reduce(|least, item| if item < least { item } else { least }))
}

/// `sort_by(list, &…)`
///
/// # Errors
/// The list is null, or the expression is null or an error for an item.
pub fn sort_by<L: IntoIterator, T: PartialOrd>(
    list: Option<L>,
    by: impl Fn(L::Item) -> Found<T>,
) -> Result<Vec<L::Item>, Nothing>
where
    L::Item: Clone,
{
    let items = list.ok_or(Nothing)?.into_iter();
    let keyed = items.map(|item| Ok((by(item.clone())?.ok_or(Nothing)?, item)));
    let mut keyed = keyed.collect::<Result<Vec<_>, Nothing>>()?;
    keyed.sort_by(|one, other| order(&one.0, &other.0));
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

/// `max_by(list, &…)`: the first of the greatest; null for an empty list.
///
/// # Errors
/// As [`sort_by`].
pub fn max_by<L: IntoIterator, T: PartialOrd>(
    list: Option<L>,
    by: impl Fn(L::Item) -> Found<T>,
) -> Found<L::Item>
where
    L::Item: Clone,
{
    let mut items = sort_by(list, &by)?;
    let Some(last) = items.last().cloned() else {
        return Ok(None);
    };
    let most = by(last)?;
    for item in &items {
        if by(item.clone())? == most {
            return Ok(Some(item.clone()));
        }
    }
    Ok(items.pop())
}

/// `min_by(list, &…)`: the first of the least; null for an empty list.
///
/// # Errors
/// As [`sort_by`].
pub fn min_by<L: IntoIterator, T: PartialOrd>(
    list: Option<L>,
    by: impl Fn(L::Item) -> Found<T>,
) -> Found<L::Item>
where
    L::Item: Clone,
{
    Ok(sort_by(list, by)?.into_iter().next())
}

/// `sum(list)`
///
/// # Errors
/// The list is null.
pub fn sum(list: Option<Vec<f64>>) -> Result<f64, Nothing> {
    Ok(list.ok_or(Nothing)?.into_iter().sum())
}

/// `avg(list)`: null for an empty one.
///
/// # Errors
/// The list is null.
pub fn avg(list: Option<Vec<f64>>) -> Found<f64> {
    let list = list.ok_or(Nothing)?;
    let count = list.len();
    let sum: f64 = list.into_iter().sum();
    Ok((count > 0).then(|| sum / count as f64))
}

/// Whether there is an item and all items equal `expected`.
pub fn all<L: IntoIterator<Item: PartialEq>>(list: Option<L>, expected: L::Item) -> bool {
    let Some(list) = list else {
        return false;
    };
    let mut items = list.into_iter().peekable();
    items.peek().is_some() && items.all(|item| item == expected)
}

/// Whether an item equals `expected`.
pub fn any<L: IntoIterator<Item: PartialEq>>(list: Option<L>, expected: L::Item) -> bool {
    list.is_some_and(|list| list.into_iter().any(|item| item == expected))
}
