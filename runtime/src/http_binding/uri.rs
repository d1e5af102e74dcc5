//! Paths and host prefixes with labels, and percent-encoding.

use percent_encoding::utf8_percent_encode;

use crate::codec::text::{RESERVED, RESERVED_BUT_SLASH};
use crate::shape::BuildError;

/// The values of the labels, by their names in the template.
#[derive(Debug, Default)]
pub(crate) struct Labels(Vec<(String, String)>);

impl Labels {
    pub(crate) fn set(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }

    fn get(&self, name: &str) -> Result<&str, BuildError> {
        let found = self.0.iter().find(|(label, _)| label == name);
        found
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| BuildError::unset(name))
    }
}

/// Fills in the labels of `template`: `{name}` is one segment, the value of `{name+}` keeps its slashes. `takes_dots`:
/// whether `.` and `..` are segments like others to the service.
pub(crate) fn expand_path(
    template: &str,
    labels: &Labels,
    takes_dots: bool,
) -> Result<String, BuildError> {
    expand(template, |name| {
        let (name, reserved) = match name.strip_suffix('+') {
            Some(name) => (name, RESERVED_BUT_SLASH),
            None => (name, RESERVED),
        };
        let value = labels.get(name)?;
        let is_dots = |segment| matches!(segment, "." | "..");
        let has_dots =
            is_dots(value) || reserved == RESERVED_BUT_SLASH && value.split('/').any(is_dots);
        if has_dots && !takes_dots {
            // Libraries and servers remove such segments from a path, and the segment before `..` as well.
            let message = "expected a segment of a path other than `.` or `..`";
            return Err(BuildError::new(message).in_member(name));
        }
        Ok(utf8_percent_encode(value, reserved).to_string())
    })
}

/// Fills in the labels of `template`, each of which becomes part of a host name.
pub(crate) fn expand_host(template: &str, labels: &Labels) -> Result<String, BuildError> {
    expand(template, |name| {
        let value = labels.get(name)?;
        let is_host_label = value.len() <= 63
            && value.starts_with(|first: char| first.is_ascii_alphanumeric())
            && value
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_host_label {
            Ok(value.to_owned())
        } else {
            let message = format!(
                "expected 1 to 63 letters, digits and hyphens for a host name, found {value:?}"
            );
            Err(BuildError::new(message).in_member(name))
        }
    })
}

fn expand(
    template: &str,
    value: impl Fn(&str) -> Result<String, BuildError>,
) -> Result<String, BuildError> {
    let mut expanded = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(BuildError::new(format!(
                "a label of {template:?} is not closed"
            )));
        };
        expanded.push_str(before);
        expanded.push_str(&value(name)?);
        rest = after;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// Appends `name=value` to the query of a path.
pub(crate) fn push_query(uri: &mut String, name: &str, value: &str) {
    let separator = if uri.contains('?') { '&' } else { '?' };
    uri.push(separator);
    uri.extend(utf8_percent_encode(name, RESERVED));
    uri.push('=');
    uri.extend(utf8_percent_encode(value, RESERVED));
}
