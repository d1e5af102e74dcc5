//! Parameters of the endpoint rules from an operation and its input, by their names in the rules.

use super::EndpointParams;

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextValue {
    /// Text.
    Text(String),
    /// A boolean.
    Flag(bool),
    /// A list of texts.
    List(Vec<String>),
}

/// Parameters by name; all others are unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointContext(Vec<(String, ContextValue)>);

impl EndpointContext {
    /// Sets a parameter; the later of two values for one name counts.
    pub fn set(&mut self, name: &str, value: ContextValue) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Whether no parameter is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a parameter, if it is set.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            ContextValue::Text(text) => Some(text),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Option<&ContextValue> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }
}

impl EndpointParams {
    /// The text of a parameter, if the operation sets it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.context.text(name)
    }

    /// The boolean of a parameter, if the operation sets it.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.context.get(name)? {
            ContextValue::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The texts of a parameter, if the operation sets them.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&[String]> {
        match self.context.get(name)? {
            ContextValue::List(list) => Some(list),
            _ => None,
        }
    }
}
