//! The days of the week and the months; HTTP dates use their first three letters.

pub(super) const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The first three letters of the name with this index.
pub(super) fn short(names: &[&'static str], index: usize) -> Option<&'static str> {
    names.get(index)?.get(..3)
}

/// The index of a name, complete or its first three letters, in any case.
pub(super) fn index_of(names: &[&str], name: &[u8]) -> Option<usize> {
    names.iter().position(|known| {
        let known = known.as_bytes();
        let short = known.get(..3).unwrap_or(known);
        known.eq_ignore_ascii_case(name) || short.eq_ignore_ascii_case(name)
    })
}
