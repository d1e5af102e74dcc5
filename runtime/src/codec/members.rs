//! Finding a member in a structure's table by its name in a body.

use crate::shape::Member;

/// The index of the member with this name; `expected` is tried first, then those after it, then those before it.
pub(crate) fn find(members: &[Member], expected: usize, name: &str) -> Option<usize> {
    find_by(members, expected, |member| member.name == name)
}

/// The same for the first member for which `is_it` is true.
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

/// The same for an error: services spell the names of its outermost members in two forms.
pub(crate) fn find_alike(members: &[Member], expected: usize, name: &str) -> Option<usize> {
    find(members, expected, name).or_else(|| {
        members
            .iter()
            .position(|member| is_spelled_alike(member.name, name))
    })
}

/// Whether two names are equal, but for the case of their first letter (`message` and `Message`).
pub(crate) fn is_spelled_alike(one: &str, other: &str) -> bool {
    matches!(
        (one.split_at_checked(1), other.split_at_checked(1)),
        (Some((first, rest)), Some((other_first, other_rest)))
            if rest == other_rest && first.eq_ignore_ascii_case(other_first)
    )
}
