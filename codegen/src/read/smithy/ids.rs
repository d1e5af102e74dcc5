//! Shape ids: `namespace#name`.

use crate::problem::nearest;

/// The name without its namespace.
pub(super) fn own_name(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// The namespace; empty where there is none.
pub(super) fn namespace(id: &str) -> &str {
    id.split_once('#').map_or("", |(namespace, _)| namespace)
}

/// `; did you mean …?` for an id that is not among `known`: a similar name in its namespace, or the same name in
/// another one.
pub(super) fn nearest_id<'a>(id: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let (space, name) = (namespace(id), own_name(id));
    // Whole ids would all be similar, because their namespaces are long.
    let here = known.clone().filter(|other| namespace(other) == space);
    let near = nearest(name, here.map(own_name));
    if !near.is_empty() {
        return near.replace(" `", &format!(" `{space}#"));
    }
    match known.into_iter().find(|other| own_name(other) == name) {
        Some(other) => format!("; did you mean `{other}`?"),
        None => String::new(),
    }
}
