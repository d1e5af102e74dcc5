//! What two sides have in common, by the names that a program uses.
//!
//! A program knows the names in Rust, and two spellings in the model can be one name there: what is called alike in Rust
//! is the same thing, whatever the model calls it. What remains is held together by its name in the model: it has got
//! another name in Rust.

use indexmap::IndexMap;

/// A name in Rust, and the name in the model.
pub(super) type Names<'a> = (&'a str, &'a str);

/// What both sides have, and what only one of them has.
pub(super) struct Aligned<'a, T> {
    /// In the order of the later side.
    pub(super) both: Vec<(&'a T, &'a T)>,
    pub(super) gone: Vec<&'a T>,
    pub(super) new: Vec<&'a T>,
}

/// Lookup for each of `after` the one of `before` that is the same.
pub(super) fn align<'a, T>(
    before: &'a [T],
    after: &'a [T],
    names: fn(&'a T) -> Names<'a>,
) -> Aligned<'a, T> {
    // A model in which two things have one name in Rust is refused, but compared all the same: then the model's names
    // tell them apart.
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
