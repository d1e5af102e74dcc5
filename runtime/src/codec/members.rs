//! Finding a member in a structure's table by its name in a body.

use crate::shape::Member;

/// Finds members, and remembers the order in which they came: the structures of a list mostly have theirs in the same
/// order, which need not be that of the model.
#[derive(Debug)]
pub(crate) struct Finder([Successor; SUCCESSORS]);

/// How many are remembered.
const SUCCESSORS: usize = 64;

/// Which member came where another was expected.
#[derive(Clone, Copy, Debug, Default)]
struct Successor {
    /// The address of the structure's table.
    table: usize,
    expected: usize,
    found: usize,
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self([Successor::default(); SUCCESSORS])
    }

    /// The index of the member with this name; `expected` is tried first.
    pub(crate) fn find(
        &mut self,
        members: &[Member],
        expected: usize,
        name: &str,
    ) -> Option<usize> {
        self.find_by(members, expected, |member| member.name == name)
    }

    /// The index of the only member for which `is_it` is true.
    pub(crate) fn find_by(
        &mut self,
        members: &[Member],
        expected: usize,
        is_it: impl Fn(&Member) -> bool,
    ) -> Option<usize> {
        let is_at = |index: usize| members.get(index).is_some_and(&is_it);
        if is_at(expected) {
            return Some(expected);
        }
        let table = members.as_ptr().addr();
        // Tables differ in the upper bits of their addresses.
        let place = (table / size_of::<Member>()).wrapping_add(expected) % SUCCESSORS;
        let known = self.0.get_mut(place)?;
        if known.table == table && known.expected == expected && is_at(known.found) {
            return Some(known.found);
        }
        let found = find_by(members, expected, is_it)?;
        *known = Successor {
            table,
            expected,
            found,
        };
        Some(found)
    }

    /// The same as [`find`](Self::find) for an error: services spell the names of its outermost members in two forms.
    pub(crate) fn find_alike(
        &mut self,
        members: &[Member],
        expected: usize,
        name: &str,
    ) -> Option<usize> {
        self.find(members, expected, name).or_else(|| {
            members
                .iter()
                .position(|member| is_spelled_alike(member.name, name))
        })
    }
}

/// The index of the first member for which `is_it` is true, from `expected` on and then from the first one on.
pub(crate) fn find_by(
    members: &[Member],
    expected: usize,
    is_it: impl Fn(&Member) -> bool,
) -> Option<usize> {
    let is_it = |index: &usize| members.get(*index).is_some_and(&is_it);
    (expected..members.len())
        .find(is_it)
        .or_else(|| (0..expected.min(members.len())).find(is_it))
}

/// Whether two names are equal, but for the case of their first letter (`message` and `Message`).
pub(crate) fn is_spelled_alike(one: &str, other: &str) -> bool {
    matches!(
        (one.split_at_checked(1), other.split_at_checked(1)),
        (Some((first, rest)), Some((other_first, other_rest)))
            if rest == other_rest && first.eq_ignore_ascii_case(other_first)
    )
}

#[cfg(test)]
mod tests {
    use super::{Finder, SUCCESSORS, find_by};
    use crate::shape::Member;

    #[test]
    fn what_came_before_never_changes_what_is_found() {
        let names = ["a", "b", "c", "d", "e", "f"];
        let tables = [
            names.map(Member::new),
            ["f", "e", "d", "c", "b", "a"].map(Member::new),
            ["u", "v", "w", "x", "a", "b"].map(Member::new),
        ];
        let mut finder = Finder::new();
        let mut found = 0;
        // More places than are remembered, in an order in which each comes back.
        for step in 0..SUCCESSORS * 50 {
            for (index, table) in tables.iter().enumerate() {
                let expected = step * 7 % 8;
                let name = names.get((step / 3 + index) % 6).copied().unwrap_or("z");
                let by_search = find_by(table, expected, |member| member.name == name);
                assert_eq!(finder.find(table, expected, name), by_search, "{name}");
                found += usize::from(by_search.is_some());
            }
        }
        assert!(found > SUCCESSORS);
    }
}
