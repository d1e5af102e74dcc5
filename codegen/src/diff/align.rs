//! Matches the items of two sides by the names that a program uses.
//!
//! A program uses the names in Rust, and two spellings in the model can be one name there: items with the same name in
//! Rust are the same item, whatever their names in the model. The remaining ones are matched by their names in the
//! model: they have been renamed in Rust.

use indexmap::IndexMap;

/// A name in Rust, and the name in the model.
pub(super) type Names<'a> = (&'a str, &'a str);

/// The items that both sides have, and those that only one of them has.
pub(super) struct Aligned<'a, T> {
    /// In the order of the later side.
    pub(super) both: Vec<(&'a T, &'a T)>,
    pub(super) gone: Vec<&'a T>,
    pub(super) new: Vec<&'a T>,
}

/// Finds for each item of `after` the same item of `before`.
pub(super) fn align<'a, T>(
    before: &'a [T],
    after: &'a [T],
    names: fn(&'a T) -> Names<'a>,
) -> Aligned<'a, T> {
    // A model in which two items have one name in Rust is rejected, but is compared nevertheless: then the names in the
    // model distinguish them.
    let keys: [fn(Names<'a>) -> Names<'a>; 3] = [
        |both| both,
        |(rust, _)| (rust, ""),
        |(_, model)| ("", model),
    ];
    let mut left: IndexMap<usize, &T> = before.iter().enumerate().collect();
    let mut found: Vec<(Option<&T>, &T)> = after.iter().map(|item| (None, item)).collect();
    for key in keys {
        let mut free: IndexMap<Names<'a>, usize> = IndexMap::new();
        for (index, item) in &left {
            free.entry(key(names(item))).or_insert(*index);
        }
        for (partner, item) in found.iter_mut().filter(|(partner, _)| partner.is_none()) {
            *partner = free
                .swap_remove(&key(names(item)))
                .and_then(|index| left.shift_remove(&index));
        }
    }
    let (mut both, mut new) = (Vec::new(), Vec::new());
    for (partner, item) in found {
        match partner {
            Some(partner) => both.push((partner, item)),
            None => new.push(item),
        }
    }
    Aligned {
        both,
        gone: left.into_values().collect(),
        new,
    }
}
